// All vaults on this tablet. The data key of a vault is random; it is kept twice, wrapped once under the PIN and
// once under the password, so that a forgotten PIN never costs unsent work.
import {
  deriveKey,
  importDataKey,
  makeDeviceKey,
  putAway,
  randomBytes,
  seal,
  sealJson,
  unseal,
  unsealJson,
} from './crypto';
import {
  kindRange,
  type HandOverKey,
  type PersonRecord,
  type TabletDatabase,
  type WrappedKey,
} from './database';
import { Vault, type Label } from './vault';

/** High enough to make guessing a PIN from a stolen disk slow, low enough to open within a second on an old tablet. */
const ITERATIONS = 600_000;
/** After this many the PIN no longer opens anything; only the password does. */
export const MAX_WRONG_PINS = 10;
const LONGEST_WAIT = 5 * 60_000;

export interface VaultEntry {
  vault: string;
  label: Label;
  hasPin: boolean;
  waiting: number;
  /** Whether the service can open it, when its owner is gone. */
  canHandOver: boolean;
}

export type PinResult =
  | { kind: 'open'; vault: Vault }
  | { kind: 'wrong'; triesLeft: number; nextTryAt: number }
  | { kind: 'wait'; nextTryAt: number }
  | { kind: 'locked' };

/** The raw data key for the short while in which it is wrapped anew. */
export interface Unlocked {
  vault: string;
  raw: Uint8Array<ArrayBuffer>;
}

const byteAad = (vault: string, by: 'pin' | 'password'): string => `${vault}/key/${by}`;

export class Vaults {
  constructor(
    private readonly db: TabletDatabase,
    private readonly now: () => number = () => Date.now(),
    private readonly iterations: number = ITERATIONS,
  ) {}

  async list(): Promise<VaultEntry[]> {
    const [key, people] = await Promise.all([this.deviceKey(), this.db.getAll('people')]);
    const entries = await Promise.all(
      people.map(async (p) => {
        const [label, waiting] = await Promise.all([
          unsealJson<Label>(key, p.vault, p.label),
          this.db.count('records', kindRange(p.vault, 'parcel')),
        ]);
        return {
          vault: p.vault,
          label,
          hasPin: p.pin !== null && p.wrongPins < MAX_WRONG_PINS,
          waiting,
          canHandOver: p.service !== undefined,
        };
      }),
    );
    return entries.sort((a, b) => a.label.name.localeCompare(b.label.name));
  }

  async create(label: Label, password: string, pin: string): Promise<Vault> {
    const vault = crypto.randomUUID();
    const raw = randomBytes(32);
    await this.db.put('people', {
      vault,
      label: await sealJson(await this.deviceKey(), vault, label),
      pin: await this.wrap(vault, 'pin', pin, raw),
      password: await this.wrap(vault, 'password', password, raw),
      wrongPins: 0,
      nextTryAt: 0,
    });
    await this.putAway(vault, raw);
    return new Vault(this.db, vault, label, await importDataKey(raw));
  }

  /** Notes under which key of the service the keys of vaults are put away from now on. */
  async learn(key: HandOverKey): Promise<void> {
    await this.db.put('device', key, 'hand-over');
  }

  async openWithPin(vault: string, pin: string): Promise<PinResult> {
    const attempt = await this.countAttempt(vault);
    if (attempt.kind !== 'try') return attempt;
    const raw = await this.unwrap(vault, 'pin', pin, attempt.wrapped);
    if (raw) {
      await this.change(vault, { wrongPins: 0, nextTryAt: 0 });
      return { kind: 'open', vault: await this.open(vault, raw) };
    }
    const person = await this.person(vault);
    const triesLeft = MAX_WRONG_PINS - person.wrongPins;
    return triesLeft > 0 ? { kind: 'wrong', triesLeft, nextTryAt: person.nextTryAt } : { kind: 'locked' };
  }

  /** Null when this password does not open the vault (for example because it was changed at the service). */
  async unlockWithPassword(vault: string, password: string): Promise<Unlocked | null> {
    const person = await this.person(vault);
    const raw = await this.unwrap(vault, 'password', password, person.password);
    return raw ? { vault, raw } : null;
  }

  /** The password proved who it is: wrong PINs are forgotten. */
  async openUnlocked(unlocked: Unlocked): Promise<Vault> {
    // On a full disk that cannot be kept; the password opens all the same, for this is how work gets away from there.
    await this.change(unlocked.vault, { wrongPins: 0, nextTryAt: 0 }).catch(() => undefined);
    return this.open(unlocked.vault, unlocked.raw);
  }

