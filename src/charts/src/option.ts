import type { EChartsCoreOption } from 'echarts/core';
import { answersOption } from './answers';
import type { ChartData } from './data';
import { heightOf } from './height';
import type { Frame, Look } from './look';
import { meansOption } from './means';
import { trendOption } from './trend';

/** What the library is asked to draw. */
export function optionOf(
  data: ChartData,
  look: Look,
  lit: ReadonlySet<number>,
  frame: Frame,
): EChartsCoreOption {
  switch (data.kind) {
    case 'trend':
      return trendOption(data, look, lit, frame);
    case 'means':
      return meansOption(data, look, frame);
    case 'answers':
      return answersOption(data, look, frame);
  }
}

const WIDTH = 1000;
const TITLE = 84;
const MARGIN = 28;

interface Placed {
  readonly grid: { readonly left: number; readonly right: number };
  readonly legend?: object;
}

/** The chart as a picture that is saved: it says by itself what it is of, and has the key that stands beside the chart on the page. */
export function pictureOf(
  data: ChartData,
  look: Look,
  lit: ReadonlySet<number>,
): { option: EChartsCoreOption; width: number; height: number } {
  const { theme } = look;
  const inner = WIDTH - 2 * MARGIN;
  const key = data.kind === 'answers' ? 24 + data.options.length * 26 : 0;
  const height = TITLE + heightOf(data, inner) + key + MARGIN;
  const frame = { width: inner, height: height - MARGIN, top: TITLE };
  const option =
    data.kind === 'answers' ? answersOption(data, look, frame, true) : optionOf(data, look, lit, frame);
  const { grid, legend } = option as unknown as Placed;
  const line = { fontFamily: theme.font, width: inner, overflow: 'truncate' };
  return {
    width: WIDTH,
    height,
    option: {
      ...option,
      animation: false,
      backgroundColor: theme.card,
      grid: { ...grid, left: grid.left + MARGIN, right: grid.right + MARGIN },
      ...(legend ? { legend: { ...legend, left: MARGIN - 5 } } : {}),
      title: {
        text: data.title,
        subtext: data.about,
        left: MARGIN - 5,
        top: 16,
        itemGap: 2,
        textStyle: { ...line, color: theme.ink, fontSize: 20, lineHeight: 28 },
        subtextStyle: { ...line, color: theme.quiet, fontSize: 14, lineHeight: 20 },
      },
    },
  };
}
