import type { ChartData } from './data';

/** Above the axis of means; each view that is named takes one line more. */
export const KEY_LINE = 26;
/** The figures along the axis. */
export const AXIS = 30;

export const rowHeight = (views: number): number => (views === 1 ? 46 : 18 + views * 20);

/** How high a chart stands on the page. Known before anything is drawn, so that the page does not jump. */
export function heightOf(data: ChartData, width: number): number {
  switch (data.kind) {
    case 'trend':
      return width < 640 ? 360 : 440;
    case 'means':
      return (
        8 +
        (data.views.length > 1 ? data.views.length * KEY_LINE : 0) +
        data.rows.length * rowHeight(data.views.length) +
        AXIS
      );
    case 'answers':
      return 30;
  }
}
