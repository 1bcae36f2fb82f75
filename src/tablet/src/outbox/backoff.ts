/** Soon enough that a short dip goes unnoticed; */
const FIRST = 2_000;
/** rare enough that a day without network costs no battery, often enough that nobody waits long after it. */
const CAP = 5 * 60_000;

/** Doubles with every attempt up to a cap; the jitter keeps the tablets of one location apart. */
export function backOff(attempts: number, random: () => number = Math.random): number {
  const full = Math.min(CAP, FIRST * 2 ** Math.max(0, attempts - 1));
  return Math.round(full / 2 + (full / 2) * random());
}

/** What the service asked: not before. Anything that sends by itself keeps to it; a person who asks for it now may go on. */
export class Pause {
  private until = 0;

  /** How long there is still to wait, in ms; 0 when nothing holds. A clock that was put back does not make it longer. */
  left(now: number): number {
    const left = this.until - now;
    return left > 0 && left <= LONGEST ? left : 0;
  }

  ask(wait: number, now: number): void {
    this.until = now + wait;
  }

  end(): void {
    this.until = 0;
  }
}

/** A tablet whose clock is years off must not wait years for a date; an hour is longer than a restart takes. */
const LONGEST = 60 * 60_000;

/** `Retry-After` in seconds or as a date, an hour at most; null when there is none that can be read. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const within = (ms: number): number => Math.min(LONGEST, Math.max(0, ms));
  const seconds = Number(header);
  if (Number.isFinite(seconds) && header.trim() !== '') return within(seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : within(date - now);
}
