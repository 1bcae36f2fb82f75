// Instruments are not personal: they lie unencrypted beside the vaults, one entry for each content hash, so
// that a conversation that is open keeps the very version it began with.
import type { IDBPDatabase } from 'idb';
import type { TabletSchema } from '../vault/database';
import { picturesOf, readInstrument } from './read';
import type { Instrument, InstrumentFile } from './types';

export interface InstrumentRef {
  id: string;
  version: string;
  sha256: string;
}

const keyOf = (ref: InstrumentRef): string => `${ref.id}@${ref.version}#${ref.sha256}`;
export const SYMBOL_CACHE = 'clientvoice-symbols';
export const symbolUrl = (id: string): string => `/api/symbols/${encodeURIComponent(id)}`;

export class InstrumentStore {
  constructor(
    private readonly db: IDBPDatabase<TabletSchema>,
    private readonly fetcher: typeof fetch = (...args) => fetch(...args),
  ) {}

  async get(ref: InstrumentRef): Promise<Instrument | null> {
    const kept = await this.db.get('instruments', keyOf(ref));
    return kept ? readInstrument(kept) : null;
  }

  /** As `get`, and fetched first where it is not here yet. */
  async obtain(ref: InstrumentRef): Promise<Instrument | null> {
    if (!(await this.has(ref))) await this.prefetch([ref]);
    return this.get(ref);
  }

  async has(ref: InstrumentRef): Promise<boolean> {
    return (await this.db.getKey('instruments', keyOf(ref))) !== undefined;
  }

  /** Whether these instruments are on the tablet with all their pictures. */
  async whole(refs: InstrumentRef[]): Promise<boolean> {
    const cache = 'caches' in globalThis ? await caches.open(SYMBOL_CACHE) : null;
    for (const ref of refs) {
      const instrument = await this.get(ref);
      if (!instrument) return false;
      for (const id of picturesOf(instrument)) {
        if (cache && !(await cache.match(symbolUrl(id)))) return false;
      }
    }
    return true;
  }

  /** Fetches what is not kept yet: first every instrument, then the pictures. Answers whether everything is here now. */
  async prefetch(refs: InstrumentRef[]): Promise<boolean> {
    let complete = true;
    const attempt = async (work: Promise<void>): Promise<void> => {
      try {
        await work;
      } catch {
        complete = false;
      }
    };
    for (const ref of refs) await attempt(this.fetchOne(ref));
    for (const ref of refs) {
      const instrument = await this.get(ref);
      if (instrument) await attempt(this.keepPictures(picturesOf(instrument)));
    }
    return complete;
  }

  private async fetchOne(ref: InstrumentRef): Promise<void> {
    if (await this.has(ref)) return;
    const path = `/api/instruments/${encodeURIComponent(ref.id)}/${encodeURIComponent(ref.version)}`;
    const response = await this.fetcher(path);
    if (!response.ok) throw new Error(`instrument ${ref.id} ${ref.version}: ${response.status}`);
    const file = (await response.json()) as InstrumentFile;
    readInstrument(file);
    await this.db.put('instruments', file, keyOf(ref));
  }

  private async keepPictures(ids: string[]): Promise<void> {
    if (!('caches' in globalThis)) return;
    const cache = await caches.open(SYMBOL_CACHE);
    for (const id of ids) {
      const url = symbolUrl(id);
      if (await cache.match(url)) continue;
      const response = await this.fetcher(url);
      if (!response.ok) throw new Error(`picture ${id}: ${response.status}`);
      await cache.put(url, response);
    }
  }
}
