// The page without a network: its own files are kept and shown when the server cannot be reached. What the broker says
// is never kept.
const kCache = 'gable-page';

async function fill() {
  const cache = await caches.open(kCache);
  const { files } = await (await fetch('offline.json', { cache: 'no-cache' })).json();
  await cache.addAll(['./', 'manifest.webmanifest', 'icon-192.png', ...files]);
  const wanted = new Set([...files, '', 'manifest.webmanifest', 'icon-192.png'].map((file) => new URL(file, self.registration.scope).href));
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
}

// Fresh when there is a network, kept when there is none.
async function answer(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener('install', (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === 'GET' && url.origin === self.location.origin) event.respondWith(answer(event.request));
});
