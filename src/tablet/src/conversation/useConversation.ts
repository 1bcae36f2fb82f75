// The open conversation in memory: every action is kept at once, encrypted, and can be undone.
import { useCallback, useRef, useState } from 'preact/hooks';
import type { Instrument } from '../instrument/types';
import { step, type Action, type Draft } from './state';
import { instant } from './document';
import { useKeeping } from './useKeeping';

export interface Conversation {
  draft: Draft;
  act: (...actions: Action[]) => void;
  undo: () => void;
  canUndo: boolean;
  /** Resolves when the latest state is kept, or could not be: then to false, and nobody should leave. */
  flush: () => Promise<boolean>;
  saveFailed: boolean;
  latest: () => Draft;
}

/** Enough to get back from any slip, few enough to stay small in memory. */
const STEPS_BACK = 40;

/** Typing is one step to undo, not one for every letter; the passing of time is none. */
function startsNewStep(action: Action, before: Action | undefined): boolean {
  if (action.type === 'time') return false;
  if (action.type !== 'words' && !(action.type === 'answer' && typeof action.value === 'string')) return true;
  return !(before?.type === action.type && before.question === action.question);
}

export function useConversation(
  start: Draft,
  instrument: Instrument,
  save: (draft: Draft) => Promise<void>,
  typed: (question: string) => boolean,
): Conversation {
  const [draft, setDraft] = useState(start);
  const { keep: write, flush, failed: saveFailed } = useKeeping(save);
  const now = useRef(start);
  const past = useRef<Draft[]>([]);
  const before = useRef<Action | undefined>(undefined);

  const keep = useCallback(
    (next: Draft) => {
      now.current = next;
      setDraft(next);
      write(next);
    },
    [write],
  );

  const act = useCallback(
    (...actions: Action[]) => {
      let next = now.current;
      for (const action of actions) {
        const letter = action.type === 'answer' && !typed(action.question);
        if (letter || startsNewStep(action, before.current)) {
          if (action.type !== 'time') past.current = [...past.current, next].slice(-STEPS_BACK);
        }
        if (action.type !== 'time') before.current = action;
        next = step(next, action, instrument);
      }
      keep({ ...next, savedAt: instant(Date.now()) });
    },
    [instrument, keep, typed],
  );

  const undo = useCallback(() => {
    const last = past.current.pop();
    before.current = undefined;
    if (last) keep({ ...last, seconds: now.current.seconds });
  }, [keep]);

  const latest = useCallback(() => now.current, []);

  return {
    draft,
    act,
    undo,
    canUndo: past.current.length > 0,
    flush,
    saveFailed,
    latest,
  };
}
