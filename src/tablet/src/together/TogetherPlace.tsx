// From the two views to the card: the talk, and after it what the client takes home.
import { useState } from 'preact/hooks';
import type { Instrument } from '../instrument/types';
import type { OutboxState } from '../outbox/useOutbox';
import { ImprovementCard } from './ImprovementCard';
import { SideBySide } from './SideBySide';
import { sideBySideDocument, type SideBySideDocument, type TogetherTalk } from './talk';
import type { Together } from './useTogether';

interface Props {
  talk: TogetherTalk;
  instrument: Instrument;
  together: Together;
  outbox: OutboxState;
  onDone: () => void;
}

export function TogetherPlace({ talk, instrument, together, outbox, onDone }: Props) {
  const [document, setDocument] = useState<SideBySideDocument | null>(null);
  const send = async (finished: TogetherTalk): Promise<void> => {
    const made = sideBySideDocument(finished, Date.now());
    const { id, client } = finished;
    await outbox.add(
      { id, body: JSON.stringify(made), clientId: client.id, clientName: client.name, choice: null },
      'talk',
    );
    await together.done(finished);
    setDocument(made);
    void outbox.poke();
  };
  if (document) {
    const name = talk.client.shortName;
    return <ImprovementCard {...{ document, instrument, name, outbox, onDone }} />;
  }
  return (
    <SideBySide
      talk={talk}
      instrument={instrument}
      save={together.save}
      onPause={() => void together.refresh().then(onDone)}
      onFinish={(finished) => void send(finished)}
    />
  );
}
