import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Lang, LocalText } from '../instrument/types';
import { nl } from './nl';

export type Key = keyof typeof nl;
export type Values = Record<string, string | number>;
export type Translate = (key: Key, values?: Values) => string;

// Dutch is always there; English comes when somebody wants it, and nobody else waits for it.
const tables: { nl: Record<Key, string>; en?: Record<Key, string> } = { nl };
const waiting = new Set<() => void>();
let coming: Promise<void> | null = null;

/** Fetches a language; the service worker keeps it, so that works without network too. */
export function loadLanguage(lang: Lang): Promise<void> {
  if (tables[lang]) return Promise.resolve();
  coming ??= import('./en').then(
    ({ en }) => {
      tables.en = en;
      waiting.forEach((tell) => tell());
    },
    () => {
      coming = null;
    },
  );
  return coming;
}

/** A text with its {values} filled in; what has no value stays as it is, to be seen. */
export const fill = (text: string, values?: Values): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values?.[name] ?? whole));

/** The texts of a language; Dutch stands in for what is still on its way. */
export function translator(lang: Lang): Translate {
  void loadLanguage(lang);
  return (key, values) => fill((tables[lang] ?? tables.nl)[key], values);
}

/** The language of a screen; another object when its texts have come, so that what shows them is drawn again. */
export function useTexts(lang: Lang): Language {
  const [language, setLanguage] = useState<Language>({ lang, t: translator(lang) });
  useEffect(() => {
    const draw = (): void => setLanguage({ lang, t: translator(lang) });
    draw();
    waiting.add(draw);
    return () => {
      waiting.delete(draw);
    };
  }, [lang]);
  return language.lang === lang ? language : { lang, t: translator(lang) };
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
