import { useState } from 'preact/hooks';
import { useLanguage, type Key } from '../i18n/i18n';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { pair, signIn, type Person } from '../work/api';

interface Props {
  email: string;
  onSignedIn: (person: Person, email: string, password: string) => Promise<void>;
  onBack: (() => void) | null;
  title?: Key;
}

type Fault = 'wrong' | 'too-many' | 'offline' | 'trouble' | 'wrong-code' | 'wrong-pair';

const faults: Record<Fault, Key> = {
  wrong: 'sign-in.wrong',
  'wrong-code': 'sign-in.wrong-code',
  'wrong-pair': 'sign-in.wrong-pair',
  'too-many': 'sign-in.too-many',
  offline: 'sign-in.offline',
  trouble: 'sign-in.trouble',
};

export function SignIn({ email: known, onSignedIn, onBack, title = 'sign-in.title' }: Props) {
  const { t } = useLanguage();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<Key | null>(null);
  const [busy, setBusy] = useState(false);
  const [step, setStep] = useState<'password' | 'code' | 'pair'>('password');
  const [code, setCode] = useState('');

  const enter = async (second?: string): Promise<void> => {
    const result = await signIn(email.trim(), password, second);
    setCode('');
    if (result.kind === 'ok') await onSignedIn(result.person, email.trim(), password);
    else if (result.kind === 'code' || result.kind === 'pair') setStep(result.kind);
    else setFault(faults[result.kind]);
  };

  const submit = async (e: Event): Promise<void> => {
    e.preventDefault();
    setBusy(true);
    setFault(null);
    if (step === 'pair') {
      const paired = await pair(code);
      if (paired === 'ok') {
        setStep('password');
        await enter();
      } else setFault(faults[paired === 'wrong' ? 'wrong-pair' : paired]);
    } else await enter(step === 'code' ? code : undefined);
    setBusy(false);
  };

  return (
    <form class="gate__card" onSubmit={(e) => void submit(e)}>
      <Heading step="sign-in">{t(title)}</Heading>
      <p class="lead">{t('sign-in.lead')}</p>
      {step !== 'password' && (
        <label class="field">
          <span>{t(step === 'code' ? 'sign-in.code' : 'sign-in.pair')}</span>
          <input
            key={step}
            type="text"
            inputMode={step === 'code' ? 'numeric' : 'text'}
            autoComplete={step === 'code' ? 'one-time-code' : 'off'}
            autoCapitalize="characters"
            spellcheck={false}
            required
            value={code}
            data-testid={`sign-in-${step}`}
            ref={(input) => input?.focus()}
            onInput={(e) => setCode(e.currentTarget.value)}
          />
        </label>
      )}
      {step === 'password' && (
        <>
          <label class="field">
            <span>{t('sign-in.email')}</span>
            <input
              type="text"
              inputMode="email"
              autoComplete="username"
              autoCapitalize="none"
              spellcheck={false}
              required
              value={email}
              data-testid="sign-in-email"
              onInput={(e) => setEmail(e.currentTarget.value)}
            />
          </label>
          <label class="field">
            <span>{t('sign-in.password')}</span>
            <input
              type="password"
              autoComplete="current-password"
              required
              value={password}
              data-testid="sign-in-password"
              onInput={(e) => setPassword(e.currentTarget.value)}
            />
          </label>
        </>
      )}
      <p class="fault" role="alert" data-testid="sign-in-fault">
        {fault && t(fault)}
      </p>
      <div class="row">
        <button class="button button--main" type="submit" disabled={busy} data-testid="sign-in-submit">
          {busy ? t('busy') : t('sign-in.submit')}
        </button>
        {onBack && (
          <button class="button button--plain" type="button" onClick={onBack} data-testid="sign-in-back">
            <Icon name="back" /> {t('back')}
          </button>
        )}
      </div>
    </form>
  );
}
