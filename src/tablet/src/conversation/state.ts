// A conversation under way. Plain data and one pure function, so that it can be kept, resumed and tested.
import type { AnswerValue, Answers, Instrument, Lang, Perspective } from '../instrument/types';
import { screensOf, visibleQuestions, type Screen } from '../instrument/visible';

export type Relation = 'regular-worker' | 'other-worker' | 'interviewer' | 'relative' | 'none';
export type Knows = 'well' | 'a-bit' | 'hardly';
export type Present = 'client' | 'relative' | 'interpreter' | 'second-observer';
export type AnswersBy = 'speaking' | 'pointing' | 'pictures' | 'with-help' | 'observed';
export type Who = 'client' | 'worker' | 'relative' | 'other' | 'team';

export interface Agreement {
  id: string;
  what: string;
  who: Who;
  name: string | null;
  on: string | null;
}

export interface Setup {
  choice: string | null;
  client: { id: string; name: string; shortName: string };
  instrument: { id: string; version: string; sha256: string };
  perspective: Perspective;
  language: Lang;
  conductor: { relation: Relation; knowsClient: Knows; chosenByClient: boolean };
  present: Present[];
  answersBy: AnswersBy;
  /** Without a name: what is chosen leaves on its own, and the conversation is not kept. */
  anonymous?: boolean;
  /** Everything is spoken, and answered by gestures or keys. */
  listening?: boolean;
}

/** A point of the last time, as the service told it. */
export interface LastPoint {
  id: string;
  what: string;
  who: Who;
  name: string | null;
  on: string | null;
}

export type Came = 'done' | 'partly' | 'not';

/** What is different when a group talks about its team or location instead of about a client. */
export interface Reflection {
  people: number;
  lastOn: string | null;
  last: LastPoint[];
  cameOf: Record<string, { came: Came; words: string }>;
  /** The points of the last time were looked at. */
  opened: boolean;
}

export interface Draft extends Setup {
  id: string;
  startedAt: string;
  savedAt: string;
  phase: 'questions' | 'readback' | 'agreements';
  outcome: 'finished' | 'stopped';
  /** The question on the screen. */
  at: string;
  answers: Answers;
  words: Record<string, string>;
  passed: Record<string, { reason: string | null }>;
  /** The answers as they were when reading back began. */
  readFrom: Answers | null;
  readBack: 'confirmed' | 'not-done';
  quotesAllowed: boolean;
  agreements: Agreement[];
  seconds: Record<string, number>;
  /** Only where the subject is a place: `client` then holds the place. */
  reflection?: Reflection;
  /** Jotted down while watching; on this tablet only, and gone when the observation is done. */
  notes?: string;
}

export type Action =
  | { type: 'answer'; question: string; value: AnswerValue }
  | { type: 'clear'; question: string }
  | { type: 'words'; question: string; text: string }
  | { type: 'pass'; question: string; reason?: string | null }
  | { type: 'reason'; question: string; reason: string | null }
  | { type: 'next' }
  | { type: 'back' }
  | { type: 'goto'; question: string }
  | { type: 'time'; question: string; seconds: number }
  | { type: 'stop'; readBack: boolean }
  | { type: 'confirm'; readBack: 'confirmed' | 'not-done' }
  | { type: 'reopen' }
  | { type: 'language'; lang: Lang }
  | { type: 'quotes'; allowed: boolean }
  | { type: 'agree'; agreement: Agreement }
  | { type: 'drop-agreement'; id: string }
  | { type: 'reflect'; part: Partial<Reflection> }
  | { type: 'notes'; text: string };

export function begin(setup: Setup, instrument: Instrument, id: string, now: string): Draft {
  return {
    ...setup,
    id,
    startedAt: now,
    savedAt: now,
    phase: 'questions',
    outcome: 'finished',
    at: screensOf(instrument, {})[0]?.question.id ?? '',
    answers: {},
    words: {},
    passed: {},
    readFrom: null,
    readBack: 'not-done',
    quotesAllowed: false,
    agreements: [],
    seconds: {},
  };
}

export function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([k]) => k !== key));
}

