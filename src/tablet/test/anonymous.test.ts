import { beforeEach, describe, expect, it } from 'vitest';
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import {
  asking,
  BUCKET,
  contentOf,
  leavesAfter,
  shuffled,
  type Leaving,
  type Unnamed,
} from '../src/anonymous/lane';
import { keepUnnamed, run as sendUnnamed } from '../src/anonymous/send';
import { begin, step, type Draft } from '../src/conversation/state';
import type { ReceiptKey } from '../src/outbox/parcel';
import { fromBase64Url, toBase64Url } from '../src/vault/base64url';
import type { TabletDatabase } from '../src/vault/database';
import type { Vault } from '../src/vault/vault';
import { Vaults } from '../src/vault/vaults';
import { FEW_ITERATIONS, freshDatabase, instrument, setup } from './helpers';

const PERSON = 'p-sanne';
const DAY = 86_400_000;
const suite = RSABSSA.SHA384.PSS.Randomized();
let db: TabletDatabase;
let vault: Vault;
let signer: CryptoKeyPair;
let receipts: CryptoKeyPair;
let receiptKey: ReceiptKey;
let now: number;
let calls: { url: string; init: RequestInit }[];
let online: boolean;

function conversation(): Draft {
  let draft = begin(
    { ...setup, choice: 'the-choice', anonymous: true },
    instrument,
    'the-draft',
    '2026-11-22T10:00:00Z',
  );
  draft = step(draft, { type: 'answer', question: 'home', value: 'bad' }, instrument);
  draft = step(draft, { type: 'words', question: 'home', text: 'Ik ben het, Anna' }, instrument);
  draft = step(draft, { type: 'answer', question: 'home-why', value: 'Het is koud bij Anna' }, instrument);
  return step(draft, { type: 'pass', question: 'friends' }, instrument);
}

/** The service: it signs what it cannot read, and takes what fits. */
async function service(url: string, init: RequestInit = {}): Promise<Response> {
  calls.push({ url, init });
  if (!online) throw new TypeError('no network');
  if (url === '/api/session') return Response.json({ person: { id: PERSON } });
  const body = JSON.parse(init.body as string) as Record<string, string>;
  if (url === '/api/anonymous/permissions') {
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', signer.publicKey));
    const signature = body['blinded']
      ? toBase64Url(await suite.blindSign(signer.privateKey, fromBase64Url(body['blinded'])))
      : null;
    return Response.json({ key: 'k-1', public: toBase64Url(spki), signature });
  }
  const token = fromBase64Url(body['token'] ?? '');
  if (!(await suite.verify(signer.publicKey, fromBase64Url(body['signature'] ?? ''), token)))
    return Response.json({ code: 'anonymous-permission' }, { status: 403 });
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', token));
  const hash = Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
  const signed = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    receipts.privateKey,
    new TextEncoder().encode(`anonymous\n${hash}`),
  );
  return Response.json({ token: hash, key: 'r-1', signature: toBase64Url(new Uint8Array(signed)) });
}

const errand = () => ({ vault, receiptKey, fetcher: service as typeof fetch, now: () => now });
const kept = () => vault.all<Unnamed>('anonymous');
const sent = () => calls.filter((call) => call.url === '/api/anonymous/answers');

beforeEach(async () => {
  db = await freshDatabase();
  const vaults = new Vaults(db, () => 0, FEW_ITERATIONS);
  vault = await vaults.create({ person: PERSON, name: 'Sanne', email: 's@x' }, 'password', '2580');
  signer = await suite.generateKey({ modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) });
  receipts = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const { x, y } = await crypto.subtle.exportKey('jwk', receipts.publicKey);
  receiptKey = { kid: 'r-1', kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' };
  now = Date.parse('2026-11-22T10:30:00Z');
  calls = [];
  online = true;
});

async function keep(): Promise<void> {
  await vault.put('draft', 'the-draft', conversation());
  expect(await keepUnnamed(vault, { ...conversation(), phase: 'agreements' }, instrument)).toBe(false);
}

