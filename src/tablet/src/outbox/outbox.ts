// What waits to be sent, kept in the vault. Nothing leaves it except through `delivered`.
import { sha256Hex } from '../vault/crypto';
import type { Vault } from '../vault/vault';
import type { Parcel, SetAside } from './parcel';

export interface NewParcel {
  id: string;
  body: string;
  clientId: string;
  clientName: string;
  choice: string | null;
}

export class Outbox {
  constructor(
    private readonly vault: Vault,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** Stores the parcel and takes the draft away in one transaction. */
  async add(parcel: NewParcel, from: 'draft' | 'talk' = 'draft'): Promise<Parcel> {
    const value: Parcel = {
      ...parcel,
      sha256: await sha256Hex(parcel.body),
      queuedAt: this.now(),
      attempts: 0,
      aside: null,
    };
    await this.vault.replace({ kind: 'parcel', id: value.id, value }, { kind: from, id: value.id });
    return value;
  }

  /** Oldest first. */
  async all(): Promise<Parcel[]> {
    const parcels = await this.vault.all<Parcel>('parcel');
    return parcels.sort((a, b) => a.queuedAt - b.queuedAt || (a.id < b.id ? -1 : 1));
  }

  async waiting(): Promise<Parcel[]> {
    return (await this.all()).filter((p) => p.aside === null);
  }

  async failed(parcel: Parcel): Promise<void> {
    try {
      await this.vault.put('parcel', parcel.id, { ...parcel, attempts: parcel.attempts + 1 });
    } catch {
      // A full disk: a count that cannot be kept is no reason to stop sending.
    }
  }

  async setAside(parcel: Parcel, aside: SetAside): Promise<void> {
    await this.vault.put('parcel', parcel.id, { ...parcel, attempts: parcel.attempts + 1, aside });
  }

  /** A person asked to try a parcel that was set aside once more. */
  async takeBack(id: string): Promise<void> {
    const parcel = await this.vault.get<Parcel>('parcel', id);
    if (parcel) await this.vault.put('parcel', id, { ...parcel, aside: null });
  }

  /** Only after a verified receipt. */
  async delivered(parcel: Parcel): Promise<void> {
    await this.vault.remove('parcel', parcel.id);
  }
}
