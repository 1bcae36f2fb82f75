// Locked to the question: the client holds the tablet, and nothing on the screen leads to other people's names. Leaving
// takes a long press and a confirmation, which a client who explores the screen does not make by chance.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLanguage } from '../i18n/i18n';
import { Dialog } from '../shell/Dialog';
import { Icon } from '../shell/Icon';

/** Long enough not to happen by leaning on the screen, short enough for a worker's patience. */
const HOLD = 1_500;

export interface Lock {
  locked: boolean;
  lock: () => void;
  /** Does this at once, or first asks for the worker where the tablet is locked to the question. */
  leave: (go: () => void) => void;
  gate: ComponentChildren;
}

export function useLock(): Lock {
  const [locked, setLocked] = useState(false);
  const [going, setGoing] = useState<(() => void) | null>(null);
  const gate = going && (
    <LeaveGate
      onStay={() => setGoing(null)}
      onLeave={() => {
        setLocked(false);
        setGoing(null);
        going();
      }}
    />
  );
  return {
    locked,
    lock: () => setLocked(true),
    leave: (go) => (locked ? setGoing(() => go) : go()),
    gate,
  };
}

function LeaveGate({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const { t } = useLanguage();
  const [held, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const down = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHeld(true), HOLD);
  };
  const up = (): void => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  const isPress = (e: KeyboardEvent): boolean => e.key === 'Enter' || e.key === ' ';
  return (
    <Dialog title={t('lock.title')} onClose={onStay}>
      <p class="lead">{t('lock.text')}</p>
      <div class="stack">
        {held ? (
          <button type="button" class="button button--main" data-testid="lock-leave" onClick={onLeave}>
            <Icon name="check" /> {t('lock.confirm')}
          </button>
        ) : (
          <button
            type="button"
            class="button"
            data-testid="lock-hold"
            onPointerDown={down}
            onPointerUp={up}
            onPointerLeave={up}
            onKeyDown={(e) => {
              if (!isPress(e)) return;
              e.preventDefault();
              if (!e.repeat) down();
            }}
            onKeyUp={up}
            onContextMenu={(e) => e.preventDefault()}
          >
            <Icon name="lock" /> {t('lock.hold')}
          </button>
        )}
        <button type="button" class="button button--main" data-testid="lock-stay" onClick={onStay}>
          {t('lock.stay')}
        </button>
      </div>
    </Dialog>
  );
}
