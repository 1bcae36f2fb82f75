// The talk about the differences: plain data, kept at every touch, and the document that is made of it.
import { instant } from '../conversation/document';
import type { Present, Who } from '../conversation/state';
import type { InstrumentRef } from '../instrument/store';
import type { Lang } from '../instrument/types';
import type { Client } from '../work/types';
import type { Side } from './sets';
import type { Waiting } from './useTogether';

/** A point on the improvement card: what stands out, what we do, who, when. */
export interface Point {
  id: string;
  /** The question it is about; null for something else. */
  about: string | null;
  standsOut: string;
  what: string;
  who: Who;
  name: string;
  on: string;
}

export interface TogetherTalk {
  id: string;
  client: { id: string; name: string; shortName: string };
  instrument: InstrumentRef;
  language: Lang;
  sides: Side[];
  startedAt: string;
  step: 'look' | 'points';
  present: Present[];
  points: Point[];
}

export interface SideBySideDocument {
  format: 1;
  id: string;
  client: string;
  of: string[];
  instrument: { id: string; version: string };
  language: Lang;
  startedAt: string;
  endedAt: string;
  present: Present[];
  points: {
    id: string;
    about: string | null;
    standsOut: string | null;
    what: string | null;
    who: Who;
    name: string | null;
    on: string | null;
  }[];
}

export const newPoint = (id: string, about: string | null): Point => ({
  id,
  about,
  standsOut: '',
  what: '',
  who: 'worker',
  name: '',
  on: '',
});

/** The talk that was begun on these views, or a new one. */
export function talkOn(waiting: Waiting, client: Client, lang: Lang, id: string, now: string): TogetherTalk {
  const { known, instrument, sides, begun } = waiting;
  return (
    begun ?? {
      id,
      client: { id: client.id, name: client.name, shortName: client.shortName },
      instrument,
      language: known.languages.includes(lang) ? lang : (known.languages[0] ?? 'nl'),
      sides,
      startedAt: now,
      step: 'look',
      present: ['client'],
      points: [],
    }
  );
}

const orNull = (text: string): string | null => text.trim() || null;

/** Whether a point says anything of itself. */
export const saysSomething = (point: Point): boolean =>
  point.standsOut.trim() !== '' || point.what.trim() !== '';

export function sideBySideDocument(talk: TogetherTalk, now: number): SideBySideDocument {
  return {
    format: 1,
    id: talk.id,
    client: talk.client.id,
    of: talk.sides.map((s) => s.id),
    instrument: { id: talk.instrument.id, version: talk.instrument.version },
    language: talk.language,
    startedAt: talk.startedAt,
    endedAt: instant(now),
    present: talk.present,
    points: talk.points.filter(saysSomething).map((p) => ({
      id: p.id,
      about: p.about,
      standsOut: orNull(p.standsOut),
      what: orNull(p.what),
      who: p.who,
      name: orNull(p.name),
      on: orNull(p.on),
    })),
  };
}
