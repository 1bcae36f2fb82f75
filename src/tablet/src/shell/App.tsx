import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ComfortContext, useComfortState } from '../comfort/comfort';
import { LanguageContext, useTexts } from '../i18n/i18n';
import { SwitchContext, useSwitchState } from '../switch/settings';
import { useSwitch } from '../switch/useSwitch';
import { holdOpen, whenClosed } from '../sw/openVault';
import { lookForNewer, registerWorker } from '../sw/register';
import { Gate } from '../vault/Gate';
import type { TabletDatabase } from '../vault/database';
import type { Vault } from '../vault/vault';
import type { VaultEntry } from '../vault/vaults';
import { Announcer } from './announce';
import { useIdle } from './useIdle';
import { useWorkplace } from './useWorkplace';
import { whenIdle } from './whenIdle';

/** Long enough for a quiet conversation, short enough for a tablet that is left on the kitchen table. */
const IDLE_LOCK = 30 * 60_000;

interface Props {
  db: TabletDatabase;
  /** Who has a vault on this tablet, read before anything is drawn: the first screen is the right one. */
  known: VaultEntry[];
}

export function App({ db, known }: Props) {
  const control = useComfortState();
  const { lang } = control.comfort;
  const language = useTexts(lang);
  const switches = useSwitchState();
  useSwitch(switches.settings, lang);
  const [vault, setVault] = useState<Vault | null>(null);
  const asked = useRef<VaultEntry[] | null>(known);
  const Workplace = useWorkplace();
  const [takeOver, setTakeOver] = useState<(() => void) | null>(null);
  const lock = useCallback(() => setVault(null), []);
  const open = useCallback((opened: Vault) => {
    // Later there may be another person, or unsent work: then it is read again.
    asked.current = null;
    setVault(opened);
  }, []);

  const offerNewer = useCallback((accept: () => void) => setTakeOver(() => accept), []);

  useIdle(IDLE_LOCK, lock);
  useEffect(() => {
    // The first screen first: keeping everything for use without network can wait that long.
    const callOff = whenIdle(() => void registerWorker(offerNewer));
    // Without this the browser may throw unsent work away when the disk is full.
    void navigator.storage?.persist?.();
    return callOff;
  }, [offerNewer]);
  useEffect(() => {
    if (vault) return holdOpen();
    void lookForNewer(offerNewer);
    return undefined;
  }, [vault, offerNewer]);
  useEffect(() => {
    if (!takeOver || vault) return undefined;
    // A newer app takes over only while nobody's vault is open, in no tab.
    const waiting = new AbortController();
    whenClosed(takeOver, waiting.signal);
    return () => waiting.abort();
  }, [takeOver, vault]);

  return (
    <ComfortContext.Provider value={control}>
      <LanguageContext.Provider value={language}>
        <SwitchContext.Provider value={switches}>
          <Announcer>
            {vault && Workplace ? (
              <Workplace key={vault.id} db={db} vault={vault} onLock={lock} />
            ) : (
              <Gate db={db} known={asked.current} onOpen={open} />
            )}
          </Announcer>
        </SwitchContext.Provider>
      </LanguageContext.Provider>
    </ComfortContext.Provider>
  );
}
