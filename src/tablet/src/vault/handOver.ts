// Unsent work of somebody who left. The tablet cannot open it, and neither can whoever delivers it: it goes out as it lies
// here, with the vault's key put away under the service's. It leaves the tablet on the same signed receipt as any parcel.
import { isReceipt, receiptProves } from '../outbox/receipt';
import { toBase64Url } from './base64url';
import { kindRange, type TabletDatabase } from './database';
import { fetchKeys } from './serviceKeys';
import type { VaultEntry } from './vaults';
import { unsentOf, wipe } from './vault';

export type Delivered =
  | { kind: 'done'; arrived: number; refused: string[] }
  | { kind: 'not-allowed' | 'offline' | 'trouble'; arrived: number };

/** Delivers what waits in a vault, one after the other, in the session of who is signed in now. */
export async function deliver(
  db: TabletDatabase,
  entry: VaultEntry,
  onProgress: (done: number, of: number) => void,
  fetcher: typeof fetch = fetch,
): Promise<Delivered> {
  const keys = await fetchKeys(fetcher);
  const service = (await db.get('people', entry.vault))?.service;
  if (!keys || !service) return { kind: keys ? 'trouble' : 'offline', arrived: 0 };
  const records = await db.getAll('records', kindRange(entry.vault, 'parcel'));
  const refused: string[] = [];
  let arrived = 0;
  for (const record of records) {
    onProgress(arrived + refused.length, records.length);
    const response = await put(fetcher, record.id, {
      person: entry.label.person,
      vault: entry.vault,
      kid: service.kid,
      wrapped: toBase64Url(service.wrapped),
      iv: toBase64Url(record.sealed.iv),
      data: toBase64Url(new Uint8Array(record.sealed.data)),
    });
    if (!response) return { kind: 'offline', arrived };
    const body: unknown = await response.json().catch(() => null);
    if (response.status === 401 || response.status === 403) return { kind: 'not-allowed', arrived };
    if (response.ok) {
      // The text within is not known here; that this very record was opened is known from its seal.
      const proved =
        isReceipt(body) && (await receiptProves({ id: record.id, sha256: body.sha256 }, body, keys.receipt));
      if (!proved) return { kind: 'trouble', arrived };
      await db.delete('records', [entry.vault, 'parcel', record.id]);
      arrived++;
    } else if (response.status >= 500 || response.status === 429) return { kind: 'trouble', arrived };
    else refused.push(codeOf(body));
  }
  // With nothing left that is nowhere else, nothing of who left has to stay.
  if ((await unsentOf(db, entry.vault)) === 0) await wipe(db, entry.vault);
  return { kind: 'done', arrived, refused };
}

async function put(fetcher: typeof fetch, id: string, body: unknown): Promise<Response | null> {
  try {
    return await fetcher(`/api/hand-overs/${id}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', 'X-ClientVoice': '1' },
      body: JSON.stringify(body),
      cache: 'no-store',
    });
  } catch {
    return null;
  }
}

function codeOf(body: unknown): string {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
  return typeof code === 'string' ? code : 'unknown';
}
