import type { TrendData } from './data';
import { isShown } from './data';
import type { Look, Theme } from './look';
import type { Mark } from './marks';
import { markOf } from './marks';

const SVG = 'http://www.w3.org/2000/svg';

function drawn<K extends 'svg' | 'line' | 'path'>(
  name: K,
  attributes: Record<string, string>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}

/** A piece of the line with its dot, as in the chart. Attributes only: a style would be inline. */
function sample(mark: Mark, { card }: Theme): SVGElement {
  const box = drawn('svg', {
    viewBox: '0 0 34 14',
    width: '34',
    height: '14',
    'aria-hidden': 'true',
    focusable: 'false',
  });
  box.append(
    drawn('line', {
      x1: '0',
      x2: '34',
      y1: '7',
      y2: '7',
      stroke: mark.colour,
      'stroke-width': '2',
      'stroke-dasharray': mark.dash.join(' ') || 'none',
    }),
    drawn('path', {
      d: mark.shape,
      transform: 'translate(12 2)',
      fill: mark.filled ? mark.colour : card,
      stroke: mark.colour,
      'stroke-width': mark.filled ? '0' : '2',
    }),
  );
  return box;
}

/**
 * The key of the lines: a button for each area, with which it is made to stand out. Several can be pressed; a line that is
 * pointed at stands out for as long as that.
 */
export function keyOf(
  data: TrendData,
  { theme, words }: Look,
  light: (areas: ReadonlySet<number>) => void,
): { element: HTMLElement; pointAt: (area: number | null) => void } {
  const element = document.createElement('div');
  element.className = 'chart-key';
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', words.highlight);
  const pressed = new Set<number>();
  let pointed: number | null = null;
  const tell = (): void =>
    light(pointed === null || pressed.has(pointed) ? new Set(pressed) : new Set([...pressed, pointed]));
  const pointAt = (area: number | null): void => {
    if (area !== pointed) {
      pointed = area;
      tell();
    }
  };
  data.areas.forEach((area, index) => {
    if (!area.pieces.some((piece) => piece.moments.some(isShown))) {
      const absent = document.createElement('span');
      absent.textContent = `${area.name} (${words.hidden})`;
      element.append(absent);
      return;
    }
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-pressed', 'false');
    button.append(sample(markOf(index, theme), theme), area.name);
    button.addEventListener('click', () => {
      if (!pressed.delete(index)) pressed.add(index);
      button.setAttribute('aria-pressed', String(pressed.has(index)));
      pointed = null;
      tell();
    });
    button.addEventListener('pointerenter', () => pointAt(index));
    button.addEventListener('pointerleave', () => pointAt(null));
    element.append(button);
  });
  return { element, pointAt };
}
