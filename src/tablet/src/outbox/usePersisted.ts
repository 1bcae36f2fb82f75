import { useEffect, useState } from 'preact/hooks';

/** Whether the browser promised not to clear away what is kept; null when it does not tell. */
export function usePersisted(): boolean | null {
  const [persisted, setPersisted] = useState<boolean | null>(null);
  useEffect(() => void navigator.storage?.persisted?.().then(setPersisted), []);
  return persisted;
}
