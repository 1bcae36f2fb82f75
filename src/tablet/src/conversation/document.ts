// The conversation document: built once, when the conversation ends, member by member as the contract has it.
import type { AnswerValue, Answers, Instrument } from '../instrument/types';
import { visibleQuestions } from '../instrument/visible';
import { countedAnswers, type Agreement, type Draft, type Setup } from './state';

export interface Change {
  question: string;
  from: AnswerValue;
  to: AnswerValue;
}

export interface ConversationDocument {
  format: 1;
  id: string;
  choice: string | null;
  client: string;
  instrument: { id: string; version: string };
  perspective: Setup['perspective'];
  outcome: 'finished' | 'refused' | 'stopped';
  language: Setup['language'];
  startedAt: string;
  endedAt: string;
  conductor: Setup['conductor'];
  present: Setup['present'];
  answersBy: Setup['answersBy'];
  quotesAllowed: boolean;
  answers: Answers;
  words: Record<string, string>;
  passed: Record<string, { reason: string | null }>;
  changes: Change[];
  readBack: 'confirmed' | 'not-done';
  agreements: Agreement[];
  seconds: Record<string, number>;
}

const same = (a: AnswerValue, b: AnswerValue): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Time in UTC, in whole seconds. */
export const instant = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** The end, never before the start: a clock that was set back in between must not make a conversation invalid. */
function endOf(startedAt: string, now: number, seconds = 0): string {
  const start = Date.parse(startedAt);
  return instant(now >= start ? now : start + seconds * 1000);
}

export function changesOf(draft: Draft, answers: Answers): Change[] {
  return Object.entries(draft.readFrom ?? {}).flatMap(([question, from]) => {
    const to = answers[question];
    return to === undefined || same(from, to) ? [] : [{ question, from, to }];
  });
}

function only<T>(record: Record<string, T>, keys: Set<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.has(key)));
}

function around(setup: Setup, id: string) {
  return {
    format: 1 as const,
    id,
    choice: setup.choice,
    client: setup.client.id,
    instrument: { id: setup.instrument.id, version: setup.instrument.version },
    perspective: setup.perspective,
  };
}

export function finishedDocument(draft: Draft, instrument: Instrument, now: number): ConversationDocument {
  const shown = new Set(visibleQuestions(instrument, draft.answers).map((q) => q.id));
  const answers = countedAnswers(draft, instrument);
  const words = Object.entries(draft.words)
    .filter(([id, text]) => shown.has(id) && text.trim() !== '')
    .map(([id, text]) => [id, text.trim()]);
  return {
    ...around(draft, draft.id),
    outcome: draft.outcome,
    language: draft.language,
    startedAt: draft.startedAt,
    endedAt: endOf(
      draft.startedAt,
      now,
      Object.values(draft.seconds).reduce((a, b) => a + b, 0),
    ),
    conductor: draft.conductor,
    present: draft.present,
    answersBy: draft.answersBy,
    quotesAllowed: draft.quotesAllowed,
    answers,
    words: Object.fromEntries(words) as Record<string, string>,
    passed: only(draft.passed, shown),
    changes: changesOf(draft, answers),
    readBack: draft.readBack,
    agreements: draft.agreements,
    seconds: only(draft.seconds, shown),
  };
}

/** Saying no is an outcome of its own: it holds no answers, and nothing is taken from an earlier time. */
export function refusedDocument(
  setup: Setup,
  id: string,
  startedAt: string,
  now: number,
): ConversationDocument {
  return {
    ...around(setup, id),
    outcome: 'refused',
    language: setup.language,
    startedAt,
    endedAt: endOf(startedAt, now),
    conductor: setup.conductor,
    present: setup.present,
    answersBy: setup.answersBy,
    quotesAllowed: false,
    answers: {},
    words: {},
    passed: {},
    changes: [],
    readBack: 'not-done',
    agreements: [],
    seconds: {},
  };
}
