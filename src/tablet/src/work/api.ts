// The calls to the service that a person's screen waits for. Sending conversations is the outbox's.
import type { Work } from './types';

export type Answer<T> =
  { kind: 'ok'; value: T } | { kind: 'sign-in' } | { kind: 'offline' } | { kind: 'trouble' };

export interface Person {
  id: string;
  name: string;
  role: string;
}

const OWN = { 'X-ClientVoice': '1' };

async function call<T>(url: string): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(url, { cache: 'no-store' });
  } catch {
    return { kind: 'offline' };
  }
  if (response.status === 401) return { kind: 'sign-in' };
  if (!response.ok) return { kind: 'trouble' };
  try {
    return { kind: 'ok', value: (await response.json()) as T };
  } catch {
    return { kind: 'trouble' };
  }
}

export type SignInResult =
  { kind: 'ok'; person: Person } | { kind: 'wrong' | 'too-many' | 'offline' | 'trouble' | Step };

/** What the service asks before it lets somebody in: a code of the second step, or a code to pair this tablet with. */
export type Step = 'code' | 'wrong-code' | 'pair';

const steps: Record<string, Step> = {
  'second-step-needed': 'code',
  'second-step-failed': 'wrong-code',
  'tablet-not-paired': 'pair',
};

async function stepOf(response: Response): Promise<Step | null> {
  try {
    return steps[((await response.json()) as { code?: string }).code ?? ''] ?? null;
  } catch {
    return null;
  }
}

/** Pairs this tablet with the code that the desk shows; from then on it has a key of its own, in a cookie no script reads. */
export async function pair(code: string): Promise<'ok' | 'wrong' | 'too-many' | 'offline'> {
  try {
    const response = await fetch('/api/device', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...OWN },
      body: JSON.stringify({ code }),
    });
    if (response.status === 429) return 'too-many';
    return response.ok ? 'ok' : 'wrong';
  } catch {
    return 'offline';
  }
}

export async function signIn(email: string, password: string, code?: string): Promise<SignInResult> {
  let response: Response;
  try {
    response = await fetch('/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...OWN },
      body: JSON.stringify(code ? { email, password, code } : { email, password }),
    });
  } catch {
    return { kind: 'offline' };
  }
  if (response.status === 401 || response.status === 403) {
    return { kind: (await stepOf(response)) ?? 'wrong' };
  }
  if (response.status === 429) return { kind: 'too-many' };
  if (!response.ok) return { kind: 'trouble' };
  const session = await call<{ person: Person }>('/api/session');
  return session.kind === 'ok' ? { kind: 'ok', person: session.value.person } : { kind: 'trouble' };
}

/** Ends the session at the service; offline that cannot be, and the cookie runs out by itself. */
export async function endSession(): Promise<void> {
  try {
    await fetch('/api/session', { method: 'DELETE', headers: OWN });
  } catch {
    // No network: what is on the tablet is gone all the same.
  }
}

export const fetchWork = (): Promise<Answer<Work>> => call<Work>('/api/work');
