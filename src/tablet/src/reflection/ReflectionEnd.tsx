import { CardTools } from '../agreements/CardTools';
import type { Piece } from '../conversation/useReader';
import { longDate, pick, translator, useLanguage } from '../i18n/i18n';
import type { Instrument } from '../instrument/types';
import { OutboxPill } from '../outbox/OutboxPill';
import type { OutboxState } from '../outbox/useOutbox';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { Logo } from '../shell/Logo';
import type { ReflectionDocument } from './document';
import '../agreements/card.css';

interface Props {
  document: ReflectionDocument;
  instrument: Instrument;
  name: string;
  outbox: OutboxState;
  onDone: () => void;
}

/** What the group takes along: its points, on one page for the wall. */
export function ReflectionEnd({ document, instrument, name, outbox, onDone }: Props) {
  const { t: tablet } = useLanguage();
  const lang = document.language;
  const t = translator(lang);
  const title = t('reflection.card', { name });
  const whoWhen = (a: ReflectionDocument['agreements'][number]): string =>
    (a.name ?? t(`place-who.${a.who}`)) + (a.on ? ` · ${longDate(a.on, lang)}` : '');
  const pieces: Piece[] = [
    title,
    ...(document.agreements.length === 0 ? [t('reflection.none')] : []),
    ...document.agreements.map((a) => `${a.what}. ${whoWhen(a)}.`),
  ].map((text, i) => ({ id: `card-${i}`, shown: text, said: text }));
  return (
    <div class="end">
      <header class="end__bar">
        <OutboxPill state={outbox} onOpen={() => void outbox.poke()} />
        <CardTools lang={lang} title={title} day={document.endedAt} pieces={pieces} />
        <button type="button" class="button button--main" data-testid="done" onClick={onDone}>
          {tablet('end.done')} <Icon name="next" />
        </button>
      </header>
      <main class="end__main" data-testid="end" data-outcome={document.outcome}>
        <article class="card" lang={lang} data-testid="card">
          <header class="card__head">
            <div>
              <Heading step="card">{title}</Heading>
              <p>
                {pick(instrument.title, lang)} · {longDate(document.endedAt, lang)}
              </p>
            </div>
            <Logo />
          </header>
          {document.agreements.length === 0 && <p>{t('reflection.none')}</p>}
          <ol class="card__agreed">
            {document.agreements.map((a) => (
              <li key={a.id}>
                <strong>{a.what}</strong>
                <span>{whoWhen(a)}</span>
              </li>
            ))}
          </ol>
          <p class="card__foot">{t('reflection.foot')}</p>
        </article>
      </main>
    </div>
  );
}
