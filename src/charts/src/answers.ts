import type { EChartsCoreOption } from 'echarts/core';
import type { AnswersData } from './data';
import type { Frame, Look, Theme } from './look';

/** Below this share a percentage has no room; it stands in the list below. */
const ROOM = 0.09;

/** The answers to one question as one bar, in the order of the instrument. */
export function answersOption(
  data: AnswersData,
  look: Look,
  frame: Frame,
  withKey = false,
): EChartsCoreOption {
  const { theme, words } = look;
  const shades = data.options.map((_, i) => shadeOf(i, data.options.length, data.wish, theme));
  const last = data.options.findLastIndex((option) => option.share > 0);
  const first = data.options.findIndex((option) => option.share > 0);
  return {
    animation: false,
    textStyle: { fontFamily: theme.font, color: theme.ink },
    ...(withKey
      ? {
          legend: {
            orient: 'vertical',
            left: 0,
            top: frame.top + 48,
            itemGap: 10,
            itemWidth: 14,
            itemHeight: 14,
            selectedMode: false,
            icon: 'roundRect',
            textStyle: { color: theme.ink, fontSize: 14, lineHeight: 16 },
          },
        }
      : {}),
    grid: { left: 0, right: 0, top: frame.top + 2, height: 26 },
    xAxis: {
      type: 'value',
      show: false,
      min: 0,
      max: data.options.reduce((sum, option) => sum + option.share, 0),
    },
    yAxis: { type: 'category', show: false, data: [''] },
    series: data.options.map((option, i) => ({
      id: `option-${String(i)}`,
      name: `${option.name}: ${words.people(option.people)} (${words.percent(option.share)})`,
      type: 'bar',
      stack: 'answers',
      silent: true,
      barWidth: 26,
      itemStyle: {
        color: shades[i]?.fill,
        borderColor: theme.card,
        borderWidth: 1,
        borderRadius: [i === first ? 5 : 0, i === last ? 5 : 0, i === last ? 5 : 0, i === first ? 5 : 0],
      },
      label: {
        show: option.share >= ROOM,
        position: 'inside',
        formatter: words.percent(option.share),
        color: shades[i]?.text,
        fontSize: 14,
        fontWeight: 'bold',
      },
      data: [option.share],
    })),
  };
}

/** The first and the last answer always have the darkest and the lightest, however many there are. */
function shadeOf(index: number, count: number, wish: boolean, theme: Theme): { fill: string; text: string } {
  if (wish) return { fill: theme.wishes[Math.min(index, 2)] ?? theme.band, text: theme.ink };
  const step = count < 2 ? 0 : Math.round((index * 4) / (count - 1));
  return { fill: theme.answers[step] ?? theme.band, text: step < 2 ? theme.card : theme.ink };
}
