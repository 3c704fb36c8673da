/// <reference lib="webworker" />
import { keptFor } from "./kept.ts";

declare const self: ServiceWorkerGlobalScope;

/** Replaced by the build: the files of this version. Nothing else is ever kept here. */
const FILES = "__FILES__" as unknown as readonly string[];
const CACHE = "field-__VERSION__";

self.addEventListener("install", (event) => {
  const fresh = FILES.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldVersions());
});

self.addEventListener("message", (event) => {
  if (event.data === "take-over") event.waitUntil(self.skipWaiting());
});

self.addEventListener("fetch", (event) => {
  const kept = keptFor(event.request, self.location.origin, FILES);
  if (kept !== null) event.respondWith(fromCache(kept, event.request));
});

async function fromCache(kept: string, asked: Request): Promise<Response> {
  const found = await caches.open(CACHE).then((cache) => cache.match(kept));
  return found ?? fetch(asked);
}

async function dropOldVersions(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("field-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}
