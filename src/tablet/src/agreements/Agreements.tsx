// What we agreed: what, who, when. A conversation may end without any.
import { useRef, useState } from 'preact/hooks';
import type { Action, Agreement, Draft, Who } from '../conversation/state';
import { uuidv7 } from '../conversation/uuid';
import { longDate, useLanguage } from '../i18n/i18n';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { useAnnounce } from '../shell/announce';
import { WhoWhen } from './WhoWhen';
import './agreements.css';

interface Props {
  draft: Draft;
  act: (...actions: Action[]) => void;
  /** Points that were written down before and may be meant as agreements. */
  suggestions: string[];
  onFinish: () => void;
}

const whos: Who[] = ['client', 'worker', 'relative', 'other'];
const placeWhos: Who[] = ['team', 'worker', 'client', 'relative', 'other'];
export function Agreements({ draft, act, suggestions, onFinish }: Props) {
  const { t, lang } = useLanguage();
  const announce = useAnnounce();
  const [what, setWhat] = useState('');
  const [who, setWho] = useState<Who>(draft.reflection ? 'team' : 'worker');
  const [name, setName] = useState('');
  const [on, setOn] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const whoName = (w: Who): string =>
    draft.reflection ? t(`place-who.${w}`) : t(`who.${w}`, { name: draft.client.shortName });

  const add = (): boolean => {
    if (what.trim() === '') {
      setMissing(true);
      field.current?.focus();
      return false;
    }
    const agreement: Agreement = {
      id: uuidv7(),
      what: what.trim(),
      who,
      name: name.trim() || null,
      on: on === '' ? null : on,
    };
    act({ type: 'agree', agreement });
    announce(t('agreements.added'));
    setWhat('');
    setName('');
    setOn('');
    setMissing(false);
    return true;
  };
  const finish = (): void => {
    // What was typed but not added yet is meant as an agreement too.
    if (what.trim() !== '') add();
    setBusy(true);
    onFinish();
  };

  return (
    <>
      <main class="talk__main talk__main--list">
        <Heading step="agreements">{t('agreements.title')}</Heading>
        <p class="lead">{t('agreements.lead')}</p>
        {draft.agreements.length > 0 && (
          <ul class="agreed">
            {draft.agreements.map((a) => (
              <li key={a.id} class="balloon balloon--wide" data-testid="agreement">
                <div>
                  <strong>{a.what}</strong>
                  <span class="agreed__who">
                    {a.name ?? whoName(a.who)}
                    {a.on && ` · ${longDate(a.on, lang)}`}
                  </span>
                </div>
                <button
                  type="button"
                  class="tool"
                  data-testid="agreement-remove"
                  onClick={() => act({ type: 'drop-agreement', id: a.id })}
                >
                  <Icon name="close" />
                  <span class="tool__label">{t('remove')}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {suggestions.length > 0 && (
          <div class="suggestions" role="group" aria-label={t('reflection.suggest')}>
            <span class="quiet">{t('reflection.suggest')}</span>
            {suggestions.map((text) => (
              <button
                key={text}
                type="button"
                class="button button--small"
                data-testid="suggestion"
                onClick={() => {
                  setWhat(text);
                  field.current?.focus();
                }}
              >
                {text}
              </button>
            ))}
          </div>
        )}
        <section class="agree">
          <label class="field">
            <span>{t('agreements.what')}</span>
            <textarea
              ref={field}
              rows={2}
              maxLength={1000}
              value={what}
              aria-invalid={missing}
              data-testid="agreement-what"
              onInput={(e) => setWhat(e.currentTarget.value)}
            />
          </label>
          <p class="fault" role="alert">
            {missing && t('agreements.missing')}
          </p>
          <WhoWhen
            prefix="agreement"
            whos={draft.reflection ? placeWhos : whos}
            labelOf={whoName}
            value={{ who, name, on }}
            onChange={(part) => {
              if (part.who !== undefined) setWho(part.who);
              if (part.name !== undefined) setName(part.name);
              if (part.on !== undefined) setOn(part.on);
            }}
          />
          <button type="button" class="button" data-testid="agreement-add" onClick={add}>
            <Icon name="plus" /> {t('agreements.add')}
          </button>
        </section>
      </main>
      <footer class="talk__bar">
        <button
          type="button"
          class="button button--plain"
          data-testid="back"
          onClick={() => act({ type: 'reopen' })}
        >
          <Icon name="back" /> {t('back')}
        </button>
        <button
          type="button"
          class="button button--main"
          data-testid="finish"
          disabled={busy}
          onClick={finish}
        >
          <Icon name="check" />{' '}
          {draft.agreements.length === 0 && what.trim() === '' ? t('finish.none') : t('finish')}
        </button>
      </footer>
    </>
  );
}
