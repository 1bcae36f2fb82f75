import { useCallback, useRef } from 'preact/hooks';

/**
 * A function that stays the same while what it does follows the newest drawing: what is handed only such functions
 * need not be drawn again.
 */
export function useSteady<Args extends unknown[], T>(newest: (...args: Args) => T): (...args: Args) => T {
  const now = useRef(newest);
  now.current = newest;
  return useCallback((...args: Args) => now.current(...args), []);
}
