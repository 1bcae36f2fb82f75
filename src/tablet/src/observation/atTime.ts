import type { Lang } from '../instrument/types';

/** A new line that begins with the time on the clock. */
export function atTime(text: string, words: string, lang: Lang, now: number): string {
  const locale = lang === 'nl' ? 'nl-NL' : 'en-GB';
  const time = new Date(now).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  const before = text.trimEnd();
  return `${before}${before === '' ? '' : '\n'}${time} ${words}`;
}
