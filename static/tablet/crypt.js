// @ts-check
/**
 * Locks what is kept on this tablet. The key comes from the office for one person and one tablet, the same for ever;
 * the browser keeps it so that no script can read it, until that person signs out or somebody else signs in.
 */
import { deviceId, newId } from "../fieldwork/identity.js";
import { NotSafe, read, readAll, within } from "./store.js";
import { t } from "../js/words.js";

const ALGORITHM = "AES-GCM";
const IV_BYTES = 12;
/** So long a page waits for the office to give a key; words must not lie unsaved for longer. */
const LONGEST_WAIT_MS = 5_000;
const JSON_HEADERS = { "X-Outbox": "1", Accept: "application/json" };

/** @typedef {{person: string, key: CryptoKey}} Held */
/** @typedef {{iv: Uint8Array<ArrayBuffer>, body: ArrayBuffer}} Locked */
/** @typedef {{state: "ours", token: string} | {state: "out" | "other" | "lost", retryAfter?: number}} Session */

/** Says whether this browser can keep things locked: a secure address, a store, cryptography. */
export function canKeep() {
  return globalThis.isSecureContext && "indexedDB" in globalThis && Boolean(globalThis.crypto?.subtle);
}

/** Returns the key that is on this tablet, and whose it is. @returns {Promise<Held | null>} */
export async function currentKey() {
  const [held] = await readAll("keys");
  return held ?? null;
}

/** Returns this tablet's own name. It lives and goes with the store. @returns {Promise<string>} */
export async function deviceName() {
  const known = await read("marks", "device");
  if (known) return known.value;
  const value = deviceId() || newId();
  return within(["marks"], "readwrite", async (tx) => {
    const marks = tx.objectStore("marks");
    const other = await marks.get("device"); // another tab may have been quicker
    if (other) return other.value;
    await marks.put({ name: "device", value });
    return value;
  });
}

/** Asks whether it is this person (or anybody) who is signed in at the office, and for a token. @param {string | null} person @returns {Promise<Session>} */
export async function session(person) {
  const response = await ask("/session/token");
  if (response?.status === 401) return { state: "out" };
  if (response?.status === 429) return { state: "lost", retryAfter: Number(response.headers.get("Retry-After")) };
  const said = await jsonOf(response);
  if (!response?.ok || typeof said?.token !== "string") return { state: "lost" };
  return person === null || said.person === person ? { state: "ours", token: said.token } : { state: "other" };
}

/**
 * Returns the key of a person who is signed in, from this tablet or, the first time, from the office. Anybody else's key
 * goes away. Returns null when the office cannot be reached, or says that it is not this person.
 * @param {string} person @returns {Promise<Held | null>}
 */
export async function keyOf(person) {
  const held = await currentKey();
  if (held?.person === person) return held;
  if (held) await forgetKey();
  return Promise.race([fetchKey(person), new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS, null))]);
}

/** @param {string} person @returns {Promise<Held | null>} */
async function fetchKey(person) {
  const now = await session(person);
  if (now.state !== "ours" || (await read("marks", "sign-out"))) return null;
  const headers = { ...JSON_HEADERS, "X-CSRFToken": now.token, "Content-Type": "application/json" };
  const response = await ask("/tablet/key", { method: "POST", headers, body: JSON.stringify({ device: await deviceName() }) });
  const said = await jsonOf(response);
  if (!response?.ok || typeof said?.key !== "string" || said.person !== person) return null;
  const raw = Uint8Array.from(atob(said.key), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, ALGORITHM, false, ["encrypt", "decrypt"]);
  raw.fill(0);
  await within(["keys"], "readwrite", async (tx) => {
    await tx.objectStore("keys").clear();
    await tx.objectStore("keys").put({ person, key });
  });
  leaveHint();
  keepOfficeKey().catch(() => {}); // the next page may have more luck
  return { person, key };
}

