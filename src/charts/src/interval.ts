import type { CustomSeriesRenderItem } from 'echarts';

type Draw = CustomSeriesRenderItem;

/** An interval over time: a standing line with feet. Each datum is [x, low, high]. */
export const standing =
  (colours: readonly string[]): Draw =>
  (params, api) => {
    const x = api.value(0);
    const [at = 0, top = 0] = api.coord([x, api.value(2)]);
    const [, bottom = 0] = api.coord([x, api.value(1)]);
    const style = { stroke: colours[params.dataIndex] ?? '', lineWidth: 1.5, fill: 'none' };
    return {
      type: 'path',
      shape: { pathData: `M${String(at - 5)},${String(top)}h10m-5,0V${String(bottom)}m-5,0h10` },
      style,
      silent: true,
    };
  };
