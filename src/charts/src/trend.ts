import type { EChartsCoreOption } from 'echarts/core';
import type { TrendData } from './data';
import { standing } from './interval';
import { breaksOf, layArea, spread, withGaps } from './lay';
import type { Frame, Look } from './look';
import type { Mark } from './marks';
import { markOf } from './marks';
import { endStop, nameAtEnd } from './strokes';
import { tipOf, tooltip } from './tip';

/** Below this width names beside the lines would leave the lines no room; the key above has them too. */
const NAMES_FROM = 700;
const NAMES_WIDTH = 210;
const BELOW = 46;

/**
 * Areas of life over time. A line goes on as long as its figures are comparable, and has a gap where there is none; at another
 * version it ends with a stop, and the next begins on the other side of a line that says so.
 *
 * @param lit The areas that stand out, with their intervals and figures; none: all are alike.
 */
export function trendOption(
  data: TrendData,
  look: Look,
  lit: ReadonlySet<number>,
  frame: Frame,
): EChartsCoreOption {
  const { theme, words } = look;
  const breaks = breaksOf(data.areas);
  const above = frame.top + (breaks.length > 0 ? 48 : 16);
  const named = frame.width >= NAMES_FROM;
  const areas = data.areas.map((area, index) => ({
    index,
    name: area.name,
    pieces: layArea(area),
    mark: markOf(index, theme),
    state: lit.size === 0 ? ('alike' as const) : lit.has(index) ? ('lit' as const) : ('faint' as const),
  }));
  const stops = areas.flatMap((area) =>
    area.pieces
      .filter((piece) => piece.brokenOff)
      .flatMap((piece) => {
        const end = withGaps(piece.points).findLast((p) => p.shown);
        return end?.shown ? [{ value: [end.x, end.shown.mean], area }] : [];
      }),
  );
  const bars = areas
    .filter((area) => area.state === 'lit')
    .flatMap((area) =>
      area.pieces.flatMap((piece) =>
        withGaps(piece.points).flatMap(({ x, shown }) =>
          shown?.low === undefined || shown.high === undefined
            ? []
            : [{ value: [x, shown.low, shown.high], colour: area.mark.colour }],
        ),
      ),
    );
  const ends = named
    ? areas.flatMap((area) => {
        const end = area.pieces.flatMap((piece) => withGaps(piece.points)).findLast((p) => p.shown);
        return end?.shown
          ? [{ area, x: end.x, y: end.shown.mean, isLast: end.at === data.periods.length - 1 }]
          : [];
      })
    : [];
  const names = spread(
    ends.map((end) => end.y),
    (19 / (frame.height - above - BELOW)) * 100,
  );
  return {
    animation: look.motion,
    animationDuration: 0,
    animationDurationUpdate: 180,
    textStyle: { fontFamily: theme.font, color: theme.ink },
    tooltip: tooltip(look),
    grid: {
      left: 44,
      right: named ? NAMES_WIDTH + 12 : 16,
      top: above,
      height: frame.height - above - BELOW,
    },
    xAxis: {
      type: 'value',
      min: -0.5,
      max: data.periods.length - 0.5,
      interval: 1,
      axisLabel: {
        color: theme.quiet,
        fontSize: 13,
        lineHeight: 16,
        customValues: data.periods.map((_, i) => i),
        formatter: (value: number) => data.periods[value]?.short ?? '',
      },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLine: { onZero: false, lineStyle: { color: theme.ruleStrong } },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: 100,
      interval: 25,
      axisLine: { show: false, onZero: false },
      axisTick: { show: false },
      axisLabel: { color: theme.quiet, fontSize: 13, formatter: (value: number) => words.number(value) },
      splitLine: { lineStyle: { color: theme.rule } },
    },
    series: [
      ...areas.flatMap((area) =>
        area.pieces.map((piece, n) => ({
          id: `${String(area.index)}-${String(n)}`,
          name: area.name,
          type: 'line',
          z: area.state === 'lit' ? 4 : 3,
          ...stroke(area.mark, area.state, theme.card),
          label: {
            show: area.state === 'lit',
            position: 'top',
            distance: 7,
            color: theme.ink,
            fontSize: 13,
            fontWeight: 'bold',
            textBorderColor: theme.card,
            textBorderWidth: 3,
            formatter: ({ value }: { value: readonly number[] }) => words.number(value[1] ?? 0),
          },
          emphasis: { scale: 1.25 },
          data: withGaps(piece.points).map(({ x, shown, at }) => ({
            value: shown ? [x, shown.mean] : [x, null],
            ...(shown ? { tip: tipOf(area.name, data.periods[at]?.name ?? '', shown, look) } : {}),
          })),
        })),
      ),
      {
        id: 'intervals',
        type: 'custom',
        silent: true,
        z: 2,
        renderItem: standing(bars.map((bar) => bar.colour)),
        data: bars.map((bar) => bar.value),
      },
      {
        id: 'stops',
        type: 'custom',
        silent: true,
        z: 3,
        renderItem: endStop(
          stops.map(({ area }) => ({ colour: area.mark.colour, faint: area.state === 'faint' })),
        ),
        data: stops.map((stop) => stop.value),
      },
      {
        id: 'names',
        type: 'custom',
        silent: true,
        z: 3,
        clip: false,
        renderItem: nameAtEnd(
          ends.map(({ area: { name, mark, state }, isLast }) => ({ name, mark, state, isLast })),
          { width: NAMES_WIDTH, theme },
        ),
        data: ends.map((end, i) => [end.x, end.y, names[i]]),
      },
      {
        id: 'breaks',
        type: 'line',
        silent: true,
        data: [],
        markLine: {
          silent: true,
          animation: false,
          symbol: 'none',
          lineStyle: { color: theme.quiet, type: [4, 4], width: 1.5 },
          label: { color: theme.quiet, fontSize: 13, lineHeight: 16, distance: 6, position: 'end' },
          data: breaks.map(({ x, version }) => ({
            xAxis: x,
            label: { formatter: words.newVersion(version) },
          })),
        },
      },
    ],
  };
}

function stroke(mark: Mark, state: 'alike' | 'lit' | 'faint', card: string): object {
  const opacity = state === 'faint' ? 0.22 : 1;
  return {
    symbol: `path://${mark.shape}`,
    symbolSize: state === 'lit' ? 11 : 9,
    // Of a line of one figure nothing else would be seen.
    showAllSymbol: true,
    lineStyle: {
      color: mark.colour,
      width: state === 'lit' ? 3 : 2,
      type: mark.dash.length > 0 ? mark.dash : 'solid',
      opacity,
    },
    itemStyle: {
      color: mark.filled ? mark.colour : card,
      borderColor: mark.colour,
      borderWidth: mark.filled ? 0 : 2,
      opacity,
    },
  };
}
