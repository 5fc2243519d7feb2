// @ts-check
/**
 * Inspections that were taken along: blank pages, one's own words and papers, each locked as a record of its own.
 * A pack is replaced in one step, so that an interrupted refresh leaves the old one whole.
 */
import { ask, currentKey, decode, jsonOf, lock, unlock, unlockJson } from "./crypt.js";
import { PATTERN, patternOf } from "../frameworks/repeats.js";
import { read, readAll, within } from "./store.js";
import { hasFiles } from "./versions.js";
import { putInto } from "./view.js";

const ASK_AGAIN_MS = 60_000;
const NEWS = "inspect-together-packs";
const HEADERS = { "X-Outbox": "1", Accept: "application/json" };

/** @typedef {{address: string, bytes: number, type: string, name: string, what: string}} File */
/** @typedef {{reference: string, title: string, form: string | null, static: string, version: string, made_at: string, stage: string, contacts: any[], visits: any[], files: File[]}} Head */
/** @typedef {{head: Head, bytes: number, whole: boolean, fetched: number, checked: number, missing: File[]}} Pack */

/** Returns what is known of a pack of one's own, or null. @param {string} reference @returns {Promise<Pack | null>} */
export async function packOf(reference) {
  const row = await ownRow(`${reference}/head`);
  return row ? opened(row) : null;
}

/** Opens a pack's head; null where it is damaged, so that it is fetched anew. @param {any} row @returns {Promise<Pack | null>} */
async function opened(row) {
  /** @type {Head | null} */
  const head = await unlockJson(row).catch(() => null);
  if (!head?.files) return null;
  const kept = new Set(row.files);
  const missing = head.files.filter((file) => !kept.has(file.address));
  return { head, bytes: row.bytes, whole: missing.length === 0, fetched: row.fetched, checked: row.checked, missing };
}

/** Returns all packs of the person whose key is here. @returns {Promise<Pack[]>} */
export async function packs() {
  const held = await currentKey();
  if (!held) return [];
  const rows = await readAll("packs", "owner", held.person);
  const found = await Promise.all(rows.filter((row) => row.id.endsWith("/head")).map(opened));
  return found.filter((pack) => pack !== null);
}

/** @param {string} id */
async function ownRow(id) {
  const [held, row] = await Promise.all([currentKey(), read("packs", id)]);
  return held && row?.owner === held.person ? row : null;
}

/** Opens a record of one's own; null where there is none. @param {string} id @returns {Promise<ArrayBuffer | null>} */
async function openOwn(id) {
  const [held, row] = await Promise.all([currentKey(), read("packs", id)]);
  return held && row?.owner === held.person ? unlock(row, held) : null;
}

/** Returns one's own words as the office knew them, what it took in since, and those of whom one helps. @param {string} reference @returns {Promise<any>} */
export async function ownOf(reference) {
  const bytes = await openOwn(`${reference}/own`);
  return bytes && JSON.parse(decode(bytes));
}

/** Picks the words of one person: of whoever took the pack along, or of the inspector whom they help. @param {any} all @param {string} person */
export function saidBy(all, person) {
  return [all, all?.helped].find((one) => one?.person === person) ?? null;
}

/** Returns the blank page for an address of a pack, or null. @param {string} reference @param {string} path @returns {Promise<string | null>} */
export async function pageAt(reference, path) {
  const pattern = path.replace(/\/[0-9a-f-]{36}(?=(\/[a-z]+)?$)/, "/*"); // the last one: who is helped stands before it, as it is
  const page = (await openOwn(`${reference}/page${path}`)) ?? (await openOwn(`${reference}/page${pattern}`));
  if (page) return decode(page);
  const any = patternOf(path); // a question of a repeated theme: one blank page stands for all instances
  const blank = any && (await openOwn(`${reference}/page${any.pattern}`));
  return blank ? decode(blank).replaceAll(PATTERN, any.instance) : null;
}

/** Returns a file of a pack, or null. @param {string} reference @param {string} path @returns {Promise<{bytes: ArrayBuffer, type: string} | null>} */
export async function fileAt(reference, path) {
  const row = await ownRow(`${reference}/file${path}`);
  return row ? { bytes: await unlock(row), type: row.type } : null;
}

/**
 * Fetches a pack, or what is new of it. ``told`` hears how much is here, from 0 to 1. While the scripts of a new version
 * are still on their way (*coming*), the pack that is here stays: its pages would not work with the ones that are here.
 * @param {string} reference @param {{told?: (share: number) => void}} [how]
 * @returns {Promise<"whole" | "part" | "same" | "lost" | "out" | "refused" | "coming">}
 */
export async function fetchPack(reference, { told = () => {} } = {}) {
  const held = await currentKey();
  if (!held) return "out";
  const [row, own] = [await ownRow(`${reference}/head`), await ownRow(`${reference}/own`)];
  const known = row ? await opened(row) : null;
  /** @type {Record<string, string>} */
  const mark = known ? { "If-None-Match": `W/"${known.head.version}"` } : {};
  const response = await ask(`/inspections/${reference}/pack`, { headers: { ...HEADERS, ...mark } });
  if (response?.status === 401) return "out";
  if (response?.status === 403 || response?.status === 404) return (await jsonOf(response)) ? "refused" : "lost";
  if (response?.status === 304 && known) {
    await within(["packs"], "readwrite", (tx) => tx.objectStore("packs").put({ ...row, checked: Date.now() }));
    return known.whole ? "same" : fetchFiles(reference, known.missing, told);
  }
  const pack = await jsonOf(response);
  if (!response?.ok || pack?.person !== held.person) return "lost";
  if (known && pack.static !== known.head.static && !(await hasFiles(pack.static))) return "coming";
  const kept = await keep(held.person, pack, Number(response.headers.get("X-Pack-Bytes")), own?.changes ?? 0);
  if (!kept) return "lost"; // an entry arrived meanwhile, of which this answer does not know
  const fresh = await packOf(reference);
  return fresh ? fetchFiles(reference, fresh.missing, told) : "lost";
}

