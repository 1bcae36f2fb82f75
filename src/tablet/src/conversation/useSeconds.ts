import { useCallback, useEffect, useRef } from 'preact/hooks';

/**
 * Measures how long a question is on the screen; the time in which the tablet was put away does not count. By a clock
 * that only goes forward: the one on the wall may be set while someone talks.
 */
export function useSeconds(question: string): () => number {
  const since = useRef(performance.now());
  const sum = useRef(0);
  useEffect(() => {
    since.current = performance.now();
    sum.current = 0;
    const look = (): void => {
      if (document.hidden) sum.current += performance.now() - since.current;
      else since.current = performance.now();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [question]);
  return useCallback(() => {
    const seconds = Math.round((sum.current + performance.now() - since.current) / 1000);
    since.current = performance.now();
    sum.current = 0;
    return seconds;
  }, []);
}
