// What every page with charts loads, and all that it loads: it shows the figures, which without a script stay away and leave their
// tables, and fetches what draws when a chart comes near.
import type { ChartData } from './data';
import { heightOf } from './height';

const NEAR = '300px';

const waiting = new Map<Element, () => Promise<void>>();
const near = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) void drawNow(entry.target);
    }
  },
  { rootMargin: NEAR },
);

async function drawNow(figure: Element): Promise<void> {
  near.unobserve(figure);
  const draw = waiting.get(figure);
  waiting.delete(figure);
  await draw?.();
}

for (const figure of document.querySelectorAll<HTMLElement>('figure[data-chart]')) {
  const picture = figure.querySelector<HTMLElement>('.chart-picture');
  const text = figure.querySelector('script[type="application/json"]')?.textContent;
  if (picture && text) {
    const data = JSON.parse(text) as ChartData;
    figure.hidden = false;
    picture.style.height = `${String(heightOf(data, picture.clientWidth))}px`;
    waiting.set(figure, async () => {
      try {
        await (await import('./draw')).draw(figure, data);
      } catch {
        // The table beside it has it all.
        figure.hidden = true;
      }
    });
    near.observe(figure);
  }
}

// What is printed is the whole page; what cannot be drawn in time is left out by the style sheet.
addEventListener('beforeprint', () => {
  for (const figure of [...waiting.keys()]) void drawNow(figure);
});
