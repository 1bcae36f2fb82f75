import type { Words } from './words';

/** The colours of the desk: read from `shell.css`, so that they stand in one place. */
export interface Theme {
  readonly ink: string;
  readonly quiet: string;
  readonly rule: string;
  readonly ruleStrong: string;
  readonly card: string;
  readonly band: string;
  /** Of lines and dots: each stands out from the card. */
  readonly series: readonly string[];
  /** Of answers, from the first to the last. */
  readonly answers: readonly string[];
  readonly wishes: readonly string[];
  readonly font: string;
}

/** What every chart is drawn with. */
export interface Look {
  readonly theme: Theme;
  readonly words: Words;
  /** False where somebody asked their device for less movement. */
  readonly motion: boolean;
}

/** The room there is. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Kept free above, for the title of a picture that is saved. */
  readonly top: number;
}

export function themeOf(value: (property: string) => string, font: string): Theme {
  const each = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => value(`--${name}-${String(i)}`));
  return {
    ink: value('--ink'),
    quiet: value('--quiet'),
    rule: value('--line'),
    ruleStrong: value('--line-strong'),
    card: value('--card'),
    band: value('--shade-2'),
    series: each('series', 5),
    answers: each('shade', 5),
    wishes: each('wish', 3),
    font,
  };
}
