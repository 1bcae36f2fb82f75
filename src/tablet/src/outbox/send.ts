// Sends one parcel at a time, oldest first. A parcel leaves only on the service's signed word; the service asking
// to sign in stops the round; a refusal sets the parcel aside; anything else is tried again later.
import { retryAfter, type Pause } from './backoff';
import type { Outbox } from './outbox';
import type { Fault, Parcel, ReceiptKey, SetAside } from './parcel';
import { receiptProves } from './receipt';

export type Round =
  | { kind: 'done' }
  | { kind: 'busy' }
  | { kind: 'sign-in' }
  | { kind: 'later'; why: 'network' | 'server' | 'receipt'; attempts: number; wait: number | null };

export interface Post {
  outbox: Outbox;
  /** Whose vault this is: the session may be of a colleague who used the tablet in between. */
  person: string;
  receiptKey: () => Promise<ReceiptKey | null>;
  fetcher: typeof fetch;
  now: () => number;
  /** Until when the service asked to be left alone; remembered from round to round. */
  pause: Pause;
  sent?: (parcel: Parcel) => void;
}

type Locks = Pick<LockManager, 'request'>;

/** Two tabs never send at once: the second finds the lock taken and leaves it to the first. */
export function sendAll(post: Post, locks: Locks | null = navigator.locks): Promise<Round> {
  if (!locks) return sendRound(post);
  return locks.request('clientvoice-outbox', { ifAvailable: true }, (lock) =>
    lock ? sendRound(post) : Promise.resolve<Round>({ kind: 'busy' }),
  );
}

async function sendRound(post: Post): Promise<Round> {
  const parcels = await post.outbox.waiting();
  if (parcels.length === 0) return { kind: 'done' };
  const asked = post.pause.left(post.now());
  if (asked > 0) return { kind: 'later', why: 'server', attempts: 0, wait: asked };
  const session = await mySession(post);
  if (session !== 'mine') return session;
  for (const parcel of parcels) {
    const stop = await sendOne(post, parcel);
    if (stop) return stop;
  }
  return { kind: 'done' };
}

async function mySession(post: Post): Promise<Round | 'mine'> {
  const response = await request(post, '/api/session', {});
  if (!response) return { kind: 'later', why: 'network', attempts: 0, wait: null };
  if (response.status === 401) return { kind: 'sign-in' };
  if (!response.ok) return serverTrouble(post, response, 0);
  const body = (await json(response)) as { person?: { id?: unknown } } | null;
  return body?.person?.id === post.person ? 'mine' : { kind: 'sign-in' };
}

async function sendOne(post: Post, parcel: Parcel): Promise<Round | null> {
  const response = await request(post, `/api/conversations/${parcel.id}`, {
    method: 'PUT',
    headers: {
      'Content-Type': 'application/json',
      'X-ClientVoice': '1',
      // What this tablet thinks the time is: a clock that is years off then still gives the right day.
      'X-ClientVoice-Clock': new Date(post.now()).toISOString(),
    },
    body: parcel.body,
  });
  const attempts = parcel.attempts + 1;
  if (!response) {
    await post.outbox.failed(parcel);
    return { kind: 'later', why: 'network', attempts, wait: null };
  }
  if (response.status === 200 || response.status === 201) return settle(post, parcel, await json(response));
  if (response.status === 401) return { kind: 'sign-in' };
  if (mayPass(response.status)) {
    await post.outbox.failed(parcel);
    return serverTrouble(post, response, attempts);
  }
  await post.outbox.setAside(parcel, readProblem(response.status, await json(response)));
  return null;
}

async function settle(post: Post, parcel: Parcel, receipt: unknown): Promise<Round | null> {
  const key = await post.receiptKey();
  if (key && (await receiptProves(parcel, receipt, key))) {
    await post.outbox.delivered(parcel);
    post.sent?.(parcel);
    return null;
  }
  await post.outbox.failed(parcel);
  return { kind: 'later', why: 'receipt', attempts: parcel.attempts + 1, wait: null };
}

/** Trouble that goes away by itself: the service being busy, being restarted, or a proxy in between. */
const mayPass = (status: number): boolean =>
  status >= 500 || status === 408 || status === 425 || status === 429 || status < 400;

function serverTrouble(post: Post, response: Response, attempts: number): Round {
  const wait = retryAfter(response.headers.get('Retry-After'), post.now());
  if (wait !== null) post.pause.ask(wait, post.now());
  return { kind: 'later', why: 'server', attempts, wait };
}

async function request(post: Post, url: string, init: RequestInit): Promise<Response | null> {
  try {
    return await post.fetcher(url, { ...init, cache: 'no-store' });
  } catch {
    return null;
  }
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function readProblem(status: number, body: unknown): SetAside {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const list = Array.isArray(problem['faults']) ? (problem['faults'] as Record<string, unknown>[]) : [];
  const faults: Fault[] = list.map((f) => ({ pointer: text(f['pointer']), reason: text(f['reason']) }));
  return { status, code: text(problem['code']), title: text(problem['title']), faults };
}
