import { useLanguage, type Key } from '../i18n/i18n';
import { Icon, type IconName } from '../shell/Icon';
import type { OutboxLook, OutboxState } from './useOutbox';

const icons: Record<OutboxLook, IconName> = {
  sent: 'sent',
  waiting: 'waiting',
  offline: 'offline',
  'sign-in': 'lock',
  aside: 'alert',
  receipt: 'waiting',
};

const words: Record<OutboxLook, Key> = {
  sent: 'outbox.sent',
  waiting: 'outbox.waiting',
  offline: 'outbox.offline',
  'sign-in': 'outbox.sign-in',
  aside: 'outbox.aside',
  receipt: 'outbox.receipt',
};

/** The calm answer to "is it safe?": always in the same place, in words. */
export function OutboxPill({ state, onOpen }: { state: OutboxState; onOpen: () => void }) {
  const { t } = useLanguage();
  const { waiting, look } = state;
  if (!look) return null;
  const count = waiting === 1 ? t('outbox.one') : t('outbox.many', { n: waiting });
  const shown =
    look === 'waiting' || look === 'aside' || waiting === 0 ? t(words[look]) : `${t(words[look])} · ${count}`;
  return (
    <button
      type="button"
      class={`pill pill--${look}`}
      data-testid="outbox-state"
      data-waiting={waiting}
      data-look={look}
      onClick={onOpen}
    >
      <Icon name={icons[look]} />
      <span>{look === 'waiting' ? count : shown}</span>
    </button>
  );
}
