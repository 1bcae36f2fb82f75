import { useCallback, useEffect, useRef } from 'preact/hooks';

/** Measures how long a question is on the screen; the time in which the tablet was put away does not count. */
export function useSeconds(question: string): () => number {
  const since = useRef(Date.now());
  const sum = useRef(0);
  useEffect(() => {
    since.current = Date.now();
    sum.current = 0;
    const look = (): void => {
      if (document.hidden) sum.current += Date.now() - since.current;
      else since.current = Date.now();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [question]);
  return useCallback(() => {
    const seconds = Math.round((sum.current + Date.now() - since.current) / 1000);
    since.current = Date.now();
    sum.current = 0;
    return seconds;
  }, []);
}
