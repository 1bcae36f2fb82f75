// The part of the comfort settings about switches.
import { useLayoutEffect, useState } from 'preact/hooks';
import { useLanguage, type Key } from '../i18n/i18n';
import { ChooseOne } from '../shell/Choices';
import { SPEEDS, useSwitchSettings } from './settings';

const modes = ['off', 'one', 'two'] as const;

export function SwitchChoices() {
  const { t, lang } = useLanguage();
  const { settings, change } = useSwitchSettings();
  const number = (n: number): string => n.toLocaleString(lang === 'nl' ? 'nl-NL' : 'en-GB');
  return (
    <>
      <ChooseOne
        legend={t('switch.title')}
        name="switch"
        value={settings.mode}
        choices={modes.map((value) => ({ value, label: t(`switch.${value}`) }))}
        onChange={(mode) => change({ mode })}
      />
      {settings.mode !== 'off' && (
        <>
          <p class="quiet">{t(`switch.${settings.mode}-text`)}</p>
          {settings.mode === 'one' && (
            <ChooseOne
              legend={t('switch.speed')}
              name="switch-speed"
              value={String(settings.seconds)}
              choices={SPEEDS.map((s) => ({
                value: String(s),
                label: t('switch.seconds', { n: number(s) }),
              }))}
              onChange={(value) => change({ seconds: Number(value) })}
            />
          )}
          <ChooseOne
            legend={t('switch.speak')}
            name="switch-speak"
            value={settings.speak ? 'on' : 'off'}
            choices={[
              { value: 'off', label: t('comfort.off') },
              { value: 'on', label: t('comfort.on') },
            ]}
            onChange={(value) => change({ speak: value === 'on' })}
          />
          <KeyPick
            title={settings.mode === 'one' ? 'switch.key-first' : 'switch.key-next'}
            other={settings.press}
            code={settings.next}
            testId="switch-key-next"
            onPick={(next) => change({ next })}
          />
          <KeyPick
            title={settings.mode === 'one' ? 'switch.key-second' : 'switch.key-press'}
            other={settings.next}
            code={settings.press}
            testId="switch-key-press"
            onPick={(press) => change({ press })}
          />
        </>
      )}
    </>
  );
}

/** Keys by which a person gets around; a switch on one of them would lock everybody else out. */
const TAKEN = ['Escape', 'Tab'];

interface PickProps {
  title: Key;
  code: string;
  other: string;
  testId: string;
  onPick: (code: string) => void;
}

function KeyPick({ title, code, other, testId, onPick }: PickProps) {
  const { t } = useLanguage();
  const [listening, setListening] = useState(false);
  // From the moment that the screen says "press it now": a press just after is meant.
  useLayoutEffect(() => {
    if (!listening) return undefined;
    const down = (event: KeyboardEvent): void => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!TAKEN.includes(event.code) && event.code !== other && event.code !== '') onPick(event.code);
      setListening(false);
    };
    addEventListener('keydown', down, { capture: true });
    return () => removeEventListener('keydown', down, { capture: true });
  }, [listening, other, onPick]);
  const name = code === 'Space' ? t('switch.space') : code.replace(/^(Key|Digit)/, '');
  return (
    <div class="keypick">
      <strong id={testId}>{t(title)}</strong>
      <button
        type="button"
        class="button"
        aria-describedby={testId}
        aria-pressed={listening}
        data-testid={testId}
        onClick={() => setListening(!listening)}
      >
        {listening ? t('switch.listening') : name}
      </button>
    </div>
  );
}
