import type { EChartsType } from './library';
import type { Tip } from './tip';

interface Series {
  readonly data?: readonly { readonly tip?: Tip }[];
}

interface Stop {
  readonly seriesIndex: number;
  readonly dataIndex: number;
  readonly tip: Tip;
}

/** What can be pointed at, in the order in which it is drawn. */
export const stopsOf = (series: readonly Series[]): Stop[] =>
  series.flatMap(({ data }, seriesIndex) =>
    (data ?? []).flatMap(({ tip }, dataIndex) => (tip ? [{ seriesIndex, dataIndex, tip }] : [])),
  );

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Lets the arrow keys do what a mouse does: go from point to point and read what is there; it is said too. */
export function walkable(picture: HTMLElement, chart: EChartsType, say: (text: string) => void): void {
  let at = -1;
  const leave = (): void => {
    at = -1;
    chart.dispatchAction({ type: 'hideTip' });
    chart.dispatchAction({ type: 'downplay' });
  };
  picture.addEventListener('keydown', (pressed) => {
    const step = STEPS[pressed.key];
    const stops = stopsOf((chart.getOption().series ?? []) as Series[]);
    if (pressed.key === 'Escape') leave();
    if (step === undefined || stops.length === 0) return;
    pressed.preventDefault();
    at = at < 0 ? (step > 0 ? 0 : stops.length - 1) : (at + step + stops.length) % stops.length;
    const stop = stops[at];
    if (!stop) return;
    const { seriesIndex, dataIndex, tip } = stop;
    chart.dispatchAction({ type: 'downplay' });
    chart.dispatchAction({ type: 'highlight', seriesIndex, dataIndex });
    chart.dispatchAction({ type: 'showTip', seriesIndex, dataIndex });
    say(tip.join(', '));
  });
  picture.addEventListener('blur', leave);
}
