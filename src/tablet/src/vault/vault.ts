// An open vault: one person's records, readable only while this object holds the data key.
import { sealJson, unsealJson } from './crypto';
import { kindRange, vaultRange, type RecordKind, type TabletDatabase } from './database';

export interface Label {
  person: string;
  name: string;
  email: string;
}

export class Vault {
  constructor(
    private readonly db: TabletDatabase,
    readonly id: string,
    readonly label: Label,
    private readonly key: CryptoKey,
  ) {}

  private aad(kind: RecordKind, id: string): string {
    return `${this.id}/${kind}/${id}`;
  }

  async put(kind: RecordKind, id: string, value: unknown): Promise<void> {
    const sealed = await sealJson(this.key, this.aad(kind, id), value);
    await this.db.put('records', { vault: this.id, kind, id, sealed });
  }

  async get<T>(kind: RecordKind, id: string): Promise<T | null> {
    const record = await this.db.get('records', [this.id, kind, id]);
    return record ? unsealJson<T>(this.key, this.aad(kind, id), record.sealed) : null;
  }

  /** What does not open with this key (damaged, or put there by somebody else) stays where it is and hides nothing else. */
  async all<T>(kind: RecordKind): Promise<T[]> {
    const records = await this.db.getAll('records', kindRange(this.id, kind));
    const opened = await Promise.allSettled(
      records.map((r) => unsealJson<T>(this.key, this.aad(kind, r.id), r.sealed)),
    );
    return opened.flatMap((o) => (o.status === 'fulfilled' ? [o.value] : []));
  }

  async remove(kind: RecordKind, id: string): Promise<void> {
    await this.db.delete('records', [this.id, kind, id]);
  }

  /** Puts one record and removes another in one transaction: finishing a draft can never lose it in between. */
  async replace(
    put: { kind: RecordKind; id: string; value: unknown },
    remove: { kind: RecordKind; id: string },
  ): Promise<void> {
    const sealed = await sealJson(this.key, this.aad(put.kind, put.id), put.value);
    const tx = this.db.transaction('records', 'readwrite');
    await Promise.all([
      tx.store.put({ vault: this.id, kind: put.kind, id: put.id, sealed }),
      tx.store.delete([this.id, remove.kind, remove.id]),
      tx.done,
    ]);
  }

  /** Work that exists nowhere else: conversations under way and conversations not sent. */
  unsent(): Promise<number> {
    return unsentOf(this.db, this.id);
  }

  /**
   * Signing out: what the service also has goes away, and so does the PIN. Unsent work stays, sealed, and
   * opens again with the password; without unsent work nothing of this person stays at all.
   */
  async signOut(): Promise<void> {
    if ((await this.unsent()) === 0) return wipe(this.db, this.id);
    const tx = this.db.transaction(['people', 'records'], 'readwrite');
    await tx.objectStore('records').delete(kindRange(this.id, 'work'));
    const person = await tx.objectStore('people').get(this.id);
    if (person) await tx.objectStore('people').put({ ...person, pin: null });
    await tx.done;
  }
}

/** How much in a vault exists nowhere else. */
export async function unsentOf(db: TabletDatabase, vault: string): Promise<number> {
  const kinds: RecordKind[] = ['draft', 'talk', 'parcel', 'anonymous'];
  const counts = await Promise.all(kinds.map((kind) => db.count('records', kindRange(vault, kind))));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Takes a vault and everything in it away. */
export async function wipe(db: TabletDatabase, vault: string): Promise<void> {
  const tx = db.transaction(['people', 'records'], 'readwrite');
  await tx.objectStore('records').delete(vaultRange(vault));
  await tx.objectStore('people').delete(vault);
  await tx.done;
}
