import { describe, expect, it } from 'vitest';
import { voiceFor } from '../src/conversation/useReader';

const voice = (lang: string, localService = true, name = lang): SpeechSynthesisVoice => ({
  lang,
  localService,
  name,
  default: false,
  voiceURI: name,
});

describe('the voice that reads aloud', () => {
  it('is of the language, and on the tablet itself where there is one', () => {
    const found = voiceFor('nl', [voice('en-GB'), voice('nl-NL', false), voice('nl-BE')]);
    expect([found?.voice.lang, found?.other]).toEqual(['nl-BE', false]);
  });

  it('is one of the other language rather than none, and that is said', () => {
    const found = voiceFor('nl', [voice('fr-FR'), voice('en-US')]);
    expect([found?.voice.lang, found?.other]).toEqual(['en-US', true]);
  });

  it('is none where neither language is spoken', () => {
    expect(voiceFor('nl', [voice('fr-FR')])).toBeNull();
  });
});
