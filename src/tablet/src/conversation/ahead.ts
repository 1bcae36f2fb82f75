// What the next questions need is made ready while the client thinks. A drawn picture takes a slow tablet longer to
// read than the whole question takes to draw, and a letter shape is read at its first use: neither may wait for the tap.
import { symbolUrl } from '../instrument/store';
import type { Instrument, Question } from '../instrument/types';

/** A question that comes only with a certain answer stands between this one and the next: so not only the very next. */
const AHEAD = 3;
/** Enough for the questions around this one with all their answers; pictures held are memory. */
const HELD = 48;

const held = new Map<string, HTMLImageElement>();

/** The pictures of this question, of its wish, and of the questions after it, in the order in which they are needed. */
export function picturesAhead(instrument: Instrument, at: string): string[] {
  const questions = instrument.sections.flatMap((section) =>
    section.questions.flatMap((id) => {
      const question = instrument.questions.get(id);
      return question ? [{ question, section }] : [];
    }),
  );
  const here = questions.findIndex(({ question }) => question.id === at);
  const ids: string[] = [];
  let asked = 0;
  for (const { question, section } of questions.slice(Math.max(0, here))) {
    if (!question.wishOf && asked++ > AHEAD) break;
    ids.push(...picturesOf(question), ...(section.picture ? [section.picture] : []));
  }
  return [...new Set(ids)];
}

function picturesOf({ picture, options }: Question): string[] {
  return [picture, ...options.map((o) => o.picture)].filter((id) => id !== null);
}

export function makeReady(instrument: Instrument, at: string): void {
  for (const id of picturesAhead(instrument, at)) {
    const picture = held.get(id) ?? Object.assign(new Image(), { src: symbolUrl(id) });
    // Put at the end again: who is asked for last is let go last.
    held.delete(id);
    held.set(id, picture);
  }
  for (const id of held.keys()) {
    if (held.size <= HELD) break;
    held.delete(id);
  }
  for (const face of document.fonts) void face.load().catch(() => undefined);
}
