import type { Look } from '../src/look';
import { themeOf } from '../src/look';
import type { Lang } from '../src/words';
import { wordsIn } from '../src/words';

/** A look whose colours are called as they are: `--ink` is the colour `ink`. */
export const lookIn = (lang: Lang, motion = true): Look => ({
  theme: themeOf((property) => property.slice(2), 'Letters'),
  words: wordsIn(lang),
  motion,
});

export const FRAME = { width: 1000, height: 440, top: 0 };

export const shown = (
  mean: number,
  people = 20,
): { mean: number; low: number; high: number; people: number } => ({
  mean,
  low: mean - 5,
  high: mean + 5,
  people,
});
