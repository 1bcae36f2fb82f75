import { describe, expect, test } from 'vitest';
import type { TrendData } from '../src/data';
import { trendOption } from '../src/trend';
import { FRAME, lookIn, shown } from './helpers';

const data: TrendData = {
  kind: 'trend',
  title: 'Levensgebieden door de tijd (0-100)',
  about: 'Licht · Noord · 2026',
  file: 'door-de-tijd-2026',
  periods: [
    { name: '2024', short: '2024' },
    { name: '2025', short: '2025' },
    { name: '2026', short: '2026' },
  ],
  areas: [
    {
      name: 'Wonen',
      pieces: [
        {
          version: '1.0',
          moments: [
            { at: 0, ...shown(60) },
            { at: 1, hidden: 'te weinig mensen' },
          ],
        },
        { version: '2.0', moments: [{ at: 2, ...shown(1234.5, 1200) }] },
      ],
    },
    {
      name: 'Werk',
      pieces: [{ version: '1.0', moments: [0, 1, 2].map((at) => ({ at, ...shown(40 + at) })) }],
    },
  ],
};

interface Series {
  id: string;
  name?: string;
  data: { value: (number | null)[]; tip?: string[] }[];
  lineStyle: { type: unknown; color: string; opacity: number };
  itemStyle: { color: string };
  symbol: string;
  label: { show: boolean };
  markLine: { data: unknown[] };
}
const seriesOf = (option: object): Record<string, Series> =>
  Object.fromEntries((option as { series: Series[] }).series.map((s) => [s.id, s]));

describe('areas of life over time', () => {
  test('whole input, whole output', () => {
    expect(trendOption(data, lookIn('nl'), new Set(), FRAME)).toMatchSnapshot();
  });

  test('a broken line is two lines of one name, and no point lies between them', () => {
    const series = seriesOf(trendOption(data, lookIn('nl'), new Set(), FRAME));
    expect([series['0-0']?.name, series['0-1']?.name]).toEqual(['Wonen', 'Wonen']);
    expect(series['0-0']?.data.map((d) => d.value)).toEqual([
      [0, 60],
      [1, null],
    ]);
    expect(series['0-1']?.data.map((d) => d.value)).toEqual([[2, 1234.5]]);
    expect(series['breaks']?.markLine.data).toEqual([
      { xAxis: 1.5, label: { formatter: 'nieuwe versie (2.0),\nniet te vergelijken' } },
    ]);
    expect(series['stops']?.data).toEqual([[0, 60]]);
  });

  test('numbers are written as the language writes them', () => {
    const tip = (lang: 'nl' | 'en') =>
      seriesOf(trendOption(data, lookIn(lang), new Set(), FRAME))['0-1']?.data[0]?.tip;
    expect(tip('nl')).toEqual(['Wonen', '2026', '1.234 · 95%-interval 1.230–1.240', '1.200 mensen']);
    expect(tip('en')).toEqual(['Wonen', '2026', '1,234 · 95% interval 1,230–1,240', '1,200 people']);
  });

  test('an area that is lit shows its intervals and figures; the others step back', () => {
    const none = seriesOf(trendOption(data, lookIn('nl'), new Set(), FRAME));
    const lit = seriesOf(trendOption(data, lookIn('nl'), new Set([1]), FRAME));
    expect(none['intervals']?.data).toEqual([]);
    expect(lit['intervals']?.data).toEqual([
      [0, 35, 45],
      [1, 36, 46],
      [2, 37, 47],
    ]);
    expect([lit['1-0']?.label.show, lit['0-0']?.label.show]).toEqual([true, false]);
    expect([lit['1-0']?.lineStyle.opacity, lit['0-0']?.lineStyle.opacity]).toEqual([1, 0.22]);
  });

  test('one period and one area are a chart too', () => {
    const one = {
      ...data,
      periods: [{ name: '2026', short: '2026' }],
      areas: [{ name: 'Wonen', pieces: [{ version: '1.0', moments: [{ at: 0, ...shown(60) }] }] }],
    };
    const series = seriesOf(trendOption(one, lookIn('nl'), new Set(), FRAME));
    expect(series['0-0']?.data.map((d) => d.value)).toEqual([[0, 60]]);
    expect(series['names']?.data).toEqual([[0, 60, 60]]);
    expect(series['breaks']?.markLine.data).toEqual([]);
  });

  test('ten areas can be told apart without their colours', () => {
    const many = {
      ...data,
      areas: Array.from({ length: 10 }, (_, i) => ({
        ...data.areas[1],
        name: String(i),
        pieces: data.areas[1]?.pieces ?? [],
      })),
    };
    const series = seriesOf(trendOption(many, lookIn('nl'), new Set(), FRAME));
    const looks = Array.from({ length: 10 }, (_, i) => series[`${String(i)}-0`]).map((s) =>
      JSON.stringify([s?.symbol, s?.lineStyle.type]),
    );
    expect(new Set(looks).size).toBe(10);
  });

  test('on a narrow screen the names beside the lines make room for the lines', () => {
    const series = seriesOf(trendOption(data, lookIn('nl'), new Set(), { ...FRAME, width: 500 }));
    expect(series['names']?.data).toEqual([]);
  });

  test('nothing moves for who asked for less movement', () => {
    expect(trendOption(data, lookIn('nl', false), new Set(), FRAME)['animation']).toBe(false);
    expect(trendOption(data, lookIn('nl'), new Set(), FRAME)['animation']).toBe(true);
  });
});
