/** Long enough for a slow tablet to draw its first screen, short enough that nobody notices the wait. */
const AT_LATEST = 1500;

/** Runs when the browser has nothing better to do; where it cannot tell, after what is now at hand. Returns how to call it off. */
export function whenIdle(work: () => void): () => void {
  if ('requestIdleCallback' in globalThis) {
    const id = requestIdleCallback(work, { timeout: AT_LATEST });
    return () => cancelIdleCallback(id);
  }
  const id = setTimeout(work, 0);
  return () => clearTimeout(id);
}
