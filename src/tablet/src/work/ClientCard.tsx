import type { ComponentChildren } from 'preact';
import type { Draft } from '../conversation/state';
import { longDate, pick, useLanguage } from '../i18n/i18n';
import { Heading } from '../shell/Heading';
import { Icon, type IconName } from '../shell/Icon';
import { Initials } from '../shell/Initials';
import type { Kind } from '../instrument/types';
import { reason } from './due';
import type { Client, Due, Work } from './types';
import { DraftCard } from './WorkList';

interface Props {
  client: Client;
  work: Work | null;
  /** By the service's clock, where it is known. */
  now: number;
  draft: Draft | null;
  /** Views of this client that wait to be laid side by side. */
  beside: ComponentChildren;
  onStart: (due: Due) => void;
  onResume: (draft: Draft) => void;
  onBack: () => void;
}

const kinds: Record<Kind, IconName> = {
  'plain-language': 'talk',
  visual: 'talk',
  observation: 'eye',
  reflection: 'talk',
};

export function ClientCard({ client, work, now, draft, beside, onStart, onResume, onBack }: Props) {
  const { t, lang } = useLanguage();
  return (
    <section class="page page--narrow">
      <button type="button" class="button button--plain" data-testid="to-list" onClick={onBack}>
        <Icon name="back" /> {t('back.list')}
      </button>
      <div class="who">
        <Initials name={client.name} />
        <div>
          <Heading step={client.id}>{client.name}</Heading>
          <p class="lead">
            {client.place.name} · {pick(client.group.name, lang)}
          </p>
        </div>
      </div>
      <dl class="facts">
        <div>
          <dt>{t('client.communication')}</dt>
          <dd>{t(`communication.${client.communication}`)}</dd>
        </div>
        <div>
          <dt>{t('client.last')}</dt>
          <dd>{client.lastOn ? longDate(client.lastOn, lang) : t('client.never')}</dd>
        </div>
      </dl>
      {draft && <DraftCard draft={draft} onResume={() => onResume(draft)} />}
      {beside}
      {client.due.length === 0 && !draft && <p class="empty">{t('client.nothing')}</p>}
      <ul class="dues">
        {client.due.map((due) => {
          const { id, version } = due.instrument;
          const known = work?.instruments.find((i) => i.id === id && i.version === version);
          return (
            <li key={due.choice + due.perspective} class="due">
              <Icon name={kinds[known?.kind ?? 'plain-language']} />
              <div class="due__text">
                <h2>{known ? pick(known.title, lang) : id}</h2>
                <p>{t(`perspective.${due.perspective}`, { name: client.shortName })}</p>
                <p class={`badge badge--${due.state}`}>
                  {due.waiting ? t('second.badge') : reason(due, now, t)}
                </p>
                {due.waiting && (
                  <p class="quiet" data-testid="second-observer">
                    {t('second.text', { name: client.shortName, day: longDate(due.waiting.since, lang) })}
                  </p>
                )}
              </div>
              <button
                type="button"
                class="button button--main"
                data-testid="start-conversation"
                data-choice={due.choice}
                data-instrument={id}
                data-perspective={due.perspective}
                onClick={() => onStart(due)}
              >
                {t('client.start')} <Icon name="next" />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
