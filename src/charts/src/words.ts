export type Lang = 'nl' | 'en';

/** What the script itself says; names, titles and reasons come from the service. */
export interface Words {
  number(value: number): string;
  percent(share: number): string;
  people(count: number): string;
  interval(low: string, high: string): string;
  newVersion(version: string): string;
  readonly hidden: string;
  readonly highlight: string;
}

const SCRIPTS: Record<Lang, string> = { nl: 'nl-NL', en: 'en-GB' };

export function wordsIn(lang: Lang): Words {
  // Rounded as the service rounds: the table beside a chart says the same.
  const rounded = { maximumFractionDigits: 0, roundingMode: 'halfEven' } as const;
  const whole = new Intl.NumberFormat(SCRIPTS[lang], rounded);
  const share = new Intl.NumberFormat(SCRIPTS[lang], { ...rounded, style: 'percent' });
  const say = (nl: string, en: string): string => (lang === 'en' ? en : nl);
  return {
    number: (value) => whole.format(value),
    percent: (value) => share.format(value),
    people: (count) =>
      count === 1
        ? say('1 persoon', '1 person')
        : say(`${whole.format(count)} mensen`, `${whole.format(count)} people`),
    interval: (low, high) => say(`95%-interval ${low}–${high}`, `95% interval ${low}–${high}`),
    newVersion: (version) =>
      say(`nieuwe versie (${version}),\nniet te vergelijken`, `new version (${version}),\nnot comparable`),
    hidden: say('verborgen', 'hidden'),
    highlight: say('Licht levensgebieden uit', 'Highlight areas of life'),
  };
}

export const langOf = (code: string): Lang => (code === 'en' ? 'en' : 'nl');
