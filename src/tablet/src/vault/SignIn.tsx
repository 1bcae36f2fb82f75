import { useState } from 'preact/hooks';
import { useLanguage, type Key } from '../i18n/i18n';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { signIn, type Person } from '../work/api';

interface Props {
  email: string;
  onSignedIn: (person: Person, email: string, password: string) => Promise<void>;
  onBack: (() => void) | null;
  title?: Key;
}

export const SIGN_IN_FAULTS: Record<'wrong' | 'too-many' | 'offline' | 'trouble', Key> = {
  wrong: 'sign-in.wrong',
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

  const submit = async (e: Event): Promise<void> => {
    e.preventDefault();
    setBusy(true);
    setFault(null);
    const result = await signIn(email.trim(), password);
    if (result.kind === 'ok') await onSignedIn(result.person, email.trim(), password);
    else setFault(SIGN_IN_FAULTS[result.kind]);
    setBusy(false);
  };

  return (
    <form class="gate__card" onSubmit={(e) => void submit(e)}>
      <Heading step="sign-in">{t(title)}</Heading>
      <p class="lead">{t('sign-in.lead')}</p>
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
