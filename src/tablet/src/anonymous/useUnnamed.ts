// Keeps what leaves without a name going while a vault is open. The sending itself is fetched only where something waits.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Draft } from '../conversation/state';
import type { Instrument } from '../instrument/types';
import type { ReceiptKey } from '../outbox/parcel';
import type { OutboxState } from '../outbox/useOutbox';
import type { Vault } from '../vault/vault';
import type { Unnamed } from './lane';

const sender = () => import('./send');

export function useUnnamed(vault: Vault, receiptKey: ReceiptKey | null) {
  const [waiting, setWaiting] = useState<Unnamed[]>([]);
  const busy = useRef(false);
  const round = useCallback(async (): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    try {
      const now = await vault.all<Unnamed>('anonymous');
      setWaiting(now);
      if (now.length > 0) setWaiting(await (await sender()).sendUnnamed(vault, receiptKey));
    } catch {
      // No network for the code itself, or a full disk: the next round.
    }
    busy.current = false;
  }, [vault, receiptKey]);
  // When a vault is opened, and after every list that was fetched: nobody waits for it.
  useEffect(() => void round(), [round]);
  return {
    vault,
    waiting,
    round,
    /** Puts what leaves in the place of the conversation. Whether it was stopped; null where the disk is full. */
    keep: async (draft: Draft, instrument: Instrument): Promise<boolean | null> => {
      const stopped = await (await sender()).keepUnnamed(vault, draft, instrument).catch(() => null);
      void round();
      return stopped;
    },
    /** It waits too: "all is sent" is never said of what is not. */
    beside: (outbox: OutboxState): OutboxState =>
      waiting.length === 0
        ? outbox
        : {
            ...outbox,
            waiting: outbox.waiting + waiting.length,
            look: outbox.look === 'sent' ? 'waiting' : outbox.look,
          },
  };
}
