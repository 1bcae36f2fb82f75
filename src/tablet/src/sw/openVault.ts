// An open vault keeps a newer app waiting, in whichever tab it is open: tabs tell each other by a lock.
const NAME = 'clientvoice-open';

/** Holds the lock until the returned function is called. Several tabs can hold it at once. */
export function holdOpen(): () => void {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  void navigator.locks?.request(NAME, { mode: 'shared' }, () => held);
  return release;
}

/** Runs once no tab has a vault open. */
export function whenClosed(work: () => void, signal: AbortSignal): void {
  if (!navigator.locks) return work();
  navigator.locks.request(NAME, { signal }, work).catch(() => undefined);
}
