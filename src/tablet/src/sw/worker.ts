// The service worker: keeps the app shell and the pictures, so that the tablet starts and talks without network.
// It never touches people's data: every other call to /api goes to the network and is not kept.
/// <reference lib="webworker" />

interface ShellFile {
  url: string;
  revision: string | null;
}

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: ShellFile[] };

const files = self.__WB_MANIFEST;
/** A new build is a new cache: the old shell keeps serving until the new one is whole. */
const SHELL = `clientvoice-shell-${fingerprint(files)}`;
const SYMBOLS = 'clientvoice-symbols';
const PAGE = '/tablet/index.html';

function fingerprint(list: ShellFile[]): string {
  let hash = 5381;
  for (const c of list.map((f) => `${f.url} ${f.revision ?? ''}`).join('\n')) {
    hash = (hash * 33 + (c.codePointAt(0) ?? 0)) >>> 0;
  }
  return hash.toString(36);
}

const inScope = (file: ShellFile): Request =>
  new Request(new URL(file.url, self.registration.scope), { cache: 'reload' });

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(files.map(inScope))));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith('clientvoice-shell-') && name !== SHELL) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});

async function fromShell(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
}

async function fromSymbols(request: Request): Promise<Response> {
  const cache = await caches.open(SYMBOLS);
  const kept = await cache.match(request, { ignoreSearch: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/api/symbols/')) event.respondWith(fromSymbols(request));
  // A preview may stand in a frame of the desk, which the headers of the kept page forbid.
  else if (request.mode === 'navigate' && url.searchParams.has('preview')) return;
  else if (url.pathname.startsWith('/tablet')) {
    event.respondWith(fromShell(request.mode === 'navigate' ? new Request(PAGE) : request));
  }
});

export {};
