import type { Piece } from '../conversation/useReader';
import { pick, type Translate } from '../i18n/i18n';
import type { Lang } from '../instrument/types';
import { answerInWords } from '../readback/inWords';
import type { Row, Said, Side } from './sets';

/** What each view is called: the client by name; several of one kind are numbered. */
export function viewNames(sides: Side[], name: string, t: Translate): string[] {
  return sides.map((side) => {
    const same = sides.filter((s) => s.perspective === side.perspective);
    if (same.length > 1 && side.perspective === 'observer')
      return t('view.observer-n', { n: same.indexOf(side) + 1 });
    return t(`view.${side.perspective === 'team' ? 'worker' : side.perspective}`, { name });
  });
}

/** Every row as it is read aloud: the question, and what each said to it. */
export function spokenRows(rows: Row[], sides: Said[], names: string[], lang: Lang, t: Translate): Piece[] {
  return rows.map(({ question, wish }) => {
    const views = sides.map((side, i) => {
      const answer = side.answers[question.id];
      const wanted = wish ? side.answers[wish.id] : undefined;
      const parts = [
        answer === undefined ? t('together.nothing-said') : answerInWords(question, answer, lang),
        wish && wanted !== undefined ? answerInWords(wish, wanted, lang) : '',
        side.words[question.id] ?? '',
      ];
      return `${names[i] ?? ''}: ${parts.filter((part) => part !== '').join('. ')}.`;
    });
    const said = [pick(question.text, lang), ...views].join(' ');
    return { id: `beside-${question.id}`, shown: said, said };
  });
}
