import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Draft } from '../conversation/state';
import { pick, useLanguage, type Key } from '../i18n/i18n';
import type { Parcel } from '../outbox/parcel';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { Initials } from '../shell/Initials';
import { DeviceNotices } from './DeviceNotices';
import { partsOf, reason } from './due';
import type { Client, Work } from './types';
import type { WorkState } from './useWork';

interface Props {
  work: WorkState;
  drafts: Draft[];
  parcels: Parcel[];
  vaultName: string;
  onClient: (client: Client) => void;
  onResume: (draft: Draft) => void;
  onSignIn: () => void;
  /** What stands under the clients. */
  places: (search: string) => ComponentChildren;
}

export function WorkList({ work, drafts, parcels, vaultName, onClient, onResume, onSignIn, places }: Props) {
  const { t } = useLanguage();
  const [search, setSearch] = useState('');
  const first = vaultName.split(' ')[0] ?? vaultName;
  return (
    <section class="page" data-testid="work-list" data-complete={work.complete}>
      <Heading step="list">{t('list.title', { name: first })}</Heading>
      <DeviceNotices clockOff={work.clockOff} />
      {work.state === 'sign-in' && (
        <button type="button" class="notice" data-testid="sign-in-again" onClick={onSignIn}>
          <Icon name="lock" /> <span>{t('list.sign-in')}</span> <Icon name="next" />
        </button>
      )}
      {work.state === 'ready' && work.complete === false && (
        <p class="notice" role="status">
          <Icon name="alert" /> {t('list.incomplete')}
        </p>
      )}
      {drafts.length > 0 && (
        <ul class="drafts">
          {drafts.map((draft) => (
            <li key={draft.id}>
              <DraftCard draft={draft} onResume={() => onResume(draft)} />
            </li>
          ))}
        </ul>
      )}
      {work.work ? (
        <Lists
          work={work.work}
          now={Date.now() - (work.clockOff ?? 0)}
          search={search}
          onSearch={setSearch}
          parcels={parcels}
          onClient={onClient}
        />
      ) : (
        <Nothing state={work.state} onAgain={() => void work.refresh()} />
      )}
      {places(search)}
    </section>
  );
}

export function DraftCard({ draft, onResume }: { draft: Draft; onResume: () => void }) {
  const { t } = useLanguage();
  return (
    <button
      type="button"
      class="draft"
      data-testid="resume-conversation"
      data-id={draft.id}
      onClick={onResume}
    >
      <Icon name="talk" />
      <span class="draft__text">
        <strong>
          {t(draft.reflection ? 'reflection.draft' : 'draft.title', { name: draft.client.shortName })}
        </strong>
        <span>{t('draft.text')}</span>
      </span>
      <span class="draft__go">
        {t('draft.resume')} <Icon name="next" />
      </span>
    </button>
  );
}

function Nothing({ state, onAgain }: { state: WorkState['state']; onAgain: () => void }) {
  const { t } = useLanguage();
  if (state === 'loading') {
    return (
      <div class="waitcards" aria-busy="true">
        <p class="quiet">{t('list.loading')}</p>
        <span />
        <span />
        <span />
      </div>
    );
  }
  const text: Key = state === 'offline' ? 'list.nothing-offline' : 'list.nothing-trouble';
  return (
    <div class="empty">
      <Icon name={state === 'offline' ? 'offline' : 'alert'} />
      <p>{t(text)}</p>
      <button type="button" class="button button--main" data-testid="work-refresh" onClick={onAgain}>
        <Icon name="refresh" /> {t('again')}
      </button>
    </div>
  );
}

interface ListsProps {
  work: Work;
  /** By the service's clock, where it is known. */
  now: number;
  search: string;
  onSearch: (text: string) => void;
  parcels: Parcel[];
  onClient: (client: Client) => void;
}

function Lists({ work, now, search, onSearch, parcels, onClient }: ListsProps) {
  const { t } = useLanguage();
  const parts = partsOf(work.clients, search);
  const none = parts.now.length + parts.later.length + parts.rest.length === 0;
  const rows = (clients: Client[]) => (
    <ul class="clients">
      {clients.map((c) => (
        <li key={c.id}>
          <ClientRow
            client={c}
            work={work}
            now={now}
            sent={parcels.some((p) => p.clientId === c.id)}
            onOpen={() => onClient(c)}
          />
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <label class="search">
        <Icon name="search" />
        <span class="hidden-text">{t('list.search')}</span>
        <input
          type="search"
          placeholder={t('list.search')}
          value={search}
          data-testid="work-search"
          onInput={(e) => onSearch(e.currentTarget.value)}
        />
      </label>
      {none && search !== '' && <p class="empty">{t('list.not-found')}</p>}
      {(search === '' || parts.now.length > 0) && (
        <section aria-labelledby="part-now">
          <h2 id="part-now" class="part">
            {t('list.now')} {parts.now.length > 0 && <span class="part__count">{parts.now.length}</span>}
          </h2>
          {parts.now.length > 0 ? (
            rows(parts.now)
          ) : (
            <p class="empty" data-testid="nobody-due">
              {t('list.nobody')}
            </p>
          )}
        </section>
      )}
      {parts.later.length > 0 && (
        <section aria-labelledby="part-later">
          <h2 id="part-later" class="part">
            {t('list.later')}
          </h2>
          {rows(parts.later)}
        </section>
      )}
      {parts.rest.length > 0 && (
        <section aria-labelledby="part-rest">
          <h2 id="part-rest" class="part">
            {t('list.rest')}
          </h2>
          {rows(parts.rest)}
        </section>
      )}
    </>
  );
}

interface RowProps {
  client: Client;
  work: Work;
  now: number;
  sent: boolean;
  onOpen: () => void;
}

function ClientRow({ client, work, now, sent, onOpen }: RowProps) {
  const { t, lang } = useLanguage();
  const first = client.due[0];
  const titles = client.due.map((d) => {
    const known = work.instruments.find(
      (i) => i.id === d.instrument.id && i.version === d.instrument.version,
    );
    return known ? pick(known.title, lang) : d.instrument.id;
  });
  return (
    <button
      type="button"
      class="client"
      data-testid="work-client"
      data-client-id={client.id}
      data-state={first?.state ?? 'none'}
      onClick={onOpen}
    >
      <Initials name={client.name} />
      <span class="client__text">
        <span class="client__name">{client.name}</span>
        <span class="client__place">
          {client.place.name} · {pick(client.group.name, lang)}
        </span>
        {titles.length > 0 && <span class="client__instrument">{[...new Set(titles)].join(' · ')}</span>}
        {first?.leader && <span class="client__place">{t('list.asks', { name: first.leader })}</span>}
      </span>
      {sent ? (
        <span class="badge badge--sent">{t('list.held')}</span>
      ) : (
        first && (
          <span class={`badge badge--${first.state}`}>
            {first.waiting ? t('second.badge') : reason(first, now, t)}
          </span>
        )
      )}
    </button>
  );
}
