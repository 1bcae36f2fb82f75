import { describe, expect, it } from 'vitest';
import { translator } from '../src/i18n/i18n';
import { en } from '../src/i18n/en';
import { nl } from '../src/i18n/nl';

const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map((m) => m[0]).sort();
const tables = { nl, en } as Record<string, Record<string, string>>;

describe('the texts', () => {
  it('exist in both languages under the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(nl).sort());
  });

  it.each(Object.keys(tables))('in %s are never empty', (lang) => {
    const empty = Object.entries(tables[lang] ?? {}).filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
  });

  it('have the same places to fill in, in both languages', () => {
    const different = Object.entries(nl).filter(
      ([key, text]) => placeholders(text).join() !== placeholders(en[key as keyof typeof nl]).join(),
    );
    expect(different).toEqual([]);
  });

  it.each(['klant', 'patiënt', 'survey', 'vragenlijst', 'customer', 'patient'])('never say "%s"', (word) => {
    const all = [...Object.values(nl), ...Object.values(en)].filter((text) =>
      text.toLowerCase().includes(word),
    );
    expect(all).toEqual([]);
  });

  it('fill in a name', () => {
    expect(translator('nl')('consent.title', { name: 'Anna' })).toBe('Anna, doe je mee?');
  });
});
