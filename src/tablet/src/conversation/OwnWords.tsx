import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useLanguage } from '../i18n/i18n';
import type { Perspective } from '../instrument/types';
import { Icon } from '../shell/Icon';

interface Props {
  observing: boolean;
  name: string;
  perspective: Perspective;
  text: string;
  onWords: (text: string) => void;
  /** Under the field. */
  children?: ComponentChildren;
}

/** The person's own words beside any answer. For an observation they are the heart of it, so they stand open. */
export function OwnWords({ observing, name, perspective, text, onWords, children }: Props) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  if (!observing && !open && text === '') {
    return (
      <button
        type="button"
        class="button button--soft words__open"
        data-testid="words-open"
        onClick={() => setOpen(true)}
      >
        <Icon name="pencil" /> {t('words.open')}
      </button>
    );
  }
  const label = observing
    ? t('words.seen')
    : perspective === 'client'
      ? t('words.client', { name })
      : t('words.own');
  return (
    <div class="words">
      <label class="field">
        <span>{label}</span>
        <textarea
          rows={3}
          maxLength={4000}
          value={text}
          data-testid="words"
          ref={(element) => {
            if (open && element && text === '' && document.activeElement?.tagName === 'BODY') element.focus();
          }}
          onInput={(e) => onWords(e.currentTarget.value)}
        />
      </label>
      {children}
    </div>
  );
}
