// The views of one client that wait to be laid side by side; nothing where the client is on no list.
import { uuidv7 } from '../conversation/uuid';
import { instant } from '../conversation/document';
import { useLanguage } from '../i18n/i18n';
import { talkOn } from '../together/talk';
import { TogetherCards } from '../together/TogetherCard';
import type { Together, Waiting } from '../together/useTogether';
import type { Place } from './place';
import type { Client } from './types';

interface Props {
  id: string;
  clients: Client[] | undefined;
  together: Together;
  onOpen: (place: Place) => void;
}

export function BesideClient({ id, clients, together, onOpen }: Props) {
  const { lang } = useLanguage();
  const client = clients?.find((c) => c.id === id);
  if (!client) return null;
  const open = (waiting: Waiting): void => {
    const talk = talkOn(waiting, client, lang, uuidv7(), instant(Date.now()));
    onOpen({ at: 'together', talk, instrument: waiting.known });
  };
  return <TogetherCards client={client} together={together} onOpen={open} />;
}
