import { describe, expect, test } from 'vitest';
import { answersOption } from '../src/answers';
import type { AnswersData } from '../src/data';
import { pictureOf } from '../src/option';
import { FRAME, lookIn } from './helpers';

const data: AnswersData = {
  kind: 'answers',
  title: 'Hoe voel je je?',
  about: 'Licht · 2026',
  file: 'antwoorden-feelings-2026',
  wish: false,
  options: [
    { name: 'Goed', people: 5, share: 0.625 },
    { name: 'Gaat wel', people: 3, share: 0.375 },
    { name: 'Slecht', people: 0, share: 0 },
  ],
};

interface Series {
  name: string;
  itemStyle: { color: string; borderRadius: number[] };
  label: { show: boolean; formatter: string };
}
const seriesOf = (option: object): Series[] => (option as { series: Series[] }).series;

describe('the answers to a question', () => {
  test('whole input, whole output', () => {
    expect(answersOption(data, lookIn('nl'), FRAME)).toMatchSnapshot();
  });

  test('the first and the last answer have the darkest and the lightest shade', () => {
    expect(seriesOf(answersOption(data, lookIn('nl'), FRAME)).map((s) => s.itemStyle.color)).toEqual([
      'shade-0',
      'shade-2',
      'shade-4',
    ]);
  });

  test('a wish has colours of its own', () => {
    expect(
      seriesOf(answersOption({ ...data, wish: true }, lookIn('nl'), FRAME)).map((s) => s.itemStyle.color),
    ).toEqual(['wish-0', 'wish-1', 'wish-2']);
  });

  test('a half is rounded as the service rounds it, and nobody has no percentage', () => {
    expect(
      seriesOf(answersOption(data, lookIn('nl'), FRAME)).map((s) => [s.label.show, s.label.formatter]),
    ).toEqual([
      [true, '62%'],
      [true, '38%'],
      [false, '0%'],
    ]);
  });

  test('a picture that is saved says what it is of, and has the key that stands beside the chart', () => {
    const { option, width, height } = pictureOf(data, lookIn('en'), new Set());
    expect(option).toMatchObject({
      title: { text: 'Hoe voel je je?', subtext: 'Licht · 2026' },
      legend: { orient: 'vertical' },
    });
    expect(seriesOf(option).map((s) => s.name)).toEqual([
      'Goed: 5 people (62%)',
      'Gaat wel: 3 people (38%)',
      'Slecht: 0 people (0%)',
    ]);
    expect([width, height]).toEqual([1000, 244]);
  });
});
