// An open vault: the work list, and from there one conversation at a time. Knows which screen is on, no more.
import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import {
  finishedDocument,
  refusedDocument,
  instant,
  type ConversationDocument,
} from '../conversation/document';
import { begin, type Draft, type Reflection, type Setup } from '../conversation/state';
import { useDrafts } from '../conversation/useDrafts';
import { UnnamedWaiting } from '../anonymous/later';
import { useUnnamed } from '../anonymous/useUnnamed';
import { uuidv7 } from '../conversation/uuid';
import { useLanguage, type Key } from '../i18n/i18n';
import { InstrumentStore, type InstrumentRef } from '../instrument/store';
import type { Instrument } from '../instrument/types';
import { OutboxScreen } from '../outbox/OutboxScreen';
import { useOutbox } from '../outbox/useOutbox';
import { reflectionDocument } from '../reflection/document';
import { PlaceCard } from '../reflection/PlaceCard';
import { PlaceList } from '../reflection/PlaceList';
import { useReflections } from '../reflection/useReflections';
import { useAnnounce } from '../shell/announce';
import { Icon } from '../shell/Icon';
import { TopBar } from '../shell/TopBar';
import { useBackGesture } from '../shell/useBackGesture';
import { BesideClient } from './BesideClient';
import { useTogether } from '../together/useTogether';
import type { TabletDatabase } from '../vault/database';
import type { Vault } from '../vault/vault';
import { endSession, type Person } from './api';
import { ClientCard } from './ClientCard';
import type { Place } from './place';
import { Prepare } from './Prepare';
import type { Client, Due } from './types';
import { useLock } from './useLock';
import { useWork } from './useWork';
import { isWhole, WholeScreen } from './WholeScreen';
import { WorkList } from './WorkList';
import './work.css';

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
    void together.refresh();
    void reflections.refresh();
  });
  const reflections = useReflections(vault, store);
  const together = useTogether(
    vault,
    store,
    outbox.parcels.map((p) => p.id),
  );
  const unnamed = useUnnamed(vault, work.work?.receiptKey ?? null);
  const lock = useLock();
  useBackGesture(lock.locked ? 'talk' : place.at, toList);

  const tell = (key: Key): void => {
    setMessage(key);
    announce(t(key));
  };

  /** A second tap while the first is still being kept must not make a second conversation. */
  const once = async <T,>(work: () => Promise<T>): Promise<T | undefined> => {
    if (busy.current) return undefined;
    busy.current = true;
    return work().finally(() => (busy.current = false));
  };

  const instrumentOf = async (listed: InstrumentRef | undefined): Promise<Instrument | null> => {
    const instrument = listed ? await store.obtain(listed) : null;
    if (!instrument) tell('instrument.missing');
    return instrument;
  };

  const open = async (client: Client, due: Due): Promise<void> => {
    const { id, version } = due.instrument;
    const listed = work.work?.instruments.find((i) => i.id === id && i.version === version);
    const instrument = await instrumentOf(listed);
    if (instrument && listed) setPlace({ at: 'prepare', client, due, instrument, sha256: listed.sha256 });
  };

  const start = async (setup: Setup, instrument: Instrument, reflection?: Reflection): Promise<void> => {
    const begun = begin(setup, instrument, uuidv7(), instant(Date.now()));
    const draft = reflection ? { ...begun, reflection } : begun;
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

  /** Into the outbox first, and only then to what comes after. Answers whether it was kept. */
  const queue = async (document: { id: string }, setup: Setup, next: Place): Promise<boolean> => {
    try {
      await outbox.add({
        id: document.id,
        body: JSON.stringify(document),
        clientId: setup.client.id,
        clientName: setup.client.name,
        choice: setup.choice,
      });
    } catch {
      tell('save.full'); // The draft is still there, and so is the screen it stands on.
      return false;
    }
    setPlace(next);
    await drafts.reload();
    void outbox.poke();
    return true;
  };

  const send = async (
    document: ConversationDocument,
    setup: Setup,
    instrument: Instrument | null,
  ): Promise<boolean> => {
    // On a full disk the conversation itself comes first.
    if (instrument) await together.keep(document, instrument, setup.instrument).catch(() => undefined);
    return queue(document, setup, {
      at: 'end',
      document,
      instrument,
      name: setup.client.shortName,
      aloud: setup.listening ?? false,
    });
  };

  const endUnnamed = async (draft: Draft, instrument: Instrument): Promise<boolean> => {
    const ended = await unnamed.keep(draft, instrument);
    if (ended === null) tell('save.full');
    else setPlace({ at: 'unnamed', stopped: ended, aloud: draft.listening ?? false });
    return drafts.reload().then(() => ended !== null);
  };

  const end = (draft: Draft, instrument: Instrument): Promise<boolean> => {
    const now = Date.now();
    if (draft.anonymous) return endUnnamed(draft, instrument);
    if (!draft.reflection) return send(finishedDocument(draft, instrument, now), draft, instrument);
    const document = reflectionDocument(draft, instrument, now);
    return queue(document, draft, { at: 'reflected', document, instrument, name: draft.client.name });
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

  const clients = work.work?.clients;
  const beside = (id: string) => <BesideClient {...{ id, clients, together }} onOpen={setPlace} />;
  if (isWhole(place))
    return (
      <WholeScreen
        place={place}
        lock={lock}
        together={together}
        outbox={outbox}
        save={drafts.save}
        beside={beside}
        onPause={() => lock.leave(() => void drafts.reload().then(toList))}
        onEnd={async (draft, instrument) =>
          // A second tap while the first is under way is no failure.
          (await once(() => end(draft, instrument))) ?? true
        }
        onDone={() => lock.leave(toList)}
      />
    );
  const needsSignIn = work.state === 'sign-in' || outbox.look === 'sign-in';
  return (
    <div class="workplace">
      <TopBar
        outbox={unnamed.beside(outbox)}
        name={vault.label.name}
        onOutbox={() => setPlace({ at: 'outbox' })}
        onLock={onLock}
        onSignOut={() => void signOut()}
        unsent={outbox.parcels.length + drafts.drafts.length + unnamed.waiting.length}
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
            places={(search) => (
              <PlaceList
                work={reflections.work}
                search={search}
                onPlace={(place) => setPlace({ at: 'place', place })}
              />
            )}
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
        {place.at === 'outbox' && unnamed.waiting.length > 0 && <UnnamedWaiting {...unnamed} />}
        {place.at === 'place' && (
          <PlaceCard
            place={place.place}
            work={reflections.work}
            open={instrumentOf}
            onStart={(setup, reflection, instrument) => void once(() => start(setup, instrument, reflection))}
            onBack={toList}
          />
        )}
        {place.at === 'client' && (
          <ClientCard
            client={place.client}
            work={work.work}
            now={Date.now() - (work.clockOff ?? 0)}
            draft={drafts.drafts.find((d) => d.client.id === place.client.id) ?? null}
            beside={beside(place.client.id)}
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
