import { useLanguage } from '../i18n/i18n';
import { Dialog } from '../shell/Dialog';
import { Icon } from '../shell/Icon';

interface Props {
  onClose: () => void;
  onPause: () => void;
  onStop: (readBack: boolean) => void;
}

/** Tired is not the same as done: a pause comes first, and stopping is as good an ending as any. */
export function StopDialog({ onClose, onPause, onStop }: Props) {
  const { t } = useLanguage();
  return (
    <Dialog title={t('stop.title')} onClose={onClose}>
      <p class="lead">{t('stop.text')}</p>
      <div class="stack">
        <button type="button" class="button button--main" data-testid="stop-pause" onClick={onPause}>
          <Icon name="pause" /> {t('stop.pause')}
        </button>
        <button type="button" class="button" data-testid="stop-save" onClick={() => onStop(false)}>
          <Icon name="rest" /> {t('stop.save')}
        </button>
        <button type="button" class="button" data-testid="stop-readback" onClick={() => onStop(true)}>
          <Icon name="check" /> {t('stop.readback')}
        </button>
        <button type="button" class="button button--plain" data-testid="stop-cancel" onClick={onClose}>
          {t('stop.cancel')}
        </button>
      </div>
    </Dialog>
  );
}
