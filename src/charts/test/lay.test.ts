import { describe, expect, test } from 'vitest';
import { breaksOf, layArea, spread, withGaps } from '../src/lay';
import { shown } from './helpers';

const piece = (version: string, ...at: number[]) => ({
  version,
  moments: at.map((i) => ({ at: i, ...shown(60) })),
});
const home = { name: 'Wonen', pieces: [piece('1.0', 0, 1), piece('2.0', 2, 3)] };

describe('a line and its breaks', () => {
  test('a major version ends one piece and begins the next on the other side of the break', () => {
    expect(breaksOf([home])).toEqual([{ x: 1.5, version: '2.0' }]);
    expect(layArea(home).map((p) => [p.points.map(({ x }) => x), p.brokenOff])).toEqual([
      [[0, 1], true],
      [[2, 3], false],
    ]);
  });

  test('areas that break at the same place have one mark', () => {
    expect(breaksOf([home, { ...home, name: 'Werk' }])).toHaveLength(1);
  });

  test('two versions in one period stand apart, with the break between them', () => {
    const both = { name: 'Wonen', pieces: [piece('1.0', 0, 1), piece('2.0', 1, 2)] };
    expect(breaksOf([both])).toEqual([{ x: 1, version: '2.0' }]);
    expect(layArea(both).map((p) => p.points.map(({ x }) => x))).toEqual([
      [0, 0.83],
      [1.17, 2],
    ]);
  });

  test('a line that was never broken has no break', () => {
    expect(breaksOf([{ name: 'Wonen', pieces: [piece('1.0', 0, 1, 2)] }])).toEqual([]);
  });
});

describe('gaps', () => {
  test('a hidden figure is an empty point: no line is drawn over it', () => {
    expect(
      withGaps([
        { x: 0, moment: { at: 0, ...shown(60) } },
        { x: 1, moment: { at: 1, hidden: 'te weinig mensen' } },
        { x: 2, moment: { at: 2, ...shown(70) } },
      ]).map((p) => [p.x, p.shown?.mean ?? null]),
    ).toEqual([
      [0, 60],
      [1, null],
      [2, 70],
    ]);
  });

  test('a period in which nobody was asked is a gap too', () => {
    expect(
      withGaps([
        { x: 0, moment: { at: 0, ...shown(60) } },
        { x: 3, moment: { at: 3, ...shown(70) } },
      ]).map((p) => [p.x, p.shown?.mean ?? null]),
    ).toEqual([
      [0, 60],
      [1, null],
      [3, 70],
    ]);
  });
});

describe('names beside lines', () => {
  test('stay where they are while they do not touch', () => {
    expect(spread([80, 20, 50], 5)).toEqual([80, 20, 50]);
  });

  test('that touch stand around the middle of what they wanted, in their order', () => {
    expect(spread([50, 52, 51], 5)).toEqual([46, 56, 51]);
  });

  test('never leave the chart', () => {
    expect(spread([100, 100, 100], 5)).toEqual([90, 95, 100]);
    expect(spread([0, 1], 5)).toEqual([0, 5]);
  });
});
