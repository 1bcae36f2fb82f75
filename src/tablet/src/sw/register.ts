/** Often enough that a mended app arrives the same day, seldom enough to cost nothing. */
const LOOK_FOR_NEWER = 60 * 60_000;
const SCOPE = '/tablet/';

export type OnNew = (takeOver: () => void) => void;

/**
 * Starts the service worker. `onNew` is told when a newer app lies ready: it takes over only when the app says so,
 * never in the middle of a conversation.
 */
export async function registerWorker(onNew: OnNew): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  try {
    const registration = await navigator.serviceWorker.register('/tablet/worker.js', { scope: SCOPE });
    offer(registration.waiting, onNew);
    registration.addEventListener('updatefound', () => {
      // Held on to: what `registration` says of it can be behind what the worker itself tells.
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => offer(worker, onNew));
      // It can lie ready before anybody heard that it came.
      offer(worker ?? registration.waiting, onNew);
    });
    // An app on the home screen can stay open for weeks; the browser looks only when a page is loaded.
    setInterval(() => void registration.update().catch(() => undefined), LOOK_FOR_NEWER);
  } catch {
    // Without a service worker the app works as long as there is network.
  }
}

/** Looks whether a newer app lies ready that nobody was told of. */
export async function lookForNewer(onNew: OnNew): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const registration = await navigator.serviceWorker.getRegistration(SCOPE).catch(() => undefined);
  offer(registration?.waiting ?? null, onNew);
}

function offer(worker: ServiceWorker | null, onNew: OnNew): void {
  if (worker?.state !== 'installed' || !navigator.serviceWorker.controller) return;
  onNew(() => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    // The browser may first let the older one come to rest, half a minute after the last it did.
    worker.postMessage('take-over');
  });
}
