// Answering without a name, as data. Two records, one after the other: while a permission is asked, the client is in it; once it is there, another
// record takes its place, under an id of its own, in which nothing is left of whom it was about.
import type { Draft } from '../conversation/state';
import { countedAnswers } from '../conversation/state';
import type { Answers, Instrument } from '../instrument/types';
import { visibleQuestions } from '../instrument/visible';
import { randomBytes } from '../vault/crypto';

/** Every body is exactly a whole number of these, so that lengths tell nothing; the service asks for the same. */
export const BUCKET = 16_384;

const DAY = 86_400_000;

/** What is said without a name: codes only. */
export interface Content {
  version: string;
  answers: Answers;
  passed: string[];
}

/** Asking for the permission. What was blinded is kept before it is sent: the same is asked again when the answer got lost. */
export interface Asking {
  step: 'ask';
  id: string;
  client: string;
  choice: string;
  content: Content;
  pad: string;
  blinding?: Blinding;
  /** Why there is no permission; it stays until a person takes it away. */
  refused?: string;
}

export interface Blinding {
  key: string;
  public: string;
  token: string;
  blinded: string;
  inv: string;
}

/** Ready to leave, after that time. */
export interface Leaving {
  step: 'send';
  id: string;
  body: string;
  token: string;
  after: number;
  refused?: string;
}

export type Unnamed = Asking | Leaving;

/**
 * What may leave: what was chosen, and what was passed over. Own words stay behind, for they can tell whose they are; so do
 * times, who was there and who led.
 */
export function contentOf(draft: Draft, instrument: Instrument): Content {
  const answers = Object.fromEntries(
    Object.entries(countedAnswers(draft, instrument)).filter(
      ([id]) => instrument.questions.get(id)?.present !== 'text',
    ),
  );
  const shown = visibleQuestions(instrument, draft.answers).map((q) => q.id);
  const passed = shown.filter((id) => draft.passed[id] !== undefined && answers[id] === undefined);
  return { version: draft.instrument.version, answers, passed };
}

/** A random id: those of conversations tell when they were made. */
export const randomId = (): string => crypto.randomUUID();

export function asking(draft: Draft, instrument: Instrument): Asking {
  const record: Asking = {
    step: 'ask',
    id: randomId(),
    client: draft.client.id,
    choice: draft.choice ?? '',
    content: contentOf(draft, instrument),
    pad: '',
  };
  return { ...record, pad: padFor(JSON.stringify(record)) };
}

/** Fills up to the next whole bucket. */
export function padFor(text: string): string {
  const length = new TextEncoder().encode(text).length;
  return '0'.repeat((BUCKET - (length % BUCKET)) % BUCKET);
}

export function bodyOf(
  permission: { key: string; token: string; signature: string },
  content: Content,
): string {
  const body = { ...permission, ...content, pad: '' };
  return JSON.stringify({ ...body, pad: padFor(JSON.stringify(body)) });
}

/** A number from 0 up to 1 that nobody can foretell. */
export function unforeseen(): number {
  const [number] = new Uint32Array(randomBytes(4).buffer);
  return (number ?? 0) / 2 ** 32;
}

/**
 * When it leaves: some time in the two days from midnight on, whenever on the day it was given. So the time of leaving says the
 * day at most, and all of that day are alike.
 */
export function leavesAfter(now: number, random: () => number = unforeseen): number {
  const midnight = new Date(now);
  midnight.setHours(24, 0, 0, 0);
  return midnight.getTime() + Math.floor(random() * 2 * DAY);
}

/** In an order that nobody can foretell. */
export function shuffled<T>(list: readonly T[], random: () => number = unforeseen): T[] {
  return list
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
