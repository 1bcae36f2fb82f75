// The card that comes of looking together: one page, large letters, in the client's language.
import { CardTools } from '../agreements/CardTools';
import { longDate, pick, translator } from '../i18n/i18n';
import type { Instrument } from '../instrument/types';
import type { OutboxState } from '../outbox/useOutbox';
import { OutboxPill } from '../outbox/OutboxPill';
import type { Piece } from '../conversation/useReader';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { Logo } from '../shell/Logo';
import { Symbol } from '../shell/Symbol';
import { useLanguage } from '../i18n/i18n';
import type { SideBySideDocument } from './talk';
import '../agreements/card.css';
import './together.css';

interface Props {
  document: SideBySideDocument;
  instrument: Instrument;
  name: string;
  outbox: OutboxState;
  onDone: () => void;
}

export function ImprovementCard({ document, instrument, name, outbox, onDone }: Props) {
  const { t: tablet } = useLanguage();
  const lang = document.language;
  const t = translator(lang);
  const whoWhen = (point: SideBySideDocument['points'][number]): string =>
    (point.name ?? t(`who.${point.who}`, { name })) + (point.on ? ` · ${longDate(point.on, lang)}` : '');
  const title = t('points.card-title', { name });
  const questionOf = (about: string | null) =>
    about === null ? null : (instrument.questions.get(about) ?? null);
  const pieces: Piece[] = [
    title,
    ...(document.points.length === 0 ? [t('points.card-none')] : []),
    ...document.points.map((p) => {
      const question = questionOf(p.about);
      return [
        question ? pick(question.text, lang) : null,
        p.standsOut,
        p.what && `${t('points.card-do')}: ${p.what}. ${whoWhen(p)}.`,
      ]
        .filter((text) => text !== null && text !== '')
        .join(' ');
    }),
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
      <main class="end__main" data-testid="end" data-outcome="side-by-side">
        <article class="card" lang={lang} data-testid="card">
          <header class="card__head">
            <div>
              <Heading step="card">{title}</Heading>
              <p>{longDate(document.endedAt, lang)}</p>
            </div>
            <Logo />
          </header>
          {document.points.length === 0 && <p>{t('points.card-none')}</p>}
          <ol class="card__agreed">
            {document.points.map((p) => {
              const question = questionOf(p.about);
              return (
                <li key={p.id} class="card__point">
                  {question && (
                    <p class="card__about">
                      <Symbol id={question.picture} size="m" /> {pick(question.text, lang)}
                    </p>
                  )}
                  {p.standsOut && <p class="card__stands-out">{p.standsOut}</p>}
                  {p.what && (
                    <>
                      <strong>{p.what}</strong>
                      <span>{whoWhen(p)}</span>
                    </>
                  )}
                </li>
              );
            })}
          </ol>
          <p class="card__foot">{t('card.foot')}</p>
        </article>
      </main>
    </div>
  );
}
