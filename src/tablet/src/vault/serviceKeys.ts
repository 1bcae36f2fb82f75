// The service's public keys: one to put the keys of vaults away under, one to check receipts with.
import type { ReceiptKey } from '../outbox/parcel';
import type { HandOverKey } from './database';

export interface ServiceKeys {
  handOver: HandOverKey;
  receipt: ReceiptKey;
}

/** The service's keys; null without network or without a session. */
export async function fetchKeys(fetcher: typeof fetch = fetch): Promise<ServiceKeys | null> {
  try {
    const response = await fetcher('/api/hand-over-key', { cache: 'no-store' });
    return response.ok ? ((await response.json()) as ServiceKeys) : null;
  } catch {
    return null;
  }
}
