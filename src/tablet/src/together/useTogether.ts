// What waits to be laid side by side: from this tablet at once, from the service as soon as it can be reached. The
// service tells what somebody said only when everyone has answered; that is kept in the vault for without network.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ConversationDocument } from '../conversation/document';
import type { InstrumentRef, InstrumentStore } from '../instrument/store';
import type { Instrument } from '../instrument/types';
import type { Vault } from '../vault/vault';
import { fetchSideBySides } from './api';
import { laidSideBySide, latestSides, readiness, setsOf } from './sets';
import type { OwnSide, Readiness, ServiceSet, Side } from './sets';
import type { TogetherTalk } from './talk';

/** As long as the service counts two views as views of the same time in someone's life. */
const ROUND = 92 * 86_400_000;
/** Far more than a tablet lays side by side in a round. */
const MOST_LOOKED = 500;

interface Kept {
  own: OwnSide[];
  service: ServiceSet[];
  /** Sides that were laid side by side here; the service may not know it yet. */
  looked: string[];
}

export interface Waiting {
  client: string;
  instrument: InstrumentRef;
  known: Instrument;
  sides: Side[];
  ready: Readiness;
  /** A talk that was begun and put aside. */
  begun: TogetherTalk | null;
}

export interface Together {
  waiting: Waiting[];
  refresh: () => Promise<void>;
  keep: (document: ConversationDocument, instrument: Instrument, ref: InstrumentRef) => Promise<void>;
  save: (talk: TogetherTalk) => Promise<void>;
  done: (talk: TogetherTalk) => Promise<void>;
}

const NOTHING: Kept = { own: [], service: [], looked: [] };
const PLACE = 'side-by-sides';

export function useTogether(vault: Vault, store: InstrumentStore, unsent: string[]): Together {
  const [waiting, setWaiting] = useState<Waiting[]>([]);
  const kept = useRef<Kept>(NOTHING);
  const pending = useRef(unsent);
  pending.current = unsent;

  const put = useCallback(
    async (next: Kept) => {
      kept.current = next;
      await vault.put('work', PLACE, next);
      setWaiting(await waitingOf(next, vault, store));
    },
    [vault, store],
  );

  const refresh = useCallback(async () => {
    const sets = await fetchSideBySides(vault.label.person);
    if (sets === null) return setWaiting(await waitingOf(kept.current, vault, store));
    const there = new Set(sets.flatMap((s) => s.sides.map((side) => side.id)));
    const { own, looked } = kept.current;
    await put({
      // What was sent and is not listed any more was laid side by side elsewhere.
      own: own.filter((s) => there.has(s.id) || pending.current.includes(s.id)),
      service: sets,
      looked: looked.filter((id) => there.has(id) || pending.current.length > 0),
    });
  }, [put, vault, store]);

  const keep = useCallback(
    async (document: ConversationDocument, instrument: Instrument, ref: InstrumentRef) => {
      if (document.outcome !== 'finished' || !laidSideBySide(instrument)) return;
      const side: OwnSide = {
        client: document.client,
        instrument: ref,
        id: document.id,
        perspective: document.perspective,
        heldOn: document.endedAt.slice(0, 10),
        mine: true,
        said: {
          relation: document.conductor.relation,
          knowsClient: document.conductor.knowsClient,
          answers: document.answers,
          words: document.words,
          passed: document.passed,
        },
      };
      await put({ ...kept.current, own: [...kept.current.own, side] });
    },
    [put],
  );

  const save = useCallback((talk: TogetherTalk) => vault.put('talk', talk.id, talk), [vault]);
  const done = useCallback(
    async (talk: TogetherTalk) => {
      const ids = talk.sides.map((s) => s.id);
      const { own, service, looked } = kept.current;
      await put({
        own: own.filter((s) => !ids.includes(s.id)),
        service,
        looked: [...looked, ...ids].slice(-MOST_LOOKED),
      });
    },
    [put],
  );

  useEffect(() => {
    let here = true;
    void (async () => {
      const before = (await vault.get<Kept>('work', PLACE)) ?? NOTHING;
      const since = new Date(Date.now() - ROUND).toISOString();
      kept.current = { ...before, own: before.own.filter((s) => s.heldOn >= since.slice(0, 10)) };
      const first = await waitingOf(kept.current, vault, store);
      if (here) setWaiting(first);
      if (here) await refresh();
    })();
    const again = (): void => void refresh();
    addEventListener('online', again);
    return () => {
      here = false;
      removeEventListener('online', again);
    };
  }, [vault, store, refresh]);

  return { waiting, refresh, keep, save, done };
}

async function waitingOf(kept: Kept, vault: Vault, store: InstrumentStore): Promise<Waiting[]> {
  const talks = await vault.all<TogetherTalk>('talk');
  const found: Waiting[] = [];
  const read = new Map<string, Instrument | null>();
  for (const set of setsOf(kept.own, kept.service, new Set(kept.looked))) {
    const key = `${set.instrument.id}@${set.instrument.version}`;
    if (!read.has(key)) read.set(key, await store.obtain(set.instrument));
    const known = read.get(key);
    if (!known || !laidSideBySide(known)) continue;
    const sides = latestSides(set, known);
    const begun = talks.find((t) => t.client.id === set.client && t.instrument.id === set.instrument.id);
    found.push({ ...set, known, sides, ready: readiness(sides, known), begun: begun ?? null });
  }
  return found;
}
