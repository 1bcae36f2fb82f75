// Recorded prompts: a person's voice, kept on the tablet with the instrument.
import { AUDIO_CACHE } from '../instrument/store';
import type { Instrument, Lang } from '../instrument/types';

/** Where the recording of a question, or of one of its options, is; undefined where nobody spoke it. */
export const recordingOf = (
  instrument: Instrument,
  lang: Lang,
  question: string,
  option?: string,
): string | undefined =>
  instrument.recordings[`${lang}/${question}${option === undefined ? '' : `.${option}`}`];

export interface Playing {
  /** Whether it was heard to its end, or stopped; false where it could not be played. */
  done: Promise<boolean>;
  stop: () => void;
}

let playing = 0;

/** Whether a recording is heard now. */
export const isPlaying = (): boolean => playing > 0;

export function play(url: string, rate: number, volume: number): Playing {
  let stop = (): void => undefined;
  const stopped = new Promise<boolean>((resolve) => (stop = () => resolve(true)));
  const done = (async () => {
    const kept = 'caches' in globalThis ? await (await caches.open(AUDIO_CACHE)).match(url) : undefined;
    const source = kept ? URL.createObjectURL(await kept.blob()) : url;
    const audio = new Audio(source);
    audio.playbackRate = rate;
    audio.volume = volume;
    const heard = new Promise<boolean>((resolve) => {
      audio.onended = () => resolve(true);
      audio.onerror = () => resolve(false);
      audio.play().catch(() => resolve(false));
    });
    playing++;
    try {
      return await Promise.race([heard, stopped]);
    } finally {
      playing--;
      audio.pause();
      if (kept) URL.revokeObjectURL(source);
    }
  })();
  return { done, stop };
}
