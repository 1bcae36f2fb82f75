/** Soon enough that a short dip goes unnoticed; */
const FIRST = 2_000;
/** rare enough that a day without network costs no battery, often enough that nobody waits long after it. */
const CAP = 5 * 60_000;

/** Doubles with every attempt up to a cap; the jitter keeps the tablets of one location apart. */
export function backOff(attempts: number, random: () => number = Math.random): number {
  const full = Math.min(CAP, FIRST * 2 ** Math.max(0, attempts - 1));
  return Math.round(full / 2 + (full / 2) * random());
}

/** `Retry-After` in seconds or as a date; null when there is none that can be read. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds) && header.trim() !== '') return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
