import { describe, expect, it } from 'vitest';
import { readInstrument } from '../src/instrument/read';
import { answeredApart, latestSides, laidSideBySide, readiness, rowsOf, setsOf } from '../src/together/sets';
import type { OwnSide, Said, Side } from '../src/together/sets';
import { newPoint, sideBySideDocument, type TogetherTalk } from '../src/together/talk';
import { file, instrument as alone, setup } from './helpers';

const two = readInstrument({
  ...file,
  cv: {
    ...file.cv,
    perspectives: [
      { perspective: 'client', minimum: 1 },
      { perspective: 'worker', minimum: 1 },
    ],
  },
});
const watched = readInstrument({
  ...file,
  cv: { ...file.cv, perspectives: [{ perspective: 'observer', minimum: 2 }] },
});
const said = (home: string, extra: Partial<Said> = {}): Said => ({
  relation: 'regular-worker',
  knowsClient: 'well',
  answers: { home },
  words: {},
  passed: {},
  ...extra,
});
const side = (id: string, perspective: Side['perspective'], rest: Partial<Side> = {}): Side => ({
  id,
  perspective,
  heldOn: '2026-11-20',
  mine: false,
  ...rest,
});
const ref = { id: 'klein', version: '1.0', sha256: 'abc' };
const own = (id: string, perspective: Side['perspective'], home: string): OwnSide => ({
  ...side(id, perspective, { mine: true, said: said(home) }),
  client: 'anna',
  instrument: ref,
});
const service = (...sides: Side[]) => ({
  client: 'anna',
  instrument: { id: 'klein', version: '1.0' },
  sha256: 'abc',
  complete: false,
  sides,
});
const ready = (sets: ReturnType<typeof setsOf>, instrument = two) => {
  const set = sets[0];
  return set ? readiness(latestSides(set, instrument), instrument) : null;
};

describe('views side by side', () => {
  it('are laid side by side only with an instrument that needs more than one view', () => {
    expect([alone, two, watched].map(laidSideBySide)).toEqual([false, true, true]);
    expect([alone, two, watched].map(answeredApart)).toEqual([false, true, false]);
  });

  it('wait for who has not answered', () => {
    expect(ready(setsOf([own('1', 'client', 'good')], [], new Set()))).toEqual({
      kind: 'missing',
      who: 'worker',
    });
  });

  it('are ready on one tablet without the service', () => {
    const sets = setsOf([own('1', 'client', 'good'), own('2', 'worker', 'bad')], [], new Set());
    expect(ready(sets)).toEqual({ kind: 'ready' });
  });

  it('wait for the network where the other answered elsewhere', () => {
    const sets = setsOf([own('2', 'worker', 'bad')], [service(side('1', 'client'))], new Set());
    expect(ready(sets)).toEqual({ kind: 'fetching' });
  });

  it('take two observers for two, and one who looked twice for one', () => {
    const twice = setsOf([own('1', 'observer', 'good'), own('2', 'observer', 'bad')], [], new Set());
    expect(ready(twice, watched)?.kind).toBe('missing');
    const both = setsOf(
      [own('1', 'observer', 'good')],
      [service(side('2', 'observer', { said: said('bad') }))],
      new Set(),
    );
    expect(ready(both, watched)).toEqual({ kind: 'ready' });
  });

  it('do not come back once they were laid side by side', () => {
    expect(setsOf([own('1', 'client', 'good')], [service(side('2', 'worker'))], new Set(['1', '2']))).toEqual(
      [],
    );
  });

  it('put the largest difference first and keep what is the same apart', () => {
    const mine = said('so-so', { answers: { home: 'so-so', friends: 'good' } });
    const other = said('good', { answers: { home: 'good', friends: 'bad' } });
    const rows = rowsOf(two, [mine, other]);
    expect(rows.different.map((r) => r.question.id)).toEqual(['friends', 'home']);
    expect(rows.same).toEqual([]);
  });

  it('count another wish as a difference, and a question that one passed over as none', () => {
    const mine = said('good', { answers: { home: 'good', 'home-wish': 'stay' } });
    const other = said('good', { answers: { home: 'good', 'home-wish': 'change', friends: 'bad' } });
    const rows = rowsOf(two, [mine, other]);
    expect(rows.different.map((r) => r.question.id)).toEqual(['home']);
    expect(rows.partly.map((r) => r.question.id)).toEqual(['friends']);
  });
});

describe('the document of looking together', () => {
  it('holds the points that say something, and no figure of its own', () => {
    const talk: TogetherTalk = {
      id: 'talk',
      client: setup.client,
      instrument: ref,
      language: 'nl',
      sides: [side('1', 'client'), side('2', 'worker')],
      startedAt: '2026-11-22T10:00:00Z',
      step: 'points',
      present: ['client'],
      points: [
        { ...newPoint('p1', 'home'), standsOut: ' Het is koud ', what: 'Deken halen', on: '2026-12-01' },
        newPoint('p2', 'friends'),
      ],
    };
    expect(sideBySideDocument(talk, Date.parse('2026-11-22T10:20:00Z'))).toEqual({
      format: 1,
      id: 'talk',
      client: setup.client.id,
      of: ['1', '2'],
      instrument: { id: 'klein', version: '1.0' },
      language: 'nl',
      startedAt: '2026-11-22T10:00:00Z',
      endedAt: '2026-11-22T10:20:00Z',
      present: ['client'],
      points: [
        {
          id: 'p1',
          about: 'home',
          standsOut: 'Het is koud',
          what: 'Deken halen',
          who: 'worker',
          name: null,
          on: '2026-12-01',
        },
      ],
    });
  });
});
