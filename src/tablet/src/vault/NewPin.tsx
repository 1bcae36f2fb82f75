import { useState } from 'preact/hooks';
import { useLanguage, type Key } from '../i18n/i18n';
import { Heading } from '../shell/Heading';
import { PIN_LENGTH, PinField } from './PinField';
import { isEasyPin } from './easyPin';

interface Props {
  name: string;
  onPin: (pin: string) => Promise<void>;
}

export function NewPin({ name, onPin }: Props) {
  const { t } = useLanguage();
  const [pin, setPin] = useState('');
  const [repeat, setRepeat] = useState('');
  const [fault, setFault] = useState<Key | null>(null);
  const [busy, setBusy] = useState(false);

  const check = (): Key | null => {
    if (pin.length !== PIN_LENGTH) return 'pin.length';
    if (isEasyPin(pin)) return 'pin.easy';
    return pin === repeat ? null : 'pin.different';
  };
  const submit = async (e: Event): Promise<void> => {
    e.preventDefault();
    const wrong = check();
    setFault(wrong);
    if (wrong) return;
    setBusy(true);
    await onPin(pin);
  };

  return (
    <form class="gate__card" noValidate onSubmit={(e) => void submit(e)}>
      <Heading step="new-pin">{t('pin.new-title', { name: name.split(' ')[0] ?? name })}</Heading>
      <p class="lead">{t('pin.new-lead')}</p>
      <PinField label={t('pin.new')} value={pin} testId="pin-new" onChange={setPin} />
      <PinField label={t('pin.repeat')} value={repeat} testId="pin-repeat" onChange={setRepeat} />
      <p class="fault" role="alert">
        {fault && t(fault)}
      </p>
      <button class="button button--main" type="submit" disabled={busy} data-testid="pin-submit">
        {busy ? t('busy') : t('pin.save')}
      </button>
    </form>
  );
}
