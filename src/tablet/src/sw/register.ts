/** Often enough that a mended app arrives the same day, seldom enough to cost nothing. */
const LOOK_FOR_NEWER = 60 * 60_000;

/**
 * Starts the service worker. `onNew` is told when a newer app lies ready: it takes over only when the app says so,
 * never in the middle of a conversation.
 */
export async function registerWorker(onNew: (takeOver: () => void) => void): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  try {
    const registration = await navigator.serviceWorker.register('/tablet/worker.js', { scope: '/tablet/' });
    const offer = (): void => {
      const waiting = registration.waiting;
      if (!waiting || !navigator.serviceWorker.controller) return;
      onNew(() => {
        navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
        waiting.postMessage('take-over');
      });
    };
    offer();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', offer);
      // It can lie ready before anybody heard that it came.
      offer();
    });
    // An app on the home screen can stay open for weeks; the browser looks only when a page is loaded.
    setInterval(() => void registration.update().catch(() => undefined), LOOK_FOR_NEWER);
  } catch {
    // Without a service worker the app works as long as there is network.
  }
}
