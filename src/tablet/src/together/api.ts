import type { ServiceSet } from './sets';

interface Body {
  person: string;
  sets: ServiceSet[];
}

/**
 * What waits to be laid side by side; null where the service cannot be asked now, or where the session is of a
 * colleague who used this tablet in between.
 */
export async function fetchSideBySides(person: string): Promise<ServiceSet[] | null> {
  try {
    const response = await fetch('/api/side-by-sides', { cache: 'no-store' });
    if (!response.ok) return null;
    const body = (await response.json()) as Body;
    return body.person === person ? body.sets : null;
  } catch {
    return null;
  }
}
