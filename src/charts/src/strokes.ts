import type { CustomSeriesRenderItem } from 'echarts';
import type { Theme } from './look';
import type { Mark } from './marks';

/** The stop at which a line was broken off. Each datum is [x, y]. */
export const endStop =
  (lines: readonly { readonly colour: string; readonly faint: boolean }[]): CustomSeriesRenderItem =>
  (params, api) => {
    const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)]);
    const line = lines[params.dataIndex];
    return {
      type: 'line',
      shape: { x1: x + 9, y1: y - 9, x2: x + 9, y2: y + 9 },
      style: { stroke: line?.colour ?? '', lineWidth: 3, opacity: line?.faint ? 0.22 : 1 },
      silent: true,
    };
  };

/**
 * A line's name beside its end. Where that is in the last period a thin line leads to it; from further back it would look like
 * figures that there are not. Each datum is [x, y, y of the name].
 */
export const nameAtEnd =
  (
    names: readonly {
      readonly name: string;
      readonly mark: Mark;
      readonly state: 'alike' | 'lit' | 'faint';
      readonly isLast: boolean;
    }[],
    { width, theme }: { width: number; theme: Theme },
  ): CustomSeriesRenderItem =>
  (params, api) => {
    const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)]);
    const [, beside = 0] = api.coord([api.value(0), api.value(2)]);
    const grid = params.coordSys as unknown as { x: number; width: number };
    const edge = grid.x + grid.width;
    const line = names[params.dataIndex];
    if (!line) return { type: 'group', children: [] };
    const faint = line.state === 'faint';
    return {
      type: 'group',
      silent: true,
      children: [
        {
          // Dotted and thin: it leads to a name, and is no figure.
          type: 'polyline',
          shape: {
            points: [
              [x + 9, y],
              [Math.max(x + 9, edge - 8), y],
              [edge + 10, beside],
            ],
          },
          style: {
            stroke: theme.quiet,
            lineWidth: 1,
            lineDash: [1, 3],
            fill: 'none',
            opacity: !line.isLast ? 0 : faint ? 0.25 : 0.8,
          },
        },
        {
          type: 'path',
          x: edge + 15,
          y: beside - 4.5,
          scaleX: 0.9,
          scaleY: 0.9,
          shape: { pathData: line.mark.shape },
          style: {
            fill: line.mark.filled ? line.mark.colour : theme.card,
            stroke: line.mark.colour,
            lineWidth: line.mark.filled ? 0 : 1.5,
            opacity: faint ? 0.3 : 1,
          },
        },
        {
          type: 'text',
          style: {
            text: line.name,
            x: edge + 31,
            y: beside,
            verticalAlign: 'middle',
            width: width - 22,
            overflow: 'truncate',
            fontFamily: theme.font,
            fontSize: 14,
            fontWeight: line.state === 'lit' ? 'bold' : 'normal',
            fill: faint ? theme.ruleStrong : theme.ink,
          },
        },
      ],
    };
  };
