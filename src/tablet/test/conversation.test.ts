import { describe, expect, it } from 'vitest';
import { changesOf, finishedDocument, refusedDocument } from '../src/conversation/document';
import { begin, countedAnswers, step, type Action, type Draft } from '../src/conversation/state';
import { uuidv7 } from '../src/conversation/uuid';
import { screensOf } from '../src/instrument/visible';
import { instrument, setup } from './helpers';

const ID = '0192a000-0000-7000-8000-000000000001';
const START = '2026-11-22T10:00:00Z';
const END = Date.parse('2026-11-22T10:25:00Z');

const run = (...actions: Action[]): Draft =>
  actions.reduce((d, a) => step(d, a, instrument), begin(setup, instrument, ID, START));
const answer = (question: string, value: string): Action => ({ type: 'answer', question, value });
const next: Action = { type: 'next' };

describe('a conversation', () => {
  it('begins at the first question with nothing filled in', () => {
    const draft = run();
    expect([draft.at, draft.answers, draft.passed]).toEqual(['home', {}, {}]);
  });

  it('asks the wish only after its question has an answer', () => {
    expect(screensOf(instrument, {})[0]?.wish).toBeNull();
    expect(screensOf(instrument, { home: 'good' })[0]?.wish?.id).toBe('home-wish');
  });

  it('passes a question over without an answer, with or without a reason', () => {
    const draft = run(
      { type: 'pass', question: 'home' },
      { type: 'pass', question: 'friends', reason: 'Niet nu' },
    );
    expect(draft.passed).toEqual({ home: { reason: null }, friends: { reason: 'Niet nu' } });
    expect(draft.answers).toEqual({});
    expect(draft.at).toBe('closing');
  });

  it('takes the answer away when a question is passed over after all', () => {
    const draft = run(answer('home', 'good'), { type: 'pass', question: 'home' });
    expect(draft.answers).toEqual({});
  });

  it('never holds a question as both answered and passed over', () => {
    const draft = run({ type: 'pass', question: 'home' }, { type: 'back' }, answer('home', 'bad'));
    expect([draft.answers, draft.passed]).toEqual([{ home: 'bad' }, {}]);
  });

  it('counts what was shown and left open as passed over, and what was not shown as nothing', () => {
    const draft = run(next, next);
    expect(draft.passed).toEqual({ home: { reason: null }, friends: { reason: null } });
  });

  it('hides a question whose condition does not hold, and skips it on the way', () => {
    expect(run(answer('home', 'good'), next).at).toBe('friends');
    expect(run(answer('home', 'bad'), next).at).toBe('home-why');
  });

  it('does not count the answer to a question that is hidden again', () => {
    const draft = run(answer('home', 'bad'), answer('home-why', 'Herrie'), answer('home', 'good'));
    expect(countedAnswers(draft, instrument)).toEqual({ home: 'good' });
  });

  it('does not count a wish whose question was passed over', () => {
    const draft = run(answer('home', 'bad'), answer('home-wish', 'change'), {
      type: 'pass',
      question: 'home',
    });
    expect(countedAnswers(draft, instrument)).toEqual({});
  });

  it('takes an emptied text as no answer', () => {
    expect(run(answer('closing', 'Ja'), answer('closing', '  ')).answers).toEqual({});
  });

  it('goes back one question, and at the first stays where it is', () => {
    expect(run(answer('home', 'good'), next, { type: 'back' }, { type: 'back' }).at).toBe('home');
  });

  it('comes to the read-back after the last question', () => {
    expect(run(next, next, next).phase).toBe('readback');
  });
});

describe('the read-back', () => {
  const told = [answer('home', 'bad'), next, next, answer('friends', 'good'), next, next];

  it('records a change with what it was and what it became', () => {
    const draft = run(...told, answer('home', 'so-so'));
    expect(changesOf(draft, countedAnswers(draft, instrument))).toEqual([
      { question: 'home', from: 'bad', to: 'so-so' },
    ]);
  });

  it('records no change when the answer is put back', () => {
    const draft = run(...told, answer('friends', 'bad'), answer('friends', 'good'));
    expect(changesOf(draft, countedAnswers(draft, instrument))).toEqual([]);
  });

  it('stays where it is when an answer is withdrawn there', () => {
    const draft = run(...told, { type: 'pass', question: 'friends' });
    expect([draft.phase, draft.answers['friends']]).toEqual(['readback', undefined]);
  });

  it('is not confirmed by anything but the person', () => {
    expect(run(...told).readBack).toBe('not-done');
    expect(run(...told, { type: 'confirm', readBack: 'confirmed' }).readBack).toBe('confirmed');
    expect(run(...told, { type: 'confirm', readBack: 'confirmed' }, { type: 'reopen' }).readBack).toBe(
      'not-done',
    );
  });
});

