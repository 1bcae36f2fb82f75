import { useCallback, useEffect, useState } from 'preact/hooks';
import type { InstrumentStore } from '../instrument/store';
import type { Vault } from '../vault/vault';
import { fetchWork } from './api';
import type { Work } from './types';

export interface WorkState {
  work: Work | null;
  state: 'loading' | 'ready' | 'sign-in' | 'offline' | 'trouble';
  /** False while an instrument or picture is still missing: then not everything works without network yet. Null before that was looked at. */
  complete: boolean | null;
  /** How far the tablet's clock is ahead of the service's, in milliseconds; null when it was not compared yet. */
  clockOff: number | null;
  refresh: () => Promise<void>;
}

/** The work list: what the vault remembers at once, what the service says as soon as it can be reached. */
export function useWork(vault: Vault, store: InstrumentStore): WorkState {
  const [work, setWork] = useState<Work | null>(null);
  const [state, setState] = useState<WorkState['state']>('loading');
  const [complete, setComplete] = useState<boolean | null>(null);
  const [clockOff, setClockOff] = useState<number | null>(null);

  const refresh = useCallback(async () => {
    const answer = await fetchWork();
    if (answer.kind !== 'ok') return setState(answer.kind);
    // The session can be of a colleague who used this tablet in between: their list is not shown here.
    if (answer.value.person.id !== vault.label.person) return setState('sign-in');
    // A full disk: today's list can be used all the same, only not without network.
    await vault.put('work', 'current', answer.value).catch(() => undefined);
    setWork(answer.value);
    setClockOff(Date.now() - Date.parse(answer.value.madeAt));
    setState('ready');
    const instruments = answer.value.instruments;
    setComplete(await store.whole(instruments));
    setComplete(await store.prefetch(instruments));
  }, [vault, store]);

  useEffect(() => {
    let here = true;
    void (async () => {
      const kept = await vault.get<Work>('work', 'current');
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

  return { work, state, complete, clockOff, refresh };
}
