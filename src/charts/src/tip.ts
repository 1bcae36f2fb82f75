import type { Shown } from './data';
import type { Look } from './look';

/** A point as it is said when somebody points at it: its name, and lines below. */
export type Tip = readonly [name: string, ...lines: string[]];

export function tipOf(name: string, when: string | null, shown: Shown, { words }: Look): Tip {
  const interval =
    shown.low === undefined || shown.high === undefined
      ? []
      : [words.interval(words.number(shown.low), words.number(shown.high))];
  return [
    name,
    ...(when === null ? [] : [when]),
    [words.number(shown.mean), ...interval].join(' · '),
    words.people(shown.people),
  ];
}

/**
 * As elements, not as a text with marks: names come from people, and styles within a text are forbidden by the content security
 * policy. The library's other way, on the canvas, has no choice of letters.
 */
function elementsOf([name, ...lines]: Tip): HTMLElement[] {
  return [['strong', name] as const, ...lines.map((line) => ['span', line] as const)].map(([tag, text]) => {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  });
}

export function tooltip({ motion }: Look): object {
  return {
    trigger: 'item',
    // Within the chart; outside it would be given an arrow, which is a text with styles.
    confine: true,
    className: 'chart-tip',
    transitionDuration: motion ? 0.15 : 0,
    formatter: ({ data }: { data: { tip?: Tip } }) => (data.tip ? elementsOf(data.tip) : ''),
  };
}
