// Several points in one answer: one on each line, so that any reader of the answer sees them as they are.

/** No longer than fits on a note that a whole table reads. */
export const MOST_LETTERS = 280;
/** As the scale for own words allows. */
const MOST_ALTOGETHER = 4000;

export const notesOf = (answer: unknown): string[] =>
  typeof answer === 'string'
    ? answer
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
    : [];

export const answerOf = (notes: string[]): string =>
  notes
    .map((note) => note.replace(/\s+/g, ' ').trim())
    .filter((note) => note !== '')
    .join('\n');

/** Whether one more fits. */
export const fits = (notes: string[], note: string): boolean =>
  answerOf([...notes, note]).length <= MOST_ALTOGETHER;
