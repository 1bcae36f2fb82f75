import { ComfortButton } from '../comfort/ComfortButton';
import { useLanguage } from '../i18n/i18n';
import { Icon } from '../shell/Icon';

interface Props {
  canUndo: boolean;
  onUndo: () => void;
  /** Locked to the question; null where there is nothing to wander off to. */
  locked: boolean | null;
  onLock: () => void;
  onPause: () => void;
}

/** Above every question: undo, comfort, lock to the question, pause. Locked, only what a client may touch is left. */
export function TalkTools({ canUndo, onUndo, locked, onLock, onPause }: Props) {
  const { t } = useLanguage();
  return (
    <>
      <button type="button" class="tool" data-testid="undo" disabled={!canUndo} onClick={onUndo}>
        <Icon name="undo" />
        <span class="tool__label">{t('undo')}</span>
      </button>
      {!locked && <ComfortButton />}
      {locked !== null && (
        <button type="button" class="tool" data-testid="lock-question" aria-pressed={locked} onClick={onLock}>
          <Icon name="lock" />
          <span class="tool__label">{t(locked ? 'lock.on' : 'lock.off')}</span>
        </button>
      )}
      {!locked && (
        <button type="button" class="tool" data-testid="pause" onClick={onPause}>
          <Icon name="pause" />
          <span class="tool__label">{t('pause')}</span>
        </button>
      )}
    </>
  );
}