  /** Opens with the PIN when the password no longer does, and wraps under the new password. */
  async adoptPassword(vault: string, pin: string, password: string): Promise<PinResult> {
    const person = await this.person(vault);
    const result = await this.openWithPin(vault, pin);
    if (result.kind !== 'open' || !person.pin) return result;
    const raw = await this.unwrap(vault, 'pin', pin, person.pin);
    if (raw) await this.change(vault, { password: await this.wrap(vault, 'password', password, raw) });
    return result;
  }

  /** After the password proved who it is: a new PIN, the counter back to nought, both copies fresh. */
  async renew(unlocked: Unlocked, password: string, pin: string): Promise<Vault> {
    await this.change(unlocked.vault, {
      pin: await this.wrap(unlocked.vault, 'pin', pin, unlocked.raw),
      password: await this.wrap(unlocked.vault, 'password', password, unlocked.raw),
      wrongPins: 0,
      nextTryAt: 0,
    });
    return this.open(unlocked.vault, unlocked.raw);
  }

  /**
   * The attempt is counted before it is tried, in one transaction: closing the browser or a second tab does
   * not give free guesses.
   */
  private async countAttempt(
    vault: string,
  ): Promise<
    { kind: 'try'; wrapped: WrappedKey } | { kind: 'wait'; nextTryAt: number } | { kind: 'locked' }
  > {
    const tx = this.db.transaction('people', 'readwrite');
    const person = await tx.store.get(vault);
    if (!person?.pin || person.wrongPins >= MAX_WRONG_PINS) {
      await tx.done;
      return { kind: 'locked' };
    }
    const now = this.now();
    // A clock that was set back must not lock someone out for longer than the longest wait.
    if (now < person.nextTryAt && person.nextTryAt - now <= LONGEST_WAIT) {
      await tx.done;
      return { kind: 'wait', nextTryAt: person.nextTryAt };
    }
    const wrongPins = person.wrongPins + 1;
    const wait = Math.min(1000 * 2 ** (wrongPins - 1), LONGEST_WAIT);
    await tx.store.put({ ...person, wrongPins, nextTryAt: now + wait });
    await tx.done;
    return { kind: 'try', wrapped: person.pin };
  }

  private async open(vault: string, raw: Uint8Array<ArrayBuffer>): Promise<Vault> {
    const person = await this.person(vault);
    const label = await unsealJson<Label>(await this.deviceKey(), vault, person.label);
    await this.putAway(vault, raw);
    return new Vault(this.db, vault, label, await importDataKey(raw));
  }

  /** Once for each key of the service; before the first sign-in with network there is none. */
  private async putAway(vault: string, raw: Uint8Array<ArrayBuffer>): Promise<void> {
    const key = await this.db.get('device', 'hand-over');
    if (!key || key instanceof CryptoKey || (await this.person(vault)).service?.kid === key.kid) return;
    // On a full disk the vault opens all the same; it is tried again the next time.
    const wrapped = await putAway(key, raw);
    await this.change(vault, { service: { kid: key.kid, wrapped } }).catch(() => undefined);
  }

  private async wrap(
    vault: string,
    by: 'pin' | 'password',
    secret: string,
    raw: Uint8Array<ArrayBuffer>,
  ): Promise<WrappedKey> {
    const salt = randomBytes(16);
    const key = await deriveKey(secret, salt, this.iterations);
    return { salt, iterations: this.iterations, sealed: await seal(key, byteAad(vault, by), raw) };
  }

  private async unwrap(
    vault: string,
    by: 'pin' | 'password',
    secret: string,
    wrapped: WrappedKey,
  ): Promise<Uint8Array<ArrayBuffer> | null> {
    const key = await deriveKey(secret, wrapped.salt, wrapped.iterations);
    try {
      return await unseal(key, byteAad(vault, by), wrapped.sealed);
    } catch {
      return null;
    }
  }

  private async person(vault: string): Promise<PersonRecord> {
    const person = await this.db.get('people', vault);
    if (!person) throw new Error('this vault is not on this tablet');
    return person;
  }

  private async change(vault: string, part: Partial<PersonRecord>): Promise<void> {
    const tx = this.db.transaction('people', 'readwrite');
    const person = await tx.store.get(vault);
    if (person) await tx.store.put({ ...person, ...part });
    await tx.done;
  }

  /** A key that belongs to this browser and cannot be taken out of it. */
  private async deviceKey(): Promise<CryptoKey> {
    const kept = await this.db.get('device', 'key');
    if (kept instanceof CryptoKey) return kept;
    const made = await makeDeviceKey();
    const tx = this.db.transaction('device', 'readwrite');
    const other = await tx.store.get('key');
    if (!other) await tx.store.put(made, 'key');
    await tx.done;
    return other instanceof CryptoKey ? other : made;
  }
}
