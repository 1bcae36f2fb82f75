// Everything before a vault is open: who are you, sign in, choose or enter the PIN.
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { ComfortButton } from '../comfort/ComfortButton';
import { useLanguage } from '../i18n/i18n';
import { Logo } from '../shell/Logo';
import { Trail } from '../shell/Trail';
import type { Person } from '../work/api';
import type { TabletDatabase } from './database';
import type { HandOver } from './HandOver';
import { NewPin } from './NewPin';
import { PickPerson } from './PickPerson';
import { EnterPin } from './EnterPin';
import { fetchKeys } from './serviceKeys';
import { SignIn } from './SignIn';
import type { Vault } from './vault';
import { Vaults, type Unlocked, type VaultEntry } from './vaults';
import './gate.css';

type Stage =
  | { kind: 'loading' }
  | { kind: 'pick' }
  | { kind: 'sign-in'; email: string; newPin: boolean }
  | { kind: 'pin'; entry: VaultEntry }
  | { kind: 'hand-over'; Screen: typeof HandOver }
  | { kind: 'new-pin'; person: Person; email: string; password: string; unlocked: Unlocked | null }
  | { kind: 'adopt'; entry: VaultEntry; person: Person; email: string; password: string };

interface Props {
  db: TabletDatabase;
  /** Who has a vault here, where that was read already. */
  known: VaultEntry[] | null;
  onOpen: (vault: Vault) => void;
}

const firstStage = (list: VaultEntry[]): Stage =>
  list.length > 0 ? { kind: 'pick' } : { kind: 'sign-in', email: '', newPin: false };

export function Gate({ db, known, onOpen }: Props) {
  const { t } = useLanguage();
  const vaults = useMemo(() => new Vaults(db), [db]);
  const [entries, setEntries] = useState<VaultEntry[]>(known ?? []);
  const [stage, setStage] = useState<Stage>(known ? firstStage(known) : { kind: 'loading' });

  const start = useCallback(async () => {
    const list = await vaults.list();
    setEntries(list);
    setStage(firstStage(list));
  }, [vaults]);
  useEffect(() => {
    if (!known) void start();
  }, [known, start]);

  const signedIn = async (
    person: Person,
    email: string,
    password: string,
    newPin: boolean,
  ): Promise<void> => {
    const keys = await fetchKeys();
    if (keys) await vaults.learn(keys.handOver);
    const mine = entries.filter((e) => e.label.person === person.id);
    for (const entry of mine) {
      const unlocked = await vaults.unlockWithPassword(entry.vault, password);
      if (!unlocked) continue;
      if (newPin || !entry.hasPin) return setStage({ kind: 'new-pin', person, email, password, unlocked });
      return onOpen(await vaults.openUnlocked(unlocked));
    }
    const [entry] = mine;
    if (entry) return setStage({ kind: 'adopt', entry, person, email, password });
    return setStage({ kind: 'new-pin', person, email, password, unlocked: null });
  };

  const choosePin = async (stageNow: Stage & { kind: 'new-pin' }, pin: string): Promise<void> => {
    const { person, email, password, unlocked } = stageNow;
    const label = { person: person.id, name: person.name, email };
    onOpen(
      unlocked ? await vaults.renew(unlocked, password, pin) : await vaults.create(label, password, pin),
    );
  };

  const openWith = async (entry: VaultEntry, pin: string) => {
    const result =
      stage.kind === 'adopt'
        ? await vaults.adoptPassword(entry.vault, pin, stage.password)
        : await vaults.openWithPin(entry.vault, pin);
    if (result.kind === 'open') onOpen(result.vault);
    if (result.kind === 'locked') setEntries(await vaults.list());
    return result;
  };

  const toSignIn = (email: string, newPin: boolean): void => setStage({ kind: 'sign-in', email, newPin });

  return (
    <div class="gate">
      <header class="gate__top">
        <span class="wordmark">
          <Logo /> ClientVoice
        </span>
        <ComfortButton />
      </header>
      <main class="gate__main">
        {stage.kind === 'loading' && <p class="quiet">{t('loading')}</p>}
        {stage.kind === 'pick' && (
          <PickPerson
            entries={entries}
            onPick={(entry) =>
              entry.hasPin ? setStage({ kind: 'pin', entry }) : toSignIn(entry.label.email, true)
            }
            onOther={() => toSignIn('', false)}
            onHandOver={() =>
              // Seldom needed: fetched when it is.
              void import('./HandOver').then(({ HandOver: Screen }) =>
                setStage({ kind: 'hand-over', Screen }),
              )
            }
          />
        )}
        {stage.kind === 'hand-over' && <stage.Screen db={db} entries={entries} onBack={() => void start()} />}
        {stage.kind === 'sign-in' && (
          <SignIn
            email={stage.email}
            onSignedIn={(person, email, password) => signedIn(person, email, password, stage.newPin)}
            onBack={entries.length > 0 ? () => setStage({ kind: 'pick' }) : null}
          />
        )}
        {(stage.kind === 'pin' || stage.kind === 'adopt') && (
          <EnterPin
            key={stage.entry.vault}
            name={stage.entry.label.name}
            note={stage.kind === 'adopt' ? t('pin.adopt') : null}
            onPin={(pin) => openWith(stage.entry, pin)}
            forgotten={t(stage.kind === 'adopt' ? 'pin.fresh' : 'pin.forgotten')}
            onForgotten={() =>
              // Neither the old PIN nor the old password: a fresh vault; the old one stays, sealed, beside it.
              stage.kind === 'adopt'
                ? setStage({ ...stage, kind: 'new-pin', unlocked: null })
                : toSignIn(stage.entry.label.email, true)
            }
            onBack={() => setStage({ kind: 'pick' })}
          />
        )}
        {stage.kind === 'new-pin' && (
          <NewPin name={stage.person.name} onPin={(pin) => choosePin(stage, pin)} />
        )}
      </main>
      <Trail />
    </div>
  );
}
