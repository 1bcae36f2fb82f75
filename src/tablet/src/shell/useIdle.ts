import { useEffect } from 'preact/hooks';

/** Calls `onIdle` after a time without touch, key or pointer; also when the tablet slept through that time. */
export function useIdle(after: number, onIdle: () => void): void {
  useEffect(() => {
    let last = Date.now();
    const touch = (): void => {
      if (Date.now() - last < after) last = Date.now();
    };
    const check = (): void => {
      if (Date.now() - last >= after) {
        last = Date.now();
        onIdle();
      }
    };
    const timer = setInterval(check, 15_000);
    const kinds = ['pointerdown', 'keydown', 'touchstart'];
    kinds.forEach((kind) => addEventListener(kind, touch, { passive: true }));
    document.addEventListener('visibilitychange', check);
    return () => {
      clearInterval(timer);
      kinds.forEach((kind) => removeEventListener(kind, touch));
      document.removeEventListener('visibilitychange', check);
    };
  }, [after, onIdle]);
}
