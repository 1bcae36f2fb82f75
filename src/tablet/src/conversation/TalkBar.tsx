import { useLanguage } from '../i18n/i18n';
import { Icon } from '../shell/Icon';

interface Props {
  isFirst: boolean;
  byClient: boolean;
  onBack: () => void;
  onStop: () => void;
  onPass: () => void;
  onNext: () => void;
}

/** Always in the same place, whatever the way of asking: back, stop, pass over, go on. */
export function TalkBar({ isFirst, byClient, onBack, onStop, onPass, onNext }: Props) {
  const { t } = useLanguage();
  return (
    <footer class="talk__bar">
      <button
        type="button"
        class="button button--plain"
        data-testid="back"
        disabled={isFirst}
        onClick={onBack}
      >
        <Icon name="back" /> {t('back')}
      </button>
      <button type="button" class="button button--stop" data-testid="stop" onClick={onStop}>
        <Icon name="rest" /> {t(byClient ? 'stop' : 'stop.other')}
      </button>
      <button type="button" class="button" data-testid="pass" onClick={onPass}>
        <Icon name="skip" /> {t('pass')}
      </button>
      <button type="button" class="button button--main" data-testid="next" onClick={onNext}>
        {t('next')} <Icon name="next" />
      </button>
    </footer>
  );
}
