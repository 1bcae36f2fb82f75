import { instant } from '../conversation/document';
import { countedAnswers, type Agreement, type Came, type Draft } from '../conversation/state';
import type { Answers, Instrument, Lang, Perspective } from '../instrument/types';
import { visibleQuestions } from '../instrument/visible';

export interface ReflectionDocument {
  format: 1;
  id: string;
  place: string;
  instrument: { id: string; version: string };
  perspective: Perspective;
  outcome: 'finished' | 'stopped';
  language: Lang;
  startedAt: string;
  endedAt: string;
  people: number;
  answers: Answers;
  words: Record<string, string>;
  passed: Record<string, { reason: string | null }>;
  readBack: 'confirmed' | 'not-done';
  agreements: Agreement[];
  cameOf: { point: string; came: Came; words: string | null }[];
  seconds: Record<string, number>;
}

const only = <T>(record: Record<string, T>, keys: Set<string>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => keys.has(key)));

export function reflectionDocument(draft: Draft, instrument: Instrument, now: number): ReflectionDocument {
  const shown = new Set(visibleQuestions(instrument, draft.answers).map((q) => q.id));
  const said = Object.entries(draft.words).filter(([, text]) => text.trim() !== '');
  return {
    format: 1,
    id: draft.id,
    place: draft.client.id,
    instrument: { id: draft.instrument.id, version: draft.instrument.version },
    perspective: draft.perspective,
    outcome: draft.outcome,
    language: draft.language,
    startedAt: draft.startedAt,
    endedAt: instant(now),
    people: draft.reflection?.people ?? 1,
    answers: countedAnswers(draft, instrument),
    words: only(Object.fromEntries(said.map(([id, text]) => [id, text.trim()])), shown),
    passed: only(draft.passed, shown),
    readBack: draft.readBack,
    agreements: draft.agreements,
    cameOf: Object.entries(draft.reflection?.cameOf ?? {}).map(([point, { came, words }]) => ({
      point,
      came,
      words: words.trim() || null,
    })),
    seconds: only(draft.seconds, shown),
  };
}
