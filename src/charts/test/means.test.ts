import { describe, expect, test } from 'vitest';
import type { MeansData } from '../src/data';
import { meansOption } from '../src/means';
import { FRAME, lookIn, shown } from './helpers';

const about = {
  kind: 'means',
  title: 'Levensgebieden',
  about: 'Licht · 2026',
  file: 'levensgebieden-2026',
} as const;
const one: MeansData = {
  ...about,
  views: [''],
  rows: [
    { name: 'Wonen', cells: [shown(62.5)] },
    { name: 'Werk', cells: [{ hidden: 'te weinig mensen' }] },
    { name: 'Familie', cells: [{ mean: 70, people: 1 }] },
  ],
};
const two: MeansData = {
  ...about,
  views: ['Mijn verhaal 1.0 · cliënt', 'Verwant aan het woord 1.0 · verwant'],
  rows: [{ name: 'Wonen', cells: [shown(60), null] }],
};

interface Series {
  id: string;
  name?: string;
  data: unknown[];
}
const seriesOf = (option: object): Series[] => (option as { series: Series[] }).series;

describe('means with their intervals', () => {
  test('whole input, whole output', () => {
    expect(meansOption(one, lookIn('nl'), FRAME)).toMatchSnapshot();
    expect(meansOption(two, lookIn('en'), FRAME)).toMatchSnapshot();
  });

  test('areas keep the order of the instrument: nothing is put from high to low', () => {
    expect((meansOption(one, lookIn('nl'), FRAME)['yAxis'] as { data: string[] }).data).toEqual([
      'Wonen',
      'Werk',
      'Familie',
    ]);
  });

  test('a hidden figure has no dot, and its reason in its row', () => {
    const [view, hidden] = seriesOf(meansOption(one, lookIn('nl'), FRAME));
    expect(view?.data).toEqual([
      { value: [62.5, 0], tip: ['Wonen', '62 · 95%-interval 58–68', '20 mensen'] },
      { value: [70, 2], tip: ['Familie', '70', '1 persoon'] },
    ]);
    expect(hidden?.data).toEqual([[0, 1]]);
  });

  test('a view in which something was not asked has nothing there', () => {
    expect(seriesOf(meansOption(two, lookIn('nl'), FRAME)).map((s) => s.data.length)).toEqual([1, 0, 0, 0]);
  });
});
