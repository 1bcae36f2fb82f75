import { beforeEach, describe, expect, it } from 'vitest';
import { Outbox } from '../src/outbox/outbox';
import type { ReceiptKey } from '../src/outbox/parcel';
import { fromBase64Url, toBase64Url } from '../src/vault/base64url';
import { sha256Hex, unsealJson } from '../src/vault/crypto';
import type { HandOverKey, TabletDatabase } from '../src/vault/database';
import { deliver } from '../src/vault/handOver';
import type { Vault } from '../src/vault/vault';
import { Vaults } from '../src/vault/vaults';
import { FEW_ITERATIONS, freshDatabase } from './helpers';

const sanne = { person: 'p-sanne', name: 'Sanne de Vries', email: 'sanne@voorbeeld.nl' };
const RSA = { name: 'RSA-OAEP', hash: 'SHA-256' };

let db: TabletDatabase;
let vaults: Vaults;
let opener: CryptoKey;
let signer: CryptoKey;
let handOver: HandOverKey;
let receipt: ReceiptKey;
let arrived: string[];

beforeEach(async () => {
  db = await freshDatabase();
  vaults = new Vaults(db, () => 0, FEW_ITERATIONS);
  arrived = [];
  const pair = await crypto.subtle.generateKey(
    { ...RSA, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['encrypt', 'decrypt'],
  );
  opener = pair.privateKey;
  const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey);
  handOver = { kid: 'h1', kty: 'RSA', alg: 'RSA-OAEP-256', n: jwk.n ?? '', e: jwk.e ?? '' };
  const signing = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  signer = signing.privateKey;
  const point = await crypto.subtle.exportKey('jwk', signing.publicKey);
  receipt = { kid: 'k1', kty: 'EC', crv: 'P-256', x: point.x ?? '', y: point.y ?? '' };
});

/** A vault with parcels, closed again: nobody has its key. */
async function leaver(...ids: string[]): Promise<Vault> {
  await vaults.learn(handOver);
  const vault = await vaults.create(sanne, 'geheim', '482913');
  const outbox = new Outbox(vault);
  for (const id of ids) {
    const body = JSON.stringify({ id, words: 'Te druk op de gang' });
    await outbox.add({ id, body, clientId: 'c', clientName: 'Anna', choice: null });
  }
  return vault;
}

/** What the service does, with the private half of its key. */
async function open(id: string, sent: Record<string, string>): Promise<string> {
  const part = (name: string): Uint8Array<ArrayBuffer> => fromBase64Url(sent[name] ?? '');
  const raw = await crypto.subtle.decrypt(RSA, opener, part('wrapped'));
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
  const sealed = { iv: part('iv'), data: part('data').buffer };
  return (await unsealJson<{ body: string }>(key, `${sent['vault']}/parcel/${id}`, sealed)).body;
}

const service =
  (answer: (id: string, sent: Record<string, string>) => Promise<Response>): typeof fetch =>
  async (url, init) => {
    if (url === '/api/hand-over-key') return Response.json({ handOver, receipt });
    return answer(
      String(url).split('/').pop() ?? '',
      JSON.parse(init?.body as string) as Record<string, string>,
    );
  };

async function keeps(id: string, sent: Record<string, string>): Promise<Response> {
  const body = await open(id, sent);
  arrived.push(body);
  const proof = { id, sha256: await sha256Hex(body), storedAt: '2026-11-02T10:00:00.000Z', key: 'k1' };
  const text = new TextEncoder().encode(`${proof.id}\n${proof.sha256}\n${proof.storedAt}`);
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, signer, text);
  return Response.json({ ...proof, signature: toBase64Url(new Uint8Array(signature)) }, { status: 201 });
}

async function send(fetcher: typeof fetch) {
  const [entry] = await vaults.list();
  if (!entry) throw new Error('nobody has a vault');
  return deliver(db, entry, () => undefined, fetcher);
}

