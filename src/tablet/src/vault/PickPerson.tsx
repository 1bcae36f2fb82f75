import { useLanguage } from '../i18n/i18n';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { Initials } from '../shell/Initials';
import type { VaultEntry } from './vaults';

interface Props {
  entries: VaultEntry[];
  onPick: (entry: VaultEntry) => void;
  onOther: () => void;
  onHandOver: () => void;
}

export function PickPerson({ entries, onPick, onOther, onHandOver }: Props) {
  const { t } = useLanguage();
  return (
    <section class="gate__card">
      <Heading step="pick">{t('pick.title')}</Heading>
      <ul class="people">
        {entries.map((entry) => (
          <li key={entry.vault}>
            <button type="button" class="person" data-testid="pick-person" onClick={() => onPick(entry)}>
              <Initials name={entry.label.name} />
              <span class="person__name">{entry.label.name}</span>
              {entry.waiting > 0 && (
                <span class="person__note">
                  {entry.waiting === 1 ? t('outbox.one') : t('outbox.many', { n: entry.waiting })}
                </span>
              )}
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="button button--plain" data-testid="pick-other" onClick={onOther}>
        <Icon name="plus" /> {t('pick.other')}
      </button>
      {entries.some((e) => e.waiting > 0 && e.canHandOver) && (
        <button type="button" class="button button--plain" data-testid="pick-hand-over" onClick={onHandOver}>
          <Icon name="sent" /> {t('hand-over.open')}
        </button>
      )}
    </section>
  );
}
