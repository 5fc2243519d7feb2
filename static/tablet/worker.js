// @ts-check
/**
 * The worker: pages of an inspection that was taken along come from its pack, everything else from the network, and
 * where there is none a page that says what can be done. It touches nothing but GET, keeps only static files and blank
 * pages in the open, and takes over only when a page says so or none is left.
 */
import { currentKey } from "./crypt.js";
import { counts } from "./outbox.js";
import { fileAt, packOf, pageAt, refreshPack } from "./pack.js";
import { BACKGROUND, send } from "./sender.js";
import { fetchSpoken } from "./speaking.js";
import { dropOlder, markWhole, openFiles, withFiles } from "./versions.js";

const PACKED = /^\/inspections\/([^/]+)(\/.*)?$/;
/** So long a page waits for the network where the tablet has something to show instead. */
const PATIENCE_MS = 5_000;
/** So long it waits for what the tablet has where there is no network. */
const LONG_MS = 20_000;

/** By then a page that was opened stands on the screen: what looks after the pack does not hold it up. */
const SETTLED_MS = 1_500;

/** @typedef {{version: string, files: [string, string][], shells: Record<string, string>, policy: string}} Facts */

const worker = /** @type {any} */ (globalThis);

/** @type {() => void} */
let makeWay = () => {};
/** Comes true when a new version is to take over: a browser lets it wait for all that this one has begun, for minutes. */
const leaving = new Promise((resolve) => (makeWay = () => resolve(null)));

/** Starts the worker of one version. @param {Facts} facts */
export function start(facts) {
  worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install(facts)));
  worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(dropOlder(facts.version)));
  worker.addEventListener("message", (/** @type {any} */ event) => {
    if (event.data === "take over") worker.skipWaiting();
    if (event.data === "make way") {
      makeWay();
      event.ports[0]?.postMessage("made");
    }
  });
  worker.addEventListener("sync", (/** @type {any} */ event) => {
    if (event.tag === BACKGROUND) event.waitUntil(Promise.race([sendWithoutPage(), leaving]));
  });
  worker.addEventListener("fetch", (/** @type {any} */ event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) return;
    if (pathname.startsWith("/static/")) event.respondWith(file(facts, request));
    else if (request.mode === "navigate") event.respondWith(page(facts, event));
    else if (["image", "document", "iframe", "object", "embed"].includes(request.destination)) event.respondWith(paper(request));
  });
}

/**
 * Sends words though no page is open. Photos and sounds wait for a page: a worker cannot carry them. While words wait
 * still, the browser asks again, a few times.
 */
async function sendWithoutPage() {
  await send();
  const { waiting, needs } = await counts();
  if (waiting > needs) throw new Error("something waits still");
}

/** Keeps all files of this version, each only when it is what the office listed. @param {Facts} facts */
async function install(facts) {
  const cache = await openFiles(facts.version);
  await Promise.all(
    facts.files.map(async ([address, hash]) => {
      const response = await fetch(address, { credentials: "omit" });
      const sum = await digest(await response.clone().arrayBuffer());
      if (!response.ok || sum !== hash) throw new Error(`${address} is not what was listed`);
      await cache.put(address, response);
    }),
  );
  for (const address of Object.values(facts.shells)) {
    const response = await fetchSpoken(address);
    if (!response.ok) throw new Error(`${address} did not come`);
    await cache.put(address, response);
  }
  await markWhole(facts.version);
}

/** @param {ArrayBuffer} bytes */
async function digest(bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A static file: as it was kept; without a network an address of another version gets this one's. @param {Facts} facts @param {Request} request */
async function file(facts, request) {
  const kept = await caches.match(request.url);
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    const own = new URL(request.url).pathname.replace(/^\/static\/(v-[0-9a-f]{10}\/)?/, `/static/v-${facts.version}/`);
    const instead = await (await openFiles(facts.version)).match(own);
    if (instead) return instead;
    throw error;
  }
}

/** @param {Facts} facts @param {any} event */
async function page(facts, event) {
  const { pathname } = new URL(event.request.url);
  const [, reference, rest] = pathname.match(PACKED) ?? [];
  const kept = reference && rest ? keptPage(facts, event, reference, pathname).catch(() => null) : null;
  const soon = await within(PATIENCE_MS, kept);
  if (soon) return soon;
  const pack = reference ? await packOf(reference).catch(() => null) : null;
  const elsewhere = pack && !rest ? `/inspections/${reference}/along` : null;
  // A tablet that is busy finds a page late; without a network that is still better than no page.
  const instead = async () => (await within(LONG_MS, kept)) ?? offline(facts, pathname, elsewhere);
  if (!pack && !(pathname in facts.shells)) return fetch(event.request).catch(instead);
  return Promise.race([fetch(event.request), after(PATIENCE_MS)]).catch(instead);
}

/** A page or a paper of a pack, or null. @param {Facts} facts @param {any} event @param {string} reference @param {string} pathname */
async function keptPage(facts, event, reference, pathname) {
  const text = await pageAt(reference, pathname);
  if (!text) return fromPack(reference, pathname);
  const refreshed = after(SETTLED_MS).catch(() => refreshPack(reference)).catch(() => {});
  event.waitUntil(Promise.race([refreshed, leaving]));
  return shown(await withFiles(text, facts.version), facts.policy);
}

/** What a promise brings, or null where that takes longer. @template T @param {number} wait @param {Promise<T> | null} promise @returns {Promise<T | null>} */
function within(wait, promise) {
  return Promise.race([promise, after(wait).catch(() => null)]);
}

/** @param {number} wait @returns {Promise<never>} */
function after(wait) {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("the network is too slow")), wait));
}

/** @param {string} text @param {string} policy */
function shown(text, policy) {
  const headers = {
    "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
  }; // prettier-ignore
  return new Response(text, { headers });
}

/** @param {Facts} facts @param {string} pathname @param {string | null} elsewhere */
async function offline(facts, pathname, elsewhere) {
  if (elsewhere) return Response.redirect(elsewhere, 302);
  const cache = await openFiles(facts.version);
  const kept = await cache.match(facts.shells[pathname] ?? facts.shells.offline);
  return kept ? shown(await kept.text(), facts.policy) : Response.error();
}

/** A paper or a photo of a pack, else the network. @param {Request} request */
async function paper(request) {
  const { pathname } = new URL(request.url);
  const reference = pathname.match(PACKED)?.[1];
  return (reference && (await fromPack(reference, pathname))) || fetch(request);
}

/** @param {string} reference @param {string} pathname */
async function fromPack(reference, pathname) {
  const found = (await currentKey().catch(() => null)) && (await fileAt(reference, pathname).catch(() => null));
  if (!found) return null;
  const headers = { "Content-Type": found.type, "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store" };
  if (found.type === "application/pdf") headers["Content-Security-Policy"] = "frame-ancestors 'none'"; // browsers show none in a sandbox
  return new Response(found.bytes, { headers });
}
