import { useState } from 'preact/hooks';
import { useLanguage, type Key } from '../i18n/i18n';
import { Icon } from '../shell/Icon';

interface Props {
  reason: string | null;
  onReason: (reason: string | null) => void;
  onUndo: () => void;
}

const common: Key[] = ['reason.private', 'reason.unclear', 'reason.unknown', 'reason.not-now'];

/** After passing over: it is fine as it is; a reason can be given, and it can be taken back. */
export function PassedStrip({ reason, onReason, onUndo }: Props) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <aside class="passed" data-testid="passed">
      <p>
        <Icon name="skip" /> {t('passed')}
        {reason && <em> “{reason}”</em>}
      </p>
      <div class="passed__row">
        {!open && (
          <button
            type="button"
            class="button button--small"
            data-testid="pass-reason"
            onClick={() => setOpen(true)}
          >
            {t('passed.why')}
          </button>
        )}
        <button type="button" class="button button--small" data-testid="pass-undo" onClick={onUndo}>
          <Icon name="undo" /> {t('passed.undo')}
        </button>
      </div>
      {open && (
        <div class="passed__reasons">
          {common.map((key) => (
            <button
              key={key}
              type="button"
              class="button button--small"
              aria-pressed={reason === t(key)}
              data-testid={key.replace('.', '-')}
              onClick={() => onReason(reason === t(key) ? null : t(key))}
            >
              {t(key)}
            </button>
          ))}
          <label class="field">
            <span>{t('passed.own')}</span>
            <input
              type="text"
              maxLength={400}
              data-testid="reason-own"
              onChange={(e) => onReason(e.currentTarget.value.trim() || null)}
            />
          </label>
        </div>
      )}
    </aside>
  );
}
