import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chosenOf, valueOf } from '../src/listening/ListenScreen';
import { madeForListening } from '../src/instrument/read';
import type { InstrumentFile, Question } from '../src/instrument/types';

const FOLDER = '../../instruments';
const shipped = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => /-[0-9]+\.[0-9]+\.json$/.test(name))
  .map((name) => JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')) as InstrumentFile);

const question = (present: Question['present']): Question => ({ present }) as Question;

describe('by ear', () => {
  it('is the default for the instrument that is made for it, and for no other that ships', () => {
    expect(shipped.filter(madeForListening).map((file) => file.cv.id)).toEqual(['op-gehoor']);
  });

  it('gives a figure for a grade, a code for a choice, and one more or less of several', () => {
    expect(valueOf(question('grade'), '7', undefined)).toBe(7);
    expect(valueOf(question('words'), 'good', 'bad')).toBe('good');
    expect(valueOf(question('multiple'), 'b', ['a'])).toEqual(['a', 'b']);
    expect(valueOf(question('multiple'), 'a', ['a', 'b'])).toEqual(['b']);
    expect(chosenOf(['a', 'b'])).toEqual(['answer:a', 'answer:b']);
  });
});
