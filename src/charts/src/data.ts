/** What the service puts on the page beside a chart (`Outcomes/Charts/ChartData.cs`): published figures, and nothing else. */

/** A mean of published answers, 0-100. */
export interface Shown {
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
  readonly people: number;
}

/** A figure that may not be shown, and why in a few words. */
export interface Hidden {
  readonly hidden: string;
}

export type Cell = Shown | Hidden;

interface About {
  readonly title: string;
  /** Group, place, period and instrument: a picture that leaves the page says what it is of. */
  readonly about: string;
  /** The name of the picture as a file, without its ending. */
  readonly file: string;
}

/** A figure in the period at this place in the row of periods. */
export type Moment = Cell & { readonly at: number };

/** What can be compared with each other: one version of an instrument, or several that run on. */
export interface Piece {
  readonly version: string;
  readonly moments: readonly Moment[];
}

export interface Area {
  readonly name: string;
  /** Oldest first; between two of them nothing can be compared. */
  readonly pieces: readonly Piece[];
}

export interface TrendData extends About {
  readonly kind: 'trend';
  readonly periods: readonly { readonly name: string; readonly short: string }[];
  readonly areas: readonly Area[];
}

export interface MeansData extends About {
  readonly kind: 'means';
  /** Through whose eyes, and with what; one where nothing is compared. */
  readonly views: readonly string[];
  /** A cell for each view; null where it was not asked. */
  readonly rows: readonly { readonly name: string; readonly cells: readonly (Cell | null)[] }[];
}

export interface AnswersData extends About {
  readonly kind: 'answers';
  /** A wish is neither good nor bad, and has colours of its own. */
  readonly wish: boolean;
  readonly options: readonly { readonly name: string; readonly people: number; readonly share: number }[];
}

export type ChartData = TrendData | MeansData | AnswersData;

export const isShown = (cell: Cell | null | undefined): cell is Shown => cell != null && 'mean' in cell;

export const isHidden = (cell: Cell | null | undefined): cell is Hidden => cell != null && 'hidden' in cell;
