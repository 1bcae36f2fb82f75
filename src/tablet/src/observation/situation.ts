import type { Draft } from '../conversation/state';
import { pick } from '../i18n/i18n';
import type { Instrument, Lang } from '../instrument/types';

/** The situation that was named before, in words: the context question with that id, as LACCS-like instruments have. */
export function situationOf(draft: Draft, instrument: Instrument, lang: Lang): string {
  const question = instrument.questions.get('situation');
  if (question?.role !== 'context') return '';
  const option = question.options.find((o) => o.code === draft.answers['situation']);
  return option ? pick(option.text, lang) : '';
}
