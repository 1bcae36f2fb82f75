// Keeps sending while a vault is open: at once when something is added or the network comes back, and otherwise
// after the back-off.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Vault } from '../vault/vault';
import { backOff, Pause } from './backoff';
import { Outbox, type NewParcel } from './outbox';
import type { Parcel, ReceiptKey } from './parcel';
import { sendAll, type Post, type Round } from './send';

export type OutboxLook = 'sent' | 'waiting' | 'offline' | 'sign-in' | 'aside' | 'receipt';

export interface OutboxState {
  outbox: Outbox;
  parcels: Parcel[];
  waiting: number;
  /** Null until the outbox was read: before that, nobody can say that all is sent. */
  look: OutboxLook | null;
  /** Keeps a parcel and shows it as waiting before this resolves: "all is sent" is never said of what is not. */
  add: (parcel: NewParcel, from?: 'draft' | 'talk') => Promise<void>;
  /** Tries, and reads anew what waits; where the service asked to wait, when it said. A person who asks for it goes before that. */
  poke: (byHand?: boolean) => Promise<void>;
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = (): void => setOnline(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return online;
}

function lookOf(round: Round | null, parcels: Parcel[], online: boolean): OutboxLook {
  const waiting = parcels.some((p) => p.aside === null);
  if (parcels.some((p) => p.aside !== null)) return 'aside';
  if (!online) return 'offline';
  if (!waiting) return 'sent';
  if (round?.kind === 'sign-in') return 'sign-in';
  if (round?.kind === 'later' && round.why === 'network') return 'offline';
  return round?.kind === 'later' && round.why === 'receipt' ? 'receipt' : 'waiting';
}

export function useOutbox(vault: Vault, receiptKey: ReceiptKey | null, onSent: () => void): OutboxState {
  const outbox = useMemo(() => new Outbox(vault), [vault]);
  const [read, setParcels] = useState<Parcel[] | null>(null);
  const [round, setRound] = useState<Round | null>(null);
  const online = useOnline();
  const pause = useMemo(() => new Pause(), []);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef({ receiptKey, onSent });
  latest.current = { receiptKey, onSent };

  const poke = useCallback(
    async (byHand = false): Promise<void> => {
      clearTimeout(timer.current);
      if (byHand) pause.end();
      setParcels(await outbox.all());
      let sent = 0;
      const post: Post = {
        outbox,
        person: vault.label.person,
        receiptKey: () => Promise.resolve(latest.current.receiptKey),
        fetcher: (...args) => fetch(...args),
        now: () => Date.now(),
        pause,
        sent: () => sent++,
      };
      // What goes wrong on the tablet itself (a full disk) must not end the trying.
      const result = await sendAll(post).catch((): Round => ({
        kind: 'later',
        why: 'server',
        attempts: 4,
        wait: null,
      }));
      setRound(result);
      setParcels(await outbox.all());
      if (sent > 0) latest.current.onSent();
      if (result.kind === 'busy' || result.kind === 'later') {
        const wait = result.kind === 'busy' ? backOff(2) : (result.wait ?? backOff(result.attempts));
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void poke(), wait);
      }
    },
    [outbox, vault, pause],
  );

  const add = useCallback(
    async (parcel: NewParcel, from: 'draft' | 'talk' = 'draft'): Promise<void> => {
      await outbox.add(parcel, from);
      setParcels(await outbox.all());
    },
    [outbox],
  );

  useEffect(() => {
    void poke();
    return () => clearTimeout(timer.current);
  }, [poke, online, receiptKey?.kid]);

  const parcels = read ?? [];
  const waiting = parcels.filter((p) => p.aside === null).length;
  return { outbox, parcels, waiting, look: read && lookOf(round, read, online), add, poke };
}
