import 'fake-indexeddb/auto';
import { readInstrument } from '../src/instrument/read';
import type { InstrumentFile } from '../src/instrument/types';
import type { Setup } from '../src/conversation/state';
import { openDatabase, type TabletDatabase } from '../src/vault/database';

let count = 0;
export const freshDatabase = (): Promise<TabletDatabase> => openDatabase(`test-${count++}`);

/** Few, so that the tests are quick; what they claim does not depend on the number. */
export const FEW_ITERATIONS = 10;

const words = (nl: string) => ({ nl, en: nl });

export const file: InstrumentFile = {
  $id: 'https://clientvoice.example/instruments/klein/klein-1.0.json',
  properties: {
    home: { $ref: '../scales/three.json', cv: { text: words('Hoe is het thuis?') } },
    'home-wish': { $ref: '../scales/wish.json', cv: { wishOf: 'home', text: words('Mag het zo blijven?') } },
    'home-why': {
      $ref: '../scales/free-text.json',
      cv: {
        text: words('Wat is er niet goed?'),
        visibleWhen: { properties: { home: { const: 'bad' } }, required: ['home'] },
      },
    },
    friends: { $ref: '../scales/three.json', cv: { text: words('Hoe gaat het met vrienden?') } },
    closing: {
      $ref: '../scales/free-text.json',
      cv: { text: words('Wil je nog iets zeggen?'), role: 'closing' },
    },
  },
  $defs: {
    three: {
      $id: 'https://clientvoice.example/instruments/scales/three.json',
      oneOf: ['good', 'so-so', 'bad'].map((code, i) => ({
        const: code,
        cv: { text: words(code), score: 100 - i * 50 },
      })),
      cv: { present: 'words' },
    },
    wish: {
      $id: 'https://clientvoice.example/instruments/scales/wish.json',
      oneOf: ['stay', 'change', 'dont-know'].map((code) => ({ const: code, cv: { text: words(code) } })),
      cv: { present: 'words' },
    },
    'free-text': {
      $id: 'https://clientvoice.example/instruments/scales/free-text.json',
      type: 'string',
      cv: { present: 'text' },
    },
  },
  cv: {
    id: 'klein',
    version: '1.0',
    kind: 'plain-language',
    title: words('Klein'),
    languages: ['nl', 'en'],
    sections: [
      { id: 'home', title: words('Thuis'), questions: ['home', 'home-wish', 'home-why'] },
      { id: 'friends', title: words('Vrienden'), questions: ['friends'] },
      { id: 'end', title: words('Tot slot'), questions: ['closing'] },
    ],
  },
};

export const instrument = readInstrument(file);

export const setup: Setup = {
  choice: '0192a000-0000-7000-8000-00000000000c',
  client: { id: '0192a000-0000-7000-8000-0000000000aa', name: 'Anna Bakker', shortName: 'Anna' },
  instrument: { id: 'klein', version: '1.0', sha256: 'abc' },
  perspective: 'client',
  language: 'nl',
  conductor: { relation: 'regular-worker', knowsClient: 'well', chosenByClient: true },
  present: ['client', 'relative'],
  answersBy: 'speaking',
};