describe('the document', () => {
  it('of a finished conversation is exactly this', () => {
    const draft = run(
      answer('home', 'bad'),
      { type: 'words', question: 'home', text: ' Te druk op de gang ' },
      answer('home-wish', 'change'),
      { type: 'time', question: 'home', seconds: 12 },
      next,
      { type: 'pass', question: 'home-why', reason: 'Dat wil ik niet zeggen' },
      answer('friends', 'good'),
      next,
      answer('closing', 'Nee, dit was het'),
      next,
      answer('home', 'bad'),
      answer('friends', 'so-so'),
      { type: 'quotes', allowed: true },
      { type: 'confirm', readBack: 'confirmed' },
      {
        type: 'agree',
        agreement: { id: 'x1', what: 'Rustige kamer zoeken', who: 'worker', name: null, on: '2026-12-01' },
      },
    );
    expect(finishedDocument(draft, instrument, END)).toEqual({
      format: 1,
      id: ID,
      choice: setup.choice,
      client: setup.client.id,
      instrument: { id: 'klein', version: '1.0' },
      perspective: 'client',
      outcome: 'finished',
      language: 'nl',
      startedAt: START,
      endedAt: '2026-11-22T10:25:00Z',
      conductor: { relation: 'regular-worker', knowsClient: 'well', chosenByClient: true },
      present: ['client', 'relative'],
      answersBy: 'speaking',
      quotesAllowed: true,
      answers: { home: 'bad', 'home-wish': 'change', friends: 'so-so', closing: 'Nee, dit was het' },
      words: { home: 'Te druk op de gang' },
      passed: { 'home-why': { reason: 'Dat wil ik niet zeggen' } },
      changes: [{ question: 'friends', from: 'good', to: 'so-so' }],
      readBack: 'confirmed',
      agreements: [{ id: 'x1', what: 'Rustige kamer zoeken', who: 'worker', name: null, on: '2026-12-01' }],
      seconds: { home: 12 },
    });
  });

  it('ends when it began, plus the time spent, where the clock was set back in between', () => {
    const draft = step(
      begin(setup, instrument, 'c', '2026-11-02T10:00:00Z'),
      { type: 'time', question: 'home', seconds: 90 },
      instrument,
    );
    const setBack = Date.parse('2019-01-01T00:00:00Z');
    expect(finishedDocument(draft, instrument, setBack).endedAt).toBe('2026-11-02T10:01:30Z');
    expect(refusedDocument(setup, 'c', '2026-11-02T10:00:00Z', setBack).endedAt).toBe('2026-11-02T10:00:00Z');
  });

  it('of a stopped conversation holds what was said until then', () => {
    const draft = run(answer('home', 'good'), { type: 'stop', readBack: false });
    const document = finishedDocument(draft, instrument, END);
    expect([document.outcome, document.readBack, document.answers]).toEqual([
      'stopped',
      'not-done',
      { home: 'good' },
    ]);
  });

  it('of a refused conversation holds no answers, words or agreements', () => {
    expect(refusedDocument(setup, ID, START, END)).toEqual({
      format: 1,
      id: ID,
      choice: setup.choice,
      client: setup.client.id,
      instrument: { id: 'klein', version: '1.0' },
      perspective: 'client',
      outcome: 'refused',
      language: 'nl',
      startedAt: START,
      endedAt: '2026-11-22T10:25:00Z',
      conductor: setup.conductor,
      present: ['client', 'relative'],
      answersBy: 'speaking',
      quotesAllowed: false,
      answers: {},
      words: {},
      passed: {},
      changes: [],
      readBack: 'not-done',
      agreements: [],
      seconds: {},
    });
  });

  it('has an id that is a UUIDv7 in the order of time', () => {
    const [a, b] = [uuidv7(1_000), uuidv7(2_000)];
    expect(a).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(a < b).toBe(true);
  });
});
