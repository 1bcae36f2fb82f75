// Two ways to the service that do not know of each other: signed in, a permission for somebody who takes part; later, as nobody, the
// answers with a permission that the service has signed without seeing it (RFC 9474, by Cloudflare's library).
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import type { Draft } from '../conversation/state';
import type { Instrument } from '../instrument/types';
import type { ReceiptKey } from '../outbox/parcel';
import { fromBase64Url, toBase64Url } from '../vault/base64url';
import { randomBytes } from '../vault/crypto';
import type { Vault } from '../vault/vault';
import {
  asking,
  bodyOf,
  leavesAfter,
  randomId,
  shuffled,
  type Asking,
  type Blinding,
  type Leaving,
  type Unnamed,
} from './lane';

export interface Errand {
  vault: Vault;
  receiptKey: ReceiptKey | null;
  fetcher: typeof fetch;
  now: () => number;
}

interface Permit {
  key: string;
  public: string;
  signature: string | null;
}

const suite = RSABSSA.SHA384.PSS.Randomized();
const headers = { 'Content-Type': 'application/json', 'X-ClientVoice': '1' };

/**
 * Takes the conversation away and puts what leaves in its place, in one transaction; of one that was stopped nothing is kept.
 * Resolves to whether it was stopped.
 */
export async function keepUnnamed(vault: Vault, draft: Draft, instrument: Instrument): Promise<boolean> {
  const from = { kind: 'draft' as const, id: draft.id };
  const stopped = draft.outcome !== 'finished' || draft.phase !== 'agreements';
  if (stopped) await vault.remove(from.kind, from.id);
  else {
    const value = asking(draft, instrument);
    await vault.replace({ kind: 'anonymous', id: value.id, value }, from);
  }
  return stopped;
}

/** Does what can be done now. Resolves to what is still here. */
export const sendUnnamed = (vault: Vault, receiptKey: ReceiptKey | null): Promise<Unnamed[]> =>
  run({ vault, receiptKey, fetcher: (...args) => fetch(...args), now: () => Date.now() });

export async function run(errand: Errand): Promise<Unnamed[]> {
  const all = await errand.vault.all<Unnamed>('anonymous');
  const unasked = all.filter((record): record is Asking => record.step === 'ask' && !record.refused);
  if (unasked.length > 0 && (await isMine(errand)))
    for (const record of shuffled(unasked)) await permit(errand, record);
  const ready = (await errand.vault.all<Unnamed>('anonymous')).filter(
    (record): record is Leaving => record.step === 'send' && !record.refused && record.after <= errand.now(),
  );
  for (const record of shuffled(ready)) await leave(errand, record);
  return errand.vault.all<Unnamed>('anonymous');
}

async function isMine({ vault, fetcher }: Errand): Promise<boolean> {
  const body = await json<{ person?: { id?: string } }>(fetcher('/api/session', { cache: 'no-store' }));
  return body?.value.person?.id === vault.label.person;
}

async function permit(errand: Errand, record: Asking): Promise<void> {
  let blinding = record.blinding;
  // A key holds for a quarter: where another one holds now, it is blinded anew, once.
  for (let round = 0; round < 3; round++) {
    const given = await ask(errand, record, blinding);
    if (given === null) return;
    if (typeof given === 'string')
      return errand.vault.put('anonymous', record.id, { ...record, refused: given });
    if (given.signature !== null && blinding?.key === given.key)
      return ready(errand, record, blinding, given.signature);
    blinding = await blind(given);
    await errand.vault.put('anonymous', record.id, { ...record, blinding });
  }
}

/** The permit; a refusal's code; null where it is to be tried later. */
async function ask(errand: Errand, record: Asking, blinding?: Blinding): Promise<Permit | string | null> {
  const { client, choice } = record;
  const body = JSON.stringify(
    blinding ? { client, choice, key: blinding.key, blinded: blinding.blinded } : { client, choice },
  );
  const answer = await json<Permit & { code?: string }>(
    errand.fetcher('/api/anonymous/permissions', { method: 'POST', cache: 'no-store', headers, body }),
  );
  if (!answer) return null;
  if (answer.status === 200) return answer.value;
  return answer.status === 409 || answer.status === 422 ? (answer.value.code ?? '') : null;
}

const publicKey = (spki: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('spki', fromBase64Url(spki), { name: 'RSA-PSS', hash: 'SHA-384' }, true, [
    'verify',
  ]);

async function blind(permit: Permit): Promise<Blinding> {
  const token = suite.prepare(randomBytes(32));
  const { blindedMsg, inv } = await suite.blind(await publicKey(permit.public), token);
  return {
    key: permit.key,
    public: permit.public,
    token: toBase64Url(token),
    blinded: toBase64Url(blindedMsg),
    inv: toBase64Url(inv),
  };
}

async function ready(errand: Errand, record: Asking, blinding: Blinding, signed: string): Promise<void> {
  const token = fromBase64Url(blinding.token);
  const key = await publicKey(blinding.public);
  // Throws where the signature does not fit: then the service did not sign what it should have, and it is asked again.
  const signature = await suite.finalize(key, token, fromBase64Url(signed), fromBase64Url(blinding.inv));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', token));
  const leaving: Leaving = {
    step: 'send',
    id: randomId(),
    body: bodyOf(
      { key: blinding.key, token: blinding.token, signature: toBase64Url(signature) },
      record.content,
    ),
    token: Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join(''),
    after: leavesAfter(errand.now()),
  };
  await errand.vault.replace(
    { kind: 'anonymous', id: leaving.id, value: leaving },
    { kind: 'anonymous', id: record.id },
  );
}

/** As nobody: no cookie goes along, no clock, and nothing that says from which page or tablet. */
async function leave(errand: Errand, record: Leaving): Promise<void> {
  const answer = await json<{ token?: string; key?: string; signature?: string; code?: string }>(
    errand.fetcher('/api/anonymous/answers', {
      method: 'POST',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      headers,
      body: record.body,
    }),
  );
  if (!answer) return;
  if (answer.status === 200 && (await proves(errand.receiptKey, record, answer.value)))
    return errand.vault.remove('anonymous', record.id);
  if (answer.status === 403 || answer.status === 422)
    await errand.vault.put('anonymous', record.id, { ...record, refused: answer.value.code ?? '' });
}

async function proves(
  key: ReceiptKey | null,
  record: Leaving,
  receipt: { token?: string; key?: string; signature?: string },
): Promise<boolean> {
  if (!key || receipt.token !== record.token || receipt.key !== key.kid || !receipt.signature) return false;
  const jwk = { kty: key.kty, crv: key.crv, x: key.x, y: key.y };
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const imported = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
  const signed = new TextEncoder().encode(`anonymous\n${record.token}`);
  return crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    imported,
    fromBase64Url(receipt.signature),
    signed,
  );
}

/** Null where there is no network, or no JSON. */
async function json<T>(asked: Promise<Response>): Promise<{ status: number; value: T } | null> {
  try {
    const response = await asked;
    return { status: response.status, value: (await response.json()) as T };
  } catch {
    return null;
  }
}
