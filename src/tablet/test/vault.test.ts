import { beforeEach, describe, expect, it } from 'vitest';
import type { TabletDatabase } from '../src/vault/database';
import type { Vault } from '../src/vault/vault';
import { MAX_WRONG_PINS, Vaults } from '../src/vault/vaults';
import { isEasyPin } from '../src/vault/easyPin';
import { FEW_ITERATIONS, freshDatabase } from './helpers';

const sanne = { person: 'p-sanne', name: 'Sanne de Vries', email: 'sanne@voorbeeld.nl' };
const karim = { person: 'p-karim', name: 'Karim Haddad', email: 'karim@voorbeeld.nl' };

let db: TabletDatabase;
let clock: number;
let vaults: Vaults;

beforeEach(async () => {
  db = await freshDatabase();
  clock = 1_000_000;
  vaults = new Vaults(db, () => clock, FEW_ITERATIONS);
});

const create = (label = sanne): Promise<Vault> => vaults.create(label, 'geheim', '482913');

async function everythingStored(): Promise<string> {
  const parts: string[] = [];
  for (const store of ['people', 'records'] as const) {
    for (const row of await db.getAll(store)) {
      parts.push(
        JSON.stringify(row, (_, value: unknown) => {
          if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value);
          return value instanceof Uint8Array ? [...value].join() : value;
        }),
      );
    }
  }
  return parts.join('\n');
}

describe('a vault', () => {
  it('opens with the right PIN and gives back what was put in', async () => {
    const made = await create();
    await made.put('draft', 'd1', { client: 'Anna Bakker' });
    const result = await vaults.openWithPin(made.id, '482913');
    expect(result.kind === 'open' && (await result.vault.get('draft', 'd1'))).toEqual({
      client: 'Anna Bakker',
    });
  });

  it('does not open with a wrong PIN', async () => {
    const made = await create();
    const result = await vaults.openWithPin(made.id, '111222');
    expect(result).toEqual({ kind: 'wrong', triesLeft: MAX_WRONG_PINS - 1, nextTryAt: clock + 1000 });
  });

  it('shows no name, e-mail or answer to someone who reads the disk', async () => {
    const made = await create();
    await made.put('work', 'current', { clients: ['Anna Bakker'] });
    await made.put('draft', 'd1', { words: 'Het is te druk op de gang' });
    const disk = await everythingStored();
    for (const secret of ['Anna', 'Sanne', 'sanne@', 'druk op de gang', 'p-sanne', '482913', 'geheim']) {
      expect(disk, `"${secret}" lies readable on the disk`).not.toContain(secret);
    }
  });

  it("cannot read a colleague's records", async () => {
    const hers = await create();
    const his = await vaults.create(karim, 'ook geheim', '739154');
    await hers.put('draft', 'd1', { secret: true });
    expect(await his.get('draft', 'd1')).toBeNull();
    const stolen = await db.get('records', [hers.id, 'draft', 'd1']);
    if (!stolen) throw new Error('her record should be there');
    await db.put('records', { ...stolen, vault: his.id });
    await expect(his.get('draft', 'd1'), 'her record posing as his must not decrypt').rejects.toThrow();
    await his.put('draft', 'd2', { mine: true });
    expect(await his.all('draft'), 'it hides nothing of his').toEqual([{ mine: true }]);
    expect(await his.unsent(), 'and is not thrown away').toBe(2);
  });

  it('refuses a record that was moved to another id', async () => {
    const made = await create();
    await made.put('parcel', 'a', { body: '1' });
    const record = await db.get('records', [made.id, 'parcel', 'a']);
    if (!record) throw new Error('the record should be there');
    await db.put('records', { ...record, id: 'b' });
    await expect(made.get('parcel', 'b')).rejects.toThrow();
  });

  it('slows down wrong PINs: 1, 2, 4 seconds, and a try in between is not even looked at', async () => {
    const made = await create();
    const waits: number[] = [];
    for (let i = 0; i < 3; i++) {
      const result = await vaults.openWithPin(made.id, '000001');
      if (result.kind !== 'wrong') throw new Error(result.kind);
      waits.push(result.nextTryAt - clock);
      expect(await vaults.openWithPin(made.id, '482913')).toEqual({
        kind: 'wait',
        nextTryAt: result.nextTryAt,
      });
      clock = result.nextTryAt;
    }
    expect(waits).toEqual([1000, 2000, 4000]);
    const right = await vaults.openWithPin(made.id, '482913');
    expect(right.kind, 'after waiting the right PIN opens').toBe('open');
  });

  it('never makes anyone wait longer than five minutes', async () => {
    const made = await create();
    let longest = 0;
    for (let i = 1; i < MAX_WRONG_PINS; i++) {
      const result = await vaults.openWithPin(made.id, '000001');
      if (result.kind !== 'wrong') throw new Error(result.kind);
      longest = Math.max(longest, result.nextTryAt - clock);
      clock = result.nextTryAt;
    }
    expect(longest).toBeLessThanOrEqual(300_000);
  });

  it('remembers wrong PINs when the browser is closed', async () => {
    const made = await create();
    await vaults.openWithPin(made.id, '000001');
    const reopened = new Vaults(db, () => clock, FEW_ITERATIONS);
    expect((await reopened.openWithPin(made.id, '482913')).kind).toBe('wait');
  });

  it('is locked after ten wrong PINs, also for the right one, and the password opens it again', async () => {
    const made = await create();
    await made.put('parcel', 'c1', { body: 'nog niet verstuurd' });
    for (let i = 0; i < MAX_WRONG_PINS; i++) {
      await vaults.openWithPin(made.id, '000001');
      clock += 300_000;
    }
    expect((await vaults.openWithPin(made.id, '482913')).kind).toBe('locked');
    const unlocked = await vaults.unlockWithPassword(made.id, 'geheim');
    if (!unlocked) throw new Error('the password should open it');
    const renewed = await vaults.renew(unlocked, 'geheim', '918273');
    expect(await renewed.get('parcel', 'c1')).toEqual({ body: 'nog niet verstuurd' });
    expect((await vaults.openWithPin(made.id, '918273')).kind).toBe('open');
  });

  it('does not open with a wrong password', async () => {
    const made = await create();
    expect(await vaults.unlockWithPassword(made.id, 'raden')).toBeNull();
  });

  it('keeps its work when the password was changed elsewhere and the PIN is still known', async () => {
    const made = await create();
    await made.put('draft', 'd1', { here: true });
    const result = await vaults.adoptPassword(made.id, '482913', 'nieuw wachtwoord');
    expect(result.kind).toBe('open');
    expect(await vaults.unlockWithPassword(made.id, 'geheim'), 'the old password is done').toBeNull();
    expect(await vaults.unlockWithPassword(made.id, 'nieuw wachtwoord')).not.toBeNull();
  });
});

