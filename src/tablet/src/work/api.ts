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
  { kind: 'ok'; person: Person } | { kind: 'wrong' | 'too-many' | 'offline' | 'trouble' };

export async function signIn(email: string, password: string): Promise<SignInResult> {
  let response: Response;
  try {
    response = await fetch('/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...OWN },
      body: JSON.stringify({ email, password }),
    });
  } catch {
    return { kind: 'offline' };
  }
  if (response.status === 401) return { kind: 'wrong' };
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
