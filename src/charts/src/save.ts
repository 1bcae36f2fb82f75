import type { ChartData } from './data';
import { init } from './library';
import type { Look } from './look';
import { pictureOf } from './option';

/** Saves the chart as a PNG, twice as fine as a screen, with its title and what it is of. */
export function save(data: ChartData, look: Look, lit: ReadonlySet<number>): void {
  const { option, width, height } = pictureOf(data, look, lit);
  const chart = init(document.createElement('div'), null, {
    renderer: 'canvas',
    width,
    height,
    devicePixelRatio: 2,
  });
  chart.setOption(option);
  chart.renderToCanvas({ pixelRatio: 2 }).toBlob((blob) => {
    chart.dispose();
    if (!blob) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = `${data.file}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }, 'image/png');
}
