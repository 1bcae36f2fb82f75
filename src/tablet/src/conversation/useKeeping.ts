// Keeps the newest state of a conversation, and goes on trying until it is kept: a disk that is full for a moment
// must not cost an answer. Until then nobody should leave the screen.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Draft } from './state';

/** Soon enough that a disk that was cleared is noticed at once, seldom enough to leave an old tablet in peace. */
const AGAIN = 3000;

export interface Keeping {
  keep: (draft: Draft) => void;
  /** Tries now; resolves to whether the newest state is kept. */
  flush: () => Promise<boolean>;
  failed: boolean;
}

export function useKeeping(save: (draft: Draft) => Promise<void>): Keeping {
  const [failed, setFailed] = useState(false);
  const unkept = useRef<Draft | null>(null);
  const chain = useRef<Promise<void>>(Promise.resolve());

  const write = useCallback(async (): Promise<void> => {
    const draft = unkept.current;
    if (!draft) return;
    try {
      await save(draft);
      // Only the newest state counts as kept; a newer one is next in the chain.
      if (unkept.current === draft) unkept.current = null;
      setFailed(false);
    } catch {
      setFailed(true);
    }
  }, [save]);

  const queue = useCallback((): Promise<void> => (chain.current = chain.current.then(write)), [write]);
  const keep = useCallback(
    (draft: Draft) => {
      unkept.current = draft;
      void queue();
    },
    [queue],
  );
  const flush = useCallback(async () => {
    await queue();
    return unkept.current === null;
  }, [queue]);

  useEffect(() => {
    if (!failed) return undefined;
    const timer = setInterval(() => void queue(), AGAIN);
    const warn = (event: Event): void => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => {
      clearInterval(timer);
      removeEventListener('beforeunload', warn);
    };
  }, [failed, queue]);

  return { keep, flush, failed };
}
