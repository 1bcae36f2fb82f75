// How someone likes to look at the screen. Not personal data: kept for the tablet, unencrypted, so that the
// screens before the PIN are comfortable too.
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Lang } from '../instrument/types';

export interface Comfort {
  size: 100 | 125 | 150 | 200;
  theme: 'light' | 'dark' | 'system';
  contrast: boolean;
  calm: boolean;
  hand: 'right' | 'left';
  /** Read every question aloud as it appears. */
  read: boolean;
  /** How fast is read aloud: 1 is the voice's own pace. */
  rate: 0.7 | 0.9 | 1.1 | 1.4;
  /** How loud, 0 to 1, within what the tablet itself is set to. */
  volume: 0.4 | 0.7 | 1;
  lang: Lang;
}

const START: Comfort = {
  size: 100,
  theme: 'system',
  contrast: false,
  calm: false,
  hand: 'right',
  read: false,
  rate: 0.9,
  volume: 1,
  lang: 'nl',
};
const PLACE = 'clientvoice-comfort';

export function readComfort(): Comfort {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Partial<Comfort>;
    return { ...START, ...kept };
  } catch {
    return START;
  }
}

function show(comfort: Comfort, systemDark: boolean): void {
  const root = document.documentElement;
  const dark = comfort.theme === 'dark' || (comfort.theme === 'system' && systemDark);
  root.lang = comfort.lang;
  root.dataset['theme'] = dark ? 'dark' : 'light';
  root.dataset['contrast'] = comfort.contrast ? 'high' : 'normal';
  root.dataset['motion'] = comfort.calm ? 'calm' : 'normal';
  root.dataset['hand'] = comfort.hand;
  root.dataset['size'] = String(comfort.size);
}

export interface ComfortControl {
  comfort: Comfort;
  change: (part: Partial<Comfort>) => void;
}

/** @param kept Whether a choice is kept for the next time. */
export function useComfortState(kept = true): ComfortControl {
  const [comfort, setComfort] = useState(readComfort);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const apply = (): void => show(comfort, query.matches);
    apply();
    query.addEventListener('change', apply);
    return () => query.removeEventListener('change', apply);
  }, [comfort]);
  const change = (part: Partial<Comfort>): void => {
    const next = { ...comfort, ...part };
    if (kept) localStorage.setItem(PLACE, JSON.stringify(next));
    setComfort(next);
  };
  return { comfort, change };
}

export const ComfortContext = createContext<ComfortControl>({ comfort: START, change: () => undefined });
export const useComfort = (): ComfortControl => useContext(ComfortContext);
