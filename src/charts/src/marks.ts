import type { Theme } from './look';

/** How a line or a row of dots can be told from the others: by colour, and without colour by shape, filling and dash. */
export interface Mark {
  readonly colour: string;
  readonly shape: string;
  readonly filled: boolean;
  readonly dash: readonly number[];
}

// In a box of ten by ten; the same paths are drawn in the chart and in its key.
const SHAPES = [
  'M0,5a5,5 0 1,0 10,0a5,5 0 1,0 -10,0Z',
  'M.6,.6H9.4V9.4H.6Z',
  'M5,0L10,9.4H0Z',
  'M5,-.6L10.6,5L5,10.6L-.6,5Z',
  'M5,10L0,.6H10Z',
];

const DASHES = [[], [7, 4], [2, 3]];

/** The mark of a line; fifteen can be told apart, and more than that no chart can show. */
export function markOf(index: number, theme: Theme): Mark {
  const round = Math.floor(index / SHAPES.length) % DASHES.length;
  return {
    colour: theme.series[index % theme.series.length] ?? theme.ink,
    shape: SHAPES[index % SHAPES.length] ?? '',
    filled: round === 0,
    dash: DASHES[round] ?? [],
  };
}
