import { beforeEach, describe, expect, it } from 'vitest';
import { backOff, Pause, retryAfter } from '../src/outbox/backoff';
import { Outbox, type NewParcel } from '../src/outbox/outbox';
import type { ReceiptKey } from '../src/outbox/parcel';
import { sendAll, type Post } from '../src/outbox/send';
import { sha256Hex } from '../src/vault/crypto';
import type { TabletDatabase } from '../src/vault/database';
import type { Vault } from '../src/vault/vault';
import { Vaults } from '../src/vault/vaults';
import { FEW_ITERATIONS, freshDatabase } from './helpers';

const PERSON = 'p-sanne';
let db: TabletDatabase;
let vault: Vault;
let outbox: Outbox;
let keys: CryptoKeyPair;
let receiptKey: ReceiptKey;
let clock: number;
let pause: Pause;
let sent: { url: string; body: string }[];

const newParcel = (id: string, body = `{"id":"${id}"}`): NewParcel => ({
  id,
  body,
  clientId: 'c',
  clientName: 'Anna Bakker',
  choice: null,
});

const base64Url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

async function receiptFor(id: string, body: string, signer = keys.privateKey) {
  const sha256 = await sha256Hex(body);
  const storedAt = '2026-11-22T10:30:00Z';
  const text = new TextEncoder().encode(`${id}\n${sha256}\n${storedAt}`);
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, signer, text);
  return { id, sha256, storedAt, key: 'k1', signature: base64Url(signature) };
}

type Reply = (id: string, body: string) => Promise<Response> | Response;
const stores: Reply = async (id, body) => Response.json(await receiptFor(id, body), { status: 201 });

function post(reply: Reply, person = PERSON): Post {
  return {
    outbox,
    pause,
    person: PERSON,
    receiptKey: () => Promise.resolve(receiptKey),
    now: () => clock,
    fetcher: async (input, init) => {
      const url = input as string;
      if (url === '/api/session') return Response.json({ person: { id: person } });
      const body = init?.body as string;
      sent.push({ url, body });
      return reply(url.split('/').pop() ?? '', body);
    },
  };
}

const ids = async (): Promise<string[]> => (await outbox.all()).map((p) => p.id);

beforeEach(async () => {
  db = await freshDatabase();
  vault = await new Vaults(db, () => 0, FEW_ITERATIONS).create(
    { person: PERSON, name: 'Sanne', email: 's@x' },
    'geheim',
    '482913',
  );
  clock = 1000;
  pause = new Pause();
  sent = [];
  outbox = new Outbox(vault, () => clock++);
  keys = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const jwk = await crypto.subtle.exportKey('jwk', keys.publicKey);
  receiptKey = { kid: 'k1', kty: 'EC', crv: 'P-256', x: jwk.x ?? '', y: jwk.y ?? '' };
});

