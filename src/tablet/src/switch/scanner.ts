// Goes from stop to stop and presses the one it is at. Knows nothing of keys or time.
import { choiceOf, nameOf, screenNow, stops } from './stops';

const MARK = 'data-scan';

export class Scanner {
  private at: HTMLElement | null = null;
  private chosen: Element | null = null;
  private screen = '';
  /** How often the end was passed without a press. */
  rounds = 0;

  constructor(private readonly say: (text: string) => void) {}

  next(): void {
    const list = stops();
    const after = this.position(list) + 1;
    if (after >= list.length) this.rounds++;
    const stop = list[after % Math.max(1, list.length)];
    this.screen = screenNow();
    this.chosen = null;
    this.leave();
    if (!stop) return;
    this.at = stop;
    stop.setAttribute(MARK, 'here');
    stop.focus({ preventScroll: true });
    (stop.closest('label') ?? stop).scrollIntoView({ block: 'center' });
    this.say(nameOf(stop));
  }

  press(): void {
    this.rounds = 0;
    const stop = this.at;
    // A press at a moment when the screen has just changed must not hit what nobody has seen.
    if (!stop?.isConnected || this.screen !== screenNow()) return this.next();
    this.chosen = choiceOf(stop);
    stop.click();
  }

  /** Takes the mark away, for example to rest. */
  leave(): void {
    this.at?.removeAttribute(MARK);
    this.at = null;
  }

  private position(list: HTMLElement[]): number {
    if (this.screen !== screenNow()) return -1;
    const { chosen } = this;
    if (chosen) return list.findLastIndex((stop) => chosen.contains(stop));
    return this.at ? list.indexOf(this.at) : -1;
  }
}
