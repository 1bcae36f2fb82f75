import { describe, expect, it } from 'vitest';
import { begin, step, type Action, type Draft } from '../src/conversation/state';
import { readInstrument } from '../src/instrument/read';
import { reflectionDocument } from '../src/reflection/document';
import { answerOf, fits, notesOf } from '../src/reflection/notes';
import { suggestionsOf } from '../src/reflection/suggestions';
import { file, setup } from './helpers';

const text = (nl: string) => ({ $ref: '../scales/free-text.json', cv: { text: { nl } } });
const team = readInstrument({
  ...file,
  properties: {
    proud: text('Trots?'),
    better: text('Beter?'),
    closing: { ...text('Nog iets?'), cv: { text: { nl: 'Nog iets?' }, role: 'closing' as const } },
  },
  cv: {
    ...file.cv,
    kind: 'reflection',
    subject: 'team',
    perspectives: [{ perspective: 'team', minimum: 1 }],
    sections: [
      { id: 'canvas', title: { nl: 'Doek' }, questions: ['proud', 'better'] },
      { id: 'end', title: { nl: 'Slot' }, questions: ['closing'] },
    ],
  },
});
const point = { id: 'p1', what: 'Overdracht', who: 'team' as const, name: null, on: null };
const run = (...actions: Action[]): Draft =>
  actions.reduce<Draft>((d, a) => step(d, a, team), {
    ...begin({ ...setup, perspective: 'team' }, team, 'r1', '2026-11-22T10:00:00Z'),
    reflection: { people: 5, lastOn: '2026-05-01', last: [point], cameOf: {}, opened: false },
  });

describe('notes', () => {
  it('are one point on each line of an answer, and read back as they were written', () => {
    expect(answerOf(['Het koor', ' De \n zomerweek ', '  '])).toBe('Het koor\nDe zomerweek');
    expect(notesOf('Het koor\nDe zomerweek')).toEqual(['Het koor', 'De zomerweek']);
    expect(notesOf(undefined)).toEqual([]);
  });

  it('do not outgrow what an answer may hold', () => {
    expect(fits(['x'.repeat(3990)], 'kort')).toBe(true);
    expect(fits(['x'.repeat(3990)], 'tien letters')).toBe(false);
  });
});

describe('a reflection', () => {
  it('offers the last column of the canvas as points to agree on, once', () => {
    const draft = run(
      { type: 'answer', question: 'proud', value: 'Het koor' },
      { type: 'answer', question: 'better', value: 'Rooster\nOverleg' },
      {
        type: 'agree',
        agreement: { id: 'a1', what: 'Rooster', who: 'team', name: null, on: null },
      },
    );
    expect(suggestionsOf(draft, team)).toEqual(['Overleg']);
  });

  it('is sent about its place, with what came of the last time, and with nothing of a client', () => {
    const draft = run(
      {
        type: 'reflect',
        part: { opened: true, cameOf: { p1: { came: 'partly', words: ' Op maandag ' } } },
      },
      { type: 'answer', question: 'proud', value: 'Het koor' },
      { type: 'next' },
      { type: 'next' },
      { type: 'next' },
      { type: 'confirm', readBack: 'confirmed' },
    );
    expect(reflectionDocument(draft, team, Date.parse('2026-11-22T11:00:00Z'))).toEqual({
      format: 1,
      id: 'r1',
      place: setup.client.id,
      instrument: { id: 'klein', version: '1.0' },
      perspective: 'team',
      outcome: 'finished',
      language: 'nl',
      startedAt: '2026-11-22T10:00:00Z',
      endedAt: '2026-11-22T11:00:00Z',
      people: 5,
      answers: { proud: 'Het koor' },
      words: {},
      passed: { better: { reason: null }, closing: { reason: null } },
      readBack: 'confirmed',
      agreements: [],
      cameOf: [{ point: 'p1', came: 'partly', words: 'Op maandag' }],
      seconds: {},
    });
  });
});
