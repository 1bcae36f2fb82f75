import { describe, expect, it } from 'vitest';
import { picturesAhead } from '../src/conversation/ahead';
import { readInstrument } from '../src/instrument/read';
import { file } from './helpers';

const shown = structuredClone(file);
for (const [id, question] of Object.entries(shown.properties))
  if (question.cv) question.cv.picture = `of-${id}`;
for (const option of shown.$defs?.['three']?.oneOf ?? []) option.cv.picture = `face-${option.const}`;
const [home, others] = shown.cv.sections;
if (home && others) [home.picture, others.picture] = ['part-home', 'part-others'];
const instrument = readInstrument(shown);
const faces = ['face-good', 'face-so-so', 'face-bad'];

describe('what is made ready while the client thinks', () => {
  it('is this question and its wish first, then the next three with what belongs to them, each picture once', () => {
    expect(picturesAhead(instrument, 'home')).toEqual([
      'of-home',
      ...faces,
      'part-home',
      'of-home-wish',
      'of-home-why',
      'of-friends',
      'part-others',
      'of-closing',
    ]);
  });

  it('is only what is still to come', () => {
    expect(picturesAhead(instrument, 'friends')).toEqual([
      'of-friends',
      ...faces,
      'part-others',
      'of-closing',
    ]);
  });

  it('starts at the beginning where the question is not in the instrument', () => {
    expect(picturesAhead(instrument, 'gone')).toEqual(picturesAhead(instrument, 'home'));
  });
});
