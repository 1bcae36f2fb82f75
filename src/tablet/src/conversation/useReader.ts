// Reading aloud with the tablet's own voice. The word being said is marked when the voice tells where it is.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useComfort } from '../comfort/comfort';
import type { Lang } from '../instrument/types';

export interface Piece {
  id: string;
  shown: string;
  said: string;
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

  const stop = useCallback(() => {
    turn.current++;
    if (hasTheVoice === me.current) speechSynthesis.cancel();
    setSpeaking(false);
    setAt(null);
  }, []);
  useEffect(() => stop, [stop]);

  const say = useCallback((piece: Piece, voice: SpeechSynthesisVoice, last: boolean) => {
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
    utterance.onend = () => {
      setAt((now) => (now?.piece === piece.id ? null : now));
      if (last) setSpeaking(false);
    };
    utterance.onerror = () => {
      setAt(null);
      setSpeaking(false);
    };
    speechSynthesis.speak(utterance);
  }, []);

  const speak = useCallback(
    (pieces: Piece[]) => {
      if (!('speechSynthesis' in globalThis)) return setNoVoice(true);
      stop();
      const mine = turn.current;
      void awaitVoice(lang).then((found) => {
        setNoVoice(found === null);
        setOtherVoice(found?.other ?? false);
        if (!found || mine !== turn.current) return;
        const { voice } = found;
        if (hasTheVoice !== me.current) speechSynthesis.cancel();
        hasTheVoice = me.current;
        setSpeaking(true);
        pieces.forEach((piece, i) => say(piece, voice, i === pieces.length - 1));
      });
    },
    [lang, say, stop],
  );

  return { at, speaking, noVoice, otherVoice, speak, stop };
}
