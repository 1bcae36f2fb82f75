import type { CustomSeriesRenderItem } from 'echarts';
import type { EChartsCoreOption } from 'echarts/core';
import type { MeansData, Shown } from './data';
import { isHidden, isShown } from './data';
import { AXIS, KEY_LINE, rowHeight } from './height';
import type { Frame, Look, Theme } from './look';
import type { Mark } from './marks';
import { markOf } from './marks';
import { tipOf, tooltip } from './tip';

/**
 * Means with their intervals, a row for each area of life and in it one below the other for each view. Where a figure is hidden
 * the reason stands in its place.
 */
export function meansOption(data: MeansData, look: Look, frame: Frame): EChartsCoreOption {
  const { theme, words } = look;
  const several = data.views.length > 1;
  const names = Math.round(Math.min(230, frame.width * 0.34));
  const height = rowHeight(data.views.length);
  // Where a view stands within its row, from the middle.
  const lift = (view: number): number => (view - (data.views.length - 1) / 2) * 20;
  const key = several ? data.views.length * KEY_LINE : 0;
  return {
    animation: false,
    textStyle: { fontFamily: theme.font, color: theme.ink },
    tooltip: tooltip(look),
    ...(several
      ? {
          legend: {
            orient: 'vertical',
            left: 0,
            top: frame.top,
            itemGap: KEY_LINE - 16,
            itemWidth: 12,
            itemHeight: 12,
            selectedMode: false,
            textStyle: { color: theme.ink, fontSize: 14, lineHeight: 16 },
            data: data.views.map((name, view) => ({ name, icon: `path://${markOf(view, theme).shape}` })),
          },
        }
      : {}),
    grid: { left: names, right: 44, top: frame.top + key + 8, height: data.rows.length * height },
    xAxis: {
      type: 'value',
      min: 0,
      max: 100,
      interval: 25,
      axisLabel: {
        color: theme.quiet,
        fontSize: 13,
        height: AXIS,
        formatter: (value: number) => words.number(value),
      },
      splitLine: { lineStyle: { color: theme.rule } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: data.rows.map((row) => row.name),
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.ruleStrong } },
      axisTick: { show: false },
      splitLine: { show: several, lineStyle: { color: theme.rule } },
      axisLabel: {
        interval: 0,
        color: theme.ink,
        fontSize: 14,
        lineHeight: 17,
        width: names - 16,
        overflow: 'break',
        margin: 12,
      },
    },
    series: data.views.flatMap((view, v) => {
      const shown = data.rows.flatMap((row, r) => {
        const cell = row.cells[v];
        return isShown(cell) ? [{ row: r, name: row.name, cell }] : [];
      });
      const hidden = data.rows.flatMap((row, r) => {
        const cell = row.cells[v];
        return isHidden(cell) ? [{ row: r, why: cell.hidden }] : [];
      });
      return [
        {
          id: `view-${String(v)}`,
          name: view,
          type: 'custom',
          itemStyle: { color: markOf(v, theme).colour },
          renderItem: dot(
            shown.map(({ cell }) => cell),
            markOf(v, theme),
            lift(v),
            look,
          ),
          data: shown.map(({ row, name, cell }) => ({
            value: [cell.mean, row],
            tip: tipOf(name, several ? view : null, cell, look),
          })),
        },
        {
          id: `hidden-${String(v)}`,
          type: 'custom',
          silent: true,
          renderItem: reason(
            hidden.map(({ why }) => `${words.hidden}: ${why}`),
            lift(v),
            theme,
          ),
          data: hidden.map(({ row }) => [0, row]),
        },
      ];
    }),
  };
}

/** A dot on its interval, with the figure behind it. Each datum is [mean, row]. */
const dot =
  (cells: readonly Shown[], mark: Mark, lift: number, { theme, words }: Look): CustomSeriesRenderItem =>
  (params, api) => {
    const cell = cells[params.dataIndex];
    if (!cell) return { type: 'group', children: [] };
    const at = (value: number): number => api.coord([value, api.value(1)])[0] ?? 0;
    const y = (api.coord([0, api.value(1)])[1] ?? 0) + lift;
    const [low, high] = [at(cell.low ?? cell.mean), at(cell.high ?? cell.mean)];
    return {
      type: 'group',
      children: [
        {
          type: 'rect',
          shape: { x: low, y: y - 5, width: Math.max(1, high - low), height: 10, r: 5 },
          style: { fill: mark.colour, opacity: 0.3 },
        },
        {
          type: 'path',
          // Moved and scaled as a whole: of a path itself the library keeps the first place.
          x: at(cell.mean) - 6,
          y: y - 6,
          scaleX: 1.2,
          scaleY: 1.2,
          shape: { pathData: mark.shape },
          style: {
            fill: mark.filled ? mark.colour : theme.card,
            stroke: mark.filled ? theme.card : mark.colour,
            lineWidth: 1.25,
          },
        },
        {
          type: 'text',
          silent: true,
          style: {
            text: words.number(cell.mean),
            x: Math.max(high, at(cell.mean) + 6) + 7,
            y,
            verticalAlign: 'middle',
            fontFamily: theme.font,
            fontSize: 14,
            fontWeight: 'bold',
            fill: theme.ink,
          },
        },
      ],
    };
  };

const reason =
  (texts: readonly string[], lift: number, theme: Theme): CustomSeriesRenderItem =>
  (params, api) => {
    const [x = 0, y = 0] = api.coord([0, api.value(1)]);
    const grid = params.coordSys as unknown as { width: number };
    return {
      type: 'text',
      silent: true,
      style: {
        text: texts[params.dataIndex] ?? '',
        x: x + 8,
        y: y + lift,
        width: grid.width - 8,
        overflow: 'truncate',
        verticalAlign: 'middle',
        fontFamily: theme.font,
        fontSize: 13,
        fontStyle: 'italic',
        fill: theme.quiet,
      },
    };
  };