/**
 * Takes the key of whoever was here before away from somebody else who is signed in; returns whether it did. A page knows its
 * person, or (from a pack) has to ask the office.
 */
export async function guard() {
  const held = await currentKey();
  if (!held) return false;
  const { person } = document.documentElement.dataset;
  const isOther = person ? person !== held.person : (await session(held.person)).state === "other";
  if (isOther) await forgetKey();
  return isOther;
}

/** Leaves a hint for every page that something may be on this tablet; without it pages need not look. */
function leaveHint() {
  try {
    localStorage.setItem("tablet", "1");
  } catch {
    // Pages then always look.
  }
}

/** Keeps the office's public key, so that a rescue file can be locked without network. */
async function keepOfficeKey() {
  const response = await ask("/tablet/office-key");
  const value = await jsonOf(response);
  if (response?.ok && value?.kty) await within(["marks"], "readwrite", (tx) => tx.objectStore("marks").put({ name: "office-key", value }));
}

/** Deletes the key: what is on this tablet can be read by nobody until its owner signs in again. */
export function forgetKey() {
  return within(["keys"], "readwrite", (tx) => tx.objectStore("keys").clear());
}

/**
 * Locks bytes, or anything that JSON can say, for one person and one record.
 * @param {string} person @param {string} id @param {ArrayBuffer | Uint8Array<ArrayBuffer> | object} content @returns {Promise<Locked>}
 */
export async function lock(person, id, content) {
  const held = await currentKey();
  if (held?.person !== person) throw new NotSafe(t("You are not signed in on this tablet, so nothing can be kept here."));
  const bytes = content instanceof ArrayBuffer || content instanceof Uint8Array ? content : encode(JSON.stringify(content));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const body = await crypto.subtle.encrypt({ name: ALGORITHM, iv, additionalData: bound(person, id) }, held.key, bytes);
  return { iv, body };
}

/**
 * Opens a record again. Rejects when it is somebody else's, or not what was written. ``key`` is the one on this tablet,
 * where it has been read a moment ago.
 * @param {{id: string, owner: string} & Locked} record @param {Held | null} [key] @returns {Promise<ArrayBuffer>}
 */
export async function unlock(record, key) {
  const held = key ?? (await currentKey());
  if (held?.person !== record.owner) throw new NotSafe(t("This is somebody else’s. They can sign in to see it."));
  const how = { name: ALGORITHM, iv: record.iv, additionalData: bound(record.owner, record.id) };
  return crypto.subtle.decrypt(how, held.key, record.body);
}

/** Opens a record that holds JSON. @param {{id: string, owner: string} & Locked} record @param {Held | null} [key] @returns {Promise<any>} */
export async function unlockJson(record, key) {
  return JSON.parse(decode(await unlock(record, key)));
}

/** @param {string} text */
export function encode(text) {
  return /** @type {Uint8Array<ArrayBuffer>} */ (new TextEncoder().encode(text));
}

/** @param {ArrayBuffer | Uint8Array<ArrayBuffer>} bytes */
export function decode(bytes) {
  return new TextDecoder().decode(bytes);
}

/** Returns the SHA-256 of bytes, in hexadecimal. @param {ArrayBuffer | Uint8Array<ArrayBuffer>} bytes */
export async function sha256(bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} person @param {string} id */
function bound(person, id) {
  return encode(`${person} ${id}`);
}

/** Asks the office; null when there is no answer from it. @param {string} address @param {RequestInit} [more] @returns {Promise<Response | null>} */
export function ask(address, more = {}) {
  const signal = AbortSignal.timeout?.(30_000);
  return fetch(address, { cache: "no-store", redirect: "error", headers: JSON_HEADERS, signal, ...more }).catch(() => null);
}

/** Returns what an answer says in JSON, or null when it is anybody else's page. @param {Response | null} response @returns {Promise<any>} */
export async function jsonOf(response) {
  if (!response?.headers.get("Content-Type")?.startsWith("application/json")) return null;
  return response.json().catch(() => null);
}