describe('work of somebody who left', () => {
  it('arrives as it was written, and nothing of that person stays', async () => {
    await leaver('a', 'b');
    expect(await send(service(keeps))).toEqual({ kind: 'done', arrived: 2, refused: [] });
    expect(arrived).toEqual(['a', 'b'].map((id) => JSON.stringify({ id, words: 'Te druk op de gang' })));
    expect([await db.count('people'), await db.count('records')]).toEqual([0, 0]);
  });

  it('goes out sealed: what leaves the tablet shows no name and no word', async () => {
    await leaver('a');
    let seen = '';
    await send(
      service((id, sent) => {
        seen = JSON.stringify(sent);
        return keeps(id, sent);
      }),
    );
    for (const secret of ['Anna', 'druk', 'Sanne']) expect(seen).not.toContain(secret);
  });

  it('stays where a receipt is not signed by the service', async () => {
    await leaver('a');
    const forged = service(async (id, sent) =>
      Response.json({
        ...((await (await keeps(id, sent)).json()) as object),
        storedAt: '2026-11-03T10:00:00.000Z',
      }),
    );
    expect(await send(forged)).toEqual({ kind: 'trouble', arrived: 0 });
    expect(await db.count('records')).toBe(1);
  });

  it('stays where the service refuses it, and says why; the rest arrives', async () => {
    await leaver('a', 'b');
    const picky = service((id, sent) =>
      id === 'a'
        ? Promise.resolve(Response.json({ code: 'conversation-differs' }, { status: 409 }))
        : keeps(id, sent),
    );
    expect(await send(picky)).toEqual({ kind: 'done', arrived: 1, refused: ['conversation-differs'] });
    expect((await db.getAll('records')).map((r) => r.id)).toEqual(['a']);
  });

  it.each([
    [401, 'not-allowed'],
    [403, 'not-allowed'],
    [503, 'trouble'],
  ])('stays where the service answers %i', async (status, kind) => {
    await leaver('a');
    expect(await send(service(() => Promise.resolve(new Response(null, { status }))))).toEqual({
      kind,
      arrived: 0,
    });
    expect(await db.count('records')).toBe(1);
  });

  it('stays where the network falls away half-way, and what arrived is gone', async () => {
    await leaver('a', 'b');
    const half = service((id, sent) =>
      id === 'a' ? keeps(id, sent) : Promise.reject(new TypeError('network')),
    );
    expect(await send(half)).toEqual({ kind: 'offline', arrived: 1 });
    expect((await db.getAll('records')).map((r) => r.id)).toEqual(['b']);
  });

  it('leaves a vault with a conversation under way as it is', async () => {
    const vault = await leaver('a');
    await vault.put('draft', 'd', { at: 'home' });
    expect(await send(service(keeps))).toEqual({ kind: 'done', arrived: 1, refused: [] });
    const reopened = await vaults.openWithPin(vault.id, '482913');
    expect(reopened.kind === 'open' && (await reopened.vault.get('draft', 'd'))).toEqual({ at: 'home' });
  });

  it('can be handed over from the first opening after the key of the service is known', async () => {
    const vault = await vaults.create(sanne, 'geheim', '482913');
    expect((await vaults.list()).map((e) => e.canHandOver)).toEqual([false]);
    await vaults.learn(handOver);
    await vaults.openWithPin(vault.id, '482913');
    expect((await vaults.list()).map((e) => e.canHandOver)).toEqual([true]);
  });

  it('is put away anew when the service has another key', async () => {
    const vault = await leaver('a');
    await vaults.learn({ ...handOver, kid: 'h2' });
    await vaults.openWithPin(vault.id, '482913');
    expect((await db.get('people', vault.id))?.service?.kid).toBe('h2');
  });
});

describe('bytes as text', () => {
  it('come back as they were, also a whole conversation of them', () => {
    const bytes = crypto.getRandomValues(new Uint8Array(60_001));
    expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
  });
});
