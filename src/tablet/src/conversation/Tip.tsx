import { useId } from 'preact/hooks';
import { useLanguage } from '../i18n/i18n';
import { Icon } from '../shell/Icon';

/** For the worker, behind a small button: never read aloud, never in the client's way. */
export function Tip({ text }: { text: string }) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <>
      <button type="button" class="tip__button" data-testid="tip" popovertarget={id}>
        <Icon name="tip" /> <span>{t('tip')}</span>
      </button>
      <div id={id} popover="auto" class="tip" role="note" data-testid="tip-text">
        <p class="tip__title">{t('tip.title')}</p>
        <p>{text}</p>
        <button type="button" class="button button--small" popovertarget={id} popovertargetaction="hide">
          {t('close')}
        </button>
      </div>
    </>
  );
}