/** @param {string} owner @param {any} pack @param {number} bytes @param {number} changes @returns {Promise<boolean>} */
async function keep(owner, pack, bytes, changes) {
  const { reference, pages, own, ...head } = pack;
  /** @param {string} id @param {any} content @param {object} [facts] */
  const record = async (id, content, facts = {}) => ({ id, owner, ...facts, ...(await lock(owner, id, content)) });
  const wanted = new Set(head.files.map((/** @type {File} */ file) => file.address));
  const encoder = new TextEncoder();
  const rows = await Promise.all([
    ...Object.entries(pages).map(([address, text]) => record(`${reference}/page${address}`, encoder.encode(text))),
    record(`${reference}/own`, own, { changes: 0 }),
  ]);
  const sealed = await record(`${reference}/head`, { ...head, reference }, {});
  return within(["packs"], "readwrite", async (tx) => {
    const store = tx.objectStore("packs");
    const before = await store.get(`${reference}/own`);
    if ((before?.changes ?? 0) !== changes) return false;
    const files = [];
    for (const id of await store.getAllKeys(within_(reference))) {
      const file = String(id).startsWith(`${reference}/file`) ? String(id).slice(`${reference}/file`.length) : null;
      if (file && wanted.has(file)) files.push(file);
      else await store.delete(id);
    }
    for (const row of rows) await store.put(row);
    await store.put({ ...sealed, bytes, files, fetched: Date.now(), checked: Date.now() });
    return true;
  });
}

/** All records of one pack. @param {string} reference */
function within_(reference) {
  return IDBKeyRange.bound(`${reference}/`, `${reference}0`, false, true);
}

/** @param {string} reference @param {File[]} missing @param {(share: number) => void} told @returns {Promise<"whole" | "part">} */
async function fetchFiles(reference, missing, told) {
  const held = await currentKey();
  let done = 0;
  for (const file of missing) {
    told(done / missing.length);
    const response = await ask(file.address, { headers: {} });
    if (!held || !response?.ok) continue;
    const bytes = await response.arrayBuffer();
    const id = `${reference}/file${file.address}`;
    const row = { id, owner: held.person, type: file.type, ...(await lock(held.person, id, bytes)) };
    await within(["packs"], "readwrite", async (tx) => {
      const head = await tx.objectStore("packs").get(`${reference}/head`);
      await tx.objectStore("packs").put(row);
      await tx.objectStore("packs").put({ ...head, files: [...head.files.filter((/** @type {string} */ one) => one !== file.address), file.address] });
    });
    done += 1;
  }
  told(1);
  announce(reference);
  return done === missing.length ? "whole" : "part";
}

/** Refreshes a pack when it has not been asked for in the last minute. @param {string} reference */
export async function refreshPack(reference) {
  const row = await ownRow(`${reference}/head`);
  if (!row || Date.now() - row.checked < ASK_AGAIN_MS) return;
  if ((await fetchPack(reference)) === "refused") await removePack(reference);
}

/** Removes a pack; what waits for the office stays. @param {string} reference */
export async function removePack(reference) {
  await within(["packs"], "readwrite", (tx) => tx.objectStore("packs").delete(within_(reference)));
  announce(reference);
}

/**
 * Takes what the office has now into the pack, so that it shows after its entry has gone. Entries that came second or
 * too late change nothing: the next refresh tells what stands.
 * @param {any} entry @param {any} receipt
 */
export async function absorb(entry, receipt) {
  if (receipt.state !== "safe") return;
  const id = `${entry.inspection}/own`;
  const row = await ownRow(id);
  if (!row) return;
  const all = await unlockJson(row);
  const own = saidBy(all, entry.author);
  if (!own) return;
  putInto(own, entry, { waiting: false });
  const next = { id, owner: row.owner, changes: row.changes + 1, ...(await lock(row.owner, id, all)) };
  const kept = await within(["packs"], "readwrite", async (tx) => {
    const now = await tx.objectStore("packs").get(id);
    if (!now || now.changes !== row.changes) return false;
    await tx.objectStore("packs").put(next);
    return true;
  });
  if (!kept) await absorb(entry, receipt); // another one was quicker: once more, on top of it
}

/** Tells every tab that a pack has changed. @param {string} reference */
function announce(reference) {
  if (!("BroadcastChannel" in globalThis)) return;
  const channel = new BroadcastChannel(NEWS);
  channel.postMessage(reference);
  channel.close();
}

/** Hears of packs that have changed. @param {(reference: string) => void} listener */
export function onPackNews(listener) {
  if (!("BroadcastChannel" in globalThis)) return;
  new BroadcastChannel(NEWS).addEventListener("message", (event) => listener(event.data));
}
