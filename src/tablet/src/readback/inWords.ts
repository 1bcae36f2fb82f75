import { pick, type Translate } from '../i18n/i18n';
import type { AnswerValue, Lang, Question } from '../instrument/types';
import type { Screen } from '../instrument/visible';
import type { Draft } from '../conversation/state';

/** An answer in the words that were on the screen. */
export function answerInWords(question: Question, value: AnswerValue, lang: Lang): string {
  const word = (code: string): string => {
    const option = question.options.find((o) => o.code === code);
    return option ? pick(option.text, lang) : code;
  };
  if (Array.isArray(value)) return value.map(word).join(', ');
  return typeof value === 'number' ? String(value) : word(value);
}

/** One screen as it is read aloud: the question, the answer, the own words, the wish. */
export function saidInWords(screen: Screen, draft: Draft, lang: Lang, t: Translate): string {
  const { question, wish } = screen;
  const answer = draft.answers[question.id];
  const wanted = wish ? draft.answers[wish.id] : undefined;
  const parts = [
    pick(question.text, lang),
    answer === undefined ? t('passed') : answerInWords(question, answer, lang),
    draft.words[question.id],
    wish && wanted !== undefined ? answerInWords(wish, wanted, lang) : undefined,
  ];
  return parts
    .filter((part): part is string => part !== undefined)
    .map((part) => (/[.?!]$/.test(part) ? part : `${part}.`))
    .join(' ');
}