describe('signing out', () => {
  it('leaves nothing of a person whose work is all sent', async () => {
    const made = await create();
    await made.put('work', 'current', { clients: [] });
    await made.signOut();
    expect(await db.count('people')).toBe(0);
    expect(await db.count('records')).toBe(0);
  });

  it('keeps unsent work, takes the list and the PIN away, and the password brings the work back', async () => {
    const made = await create();
    await made.put('work', 'current', { clients: ['Anna Bakker'] });
    await made.put('parcel', 'c1', { body: 'x' });
    await made.signOut();
    expect(await db.get('records', [made.id, 'work', 'current'])).toBeUndefined();
    expect((await vaults.openWithPin(made.id, '482913')).kind).toBe('locked');
    const unlocked = await vaults.unlockWithPassword(made.id, 'geheim');
    if (!unlocked) throw new Error('the password should open it');
    expect(await (await vaults.renew(unlocked, 'geheim', '918273')).get('parcel', 'c1')).toEqual({
      body: 'x',
    });
  });

  it('does not touch a colleague on the same tablet', async () => {
    const hers = await create();
    const his = await vaults.create(karim, 'ook geheim', '739154');
    await his.put('draft', 'd1', { mine: true });
    await hers.signOut();
    expect(await his.get('draft', 'd1')).toEqual({ mine: true });
    expect((await vaults.list()).map((e) => e.label.name)).toEqual(['Karim Haddad']);
  });
});

describe('a PIN', () => {
  it.each(['111111', '123456', '654321', '000000'])('%s is too easy', (pin) => {
    expect(isEasyPin(pin)).toBe(true);
  });
  it.each(['482913', '135790', '112233'])('%s is good enough', (pin) => {
    expect(isEasyPin(pin)).toBe(false);
  });
});
