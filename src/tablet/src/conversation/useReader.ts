// Reading aloud with the tablet's own voice. The word being said is marked when the voice tells where it is.
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Lang } from '../instrument/types';

export interface Piece {
  id: string;
  shown: string;
  said: string;
}

export interface Reader {
  at: { piece: string; from: number; to: number } | null;
  speaking: boolean;
  noVoice: boolean;
  speak: (pieces: Piece[]) => void;
  stop: () => void;
}

/** Some browsers load their voices a moment after the first question for them. */
const VOICES_WAIT = 1_500;

function voiceFor(lang: Lang): SpeechSynthesisVoice | null {
  const voices = speechSynthesis.getVoices().filter((v) => v.lang.toLowerCase().startsWith(lang));
  // A voice on the tablet itself also speaks without network.
  return voices.find((v) => v.localService) ?? voices[0] ?? null;
}

async function awaitVoice(lang: Lang): Promise<SpeechSynthesisVoice | null> {
  const voice = voiceFor(lang);
  if (voice || speechSynthesis.getVoices().length > 0) return voice;
  await new Promise<void>((resolve) => {
    speechSynthesis.addEventListener('voiceschanged', () => resolve(), { once: true });
    setTimeout(resolve, VOICES_WAIT);
  });
  return voiceFor(lang);
}

export function useReader(lang: Lang): Reader {
  const [at, setAt] = useState<Reader['at']>(null);
  const [speaking, setSpeaking] = useState(false);
  const [noVoice, setNoVoice] = useState(false);

  const stop = useCallback(() => {
    if ('speechSynthesis' in globalThis) speechSynthesis.cancel();
    setSpeaking(false);
    setAt(null);
  }, []);
  useEffect(() => stop, [stop]);

  const say = useCallback((piece: Piece, voice: SpeechSynthesisVoice, last: boolean) => {
    const utterance = new SpeechSynthesisUtterance(piece.said);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = 0.9;
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
      void awaitVoice(lang).then((voice) => {
        setNoVoice(voice === null);
        if (!voice) return;
        setSpeaking(true);
        pieces.forEach((piece, i) => say(piece, voice, i === pieces.length - 1));
      });
    },
    [lang, say, stop],
  );

  return { at, speaking, noVoice, speak, stop };
}
