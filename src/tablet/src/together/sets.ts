// Which views of one client belong side by side, and where they differ. Pure. A difference is never averaged: it is
// the start of a talk.
import type { Knows, Relation } from '../conversation/state';
import type { InstrumentRef } from '../instrument/store';
import type { AnswerValue, Answers, Instrument, Perspective, Question, Section } from '../instrument/types';
import { screensOf } from '../instrument/visible';

/** What somebody said, and from how near. */
export interface Said {
  relation: Relation;
  knowsClient: Knows;
  answers: Answers;
  words: Record<string, string>;
  passed: Record<string, { reason: string | null }>;
}

/** One view of a client. Without `said` it is known that it is there, and nothing more. */
export interface Side {
  id: string;
  perspective: Perspective;
  heldOn: string;
  mine: boolean;
  said?: Said;
}

/** A view that was given on this tablet and not laid side by side yet. */
export interface OwnSide extends Side {
  client: string;
  instrument: InstrumentRef;
}

/** As the service answers. */
export interface ServiceSet {
  client: string;
  instrument: { id: string; version: string };
  sha256: string;
  complete: boolean;
  sides: Side[];
}

export interface SideSet {
  client: string;
  instrument: InstrumentRef;
  sides: Side[];
}

/** Everyone who is asked has answered; `here` says whether what they said is on this tablet too. */
export type Readiness = { kind: 'ready' } | { kind: 'fetching' } | { kind: 'missing'; who: Perspective };

const needed = (instrument: Instrument): number =>
  instrument.perspectives.reduce((sum, p) => sum + p.minimum, 0);

/** More than one view of a client is needed. */
export const laidSideBySide = (instrument: Instrument): boolean =>
  instrument.subject === 'client' && needed(instrument) > 1;

/** Two perspectives answer the same questions apart, and agree on something only when they are side by side. */
export const answeredApart = (instrument: Instrument): boolean =>
  laidSideBySide(instrument) && instrument.perspectives.filter((p) => p.minimum > 0).length > 1;

/** The sets from this tablet and from the service, without what was laid side by side before. */
export function setsOf(own: OwnSide[], service: ServiceSet[], looked: Set<string>): SideSet[] {
  const sets = new Map<string, SideSet>();
  const add = (client: string, instrument: InstrumentRef, side: Side): void => {
    if (looked.has(side.id)) return;
    const key = `${client} ${instrument.id}@${instrument.version}`;
    const set = sets.get(key) ?? { client, instrument, sides: [] };
    const there = set.sides.find((s) => s.id === side.id);
    if (!there) set.sides.push(side);
    else if (!there.said && side.said) there.said = side.said;
    sets.set(key, set);
  };
  for (const set of service)
    set.sides.forEach((s) => add(set.client, { ...set.instrument, sha256: set.sha256 }, { ...s }));
  for (const { client, instrument, ...side } of own) add(client, instrument, side);
  return [...sets.values()];
}

/** Of each view the latest: by perspective, and by person where several of one perspective are needed. */
export function latestSides(set: SideSet, instrument: Instrument): Side[] {
  const latest = new Map<string, Side>();
  for (const side of set.sides) {
    const several =
      (instrument.perspectives.find((p) => p.perspective === side.perspective)?.minimum ?? 0) > 1;
    const key = several ? `${side.perspective} ${side.mine ? 'me' : side.id}` : side.perspective;
    const before = latest.get(key);
    // Ids are made in the order of time.
    if (!before || before.id < side.id) latest.set(key, side);
  }
  const order = instrument.perspectives.map((p) => p.perspective);
  return [...latest.values()].sort(
    (a, b) => order.indexOf(a.perspective) - order.indexOf(b.perspective) || (a.id < b.id ? -1 : 1),
  );
}

export function readiness(sides: Side[], instrument: Instrument): Readiness {
  const missing = instrument.perspectives.find(
    (p) => sides.filter((s) => s.perspective === p.perspective).length < p.minimum,
  );
  if (missing) return { kind: 'missing', who: missing.perspective };
  return sides.every((s) => s.said) ? { kind: 'ready' } : { kind: 'fetching' };
}

export interface Row {
  section: Section;
  question: Question;
  wish: Question | null;
}

export interface Rows {
  different: Row[];
  same: Row[];
  /** Somebody passed this over, or was not asked it. */
  partly: Row[];
  /** Answers in own words: read beside each other, not compared. */
  words: Row[];
}

const plain = (value: AnswerValue | undefined): string => JSON.stringify(value ?? null);

function distance(row: Row, sides: Said[]): number {
  const scores = sides.flatMap((s) => {
    const score = row.question.options.find((o) => o.code === s.answers[row.question.id])?.score;
    return score === undefined || score === null ? [] : [score];
  });
  return scores.length > 1 ? Math.max(...scores) - Math.min(...scores) : 0;
}

/** Every question that anyone answered, by whether the views differ; the largest difference first. */
export function rowsOf(instrument: Instrument, sides: Said[]): Rows {
  const rows: Rows = { different: [], same: [], partly: [], words: [] };
  const seen = new Map<string, Row>();
  for (const side of sides)
    for (const screen of screensOf(instrument, side.answers)) {
      const row = seen.get(screen.question.id);
      if (!row) seen.set(screen.question.id, screen);
      else row.wish ??= screen.wish;
    }
  for (const id of instrument.sections.flatMap((s) => s.questions)) {
    const row = seen.get(id);
    if (!row) continue;
    const values = sides.map((s) => s.answers[id]);
    if (values.every((v) => v === undefined)) continue;
    const differs = (key: string | undefined): boolean =>
      key !== undefined && new Set(sides.map((s) => plain(s.answers[key]))).size > 1;
    if (row.question.present === 'text') rows.words.push(row);
    else if (row.question.role === 'context') rows.partly.push(row);
    else if (values.some((v) => v === undefined)) rows.partly.push(row);
    else (differs(id) || differs(row.wish?.id) ? rows.different : rows.same).push(row);
  }
  rows.different.sort((a, b) => distance(b, sides) - distance(a, sides));
  return rows;
}
