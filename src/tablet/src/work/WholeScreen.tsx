// The screens without the bar: a conversation has the whole tablet, and so has its end.
import type { ComponentChildren } from 'preact';
import { UnnamedEnd } from '../anonymous/later';
import { Talk } from '../conversation/Talk';
import type { Draft } from '../conversation/state';
import type { Instrument } from '../instrument/types';
import type { OutboxState } from '../outbox/useOutbox';
import { later } from '../shell/later';
import type { Together } from '../together/useTogether';
import type { Place } from './place';
import type { Lock } from './useLock';

const EndScreen = later(() => import('../agreements/EndScreen').then((m) => m.EndScreen));
const TogetherPlace = later(() => import('../together/TogetherPlace').then((m) => m.TogetherPlace));
const ReflectionEnd = later(() => import('../reflection/ReflectionEnd').then((m) => m.ReflectionEnd));

type WholePlace = Extract<Place, { at: 'talk' | 'reflected' | 'together' | 'end' | 'unnamed' }>;

export const isWhole = (place: Place): place is WholePlace =>
  ['talk', 'reflected', 'together', 'end', 'unnamed'].includes(place.at);

interface Props {
  place: WholePlace;
  lock: Lock;
  together: Together;
  outbox: OutboxState;
  save: (draft: Draft) => Promise<void>;
  beside: (client: string) => ComponentChildren;
  onPause: () => void;
  onEnd: (draft: Draft, instrument: Instrument) => Promise<boolean>;
  onDone: () => void;
}

export function WholeScreen(props: Props) {
  return (
    <>
      <Screen {...props} />
      {props.lock.gate}
    </>
  );
}

function Screen({ place, lock, together, outbox, save, beside, onPause, onEnd, onDone }: Props) {
  switch (place.at) {
    case 'talk':
      return (
        <Talk
          draft={place.draft}
          instrument={place.instrument}
          save={save}
          lock={lock}
          onPause={onPause}
          onEnd={(draft) => onEnd(draft, place.instrument)}
        />
      );
    case 'unnamed':
      return <UnnamedEnd stopped={place.stopped} aloud={place.aloud} onDone={onDone} />;
    case 'reflected':
      return <ReflectionEnd {...place} outbox={outbox} onDone={onDone} />;
    case 'together':
      return <TogetherPlace {...place} together={together} outbox={outbox} onDone={onDone} />;
    case 'end':
      return <EndScreen {...place} outbox={outbox} beside={beside(place.document.client)} onDone={onDone} />;
  }
}
