// An open vault: the work list, and from there one conversation at a time. Knows which screen is on, no more.
import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import {
  finishedDocument,
  refusedDocument,
  instant,
  type ConversationDocument,
} from '../conversation/document';
import { Talk } from '../conversation/Talk';
import { begin, type Draft, type Setup } from '../conversation/state';
import { useDrafts } from '../conversation/useDrafts';
import { uuidv7 } from '../conversation/uuid';
import { EndScreen } from '../agreements/EndScreen';
import { useLanguage, type Key } from '../i18n/i18n';
import { InstrumentStore } from '../instrument/store';
import type { Instrument } from '../instrument/types';
import { OutboxScreen } from '../outbox/OutboxScreen';
import { useOutbox } from '../outbox/useOutbox';
import { useAnnounce } from '../shell/announce';
import { Icon } from '../shell/Icon';
import { TopBar } from '../shell/TopBar';
import { useBackGesture } from '../shell/useBackGesture';
import type { TabletDatabase } from '../vault/database';
import type { Vault } from '../vault/vault';
import { endSession, type Person } from './api';
import { ClientCard } from './ClientCard';
import { Prepare } from './Prepare';
import type { Client, Due } from './types';
import { useWork } from './useWork';
import { WorkList } from './WorkList';
import './work.css';

type Place =
  | { at: 'list' }
  | { at: 'outbox' }
  | { at: 'client'; client: Client }
  | { at: 'prepare'; client: Client; due: Due; instrument: Instrument; sha256: string }
  | { at: 'talk'; draft: Draft; instrument: Instrument }
  | { at: 'end'; document: ConversationDocument; instrument: Instrument | null; name: string };

export function Workplace({ db, vault, onLock }: { db: TabletDatabase; vault: Vault; onLock: () => void }) {
  const { t } = useLanguage();
  const announce = useAnnounce();
  const store = useMemo(() => new InstrumentStore(db), [db]);
  const work = useWork(vault, store);
  const drafts = useDrafts(vault);
  const [place, goTo] = useState<Place>({ at: 'list' });
  const [message, setMessage] = useState<Key | null>(null);
  const busy = useRef(false);
  const setPlace = useCallback((next: Place) => {
    setMessage(null);
    goTo(next);
  }, []);
  const toList = useCallback(() => setPlace({ at: 'list' }), [setPlace]);
  const outbox = useOutbox(vault, work.work?.receiptKey ?? null, () => {
    announce(t('outbox.sent'));
    void work.refresh();
  });
  useBackGesture(place.at, toList);

  const tell = (key: Key): void => {
    setMessage(key);
    announce(t(key));
  };

  /** A second tap while the first is still being kept must not make a second conversation. */
  const once = async <T,>(work: () => Promise<T>): Promise<T | undefined> => {
    if (busy.current) return undefined;
    busy.current = true;
    try {
      return await work();
    } finally {
      busy.current = false;
    }
  };

  const open = async (client: Client, due: Due): Promise<void> => {
    const { id, version } = due.instrument;
    const listed = work.work?.instruments.find((i) => i.id === id && i.version === version);
    if (!listed) return tell('instrument.missing');
    if (!(await store.has(listed))) await store.prefetch([listed]);
    const instrument = await store.get(listed);
    if (!instrument) return tell('instrument.missing');
    setPlace({ at: 'prepare', client, due, instrument, sha256: listed.sha256 });
  };

  const start = async (setup: Setup, instrument: Instrument): Promise<void> => {
    const draft = begin(setup, instrument, uuidv7(), instant(Date.now()));
    try {
      await drafts.save(draft);
    } catch {
      return tell('save.full');
    }
    setPlace({ at: 'talk', draft, instrument });
  };

  const resume = async (draft: Draft): Promise<void> => {
    const instrument = await store.get(draft.instrument);
    if (instrument) setPlace({ at: 'talk', draft, instrument });
    else tell('instrument.missing');
  };

  const send = async (
    document: ConversationDocument,
    setup: Setup,
    instrument: Instrument | null,
  ): Promise<boolean> => {
    try {
      await outbox.add({
        id: document.id,
        body: JSON.stringify(document),
        clientId: setup.client.id,
        clientName: setup.client.name,
        choice: setup.choice,
      });
    } catch {
      // A full disk: the draft is still there, and so is the screen it stands on.
      tell('save.full');
      return false;
    }
    setPlace({ at: 'end', document, instrument, name: setup.client.shortName });
    await drafts.reload();
    void outbox.poke();
    return true;
  };

  const signedInAgain = async (person: Person): Promise<void> => {
    if (person.id !== vault.label.person) return tell('sign-in.other-person');
    await work.refresh();
    await outbox.poke();
    toList();
  };

  const signOut = async (): Promise<void> => {
    await endSession();
    await vault.signOut();
    onLock();
  };

  if (place.at === 'talk') {
    const { instrument } = place;
    return (
      <Talk
        draft={place.draft}
        instrument={instrument}
        save={drafts.save}
        onPause={() => void drafts.reload().then(toList)}
        onEnd={async (draft) =>
          // A second tap while the first is under way is no failure.
          (await once(() => send(finishedDocument(draft, instrument, Date.now()), draft, instrument))) ?? true
        }
      />
    );
  }
  if (place.at === 'end') {
    return <EndScreen {...place} outbox={outbox} onDone={toList} />;
  }
  const needsSignIn = work.state === 'sign-in' || outbox.look === 'sign-in';
  return (
    <div class="workplace">
      <TopBar
        outbox={outbox}
        name={vault.label.name}
        onOutbox={() => setPlace({ at: 'outbox' })}
        onLock={onLock}
        onSignOut={() => void signOut()}
        unsent={outbox.parcels.length + drafts.drafts.length}
      />
      <main>
        {message && (
          <p class="notice notice--strong page--message" data-testid="message">
            <Icon name="alert" /> <span>{t(message)}</span>
          </p>
        )}
        {place.at === 'list' && (
          <WorkList
            work={work}
            drafts={drafts.drafts}
            parcels={outbox.parcels}
            vaultName={vault.label.name}
            onClient={(client) => setPlace({ at: 'client', client })}
            onResume={(draft) => void resume(draft)}
            onSignIn={() => setPlace({ at: 'outbox' })}
          />
        )}
        {place.at === 'outbox' && (
          <OutboxScreen
            state={outbox}
            email={vault.label.email}
            needsSignIn={needsSignIn}
            onSignedIn={signedInAgain}
            onBack={toList}
          />
        )}
        {place.at === 'client' && (
          <ClientCard
            client={place.client}
            work={work.work}
            now={Date.now() - (work.clockOff ?? 0)}
            draft={drafts.drafts.find((d) => d.client.id === place.client.id) ?? null}
            onStart={(due) => void open(place.client, due)}
            onResume={(draft) => void resume(draft)}
            onBack={toList}
          />
        )}
        {place.at === 'prepare' && (
          <Prepare
            client={place.client}
            due={place.due}
            instrument={place.instrument}
            sha256={place.sha256}
            onStart={(setup) => void once(() => start(setup, place.instrument))}
            onRefuse={(setup, startedAt) =>
              void once(() => send(refusedDocument(setup, uuidv7(), startedAt, Date.now()), setup, null))
            }
            onBack={() => setPlace({ at: 'client', client: place.client })}
          />
        )}
      </main>
    </div>
  );
}
