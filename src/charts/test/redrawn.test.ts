import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import {
  GridComponent,
  LegendPlainComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { expect, test } from 'vitest';
import type { ChartData } from '../src/data';
import { heightOf } from '../src/height';
import { optionOf } from '../src/option';
import { lookIn, shown } from './helpers';

// The library puts a new option into what it has drawn. Whatever it keeps from before that should have changed shows here.
use([
  BarChart,
  CustomChart,
  LineChart,
  GridComponent,
  LegendPlainComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  SVGRenderer,
]);

const about = { title: 'Titel', about: 'Licht · 2026', file: 'x' };
const cell = { hidden: 'te weinig mensen' };
const charts: ChartData[] = [
  {
    ...about,
    kind: 'trend',
    periods: [0, 1, 2].map((i) => ({ name: String(i), short: String(i) })),
    areas: ['Wonen', 'Werk', 'Familie'].map((name, n) => ({
      name,
      pieces: [
        { version: '1.0', moments: [{ at: 0, ...shown(60 + n) }] },
        {
          version: '2.0',
          moments: [
            { at: 1, ...cell },
            { at: 2, ...shown(70 - n) },
          ],
        },
      ],
    })),
  },
  {
    ...about,
    kind: 'means',
    views: ['a', 'b'],
    rows: [
      { name: 'Wonen', cells: [shown(60), shown(40)] },
      { name: 'Werk', cells: [cell, null] },
    ],
  },
  {
    ...about,
    kind: 'answers',
    wish: false,
    options: [
      { name: 'Goed', people: 5, share: 0.5 },
      { name: 'Slecht', people: 5, share: 0.5 },
    ],
  },
];

const NOBODY: ReadonlySet<number> = new Set();

/** What is to be seen at the end of some steps. */
function drawn(data: ChartData, ...steps: { width: number; lit?: ReadonlySet<number> }[]): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 100, height: 100 });
  for (const { width, lit } of steps) {
    const height = heightOf(data, width);
    chart.resize({ width, height });
    chart.setOption(optionOf(data, lookIn('nl', false), lit ?? NOBODY, { width, height, top: 0 }));
    chart.renderToSVGString();
  }
  const text = chart.renderToSVGString();
  chart.dispose();
  // Names within the drawing are numbered as they come.
  return text
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ class="[^"]*"/g, '')
    .replace(/zr\d+-\w+/g, '');
}

test.each(charts)(
  'a chart of $kind that became narrower looks as one that was narrow from the start',
  (data) => {
    expect(drawn(data, { width: 1000 }, { width: 500 })).toBe(drawn(data, { width: 500 }));
  },
);

test('when nothing is lit any more, the lines look as they did', () => {
  const [trend] = charts as [ChartData];
  const plain = drawn(trend, { width: 1000 });
  const lit = drawn(trend, { width: 1000 }, { width: 1000, lit: new Set([1]) });
  expect(lit).not.toBe(plain);
  expect(drawn(trend, { width: 1000 }, { width: 1000, lit: new Set([1]) }, { width: 1000 })).toBe(plain);
});

test('a hidden figure is nowhere in what is drawn', () => {
  expect(drawn(charts[1] as ChartData, { width: 800 })).toContain('verborgen: te weinig mensen');
});
