// What comes after the PIN is two thirds of the app: it is fetched while somebody reads the first screen.
import { useEffect, useState } from 'preact/hooks';
import type { Workplace } from '../work/Workplace';
import { whenIdle } from './whenIdle';

/** In this tab; a second time in vain would go on for ever. */
const TRIED = 'clientvoice-fetched-anew';

/**
 * A newer app took over in another tab and this one's files are gone, or the network fell away at the wrong moment: the
 * page starts anew, at once or when there is network again.
 */
function startAnew(): void {
  if (sessionStorage.getItem(TRIED))
    return addEventListener('online', () => location.reload(), { once: true });
  sessionStorage.setItem(TRIED, '1');
  location.reload();
}

/** The screens behind the PIN; null until they are here. */
export function useWorkplace(): typeof Workplace | null {
  const [loaded, setLoaded] = useState<typeof Workplace | null>(null);
  useEffect(
    () =>
      whenIdle(() => {
        import('../work/Workplace').then((module) => {
          sessionStorage.removeItem(TRIED);
          setLoaded(() => module.Workplace);
        }, startAnew);
      }),
    [],
  );
  return loaded;
}