describe('a parcel', () => {
  it('leaves after a receipt that is signed over the very text that was sent', async () => {
    await outbox.add(newParcel('a'));
    expect(await sendAll(post(stores), null)).toEqual({ kind: 'done' });
    expect(await ids()).toEqual([]);
  });

  it('is sent exactly as it was stored, in the order in which it was made', async () => {
    await outbox.add(newParcel('b', '{ "spaces":  "kept", "é": 1 }'));
    await outbox.add(newParcel('a'));
    await sendAll(post(stores), null);
    expect(sent).toEqual([
      { url: '/api/conversations/b', body: '{ "spaces":  "kept", "é": 1 }' },
      { url: '/api/conversations/a', body: '{"id":"a"}' },
    ]);
  });

  it('stays when the receipt is signed with another key', async () => {
    await outbox.add(newParcel('a'));
    const forger = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
    ])) as CryptoKeyPair;
    const forged: Reply = async (id, body) =>
      Response.json(await receiptFor(id, body, forger.privateKey), { status: 201 });
    const round = await sendAll(post(forged), null);
    expect(round).toMatchObject({ kind: 'later', why: 'receipt' });
    expect(await ids()).toEqual(['a']);
  });

  it('stays when the receipt is for another text', async () => {
    await outbox.add(newParcel('a'));
    const other: Reply = async (id) => Response.json(await receiptFor(id, 'something else'), { status: 201 });
    await sendAll(post(other), null);
    expect(await ids()).toEqual(['a']);
  });

  it.each([
    ['no receipt', () => Response.json({})],
    ['a page of a proxy', () => new Response('<html>welcome</html>', { status: 200 })],
    ['nothing at all', () => new Response(null, { status: 200 })],
  ])('stays when the answer is 200 with %s', async (_, reply) => {
    await outbox.add(newParcel('a'));
    await sendAll(post(reply), null);
    expect(await ids()).toEqual(['a']);
  });

  it.each([409, 422, 403, 413])(
    'is set aside with the reason at %i, and the next one still goes',
    async (status) => {
      await outbox.add(newParcel('a'));
      await outbox.add(newParcel('b'));
      const problem = {
        code: 'the-code',
        title: 'Waarom',
        faults: [{ pointer: '/answers/x', reason: 'kan niet' }],
      };
      const reply: Reply = (id, body) => (id === 'a' ? Response.json(problem, { status }) : stores(id, body));
      expect(await sendAll(post(reply), null)).toEqual({ kind: 'done' });
      const left = await outbox.all();
      expect(left.map((p) => p.id)).toEqual(['a']);
      expect(left[0]?.aside).toEqual({ status, ...problem });
      expect(await outbox.waiting(), 'it is not tried again by itself').toEqual([]);
    },
  );

  it('goes again when a person takes it back', async () => {
    await outbox.add(newParcel('a'));
    await sendAll(
      post(() => Response.json({ code: 'x' }, { status: 422 })),
      null,
    );
    await outbox.takeBack('a');
    await sendAll(post(stores), null);
    expect(await ids()).toEqual([]);
  });

  it('waits at 503 for as long as the service asks', async () => {
    await outbox.add(newParcel('a'));
    const busy: Reply = () => new Response(null, { status: 503, headers: { 'Retry-After': '120' } });
    expect(await sendAll(post(busy), null)).toMatchObject({
      kind: 'later',
      why: 'server',
      wait: 120_000,
    });
    expect(await ids()).toEqual(['a']);
  });

  it('is not sent before the time that the service asked for, also when another one is added', async () => {
    await outbox.add(newParcel('a'));
    const busy: Reply = () => new Response(null, { status: 503, headers: { 'Retry-After': '7' } });
    await sendAll(post(busy), null);
    await outbox.add(newParcel('b'));
    const asked = clock;
    const round = await sendAll(post(stores), null);
    expect(round).toMatchObject({ kind: 'later', why: 'server' });
    expect(sent, 'not even the session is asked for').toHaveLength(1);
    clock = asked + 7001;
    expect(await sendAll(post(stores), null)).toEqual({ kind: 'done' });
    expect(await ids()).toEqual([]);
  });

  it('goes before that time when a person asks for it', async () => {
    await outbox.add(newParcel('a'));
    await sendAll(
      post(() => new Response(null, { status: 503, headers: { 'Retry-After': '3600' } })),
      null,
    );
    pause.end();
    expect(await sendAll(post(stores), null)).toEqual({ kind: 'done' });
  });

  it('stays at a server error or without network, and the round stops there', async () => {
    await outbox.add(newParcel('a'));
    await outbox.add(newParcel('b'));
    await sendAll(
      post(() => new Response(null, { status: 500 })),
      null,
    );
    await sendAll(
      post(() => Promise.reject(new TypeError('network'))),
      null,
    );
    expect(await ids()).toEqual(['a', 'b']);
    expect(sent.map((s) => s.url)).toEqual(['/api/conversations/a', '/api/conversations/a']);
    expect((await outbox.all())[0]?.attempts).toBe(2);
  });

  it('is sent on when the disk is too full to count the attempts', async () => {
    await outbox.add(newParcel('a'));
    vault.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    const round = await sendAll(
      post(() => new Response(null, { status: 500 })),
      null,
    );
    expect(round).toMatchObject({ kind: 'later', why: 'server' });
    await sendAll(post(stores), null);
    expect(await ids()).toEqual([]);
  });

  it('stays at 401, which asks to sign in instead of trying again', async () => {
    await outbox.add(newParcel('a'));
    expect(
      await sendAll(
        post(() => new Response(null, { status: 401 })),
        null,
      ),
    ).toEqual({ kind: 'sign-in' });
    expect(await ids()).toEqual(['a']);
  });

  it("is not sent under a colleague's session", async () => {
    await outbox.add(newParcel('a'));
    expect(await sendAll(post(stores, 'p-karim'), null)).toEqual({ kind: 'sign-in' });
    expect(sent).toEqual([]);
  });

  it('survives closing the browser', async () => {
    await outbox.add(newParcel('a'));
    const vaults = new Vaults(db, () => 0, FEW_ITERATIONS);
    const opened = await vaults.openWithPin(vault.id, '482913');
    if (opened.kind !== 'open') throw new Error(opened.kind);
    outbox = new Outbox(opened.vault);
    await sendAll(post(stores), null);
    expect(sent).toHaveLength(1);
    expect(await ids()).toEqual([]);
  });

  it('takes the place of its draft in one step', async () => {
    await vault.put('draft', 'a', { open: true });
    await outbox.add(newParcel('a'));
    expect(await vault.get('draft', 'a')).toBeNull();
    expect(await ids()).toEqual(['a']);
  });

  it('is left to the other tab when that one is sending', async () => {
    await outbox.add(newParcel('a'));
    const taken = {
      request: (_: string, __: LockOptions, work: (lock: Lock | null) => unknown) =>
        Promise.resolve(work(null)),
    } as unknown as LockManager;
    expect(await sendAll(post(stores), taken)).toEqual({ kind: 'busy' });
    expect(sent).toEqual([]);
  });
});

describe('trying again', () => {
  it('does not wait years when the clock was put back meanwhile', () => {
    pause.ask(5000, Date.parse('2026-11-22T10:00:00Z'));
    expect(pause.left(Date.parse('2026-11-22T10:00:02Z'))).toBe(3000);
    expect(pause.left(Date.parse('2019-01-01T00:00:00Z'))).toBe(0);
  });
  it('waits longer every time, up to five minutes', () => {
    expect([1, 2, 3, 4, 8, 9, 50].map((n) => backOff(n, () => 1))).toEqual([
      2000, 4000, 8000, 16_000, 256_000, 300_000, 300_000,
    ]);
  });
  it('spreads the tablets of one location over at least half of the wait', () => {
    expect(backOff(3, () => 0)).toBe(4000);
  });
  it('reads Retry-After in seconds and as a date', () => {
    const now = Date.parse('2026-11-22T10:00:00Z');
    expect(retryAfter('30', now)).toBe(30_000);
    expect(retryAfter('Sun, 22 Nov 2026 10:01:00 GMT', now)).toBe(60_000);
    expect(retryAfter(null, now)).toBeNull();
    expect(retryAfter('soon', now)).toBeNull();
    expect(retryAfter('Sun, 22 Nov 2099 10:01:00 GMT', now), 'a clock that is years off').toBe(3_600_000);
  });
});
