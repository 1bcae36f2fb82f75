// An administrator delivers what a colleague who left had not sent: chosen by name, never read.
import { useState } from 'preact/hooks';
import { fill, useLanguage, type Values } from '../i18n/i18n';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { endSession, signIn } from '../work/api';
import type { TabletDatabase } from './database';
import { deliver, type Delivered } from './handOver';
import { handOverTexts, type HandOverText } from './handOverTexts';
import { SIGN_IN_FAULTS } from './SignIn';
import type { VaultEntry } from './vaults';

interface Props {
  db: TabletDatabase;
  entries: VaultEntry[];
  onBack: () => void;
}

export function HandOver({ db, entries, onBack }: Props) {
  const { t, lang } = useLanguage();
  const say = (key: HandOverText, values?: Values): string => fill(handOverTexts[lang][key], values);
  const ready = entries.filter((e) => e.waiting > 0 && e.canHandOver);
  const [whose, setWhose] = useState(ready.length === 1 ? ready[0]?.vault : undefined);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [progress, setProgress] = useState<{ done: number; of: number } | null>(null);
  const [result, setResult] = useState<(Delivered & { kind: 'done' }) | null>(null);

  const send = async (entry: VaultEntry): Promise<void> => {
    setFault(null);
    setProgress({ done: 0, of: entry.waiting });
    const session = await signIn(email.trim(), password);
    if (session.kind === 'ok') {
      const delivered = await deliver(db, entry, (done, of) => setProgress({ done, of }));
      // The tablet is the team's: the administrator does not stay signed in on it.
      await endSession();
      if (delivered.kind === 'done') setResult(delivered);
      else setFault(say(delivered.kind));
    } else setFault(t(SIGN_IN_FAULTS[session.kind]));
    setProgress(null);
  };

  if (result) {
    return (
      <section class="gate__card" data-testid="hand-over-done">
        <Heading step="hand-over-done">{say('done')}</Heading>
        <p class="lead">{result.arrived === 1 ? say('one') : say('many', { n: result.arrived })}</p>
        {result.refused.length > 0 && (
          <p class="notice notice--strong" data-testid="hand-over-refused">
            <Icon name="alert" />
            <span>
              {say('refused', {
                n: result.refused.length,
                codes: [...new Set(result.refused)].join(', '),
              })}
            </span>
          </p>
        )}
        <button type="button" class="button button--main" data-testid="hand-over-back" onClick={onBack}>
          {say('close')}
        </button>
      </section>
    );
  }

  const chosen = ready.find((e) => e.vault === whose);
  return (
    <form
      class="gate__card"
      onSubmit={(e) => {
        e.preventDefault();
        if (chosen) void send(chosen);
        else setFault(say('whose-missing'));
      }}
    >
      <Heading step="hand-over">{say('title')}</Heading>
      <p class="lead">{say('lead')}</p>
      <fieldset class="stack">
        <legend>{say('whose')}</legend>
        {ready.map((entry) => (
          <label key={entry.vault} class="chip">
            <input
              type="radio"
              name="whose"
              data-testid="hand-over-whose"
              checked={whose === entry.vault}
              onChange={() => setWhose(entry.vault)}
            />
            <span>
              {entry.label.name} ·{' '}
              {entry.waiting === 1 ? t('outbox.one') : t('outbox.many', { n: entry.waiting })}
            </span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span>{say('email')}</span>
        <input
          type="text"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          required
          value={email}
          data-testid="hand-over-email"
          onInput={(e) => setEmail(e.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>{t('sign-in.password')}</span>
        <input
          type="password"
          autoComplete="off"
          required
          value={password}
          data-testid="hand-over-password"
          onInput={(e) => setPassword(e.currentTarget.value)}
        />
      </label>
      <p class="fault" role="alert" data-testid="hand-over-fault">
        {fault}
      </p>
      <p class="quiet" role="status">
        {progress && say('progress', progress)}
      </p>
      <div class="row">
        <button
          class="button button--main"
          type="submit"
          disabled={progress !== null}
          data-testid="hand-over-send"
        >
          {progress ? t('busy') : say('send')}
        </button>
        <button class="button button--plain" type="button" onClick={onBack}>
          <Icon name="back" /> {t('back')}
        </button>
      </div>
    </form>
  );
}
