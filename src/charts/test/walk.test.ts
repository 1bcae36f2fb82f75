import { expect, test } from 'vitest';
import { heightOf } from '../src/height';
import { stopsOf } from '../src/walk';
import { shown } from './helpers';

test('the arrow keys stop where there is something to say, and nowhere else', () => {
  expect(
    stopsOf([
      { data: [{}, { tip: ['Wonen', '60'] }] },
      { data: [] },
      {},
      { data: [{ tip: ['Werk', '70'] }] },
    ]),
  ).toEqual([
    { seriesIndex: 0, dataIndex: 1, tip: ['Wonen', '60'] },
    { seriesIndex: 3, dataIndex: 0, tip: ['Werk', '70'] },
  ]);
});

test('a chart is as high as it has rows, before anything is drawn', () => {
  const about = { title: '', about: '', file: '' };
  const rows = [
    { name: 'a', cells: [shown(1), shown(2)] },
    { name: 'b', cells: [null, null] },
  ];
  expect(heightOf({ kind: 'means', views: [''], rows, ...about }, 800)).toBe(130);
  expect(heightOf({ kind: 'means', views: ['x', 'y'], rows, ...about }, 800)).toBe(206);
});
