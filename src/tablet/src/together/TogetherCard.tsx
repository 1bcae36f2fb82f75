import { pick, useLanguage } from '../i18n/i18n';
import { Icon } from '../shell/Icon';
import type { Client } from '../work/types';
import type { Together, Waiting } from './useTogether';

interface Props {
  client: Client;
  together: Together;
  onOpen: (waiting: Waiting) => void;
}

/** On the client's screen and after an answer: who has answered, who not yet, and the way to lay it side by side. */
export function TogetherCards({ client, together, onOpen }: Props) {
  return (
    <>
      {together.waiting
        .filter((w) => w.client === client.id)
        .map((w) => (
          <TogetherCard
            key={w.instrument.id + w.instrument.version}
            waiting={w}
            name={client.shortName}
            onOpen={() => onOpen(w)}
          />
        ))}
    </>
  );
}

interface CardProps {
  waiting: Waiting;
  name: string;
  onOpen: () => void;
}

function TogetherCard({ waiting, name, onOpen }: CardProps) {
  const { t, lang } = useLanguage();
  const { ready, known, begun } = waiting;
  const view = ready.kind !== 'missing' || ready.who === 'team' ? 'worker' : ready.who;
  const missing = view === 'client' ? name : t(`view.${view}`, { name }).toLowerCase();
  return (
    <section class="due" data-testid="together" data-ready={ready.kind} data-instrument={known.id}>
      <Icon name="beside" />
      <div class="due__text">
        <h2>
          {pick(known.title, lang)}: {t('together.step').toLowerCase()}
        </h2>
        {ready.kind === 'ready' && <p>{t('together.ready')}</p>}
        {ready.kind === 'fetching' && <p>{t('together.fetching')}</p>}
        {ready.kind === 'missing' && <p>{t('together.waits', { who: missing })}</p>}
      </div>
      {ready.kind === 'ready' && (
        <button type="button" class="button button--main" data-testid="together-open" onClick={onOpen}>
          {t(begun ? 'together.resume' : 'together.open')} <Icon name="next" />
        </button>
      )}
    </section>
  );
}
