// Keeps the roll calls that were opened on this device, with what they need to be shown, for a day. Only those pages: see PAGE.
// It sends nothing: marks are kept and sent by static/js/roll_call.js.

const STORE = "smes-roll-call";
const KEPT_AT = "X-Smes-Kept-At";
const LONGEST = 24 * 60 * 60 * 1000;
const PAGE = /\/meetings\/\d+\/roll-call\/$/;

async function keep(request, response) {
  const headers = new Headers(response.headers);
  headers.set(KEPT_AT, Date.now());
  const store = await caches.open(STORE);
  await store.put(request, new Response(await response.blob(), { status: 200, headers }));
}

// A roll holds names: what is older than a day goes.
async function forgetOld() {
  const store = await caches.open(STORE);
  for (const request of await store.keys()) {
    const kept = await store.match(request, { ignoreVary: true });
    if (kept && Date.now() - Number(kept.headers.get(KEPT_AT)) > LONGEST) await store.delete(request, { ignoreVary: true });
  }
}

async function keepAll(urls) {
  await forgetOld();
  for (const url of urls) {
    try {
      const response = await fetch(url, { credentials: "same-origin" });
      if (response.ok && !response.redirected) await keep(url, response);
    } catch {
      return false; // no network: what is kept stays
    }
  }
  return true;
}

async function answer(request) {
  const store = await caches.open(STORE);
  try {
    const response = await fetch(request);
    // Logged out, or not allowed any more: the names leave the device.
    if (request.mode === "navigate" && response.type === "opaqueredirect") await store.delete(request, { ignoreVary: true });
    if (request.mode === "navigate" && [401, 403, 404].includes(response.status)) await store.delete(request, { ignoreVary: true });
    return response;
  } catch (error) {
    await forgetOld();
    const kept = await store.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (!Array.isArray(event.data?.keep)) return;
  event.waitUntil(keepAll(event.data.keep).then((isKept) => isKept && event.ports[0]?.postMessage("kept")));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && !PAGE.test(url.pathname)) return;
  event.respondWith(answer(request));
});