function answered(draft: Draft, question: string, value: AnswerValue): Draft {
  const empty =
    (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0);
  if (empty) return { ...draft, answers: without(draft.answers, question) };
  return {
    ...draft,
    answers: { ...draft.answers, [question]: value },
    passed: without(draft.passed, question),
  };
}

function passedOver(draft: Draft, question: string, reason: string | null): Draft {
  return {
    ...draft,
    answers: without(draft.answers, question),
    passed: { ...draft.passed, [question]: { reason } },
  };
}

/** What was shown and left open counts as passed over, just as when the button is used. */
function leave(draft: Draft, screen: Screen): Draft {
  const shown = screen.wish ? [screen.question, screen.wish] : [screen.question];
  return shown.reduce(
    (d, q) => (d.answers[q.id] === undefined && !d.passed[q.id] ? passedOver(d, q.id, null) : d),
    draft,
  );
}

const toReadBack = (draft: Draft): Draft => ({
  ...draft,
  phase: 'readback',
  readFrom: draft.readFrom ?? { ...draft.answers },
});

function next(draft: Draft, instrument: Instrument): Draft {
  const before = screensOf(instrument, draft.answers);
  const index = before.findIndex((s) => s.question.id === draft.at);
  const screen = before[index];
  const left = screen ? leave(draft, screen) : draft;
  const following = screensOf(instrument, left.answers)[index + 1];
  return following ? { ...left, at: following.question.id } : toReadBack({ ...left, outcome: 'finished' });
}

function back(draft: Draft, instrument: Instrument): Draft {
  const screens = screensOf(instrument, draft.answers);
  const index = screens.findIndex((s) => s.question.id === draft.at);
  const previous = screens[index - 1];
  return previous ? { ...draft, at: previous.question.id } : draft;
}

export function step(draft: Draft, action: Action, instrument: Instrument): Draft {
  switch (action.type) {
    case 'answer':
      return answered(draft, action.question, action.value);
    case 'clear':
      return { ...draft, answers: without(draft.answers, action.question) };
    case 'words':
      return action.text === ''
        ? { ...draft, words: without(draft.words, action.question) }
        : { ...draft, words: { ...draft.words, [action.question]: action.text } };
    case 'pass': {
      const over = passedOver(draft, action.question, action.reason ?? null);
      return draft.phase === 'questions' ? next(over, instrument) : over;
    }
    case 'reason':
      return draft.passed[action.question]
        ? { ...draft, passed: { ...draft.passed, [action.question]: { reason: action.reason } } }
        : draft;
    case 'next':
      return next(draft, instrument);
    case 'back':
      return back(draft, instrument);
    case 'goto':
      return { ...draft, phase: 'questions', at: action.question };
    case 'time': {
      // A tablet that lay open for days: the service takes a day at most.
      const seconds = Math.min(86_400, (draft.seconds[action.question] ?? 0) + action.seconds);
      return { ...draft, seconds: { ...draft.seconds, [action.question]: seconds } };
    }
    case 'stop':
      return action.readBack
        ? toReadBack({ ...draft, outcome: 'stopped' })
        : { ...draft, outcome: 'stopped' };
    case 'confirm':
      return { ...draft, readBack: action.readBack, phase: 'agreements' };
    case 'reopen':
      return { ...draft, phase: 'readback', readBack: 'not-done' };
    case 'language':
      return { ...draft, language: action.lang };
    case 'quotes':
      return { ...draft, quotesAllowed: action.allowed };
    case 'agree':
      return { ...draft, agreements: [...draft.agreements, action.agreement] };
    case 'drop-agreement':
      return { ...draft, agreements: draft.agreements.filter((a) => a.id !== action.id) };
    case 'notes':
      return { ...draft, notes: action.text };
    case 'reflect':
      return draft.reflection ? { ...draft, reflection: { ...draft.reflection, ...action.part } } : draft;
  }
}

/** The answers that count: those to questions that are shown. */
export function countedAnswers(draft: Draft, instrument: Instrument): Answers {
  const result: Answers = {};
  for (const q of visibleQuestions(instrument, draft.answers)) {
    const answer = draft.answers[q.id];
    if (answer !== undefined) result[q.id] = answer;
  }
  return result;
}
