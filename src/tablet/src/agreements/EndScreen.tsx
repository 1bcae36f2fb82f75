import type { ConversationDocument } from '../conversation/document';
import { useLanguage, type Key } from '../i18n/i18n';
import type { Instrument } from '../instrument/types';
import { OutboxPill } from '../outbox/OutboxPill';
import type { OutboxState } from '../outbox/useOutbox';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { Logo } from '../shell/Logo';
import { TakeHomeCard } from './TakeHomeCard';
import './card.css';

interface Props {
  document: ConversationDocument;
  instrument: Instrument | null;
  name: string;
  outbox: OutboxState;
  onDone: () => void;
}

const titles: Record<ConversationDocument['outcome'], Key> = {
  finished: 'end.finished',
  stopped: 'end.stopped',
  refused: 'end.refused',
};

/** It is kept. The card is the client's; whether it is sent already is the worker's, and stands apart. */
export function EndScreen({ document, instrument, name, outbox, onDone }: Props) {
  const { t } = useLanguage();
  // Who stopped half-way and agreed on something takes that home too.
  const card =
    instrument !== null &&
    (document.outcome === 'finished' || (document.outcome === 'stopped' && document.agreements.length > 0));
  return (
    <div class="end">
      <header class="end__bar">
        <OutboxPill state={outbox} onOpen={() => void outbox.poke()} />
        <div class="row">
          {card && (
            <button type="button" class="button" data-testid="card-print" onClick={() => print()}>
              <Icon name="print" /> {t('card.print')}
            </button>
          )}
          <button type="button" class="button button--main" data-testid="done" onClick={onDone}>
            {t('end.done')} <Icon name="next" />
          </button>
        </div>
      </header>
      <main class="end__main" data-testid="end" data-outcome={document.outcome}>
        {card ? (
          <TakeHomeCard document={document} instrument={instrument} name={name} />
        ) : (
          <section class="thanks">
            <Logo />
            <Heading step="end">{t(titles[document.outcome], { name })}</Heading>
            <p class="lead">
              {t(document.outcome === 'refused' ? 'end.refused-text' : 'end.stopped-text', { name })}
            </p>
          </section>
        )}
      </main>
    </div>
  );
}
