import type { Area, Moment, Piece, Shown } from './data';
import { isShown } from './data';

/** A figure and where it stands along the axis of time. */
export interface Point {
  readonly x: number;
  readonly moment: Moment;
}

/** A piece of a line. */
export interface LaidPiece {
  readonly points: readonly Point[];
  /** Another version came in its place. */
  readonly brokenOff: boolean;
}

export interface Break {
  readonly x: number;
  readonly version: string;
}

/** Two versions in one period stand beside each other: neither is the other's next moment. */
const APART = 0.17;

const first = (piece: Piece): number => piece.moments[0]?.at ?? Infinity;
const last = (piece: Piece): number => piece.moments.at(-1)?.at ?? -Infinity;

export function layArea(area: Area): LaidPiece[] {
  return area.pieces.map((piece, i) => {
    const before = area.pieces[i - 1];
    const after = area.pieces[i + 1];
    const x = (at: number): number =>
      before && at <= last(before) ? at + APART : after && at >= first(after) ? at - APART : at;
    return {
      points: piece.moments.map((moment) => ({ x: x(moment.at), moment })),
      brokenOff: after !== undefined,
    };
  });
}

/** Where lines are broken by a version, each place once. */
export function breaksOf(areas: readonly Area[]): Break[] {
  const found = new Map<string, Break>();
  for (const { pieces } of areas) {
    pieces.forEach((piece, i) => {
      const before = pieces[i - 1];
      if (before) {
        const x = first(piece) <= last(before) ? first(piece) : first(piece) - 0.5;
        found.set(`${String(x)} ${piece.version}`, { x, version: piece.version });
      }
    });
  }
  return [...found.values()].sort((a, b) => a.x - b.x);
}

/** The points of a piece with an empty one wherever there is no figure: a line never runs over what was hidden or not asked. */
export function withGaps(points: readonly Point[]): { x: number; shown: Shown | null; at: number }[] {
  const laid: { x: number; shown: Shown | null; at: number }[] = [];
  for (const { x, moment } of points) {
    const before = laid.at(-1);
    if (before && moment.at - before.at > 1) laid.push({ x: before.at + 1, shown: null, at: before.at + 1 });
    laid.push({ x, shown: isShown(moment) ? moment : null, at: moment.at });
  }
  return laid;
}

/** Moves labels apart along a line from 0 to 100, as little as needed, so that none covers another. */
export function spread(wanted: readonly number[], apart: number): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  // Those that touch are taken together and stand around the middle of what they wanted.
  const groups: { start: number; size: number; sum: number; members: number[] }[] = [];
  for (const { y, i } of order) {
    groups.push({ start: y, size: 1, sum: y, members: [i] });
    for (let a = groups.at(-2), b = groups.at(-1); a && b && a.start + a.size * apart > b.start;) {
      groups.pop();
      a.size += b.size;
      a.sum += b.sum;
      a.members.push(...b.members);
      const middle = a.sum / a.size;
      a.start = Math.max(0, Math.min(100 - (a.size - 1) * apart, middle - ((a.size - 1) * apart) / 2));
      b = a;
      a = groups.at(-2);
    }
  }
  const at = new Array<number>(wanted.length).fill(0);
  for (const group of groups) group.members.forEach((i, n) => (at[i] = group.start + n * apart));
  return at;
}
