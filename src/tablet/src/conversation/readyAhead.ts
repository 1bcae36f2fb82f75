import type { Instrument } from '../instrument/types';
import { whenIdle } from '../shell/whenIdle';
import { QuestionScreen } from './QuestionScreen';
import type { Draft } from './state';

/** When there is a moment, what comes after `draft` is made ready. Returns how to call it off. */
export function readyAhead(instrument: Instrument, draft: () => Draft): () => void {
  return whenIdle(
    () =>
      void import('./ahead').then(
        (ahead) => ahead.makeReady(instrument, draft(), QuestionScreen),
        // Without network on the very first day: then the first taps are slower, and nothing else.
        () => undefined,
      ),
  );
}
