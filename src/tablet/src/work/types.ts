import type { Relation } from '../conversation/state';
import type { Kind, LocalText, Perspective } from '../instrument/types';
import type { ReceiptKey } from '../outbox/parcel';

export interface Due {
  choice: string;
  instrument: { id: string; version: string };
  perspective: Perspective;
  dueOn: string;
  state: 'overdue' | 'due' | 'upcoming';
  regularWorkerMayLead: boolean;
  /** It may be answered without a name; a list kept from before does not say so. */
  anonymous?: boolean;
  /** Who asks: as planned, or else the regular worker; a list kept from before does not have it. */
  leader?: string | null;
  /** Others have observed already, and another observer is asked; a list kept from before may not have it. */
  waiting?: { since: string; relations: Relation[] } | null;
}

export interface Client {
  id: string;
  name: string;
  shortName: string;
  group: { id: string; name: LocalText };
  place: { id: string; name: string };
  communication: 'speaks' | 'speaks-with-support' | 'pictures' | 'non-verbal';
  regularWorker: boolean;
  lastOn: string | null;
  due: Due[];
}

export interface WorkInstrument {
  id: string;
  version: string;
  sha256: string;
  title: LocalText;
  kind: Kind;
}

export interface Work {
  person: { id: string; name: string; role: string };
  madeAt: string;
  receiptKey: ReceiptKey;
  clients: Client[];
  instruments: WorkInstrument[];
}
