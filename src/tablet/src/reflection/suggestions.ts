import type { Draft } from '../conversation/state';
import type { Instrument } from '../instrument/types';
import { notesOf } from './notes';

/**
 * Points that the group wrote down and may want to take on: the last column of a team's canvas, or the last part that
 * was all notes.
 */
export function suggestionsOf(draft: Draft, instrument: Instrument): string[] {
  if (!draft.reflection) return [];
  const parts = instrument.sections
    .map((s) => s.questions.flatMap((id) => instrument.questions.get(id) ?? []))
    .filter((qs) => qs.length > 0 && qs.every((q) => q.present === 'text' && q.role === null));
  const part = parts[parts.length - 1] ?? [];
  const asked = instrument.subject === 'team' ? part.slice(-1) : part;
  const taken = new Set(draft.agreements.map((a) => a.what));
  return asked.flatMap((q) => notesOf(draft.answers[q.id])).filter((note) => !taken.has(note));
}
