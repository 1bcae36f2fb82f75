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
  lang: Lang;
}

const START: Comfort = {
  size: 100,
  theme: 'system',
  contrast: false,
  calm: false,
  hand: 'right',
  read: false,
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

export function useComfortState(): ComfortControl {
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
    localStorage.setItem(PLACE, JSON.stringify(next));
    setComfort(next);
  };
  return { comfort, change };
}

export const ComfortContext = createContext<ComfortControl>({ comfort: START, change: () => undefined });
export const useComfort = (): ComfortControl => useContext(ComfortContext);
