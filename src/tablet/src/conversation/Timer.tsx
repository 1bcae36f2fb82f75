// A clock that the people at the table or the observer start and stop themselves. It never ends anything.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLanguage } from '../i18n/i18n';
import { Icon } from '../shell/Icon';
import { useAnnounce } from '../shell/announce';

interface Props {
  label: string;
  /** Counts down from this many seconds; without it, it counts up. */
  limit?: number;
  /** Said when the time is over. */
  over?: string;
  /** Told each time it is stopped: how many seconds it ran in all. */
  onStop?: (seconds: number) => void;
}

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

export function Timer({ label, limit, over, onStop }: Props) {
  const { t } = useLanguage();
  const announce = useAnnounce();
  const [since, setSince] = useState<number | null>(null);
  const [before, setBefore] = useState(0);
  const [now, setNow] = useState(() => Date.now());
  const said = useRef(false);
  useEffect(() => {
    if (since === null) return undefined;
    const tick = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(tick);
  }, [since]);
  const ran = Math.floor((before + (since === null ? 0 : Math.max(0, now - since))) / 1000);
  const left = limit === undefined ? null : Math.max(0, limit - ran);
  const isOver = left === 0;
  useEffect(() => {
    if (!isOver || said.current || !over) return;
    said.current = true;
    announce(over);
  }, [isOver, over, announce]);

  const toggle = (): void => {
    setNow(Date.now());
    if (since === null) return setSince(Date.now());
    const total = before + Date.now() - since;
    setBefore(total);
    setSince(null);
    onStop?.(Math.round(total / 1000));
  };
  const reset = (): void => {
    setBefore(0);
    setSince(null);
    said.current = false;
  };
  return (
    <div class={`timer ${isOver ? 'timer--over' : ''}`} role="group" aria-label={label}>
      <button
        type="button"
        class="button button--soft"
        data-testid="timer"
        aria-pressed={since !== null}
        onClick={toggle}
      >
        <Icon name={since === null ? 'timer' : 'pause'} /> {label}{' '}
        <span class="timer__clock" role="timer" data-testid="timer-clock">
          {clock(left ?? ran)}
        </span>
      </button>
      {(since !== null || before > 0) && (
        <button
          type="button"
          class="tool"
          data-testid="timer-reset"
          aria-label={t('timer.reset')}
          onClick={reset}
        >
          <Icon name="refresh" />
        </button>
      )}
      {isOver && over && <p class="timer__over">{over}</p>}
    </div>
  );
}
