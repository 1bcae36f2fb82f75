// At hand while watching: a clock that is started and stopped by the observer, and a place to jot something down with
// the time beside it. The notes stay with the draft; from there they go into what was seen, by the observer's own hand.
import { useRef, useState } from 'preact/hooks';
import { Timer } from '../conversation/Timer';
import type { Action, Draft } from '../conversation/state';
import { useLanguage } from '../i18n/i18n';
import { Dialog } from '../shell/Dialog';
import { Icon } from '../shell/Icon';
import { atTime } from './atTime';
import './observation.css';

interface Props {
  draft: Draft;
  act: (...actions: Action[]) => void;
}

export function ObservationTools({ draft, act }: Props) {
  const { t, lang } = useLanguage();
  const [open, setOpen] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const notes = draft.notes ?? '';
  const write = (text: string): void => act({ type: 'notes', text });
  return (
    <>
      <Timer
        label={t('watch.timer')}
        onStop={(seconds) =>
          write(
            atTime(notes, t('watch.watched', { n: Math.max(1, Math.round(seconds / 60)) }), lang, Date.now()),
          )
        }
      />
      <button type="button" class="tool" data-testid="notes-open" onClick={() => setOpen(true)}>
        <Icon name="note" />
        <span class="tool__label">{t('watch.notes')}</span>
      </button>
      {open && (
        <Dialog title={t('watch.notes')} onClose={() => setOpen(false)}>
          <div class="stack">
            <p class="quiet">{t('watch.notes-text')}</p>
            <label class="field">
              <span class="hidden-text">{t('watch.notes')}</span>
              <textarea
                ref={field}
                rows={8}
                maxLength={8000}
                value={notes}
                data-testid="notes"
                onInput={(e) => write(e.currentTarget.value)}
              />
            </label>
            <div class="row">
              <button
                type="button"
                class="button"
                data-testid="notes-time"
                onClick={() => {
                  write(atTime(notes, '', lang, Date.now()));
                  field.current?.focus();
                }}
              >
                <Icon name="timer" /> {t('watch.time')}
              </button>
              <button
                type="button"
                class="button button--main"
                data-testid="notes-close"
                onClick={() => setOpen(false)}
              >
                {t('ready')}
              </button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
