import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Lang, LocalText } from '../instrument/types';
import { en } from './en';
import { nl } from './nl';

export type Key = keyof typeof nl;
export type Values = Record<string, string | number>;
export type Translate = (key: Key, values?: Values) => string;

const tables: Record<Lang, Record<Key, string>> = { nl, en };

export function translator(lang: Lang): Translate {
  return (key, values) =>
    tables[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values?.[name] ?? whole));
}

export const pick = (text: LocalText, lang: Lang): string => text[lang] ?? text.nl;

export interface Language {
  lang: Lang;
  t: Translate;
}

export const LanguageContext = createContext<Language>({ lang: 'nl', t: translator('nl') });
export const useLanguage = (): Language => useContext(LanguageContext);

export function longDate(iso: string, lang: Lang): string {
  const locale = lang === 'nl' ? 'nl-NL' : 'en-GB';
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Date(`${iso.slice(0, 10)}T00:00:00Z`).toLocaleDateString(locale, options);
}