describe('what leaves without a name', () => {
  it('is what was chosen and what was passed over, and no word of anybody', () => {
    const content = contentOf(conversation(), instrument);
    expect(content).toEqual({ version: '1.0', answers: { home: 'bad' }, passed: ['home-wish', 'friends'] });
  });

  it('holds no client, no worker, no conversation and no time once the permission is there', async () => {
    await keep();
    await sendUnnamed(errand());
    const [record] = await kept();
    expect(record?.step).toBe('send');
    expect(Object.keys(JSON.parse((record as Leaving).body) as object).sort()).toEqual(
      ['answers', 'key', 'pad', 'passed', 'signature', 'token', 'version'].sort(),
    );
    const text = JSON.stringify(record);
    for (const trace of ['the-draft', 'the-choice', setup.client.id, setup.client.name, PERSON, '2026'])
      expect(text).not.toContain(trace);
    expect(await vault.all('draft')).toEqual([]);
  });

  it('is equally long, whatever was answered, on the way and where it waits', async () => {
    await keep();
    const short = asking({ ...conversation(), answers: {}, passed: {} }, instrument);
    await vault.put('anonymous', short.id, short);
    const waiting = await db.getAll('records');
    expect(new Set(waiting.map((r) => r.sealed.data.byteLength)).size).toBe(1);
    await sendUnnamed(errand());
    now += 4 * DAY;
    await sendUnnamed(errand());
    expect(sent().map((call) => (call.init.body as string).length)).toEqual([BUCKET, BUCKET]);
  });

  it('waits at least until midnight, goes as nobody, and is gone from the tablet after the receipt', async () => {
    await keep();
    await sendUnnamed(errand());
    expect(sent()).toEqual([]);
    now += 4 * DAY;
    expect(await sendUnnamed(errand())).toEqual([]);
    expect(sent()).toHaveLength(1);
    expect(sent()[0]?.init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
    expect(Object.keys(sent()[0]?.init.headers ?? {})).toEqual(['Content-Type', 'X-ClientVoice']);
    expect(await db.getAll('records')).toEqual([]);
  });

  it('asks the service for a signature on what it will never see again', async () => {
    await keep();
    await sendUnnamed(errand());
    const [record] = (await kept()) as Leaving[];
    const { token, signature } = JSON.parse(record?.body ?? '') as { token: string; signature: string };
    for (const call of calls) expect(String(call.init.body)).not.toMatch(new RegExp(`${token}|${signature}`));
  });

  it('asks with the same blinded text when the answer got lost: nobody takes part twice', async () => {
    await keep();
    const blinded: string[] = [];
    let lose = true;
    const losing = async (url: string, init?: RequestInit): Promise<Response> => {
      const body = init?.body ? (JSON.parse(init.body as string) as { blinded?: string }) : {};
      if (body.blinded) blinded.push(body.blinded);
      const answer = await service(url, init);
      if (!body.blinded || !lose) return answer;
      lose = false;
      throw new TypeError('lost');
    };
    await sendUnnamed({ ...errand(), fetcher: losing as typeof fetch });
    await sendUnnamed({ ...errand(), fetcher: losing as typeof fetch });
    expect(blinded).toHaveLength(2);
    expect(blinded[0]).toBe(blinded[1]);
    expect((await kept())[0]?.step).toBe('send');
  });

  it('stays while there is no network, while somebody else is signed in, and while the receipt does not fit', async () => {
    await keep();
    online = false;
    expect((await sendUnnamed(errand()))[0]?.step).toBe('ask');
    online = true;
    const other = async (url: string, init?: RequestInit): Promise<Response> =>
      url === '/api/session' ? Response.json({ person: { id: 'p-other' } }) : service(url, init);
    expect((await sendUnnamed({ ...errand(), fetcher: other as typeof fetch }))[0]?.step).toBe('ask');
    await sendUnnamed(errand());
    now += 4 * DAY;
    expect(await sendUnnamed({ ...errand(), receiptKey: { ...receiptKey, kid: 'another' } })).toHaveLength(1);
  });

  it('stays, with the reason, where the service gives no permission', async () => {
    await keep();
    const refusing = async (url: string, init?: RequestInit): Promise<Response> =>
      url === '/api/session'
        ? service(url, init)
        : Response.json({ code: 'anonymous-given' }, { status: 409 });
    expect((await sendUnnamed({ ...errand(), fetcher: refusing as typeof fetch }))[0]?.refused).toBe(
      'anonymous-given',
    );
    expect(await sendUnnamed(errand())).toHaveLength(1);
  });
});

describe('a conversation that is stopped', () => {
  it('leaves nothing, and nothing of it stays', async () => {
    await vault.put('draft', 'the-draft', conversation());
    expect(await keepUnnamed(vault, { ...conversation(), outcome: 'stopped' }, instrument)).toBe(true);
    expect(await db.getAll('records')).toEqual([]);
  });
});

describe('when it leaves', () => {
  it('does not follow from when on the day it was said', () => {
    const morning = new Date(2026, 10, 22, 7, 3).getTime();
    const evening = new Date(2026, 10, 22, 21, 40).getTime();
    for (const at of [0, 0.25, 0.999])
      expect(leavesAfter(morning, () => at)).toBe(leavesAfter(evening, () => at));
    expect(leavesAfter(evening, () => 0)).toBe(new Date(2026, 10, 23).getTime());
  });

  it('is in no order that can be foretold', () => {
    const places = [0, 0, 0, 0];
    for (let i = 0; i < 4000; i++) {
      const at = shuffled([0, 1, 2, 3]).indexOf(0);
      places[at] = (places[at] ?? 0) + 1;
    }
    // Of 4000, a quarter each: five standard deviations are 137.
    for (const count of places) expect(Math.abs(count - 1000)).toBeLessThan(137);
  });
});
