// What stands on the client's card: what goes well, and what the client wants different. A low answer without a
// wish is not on it: it is no problem as long as the client sees none.
import type { ConversationDocument } from '../conversation/document';
import type { Piece } from '../conversation/useReader';
import { longDate, pick, translator } from '../i18n/i18n';
import type { Instrument, Section } from '../instrument/types';

/** As much as fits on one page in large letters. */
const MOST = 4;
/** "Good" and better on every scale that ships. */
const GOES_WELL = 75;

export function cardParts(
  document: ConversationDocument,
  instrument: Instrument,
): { well: Section[]; change: Section[] } {
  // What a worker, relative or observer answered is their view: the client's card does not say it for the client.
  if (document.perspective !== 'client') return { well: [], change: [] };
  const wants = (id: string): boolean => {
    const wish = instrument.questions.get(id)?.wishOf ?? null;
    return wish !== null && document.answers[id] === 'change';
  };
  const scores = (section: Section): number[] =>
    section.questions.flatMap((id) => {
      const question = instrument.questions.get(id);
      if (!question || question.role !== null) return [];
      const score = question.options.find((o) => o.code === document.answers[id])?.score;
      if (score === undefined || score === null) return [];
      return [question.reversed ? 100 - score : score];
    });
  const change = instrument.sections.filter((s) => s.questions.some(wants));
  const well = instrument.sections.filter((s) => {
    const all = scores(s);
    return !change.includes(s) && all.length > 0 && all.every((score) => score >= GOES_WELL);
  });
  return { well: well.slice(0, MOST), change: change.slice(0, MOST) };
}

/** The card as it is read aloud. */
export function cardPieces(document: ConversationDocument, instrument: Instrument, name: string): Piece[] {
  const lang = document.language;
  const t = translator(lang);
  const { well, change } = cardParts(document, instrument);
  const named = (sections: Section[]): string => sections.map((s) => pick(s.title, lang)).join(', ');
  return [
    t('card.title', { name }),
    ...(well.length > 0 ? [`${t('card.well')}: ${named(well)}.`] : []),
    ...(change.length > 0 ? [`${t('card.change')}: ${named(change)}.`] : []),
    document.agreements.length > 0 ? `${t('card.agreed')}:` : t('card.none'),
    ...document.agreements.map(
      (a) => `${a.what}. ${a.name ?? t(`who.${a.who}`, { name })}${a.on ? `, ${longDate(a.on, lang)}` : ''}.`,
    ),
    t('card.foot'),
  ].map((text, i) => ({ id: `card-${i}`, shown: text, said: text }));
}
