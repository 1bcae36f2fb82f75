// The client's own card: one page, large letters, pictures. What I said goes well, what I want different, and
// what we agreed.
import type { ConversationDocument } from '../conversation/document';
import { longDate, pick, translator } from '../i18n/i18n';
import type { Instrument, Section } from '../instrument/types';
import { Heading } from '../shell/Heading';
import { Logo } from '../shell/Logo';
import { Symbol } from '../shell/Symbol';
import { cardParts } from './cardParts';

interface Props {
  document: ConversationDocument;
  instrument: Instrument;
  name: string;
}

export function TakeHomeCard({ document, instrument, name }: Props) {
  const lang = document.language;
  const t = translator(lang);
  const { well, change } = cardParts(document, instrument);
  const list = (sections: Section[]) => (
    <ul class="card__areas">
      {sections.map((s) => (
        <li key={s.id}>
          <Symbol id={s.picture} size="m" /> {pick(s.title, lang)}
        </li>
      ))}
    </ul>
  );
  return (
    <article class="card" lang={lang} data-testid="card">
      <header class="card__head">
        <div>
          <Heading step="card">{t('card.title', { name })}</Heading>
          <p>{longDate(document.endedAt, lang)}</p>
        </div>
        <Logo />
      </header>
      {well.length > 0 && (
        <section>
          <h2>{t('card.well')}</h2>
          {list(well)}
        </section>
      )}
      {change.length > 0 && (
        <section>
          <h2>{t('card.change')}</h2>
          {list(change)}
        </section>
      )}
      <section>
        <h2>{t('card.agreed')}</h2>
        {document.agreements.length === 0 ? (
          <p>{t('card.none')}</p>
        ) : (
          <ol class="card__agreed">
            {document.agreements.map((a) => (
              <li key={a.id}>
                <strong>{a.what}</strong>
                <span>
                  {a.name ?? t(`who.${a.who}`, { name })}
                  {a.on && ` · ${longDate(a.on, lang)}`}
                </span>
              </li>
            ))}
          </ol>
        )}
      </section>
      <p class="card__foot">{t('card.foot')}</p>
    </article>
  );
}
