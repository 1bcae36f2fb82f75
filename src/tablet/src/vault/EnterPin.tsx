import { useEffect, useState } from 'preact/hooks';
import { useLanguage } from '../i18n/i18n';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { PIN_LENGTH, PinField } from './PinField';
import type { PinResult } from './vaults';

interface Props {
  name: string;
  note: string | null;
  forgotten: string;
  onPin: (pin: string) => Promise<PinResult>;
  onForgotten: () => void;
  onBack: () => void;
}

function useSecondsLeft(until: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    if (until <= Date.now()) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [until]);
  return Math.max(0, Math.ceil((until - now) / 1000));
}

export function EnterPin({ name, note, forgotten, onPin, onForgotten, onBack }: Props) {
  const { t } = useLanguage();
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const [locked, setLocked] = useState(false);
  const [nextTryAt, setNextTryAt] = useState(0);
  const left = useSecondsLeft(nextTryAt);

  const submit = async (e: Event): Promise<void> => {
    e.preventDefault();
    if (pin.length !== PIN_LENGTH || busy || left > 0) return;
    setBusy(true);
    const result = await onPin(pin).catch(() => null);
    if (!result) {
      setBusy(false);
      return setFault(t('pin.trouble'));
    }
    if (result.kind === 'open') return;
    setBusy(false);
    setPin('');
    setLocked(result.kind === 'locked');
    setFault(result.kind === 'wrong' ? t('pin.wrong', { n: result.triesLeft }) : '');
    if (result.kind === 'wrong' || result.kind === 'wait') setNextTryAt(result.nextTryAt);
  };

  return (
    <form class="gate__card" noValidate onSubmit={(e) => void submit(e)}>
      <Heading step="pin">{t('pin.title', { name: name.split(' ')[0] ?? name })}</Heading>
      {note && <p class="lead">{note}</p>}
      <PinField label={t('pin.enter')} value={pin} testId="pin" onChange={setPin} />
      <p class="fault" role="alert" data-testid="pin-fault">
        {locked ? t('pin.locked') : fault}
      </p>
      {left > 0 && !locked && <p class="quiet">{t('pin.wait', { n: left })}</p>}
      <div class="row">
        {!locked && (
          <button
            class="button button--main"
            type="submit"
            disabled={busy || left > 0}
            data-testid="pin-submit"
          >
            {busy ? t('busy') : t('pin.open')}
          </button>
        )}
        <button
          class={locked ? 'button button--main' : 'button button--plain'}
          type="button"
          onClick={onForgotten}
          data-testid="pin-forgotten"
        >
          {locked && !note ? t('sign-in.submit') : forgotten}
        </button>
        <button class="button button--plain" type="button" onClick={onBack}>
          <Icon name="back" /> {t('back')}
        </button>
      </div>
    </form>
  );
}
