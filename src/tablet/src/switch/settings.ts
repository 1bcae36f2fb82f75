// How somebody works the tablet with one or two switches. Like comfort: not personal, kept for the tablet.
import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';

export interface SwitchSettings {
  /** One switch: the mark moves by itself and the switch presses. Two: one moves, the other presses. */
  mode: 'off' | 'one' | 'two';
  /** How long the mark stays, with one switch. */
  seconds: number;
  /** Say aloud where the mark is. */
  speak: boolean;
  /** Keys, as `KeyboardEvent.code`. With one switch either presses. */
  next: string;
  press: string;
}

/** From brisk to very calm; the middle one is where most people start. */
export const SPEEDS = [1, 1.5, 2, 3, 5] as const;

const START: SwitchSettings = { mode: 'off', seconds: 2, speak: false, next: 'Space', press: 'Enter' };
const PLACE = 'clientvoice-switch';

function read(): SwitchSettings {
  try {
    return { ...START, ...(JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Partial<SwitchSettings>) };
  } catch {
    return START;
  }
}

export interface SwitchControl {
  settings: SwitchSettings;
  change: (part: Partial<SwitchSettings>) => void;
}

export function useSwitchState(): SwitchControl {
  const [settings, setSettings] = useState(read);
  const change = (part: Partial<SwitchSettings>): void => {
    const next = { ...settings, ...part };
    localStorage.setItem(PLACE, JSON.stringify(next));
    setSettings(next);
  };
  return { settings, change };
}

export const SwitchContext = createContext<SwitchControl>({ settings: START, change: () => undefined });
export const useSwitchSettings = (): SwitchControl => useContext(SwitchContext);
