// Teams and locations that a group can talk about, and what the last talk took on. Kept in the vault, so that a group
// can begin without network.
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { InstrumentStore } from '../instrument/store';
import type { Vault } from '../vault/vault';
import type { ReflectionWork } from './types';

const PLACE = 'reflections';

async function fetchReflections(person: string): Promise<ReflectionWork | null> {
  try {
    const response = await fetch('/api/reflections', { cache: 'no-store' });
    if (!response.ok) return null;
    const body = (await response.json()) as ReflectionWork;
    // The session can be of a colleague who used this tablet in between.
    return body.person === person ? body : null;
  } catch {
    return null;
  }
}

export interface Reflections {
  work: ReflectionWork | null;
  refresh: () => Promise<void>;
}

export function useReflections(vault: Vault, store: InstrumentStore): Reflections {
  const [work, setWork] = useState<ReflectionWork | null>(null);
  const refresh = useCallback(async () => {
    const answer = await fetchReflections(vault.label.person);
    if (!answer) return;
    await vault.put('work', PLACE, answer);
    setWork(answer);
    if (answer.places.length > 0) await store.prefetch(answer.instruments);
  }, [vault, store]);
  useEffect(() => {
    let here = true;
    void (async () => {
      const kept = await vault.get<ReflectionWork>('work', PLACE);
      if (here && kept) setWork(kept);
      if (here) await refresh();
    })();
    const again = (): void => void refresh();
    addEventListener('online', again);
    return () => {
      here = false;
      removeEventListener('online', again);
    };
  }, [vault, refresh]);
  return { work, refresh };
}
