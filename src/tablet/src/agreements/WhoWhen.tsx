// Who does it, and when we come back to it: the same for an agreement, a point of a card and a point of a team.
import type { Who } from '../conversation/state';
import { useLanguage, type Key } from '../i18n/i18n';
import { ChooseOne } from '../shell/Choices';

const soon: { key: Key; days: number }[] = [
  { key: 'agreements.week', days: 7 },
  { key: 'agreements.month', days: 30 },
  { key: 'agreements.quarter', days: 91 },
];

export const dayFrom = (now: number, days: number): string =>
  new Date(now + days * 86_400_000).toISOString().slice(0, 10);

export interface WhoWhenValue {
  who: Who;
  name: string;
  on: string;
}

interface Props {
  /** Before the test ids: `agreement`, `point`. */
  prefix: string;
  whos: Who[];
  labelOf: (who: Who) => string;
  value: WhoWhenValue;
  onChange: (part: Partial<WhoWhenValue>) => void;
}

export function WhoWhen({ prefix, whos, labelOf, value, onChange }: Props) {
  const { t } = useLanguage();
  return (
    <>
      <ChooseOne
        legend={t('agreements.who')}
        name={`${prefix}-who`}
        value={value.who}
        choices={whos.map((who) => ({ value: who, label: labelOf(who) }))}
        onChange={(who) => onChange({ who })}
      />
      {value.who !== 'client' && (
        <label class="field">
          <span>{t('agreements.name')}</span>
          <input
            type="text"
            maxLength={200}
            value={value.name}
            data-testid={`${prefix}-name`}
            onInput={(e) => onChange({ name: e.currentTarget.value })}
          />
        </label>
      )}
      <div class="when">
        <label class="field">
          <span>{t('agreements.on')}</span>
          <input
            type="date"
            value={value.on}
            data-testid={`${prefix}-on`}
            onInput={(e) => onChange({ on: e.currentTarget.value })}
          />
        </label>
        <div class="when__soon">
          {soon.map(({ key, days }) => (
            <button
              key={key}
              type="button"
              class="button button--small"
              onClick={() => onChange({ on: dayFrom(Date.now(), days) })}
            >
              {t(key)}
            </button>
          ))}
        </div>
      </div>
    </>
  );
}
