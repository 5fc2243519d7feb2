// @ts-check
/**
 * Locks all that waits here for the office alone, piece by piece, so that a full tablet's worth never lies in memory at once.
 * The file: a first line, a line of JSON with the locked key, then pieces (length, iv, sealed bytes), each bound to its number.
 */
import { ask, deviceName, encode, jsonOf, lock, unlock } from "./crypt.js";
import { rowsOf } from "./outbox.js";
import { NotSafe, read } from "./store.js";
import { t } from "../js/words.js";

const FIRST_LINE = "inspect-together-rescue 1\n";
const PIECE = 1024 * 1024;

/** @typedef {{is: string, [name: string]: unknown}} Head */

/**
 * Returns a file with every entry of one's own that waits, and how many there are.
 * @param {string} person @returns {Promise<{file: Blob, entries: number}>}
 */
export async function rescueFile(person) {
  const jwk = await officeKey();
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  /** @type {BlobPart[]} */
  const parts = [FIRST_LINE, await head(jwk, key, person)];
  let number = 0;
  const seal = async (/** @type {Head} */ about, /** @type {ArrayBuffer} */ bytes = new ArrayBuffer(0)) => {
    parts.push(await piece(key, number, about, bytes));
    number += 1;
  };
  let [entries, files] = [0, 0];
  for (const row of await rowsOf(person)) {
    const text = row.state === "told" ? null : await unlock(row).catch(() => null);
    if (!text) continue; // at the office, or not to be opened any more: that must not hold up the others
    for (const id of row.files) files += await sealFile(seal, row.id, id);
    await seal({ is: "entry" }, text);
    entries += 1;
  }
  await seal({ is: "end", entries, files });
  return { file: new Blob(parts, { type: "application/octet-stream" }), entries };
}

/** @returns {Promise<JsonWebKey & {kid?: string}>} */
async function officeKey() {
  const known = await read("marks", "office-key");
  const found = known?.value ?? (await jsonOf(await ask("/tablet/office-key")));
  if (!found?.n) throw new NotSafe(t("This tablet has never fetched the office’s lock. Load this page once with a network, then save the file."));
  return found;
}

/** @param {JsonWebKey & {kid?: string}} jwk @param {CryptoKey} key @param {string} person */
async function head(jwk, key, person) {
  const rsa = { name: "RSA-OAEP", hash: "SHA-256" };
  const office = await crypto.subtle.importKey("jwk", { kty: jwk.kty, n: jwk.n, e: jwk.e }, rsa, false, ["encrypt"]);
  const raw = await crypto.subtle.exportKey("raw", key);
  const locked = new Uint8Array(await crypto.subtle.encrypt(rsa, office, raw));
  const { iv, body } = await lock(person, "rescue", raw); // only this person's own key can say so: nobody else made this file
  const proof = { iv: base64(iv), body: base64(new Uint8Array(body)) };
  const said = { kid: jwk.kid ?? "", key: base64(locked), person, device: await deviceName(), made_at: new Date().toISOString(), proof };
  return `${JSON.stringify(said)}\n`;
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/** Seals a file in pieces; one that cannot be opened any more is left out, its words are not. @param {(about: Head, bytes?: ArrayBuffer) => Promise<void>} seal @param {string} entry @param {string} id @returns {Promise<number>} how many files */
async function sealFile(seal, entry, id) {
  const row = await read("blobs", id);
  const bytes = row && (await unlock(row).catch(() => null));
  if (!bytes) return 0;
  for (let at = 0; at === 0 || at < bytes.byteLength; at += PIECE) {
    await seal({ is: "file", entry, sha256: row.sum, at, size: bytes.byteLength }, bytes.slice(at, at + PIECE));
  }
  return 1;
}

/** @param {CryptoKey} key @param {number} number @param {Head} about @param {ArrayBuffer} bytes @returns {Promise<Blob>} */
async function piece(key, number, about, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const open = await new Blob([`${JSON.stringify(about)}\n`, bytes]).arrayBuffer();
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encode(String(number)) }, key, open);
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, sealed.byteLength);
  return new Blob([length.buffer, iv, sealed]);
}
