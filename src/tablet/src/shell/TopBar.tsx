import { useState } from 'preact/hooks';
import { ComfortButton } from '../comfort/ComfortButton';
import { useLanguage } from '../i18n/i18n';
import { OutboxPill } from '../outbox/OutboxPill';
import type { OutboxState } from '../outbox/useOutbox';
import { Dialog } from './Dialog';
import { Icon } from './Icon';
import { Logo } from './Logo';

interface Props {
  outbox: OutboxState;
  name: string;
  unsent: number;
  onOutbox: () => void;
  onLock: () => void;
  onSignOut: () => void;
}

export function TopBar({ outbox, name, unsent, onOutbox, onLock, onSignOut }: Props) {
  const { t } = useLanguage();
  const [asking, setAsking] = useState(false);
  return (
    <header class="topbar">
      <span class="wordmark">
        <Logo /> <span class="wordmark__text">ClientVoice</span>
      </span>
      <OutboxPill state={outbox} onOpen={onOutbox} />
      <div class="topbar__tools">
        <ComfortButton />
        <button type="button" class="tool" data-testid="me" onClick={() => setAsking(true)}>
          <Icon name="person" />
          <span class="tool__label">{name.split(' ')[0]}</span>
        </button>
      </div>
      {asking && (
        <Dialog title={name} onClose={() => setAsking(false)}>
          <div class="stack">
            <button type="button" class="button button--main" data-testid="lock" onClick={onLock}>
              <Icon name="lock" /> {t('lock')}
            </button>
            <p class="quiet">{unsent > 0 ? t('sign-out.kept', { n: unsent }) : t('sign-out.clean')}</p>
            <button type="button" class="button" data-testid="sign-out" onClick={onSignOut}>
              <Icon name="out" /> {t('sign-out')}
            </button>
            <button type="button" class="button button--plain" onClick={() => setAsking(false)}>
              {t('close')}
            </button>
          </div>
        </Dialog>
      )}
    </header>
  );
}
