import type { ChartData } from './data';
import { heightOf } from './height';
import { keyOf } from './key';
import { init } from './library';
import type { Look } from './look';
import { themeOf } from './look';
import { optionOf } from './option';
import { save } from './save';
import { walkable } from './walk';
import { langOf, wordsIn } from './words';

function lookOfPage(): Look {
  const root = getComputedStyle(document.documentElement);
  return {
    theme: themeOf(
      (property) => root.getPropertyValue(property).trim(),
      getComputedStyle(document.body).fontFamily,
    ),
    words: wordsIn(langOf(document.documentElement.lang)),
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  };
}

/** Draws a chart in its figure, and keeps it as wide as the figure is. */
export async function draw(figure: HTMLElement, data: ChartData): Promise<void> {
  // A canvas does not draw its letters again when they arrive.
  await Promise.all(['', 'bold '].map((weight) => document.fonts.load(`${weight}14px Atkinson`)));
  const picture = figure.querySelector<HTMLElement>('.chart-picture');
  if (!picture) return;
  const look = lookOfPage();
  const chart = init(picture, null, { renderer: 'canvas' });
  let lit: ReadonlySet<number> = new Set();
  const show = (): void => {
    const width = picture.clientWidth;
    const height = heightOf(data, width);
    picture.style.height = `${String(height)}px`;
    chart.resize({ width, height });
    chart.setOption(optionOf(data, look, lit, { width, height, top: 0 }));
  };
  chart.on('finished', () => {
    figure.dataset.state = 'drawn';
  });
  if (data.kind === 'trend') {
    const key = keyOf(data, look, (areas) => {
      lit = areas;
      show();
    });
    picture.before(key.element);
    chart.on('mouseover', { seriesType: 'line' }, ({ seriesId }) =>
      key.pointAt(Number(seriesId?.split('-')[0])),
    );
    chart.on('mouseout', { seriesType: 'line' }, () => key.pointAt(null));
  }
  show();
  const said = figure.querySelector('[data-said]');
  if (said) {
    walkable(picture, chart, (text) => {
      said.textContent = text;
    });
  }
  figure.querySelector('[data-save]')?.addEventListener('click', () => save(data, look, lit));
  let width = picture.clientWidth;
  new ResizeObserver(() => {
    if (picture.clientWidth !== width && picture.clientWidth > 0) {
      width = picture.clientWidth;
      show();
    }
  }).observe(picture);
}
