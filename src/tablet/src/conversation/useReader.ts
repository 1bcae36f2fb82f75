// Reading aloud: a recorded prompt where there is one, else the tablet's own voice. The word being said is marked when
// the voice tells where it is.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useComfort } from '../comfort/comfort';
import type { Lang } from '../instrument/types';
import { play } from './recording';

export interface Piece {
  id: string;
  shown: string;
  said: string;
  /** Where a recording of it is. */
  recording?: string | undefined;
}

export interface Reader {
  at: { piece: string; from: number; to: number } | null;
  speaking: boolean;
  /** No voice at all on this device. */
  noVoice: boolean;
  /** Only a voice of another language reads. */
  otherVoice: boolean;
  speak: (pieces: Piece[]) => void;
  stop: () => void;
}

/** Some browsers load their voices a moment after the first question for them. */
const VOICES_WAIT = 1_500;

/** A device has one voice: whoever spoke last has it, and a screen that goes away stops no other. */
let hasTheVoice: symbol | null = null;
let silenceIt = (): void => undefined;

function takeTheVoice(reader: symbol, silence: () => void): void {
  silenceIt();
  hasTheVoice = reader;
  silenceIt = silence;
}

interface Found {
  voice: SpeechSynthesisVoice;
  other: boolean;
}

/** A voice of the language; else one of the other language that we speak, which is better than silence. */
export function voiceFor(lang: Lang, all: SpeechSynthesisVoice[]): Found | null {
  const speaks = (code: Lang): SpeechSynthesisVoice | undefined => {
    const voices = all.filter((v) => v.lang.toLowerCase().startsWith(code));
    // A voice on the tablet itself also speaks without network.
    return voices.find((v) => v.localService) ?? voices[0];
  };
  const own = speaks(lang);
  if (own) return { voice: own, other: false };
  const second = speaks(lang === 'nl' ? 'en' : 'nl');
  return second ? { voice: second, other: true } : null;
}

async function awaitVoice(lang: Lang): Promise<Found | null> {
  if (!('speechSynthesis' in globalThis)) return null;
  if (speechSynthesis.getVoices().length > 0) return voiceFor(lang, speechSynthesis.getVoices());
  await new Promise<void>((resolve) => {
    speechSynthesis.addEventListener('voiceschanged', () => resolve(), { once: true });
    setTimeout(resolve, VOICES_WAIT);
  });
  return voiceFor(lang, speechSynthesis.getVoices());
}

export function useReader(lang: Lang): Reader {
  const [at, setAt] = useState<Reader['at']>(null);
  const [speaking, setSpeaking] = useState(false);
  const [noVoice, setNoVoice] = useState(false);
  const [otherVoice, setOtherVoice] = useState(false);
  const { comfort } = useComfort();
  // A choice made while listening holds from the next thing said.
  const sound = useRef(comfort);
  sound.current = comfort;
  // A later turn to speak leaves nothing of an earlier one that still waited for its voice.
  const turn = useRef(0);
  const me = useRef(Symbol('reader'));
  const silence = useRef((): void => undefined);

  const stop = useCallback(() => {
    turn.current++;
    silence.current();
    if (hasTheVoice === me.current && 'speechSynthesis' in globalThis) speechSynthesis.cancel();
    setSpeaking(false);
    setAt(null);
  }, []);
  useEffect(() => stop, [stop]);

  // Resolves when it was said, also when it could not be.
  const say = useCallback(
    (piece: Piece, voice: SpeechSynthesisVoice): Promise<void> =>
      new Promise((resolve) => {
        const utterance = new SpeechSynthesisUtterance(piece.said);
        utterance.voice = voice;
        utterance.lang = voice.lang;
        utterance.rate = sound.current.rate;
        utterance.volume = sound.current.volume;
        // When other words are said than are shown, the whole piece is marked instead of a word.
        utterance.onstart = () => setAt({ piece: piece.id, from: 0, to: piece.shown.length });
        if (piece.said === piece.shown) {
          utterance.onboundary = (e) => {
            if (e.name !== 'word') return;
            const length = e.charLength || /^\S*/.exec(piece.said.slice(e.charIndex))?.[0].length || 1;
            setAt({ piece: piece.id, from: e.charIndex, to: e.charIndex + length });
          };
        }
        utterance.onend = () => resolve();
        utterance.onerror = () => resolve();
        speechSynthesis.speak(utterance);
      }),
    [],
  );

  const heard = useCallback(async (piece: Piece): Promise<boolean> => {
    if (!piece.recording) return false;
    setAt({ piece: piece.id, from: 0, to: piece.shown.length });
    const playing = play(piece.recording, sound.current.rate, sound.current.volume);
    silence.current = playing.stop;
    return playing.done;
  }, []);

  const speak = useCallback(
    (pieces: Piece[]) => {
      stop();
      const mine = turn.current;
      void (async () => {
        // Looked for once, and only where something is not recorded.
        let voice: Promise<Found | null> | undefined;
        for (const piece of pieces) {
          if (hasTheVoice !== me.current) takeTheVoice(me.current, stop);
          setSpeaking(true);
          // A recording that cannot be played is no reason for silence.
          if (!(await heard(piece)) && mine === turn.current) {
            const found = await (voice ??= awaitVoice(lang));
            if (mine !== turn.current) return;
            setNoVoice(found === null);
            setOtherVoice(found?.other ?? false);
            if (found) await say(piece, found.voice);
          }
          if (mine !== turn.current) return;
          setAt(null);
        }
        setSpeaking(false);
        if (!voice) setNoVoice(false);
      })();
    },
    [heard, lang, say, stop],
  );

  return { at, speaking, noVoice, otherVoice, speak, stop };
}
