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

const pathOf = (ref: InstrumentRef): string =>
  `/api/instruments/${encodeURIComponent(ref.id)}/${encodeURIComponent(ref.version)}`;
const keyOf = (ref: InstrumentRef): string => `${ref.id}@${ref.version}#${ref.sha256}`;
export const SYMBOL_CACHE = 'clientvoice-symbols';
/** Recorded prompts, and beside them the list of those of each version. */
export const AUDIO_CACHE = 'clientvoice-audio';
export const symbolUrl = (id: string): string => `/api/symbols/${encodeURIComponent(id)}`;

export class InstrumentStore {
  constructor(
    private readonly db: IDBPDatabase<TabletSchema>,
    private readonly fetcher: typeof fetch = (...args) => fetch(...args),
  ) {}

  async get(ref: InstrumentRef): Promise<Instrument | null> {
    const kept = await this.db.get('instruments', keyOf(ref));
    return kept ? readInstrument(kept, await this.recordings(ref)) : null;
  }

  /** As `get`, and fetched first where it is not here yet. */
  async obtain(ref: InstrumentRef): Promise<Instrument | null> {
    if (!(await this.has(ref))) await this.prefetch([ref]);
    return this.get(ref);
  }

  async has(ref: InstrumentRef): Promise<boolean> {
    return (await this.db.getKey('instruments', keyOf(ref))) !== undefined;
  }

  /** Whether these instruments are on the tablet with all their pictures and recordings. */
  async whole(refs: InstrumentRef[]): Promise<boolean> {
    const cache = 'caches' in globalThis ? await caches.open(SYMBOL_CACHE) : null;
    for (const ref of refs) {
      const instrument = await this.get(ref);
      if (!instrument) return false;
      for (const id of picturesOf(instrument)) {
        if (cache && !(await cache.match(symbolUrl(id)))) return false;
      }
      const audio = 'caches' in globalThis ? await caches.open(AUDIO_CACHE) : null;
      for (const url of Object.values(instrument.recordings)) {
        if (audio && !(await audio.match(url))) return false;
      }
    }
    return true;
  }

  /** Fetches what is not kept yet: first every instrument, then pictures, then recordings. Answers whether everything is here now. */
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
    for (const ref of refs) await attempt(this.keepRecordings(ref));
    return complete;
  }

  private async fetchOne(ref: InstrumentRef): Promise<void> {
    if (await this.has(ref)) return;
    const response = await this.fetcher(pathOf(ref));
    if (!response.ok) throw new Error(`instrument ${ref.id} ${ref.version}: ${response.status}`);
    const file = (await response.json()) as InstrumentFile;
    readInstrument(file);
    await this.db.put('instruments', file, keyOf(ref));
  }

  private async recordings(ref: InstrumentRef): Promise<Record<string, string>> {
    if (!('caches' in globalThis)) return {};
    const list = await (await caches.open(AUDIO_CACHE)).match(`${pathOf(ref)}/recordings`);
    return list ? ((await list.json()) as Record<string, string>) : {};
  }

  // The list is asked for anew each time: a voice can be recorded long after the instrument was published.
  private async keepRecordings(ref: InstrumentRef): Promise<void> {
    if (!('caches' in globalThis)) return;
    const cache = await caches.open(AUDIO_CACHE);
    const before = await this.recordings(ref);
    const response = await this.fetcher(`${pathOf(ref)}/recordings`);
    if (!response.ok) throw new Error(`recordings of ${ref.id}: ${response.status}`);
    const now = Object.values((await response.clone().json()) as Record<string, string>);
    for (const url of now) {
      if (await cache.match(url)) continue;
      const recording = await this.fetcher(url);
      if (!recording.ok) throw new Error(`recording ${url}: ${recording.status}`);
      await cache.put(url, recording);
    }
    await cache.put(`${pathOf(ref)}/recordings`, response);
    const recordedAnew = (url: string): boolean =>
      !now.includes(url) && now.some((other) => other.split('?')[0] === url.split('?')[0]);
    for (const url of Object.values(before).filter(recordedAnew)) await cache.delete(url);
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
