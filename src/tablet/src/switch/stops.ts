// Where a switch can stop on the screen as it is now, in the order in which a client needs it: first the answers, then
// the way on, then the rest. Text fields are no stop: typing is not for a switch, somebody else writes it down.

const STOPS =
  'button:not(:disabled), a[href], summary, input[type=radio]:not(:disabled), input[type=checkbox]:not(:disabled)';

/** The part of the screen that can be used now: the topmost dialog or tip, or else everything. */
function usable(): Element {
  const dialogs = document.querySelectorAll('dialog[open], [popover]:popover-open');
  return dialogs[dialogs.length - 1] ?? document.body;
}

function rank(stop: Element): number {
  if (stop.closest('dialog, [popover]')) return 0;
  if (stop.closest('footer')) return 1;
  if (stop.closest('header')) return 3;
  // Where there is a bar to go on with, only answers come before it.
  const answers = stop.matches('input, [aria-pressed], .answer');
  return answers || !document.querySelector('footer.talk__bar, .answer') ? 0 : 2;
}

export function stops(): HTMLElement[] {
  const found = [...usable().querySelectorAll<HTMLElement>(STOPS)].filter((stop) => stop.checkVisibility());
  const order = found.map((stop, i) => ({ stop, rank: rank(stop), i }));
  // In the bar the way on stands last, and is wanted first.
  order.sort((a, b) => a.rank - b.rank || (a.rank === 1 ? b.i - a.i : a.i - b.i));
  return order.map((o) => o.stop);
}

/** The choice that a stop belongs to: after choosing, the others of it are passed over. */
export function choiceOf(stop: Element): Element | null {
  if (stop.matches('input[type=checkbox]')) return null;
  return stop.closest('[role=radiogroup], [role=group], fieldset');
}

/** Which screen this is: when it changes, scanning begins again at its first stop. */
export function screenNow(): string {
  const title = usable().querySelector('h1, h2')?.textContent ?? '';
  return `${document.querySelectorAll('dialog[open], [popover]:popover-open').length} ${title}`;
}

/** What a stop is called, for saying it. */
export const nameOf = (stop: Element): string =>
  (stop.getAttribute('aria-label') ?? (stop.closest('label') ?? stop).textContent ?? '').trim();

/** Somebody is typing, by hand: then keys are letters, and scanning waits. */
export const isTyping = (): boolean =>
  document.activeElement?.matches('textarea, select, input:not([type=radio], [type=checkbox])') ?? false;
