// What stands on the client's card: what goes well, and what the client wants different. A low answer without a
// wish is not on it: it is no problem as long as the client sees none.
import type { ConversationDocument } from '../conversation/document';
import type { Instrument, Section } from '../instrument/types';

/** As much as fits on one page in large letters. */
const MOST = 4;
/** "Good" and better on every scale that ships. */
const GOES_WELL = 75;

export function cardParts(
  document: ConversationDocument,
  instrument: Instrument,
): { well: Section[]; change: Section[] } {
  const has = (section: Section, test: (id: string) => boolean): boolean => section.questions.some(test);
  const wants = (id: string): boolean =>
    instrument.questions.get(id)?.wishOf !== null && document.answers[id] === 'change';
  const good = (id: string): boolean => {
    const option = instrument.questions.get(id)?.options.find((o) => o.code === document.answers[id]);
    return option?.score != null && option.score >= GOES_WELL;
  };
  const change = instrument.sections.filter((s) => has(s, wants));
  const well = instrument.sections.filter((s) => !change.includes(s) && has(s, good));
  return { well: well.slice(0, MOST), change: change.slice(0, MOST) };
}
