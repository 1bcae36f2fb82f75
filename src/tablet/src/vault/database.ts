import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { InstrumentFile } from '../instrument/types';
import type { Sealed } from './crypto';

/** A `talk` is a side by side under way, `anonymous` what leaves without a name: as a draft, they exist nowhere else. */
export type RecordKind = 'work' | 'draft' | 'talk' | 'parcel' | 'anonymous';

/** One person's lock: which wrapped copies of the data key there are, and how often the PIN was wrong. */
export interface PersonRecord {
  vault: string;
  /** Name, e-mail and person id, sealed under the key of the device: no name lies readable on the tablet. */
  label: Sealed;
  pin: WrappedKey | null;
  password: WrappedKey;
  /** The data key put away under the service's key, so that unsent work is not lost with its owner. */
  service?: PutAwayKey;
  wrongPins: number;
  nextTryAt: number;
}

export interface PutAwayKey {
  kid: string;
  wrapped: Uint8Array<ArrayBuffer>;
}

/** The service's public key for putting keys away (RSA-OAEP with SHA-256), as it gives it. */
export interface HandOverKey {
  kid: string;
  kty: string;
  alg: string;
  n: string;
  e: string;
}

export interface WrappedKey {
  salt: Uint8Array<ArrayBuffer>;
  iterations: number;
  sealed: Sealed;
}

export interface StoredRecord {
  vault: string;
  kind: RecordKind;
  id: string;
  sealed: Sealed;
}

export interface TabletSchema extends DBSchema {
  device: { key: 'key' | 'hand-over'; value: CryptoKey | HandOverKey };
  people: { key: string; value: PersonRecord };
  records: { key: [string, string, string]; value: StoredRecord };
  instruments: { key: string; value: InstrumentFile };
}

export type TabletDatabase = IDBPDatabase<TabletSchema>;

export function openDatabase(name = 'clientvoice'): Promise<TabletDatabase> {
  return openDB<TabletSchema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('device');
      db.createObjectStore('people', { keyPath: 'vault' });
      db.createObjectStore('records', { keyPath: ['vault', 'kind', 'id'] });
      db.createObjectStore('instruments');
    },
  });
}

/** Every record of one vault and kind. */
export const kindRange = (vault: string, kind: RecordKind): IDBKeyRange =>
  IDBKeyRange.bound([vault, kind, ''], [vault, kind, '\uffff']);

export const vaultRange = (vault: string): IDBKeyRange =>
  IDBKeyRange.bound([vault, '', ''], [vault, '\uffff', '\uffff']);
