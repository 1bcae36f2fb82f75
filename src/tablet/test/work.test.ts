import { describe, expect, it } from 'vitest';
import { cardParts } from '../src/agreements/cardParts';
import { finishedDocument } from '../src/conversation/document';
import { begin, step } from '../src/conversation/state';
import { translator } from '../src/i18n/i18n';
import { partsOf, reason } from '../src/work/due';
import type { Client, Due } from '../src/work/types';
import { instrument, setup } from './helpers';

const NOW = Date.parse('2026-11-22T09:00:00Z');
const t = translator('nl');
const due = (dueOn: string, state: Due['state']): Due => ({
  choice: dueOn,
  instrument: { id: 'klein', version: '1.0' },
  perspective: 'client',
  dueOn,
  state,
  regularWorkerMayLead: true,
});
const client = (name: string, list: Due[]): Client => ({
  id: name,
  name,
  shortName: name,
  group: { id: 'g', name: { nl: 'Wonen' } },
  place: { id: 'p', name: 'De Linde' },
  communication: 'speaks',
  regularWorker: false,
  lastOn: null,
  due: list,
});

describe('the work list', () => {
  it.each([
    ['2026-10-30', '3 weken over tijd'],
    ['2026-11-21', '1 dag over tijd'],
    ['2026-11-22', 'Vandaag'],
    ['2026-11-28', 'Binnen 6 dagen'],
    ['2027-05-22', 'Binnen 6 maanden'],
  ])('says of %s: %s', (dueOn, words) => {
    expect(reason(due(dueOn, 'due'), NOW, t)).toBe(words);
  });

  it('puts who is due first, who comes later apart, and the others last', () => {
    const parts = partsOf(
      [
        client('A', [due('2026-11-01', 'overdue')]),
        client('B', [due('2027-05-01', 'upcoming')]),
        client('C', []),
      ],
      '',
    );
    expect([parts.now, parts.later, parts.rest].map((p) => p.map((c) => c.name))).toEqual([
      ['A'],
      ['B'],
      ['C'],
    ]);
  });

  it('finds a name without accents and capitals', () => {
    expect(partsOf([client('Zoë Çelik', []), client('Bram', [])], 'zoe ce').rest.map((c) => c.name)).toEqual([
      'Zoë Çelik',
    ]);
  });
});

describe('the card for the client', () => {
  it("does not say a worker's view for the client", () => {
    const draft = step(
      begin({ ...setup, perspective: 'worker' }, instrument, 'id', '2026-11-22T10:00:00Z'),
      { type: 'answer', question: 'home', value: 'good' },
      instrument,
    );
    expect(cardParts(finishedDocument(draft, instrument, NOW), instrument)).toEqual({ well: [], change: [] });
  });

  const cardOf = (answers: Record<string, string>) => {
    const draft = Object.entries(answers).reduce(
      (d, [question, value]) => step(d, { type: 'answer', question, value }, instrument),
      begin(setup, instrument, 'id', '2026-11-22T10:00:00Z'),
    );
    const parts = cardParts(finishedDocument(draft, instrument, NOW), instrument);
    return [parts.well.map((s) => s.id), parts.change.map((s) => s.id)];
  };

  it('calls a low answer no problem when the client does not want it to change', () => {
    expect(cardOf({ home: 'bad', 'home-wish': 'stay', friends: 'good' })).toEqual([['friends'], []]);
  });
  it('shows what the client wants different, also where it goes well', () => {
    expect(cardOf({ home: 'good', 'home-wish': 'change', friends: 'good' })).toEqual([['friends'], ['home']]);
  });
});
