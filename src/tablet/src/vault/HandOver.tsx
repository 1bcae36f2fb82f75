// An administrator delivers what a colleague who left had not sent: chosen by name, never read.
import { useState } from 'preact/hooks';
import { fill, useLanguage, type Values } from '../i18n/i18n';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { endSession } from '../work/api';
import type { TabletDatabase } from './database';
import { deliver, type Delivered } from './handOver';
import { handOverTexts, type HandOverText } from './handOverTexts';
import { SignIn } from './SignIn';
import type { VaultEntry } from './vaults';

interface Props {
  db: TabletDatabase;
  entries: VaultEntry[];
  onBack: () => void;
}

type Step =
  | { kind: 'whose'; fault: HandOverText | null }
  | { kind: 'administrator'; entry: VaultEntry }
  | { kind: 'sending'; done: number; of: number }
  | { kind: 'done'; result: Delivered & { kind: 'done' } };

export function HandOver({ db, entries, onBack }: Props) {
  const { t, lang } = useLanguage();
  const say = (key: HandOverText, values?: Values): string => fill(handOverTexts[lang][key], values);
  const ready = entries.filter((e) => e.waiting > 0 && e.canHandOver);
  const [whose, setWhose] = useState(ready.length === 1 ? ready[0]?.vault : undefined);
  const [step, setStep] = useState<Step>({ kind: 'whose', fault: null });

  const send = async (entry: VaultEntry): Promise<void> => {
    const delivered = await deliver(db, entry, (done, of) => setStep({ kind: 'sending', done, of }));
    // The tablet is the team's: the administrator does not stay signed in on it.
    await endSession();
    setStep(
      delivered.kind === 'done'
        ? { kind: 'done', result: delivered }
        : { kind: 'whose', fault: delivered.kind },
    );
  };

  if (step.kind === 'administrator') {
    return (
      <SignIn
        email=""
        title="sign-in.administrator"
        onSignedIn={() => send(step.entry)}
        onBack={() => setStep({ kind: 'whose', fault: null })}
      />
    );
  }

  if (step.kind === 'sending') {
    return (
      <section class="gate__card">
        <Heading step="hand-over-sending">{t('busy')}</Heading>
        <p class="lead" role="status">
          {say('progress', { done: step.done, of: step.of })}
        </p>
      </section>
    );
  }

  if (step.kind === 'done') {
    const { arrived, refused } = step.result;
    return (
      <section class="gate__card" data-testid="hand-over-done">
        <Heading step="hand-over-done">{say(arrived > 0 ? 'done' : 'none')}</Heading>
        {arrived > 0 && <p class="lead">{arrived === 1 ? say('one') : say('many', { n: arrived })}</p>}
        {refused.length > 0 && (
          <p class="notice notice--strong" data-testid="hand-over-refused">
            <Icon name="alert" />
            <span>{say('refused', { n: refused.length, codes: [...new Set(refused)].join(', ') })}</span>
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
        setStep(
          chosen ? { kind: 'administrator', entry: chosen } : { kind: 'whose', fault: 'whose-missing' },
        );
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
      <p class="fault" role="alert" data-testid="hand-over-fault">
        {step.fault && say(step.fault)}
      </p>
      <div class="row">
        <button class="button button--main" type="submit" data-testid="hand-over-next">
          {say('next')}
        </button>
        <button class="button button--plain" type="button" onClick={onBack}>
          <Icon name="back" /> {t('back')}
        </button>
      </div>
    </form>
  );
}
