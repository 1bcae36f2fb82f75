// Switch control: the keys that a switch sends, and the time between two steps.
import { useEffect } from 'preact/hooks';
import type { Lang } from '../instrument/types';
import { isPlaying } from '../conversation/recording';
import { Scanner } from './scanner';
import type { SwitchSettings } from './settings';
import { isTyping } from './stops';
import './switch.css';

/** A hand that shakes presses twice; nobody means two presses within so short a time. */
const HOLD_OFF = 250;
/** After so many rounds without a press the mark rests, until the switch is pressed again. */
const ROUNDS = 3;

function speaker(lang: Lang): (text: string) => void {
  let mine = false;
  return (text) => {
    if (!('speechSynthesis' in globalThis)) return;
    if (mine) speechSynthesis.cancel();
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = lang;
    utterance.onend = () => (mine = false);
    mine = true;
    speechSynthesis.speak(utterance);
  };
}

const isSpeaking = (): boolean =>
  isPlaying() || ('speechSynthesis' in globalThis && speechSynthesis.speaking);

export function useSwitch(settings: SwitchSettings, lang: Lang): void {
  const { mode, seconds, speak, next, press } = settings;
  useEffect(() => {
    if (mode === 'off') return undefined;
    const scanner = new Scanner(speak ? speaker(lang) : () => undefined);
    let timer: ReturnType<typeof setInterval> | undefined;
    let pressedAt = -HOLD_OFF;

    const tick = (): void => {
      if (isTyping()) return scanner.leave();
      // While the question is read aloud the mark waits: hearing and choosing at once is too much.
      if (isSpeaking() && !speak) return;
      if (scanner.rounds >= ROUNDS) scanner.leave();
      else scanner.next();
    };
    const start = (): void => {
      clearInterval(timer);
      if (mode === 'one') timer = setInterval(tick, seconds * 1000);
    };
    const isSwitch = (event: KeyboardEvent): boolean =>
      (event.code === next || event.code === press) && !isTyping() && !event.ctrlKey && !event.altKey;
    const down = (event: KeyboardEvent): void => {
      if (!isSwitch(event)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat) return;
      if (mode === 'two' && event.code === next) return scanner.next();
      if (performance.now() - pressedAt < HOLD_OFF) return;
      pressedAt = performance.now();
      scanner.press();
      start();
    };
    // A button is pressed when its key comes up; that press is ours already.
    const up = (event: KeyboardEvent): void => {
      if (isSwitch(event)) event.preventDefault();
    };
    addEventListener('keydown', down, { capture: true });
    addEventListener('keyup', up, { capture: true });
    start();
    return () => {
      clearInterval(timer);
      removeEventListener('keydown', down, { capture: true });
      removeEventListener('keyup', up, { capture: true });
      scanner.leave();
    };
  }, [mode, seconds, speak, next, press, lang]);
}
