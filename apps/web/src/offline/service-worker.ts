/**
 * The service worker of the static site: the whole page, of one version, without a network.
 *
 * Every version has a cache of its own, filled before it is used and checked against the hashes of the build, so that no page
 * is ever put together of two. A page that is open goes on with the files of its version: their names carry their hash, and
 * their cache stays until no such page can be left. Nothing else is ever kept, and no request of the page to anybody else
 * comes by here.
 *
 * @module
 */
import type { PrecacheList, WorkerMessage } from "./messages.js";

declare const self: ServiceWorkerGlobalScope;

/** What the build appends to this file. */
declare const PRECACHE: PrecacheList;

const ROOT = "./";
/** Other copies of the page may be on the same origin. */
const prefix = () => `flashwright ${self.registration.scope} `;
const ownName = () => prefix() + PRECACHE.version;
const addressOf = (path: string) => new URL(path, self.registration.scope).href;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", (event) => {
  const message = event.data as WorkerMessage;
  if (message === "take-over") void self.skipWaiting();
  if (message === "page-loaded") event.waitUntil(dropOld());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = pathOf(request);
  if (path !== undefined) event.respondWith(answer(request, path));
});

/** All or nothing: what does not have the hash of the build is refused by the browser. */
async function fill(): Promise<void> {
  const cache = await caches.open(ownName());
  const requests = PRECACHE.files.map(([path, integrity]) => {
    return new Request(addressOf(path), { integrity, cache: "no-cache" });
  });
  try {
    await cache.addAll(requests);
  } catch (error) {
    await caches.delete(ownName());
    throw error;
  }
}

async function takeOver(): Promise<void> {
  await dropOld();
  await self.clients.claim();
}

/** Removes the files of other versions, unless a page may still be using them. */
async function dropOld(): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const { scope } = self.registration;
  if (pages.filter(({ url }) => url.startsWith(scope)).length > 1) return;
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(prefix()) && name !== ownName());
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** The path below the page's own, of what may be in a cache; `undefined` for everything that is none of our business. */
function pathOf({ method, url, mode }: Request): string | undefined {
  const { scope } = self.registration;
  if (method !== "GET" || !url.startsWith(scope)) return undefined;
  const { pathname } = new URL(url);
  const path = pathname.slice(new URL(scope).pathname.length);
  if (mode === "navigate" && (path === "" || path === "index.html")) return ROOT;
  const isKnown = PRECACHE.files.some(([known]) => known === path);
  return isKnown || path.startsWith("assets/") ? path : undefined;
}

/** Of this version, else of the one that the page was loaded with, else from the server. */
async function answer(request: Request, path: string): Promise<Response> {
  const address = addressOf(path);
  const own = await caches.open(ownName());
  const found = (await own.match(address, { ignoreVary: true })) ?? (await ofOtherVersions(address, path));
  return found ?? fetch(request);
}

async function ofOtherVersions(address: string, path: string): Promise<Response | undefined> {
  if (path === ROOT) return undefined;
  for (const cacheName of await caches.keys()) {
    if (!cacheName.startsWith(prefix())) continue;
    const found = await caches.match(address, { cacheName, ignoreVary: true });
    if (found !== undefined) return found;
  }
  return undefined;
}
