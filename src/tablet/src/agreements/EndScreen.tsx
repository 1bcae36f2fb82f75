import type { ComponentChildren } from 'preact';
import type { ConversationDocument } from '../conversation/document';
import { translator, useLanguage, type Key } from '../i18n/i18n';
import type { Instrument } from '../instrument/types';
import { answeredApart } from '../together/sets';
import { OutboxPill } from '../outbox/OutboxPill';
import type { OutboxState } from '../outbox/useOutbox';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { Logo } from '../shell/Logo';
import { cardPieces } from './cardParts';
import { CardTools } from './CardTools';
import { TakeHomeCard } from './TakeHomeCard';
import './card.css';

interface Props {
  document: ConversationDocument;
  instrument: Instrument | null;
  name: string;
  outbox: OutboxState;
  /** What comes next, where the card comes later: two who answer apart make it together. */
  beside: ComponentChildren;
  /** The conversation was by ear: the card is read aloud. */
  aloud: boolean;
  onDone: () => void;
}

const titles: Record<ConversationDocument['outcome'], Key> = {
  finished: 'end.finished',
  stopped: 'end.stopped',
  refused: 'end.refused',
};

/** It is kept. The card is the client's; whether it is sent already is the worker's, and stands apart. */
export function EndScreen({ document, instrument, name, outbox, beside, aloud, onDone }: Props) {
  const { t } = useLanguage();
  const apart = instrument !== null && document.outcome === 'finished' && answeredApart(instrument);
  // Who stopped half-way and agreed on something takes that home too.
  const card =
    instrument !== null &&
    !apart &&
    (document.outcome === 'finished' || (document.outcome === 'stopped' && document.agreements.length > 0));
  return (
    <div class="end">
      <header class="end__bar">
        <OutboxPill state={outbox} onOpen={() => void outbox.poke()} />
        {card && (
          <CardTools
            lang={document.language}
            title={translator(document.language)('card.title', { name })}
            day={document.endedAt}
            pieces={cardPieces(document, instrument, name)}
            aloud={aloud}
          />
        )}
        <button type="button" class="button button--main" data-testid="done" onClick={onDone}>
          {t('end.done')} <Icon name="next" />
        </button>
      </header>
      <main class="end__main" data-testid="end" data-outcome={document.outcome}>
        {card ? (
          <TakeHomeCard document={document} instrument={instrument} name={name} />
        ) : (
          <section class="thanks">
            <Logo />
            <Heading step="end">
              {apart && document.perspective !== 'client'
                ? t('end.thanks')
                : t(titles[document.outcome], { name })}
            </Heading>
            <p class="lead">
              {apart
                ? t('together.thanks')
                : t(document.outcome === 'refused' ? 'end.refused-text' : 'end.stopped-text', { name })}
            </p>
            {apart && beside}
          </section>
        )}
      </main>
    </div>
  );
}
