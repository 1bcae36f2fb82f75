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

const PICTURE_WIDTH = 1000;
const TITLE = 76;
const MARGIN = 24;

/** The chart as a picture that is saved: it says by itself what it is of, and what on the page stands beside it. */
export function pictureOf(
  data: ChartData,
  look: Look,
  lit: ReadonlySet<number>,
): { option: EChartsCoreOption; width: number; height: number } {
  const key = data.kind === 'answers' ? 48 + data.options.length * 26 : 0;
  const height = TITLE + heightOf(data, PICTURE_WIDTH) + key + MARGIN;
  const frame = { width: PICTURE_WIDTH, height: height - MARGIN, top: TITLE };
  const option =
    data.kind === 'answers' ? answersOption(data, look, frame, true) : optionOf(data, look, lit, frame);
  const { theme } = look;
  return {
    width: PICTURE_WIDTH,
    height,
    option: {
      ...option,
      animation: false,
      backgroundColor: theme.card,
      title: {
        text: data.title,
        subtext: data.about,
        left: 0,
        top: 6,
        itemGap: 6,
        textStyle: {
          color: theme.ink,
          fontFamily: theme.font,
          fontSize: 20,
          width: PICTURE_WIDTH - 8,
          overflow: 'truncate',
        },
        subtextStyle: {
          color: theme.quiet,
          fontFamily: theme.font,
          fontSize: 14,
          width: PICTURE_WIDTH - 8,
          overflow: 'truncate',
        },
      },
    },
  };
}
