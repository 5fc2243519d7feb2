// @ts-check
/**
 * What waits on this tablet for the office. An entry is one JSON text, made once and kept byte for byte; it goes only
 * when the office's receipt matches it, or when its person says so.
 */
import { newId } from "../fieldwork/identity.js";
import { currentKey, decode, deviceName, encode, lock, sha256, unlock, unlockJson } from "./crypt.js";
import { NotSafe, inWords, read, readAll, within } from "./store.js";
import { t } from "../js/words.js";

export { NotSafe };

/** What an entry can be: waiting (safe on this tablet), sending, needs (its person must act), told (gone; something to read). */
/** @typedef {"waiting" | "sending" | "needs" | "told"} State */
/** @typedef {{id: string, owner: string, order: number, state: State, urgent: boolean, bytes: number, files: string[], said?: any} & import("./crypt.js").Locked} Row */
/** @typedef {{kind: string, inspection: string, author?: string, basedOn?: string | null, form?: string | null, content: any, files?: {id: string, blob: Blob}[], urgent?: boolean, id?: string, replaces?: string | null}} Wish */
/** @typedef {{id: string, order: number, state: State, urgent: boolean, bytes: number, files: string[], entry: any, answer: any}} Entry */
/** @typedef {{id?: string, state: State | "safe" | "gone" | "out" | "other" | "lost" | "later" | "quiet", answer?: any}} News */

/**
 * Keeps one entry; resolves when it is on the disk, was read back and is what was written: safe on this tablet.
 * ``replaces`` names an entry of the same form that says less; it goes in the same step. A file's SHA-256 is put into
 * ``content.file`` where none is given. Rejects with NotSafe.
 * @param {Wish} wish @returns {Promise<{id: string}>}
 */
export async function add(wish) {
  const held = await currentKey();
  if (!held) throw new NotSafe(t("You are not signed in on this tablet, so nothing can be kept here."));
  const id = wish.id ?? newId();
  const files = await Promise.all((wish.files ?? []).map((file) => fileRow(file, id, held.person)));
  const content = files.length && !wish.content.file ? { ...wish.content, file: files[0].sum } : wish.content;
  const device = await deviceName();
  const order = await nextOrder();
  const text = encode(JSON.stringify({
    id, kind: wish.kind, inspection: wish.inspection, person: held.person, author: wish.author ?? held.person,
    device, sequence: order, captured_at: new Date().toISOString(), based_on: wish.basedOn || null, form: wish.form || null, content,
  })); // prettier-ignore
  const bytes = files.reduce((sum, file) => sum + file.row.bytes, text.length);
  /** @type {Row} */
  const row = {
    id, owner: held.person, order, state: "waiting", urgent: Boolean(wish.urgent), bytes,
    files: files.map((file) => file.row.id), ...(await lock(held.person, id, text)),
  }; // prettier-ignore
  await within(["entries", "blobs"], "readwrite", async (tx) => {
    const entries = tx.objectStore("entries");
    for (const file of files) await tx.objectStore("blobs").put(file.row);
    await entries.put(row);
    if (wish.replaces && wish.replaces !== id) await entries.delete(wish.replaces);
  });
  await readBack(id, text, files);
  announce({ id, state: "waiting" });
  return { id };
}

/** @param {{id: string, blob: Blob}} file @param {string} entry @param {string} owner */
async function fileRow(file, entry, owner) {
  const bytes = await file.blob.arrayBuffer();
  const sum = await sha256(bytes);
  return { sum, row: { id: file.id, owner, entry, sum, bytes: bytes.byteLength, ...(await lock(owner, file.id, bytes)) } };
}

/** @param {string} id @param {Uint8Array<ArrayBuffer>} text @param {{sum: string, row: {id: string}}[]} files */
async function readBack(id, text, files) {
  try {
    const same = decode(await unlock(await read("entries", id))) === decode(text);
    const sums = await Promise.all(files.map(async (file) => (await sha256(await unlock(await read("blobs", file.row.id)))) === file.sum));
    if (same && sums.every(Boolean)) return;
  } catch (error) {
    if (error instanceof NotSafe) throw error;
    throw new NotSafe(t("This tablet did not keep what was written. Try once more."), inWords(error));
  }
  throw new NotSafe(t("This tablet did not keep what was written. Try once more."));
}

/** Returns the next number: later entries have higher ones, whatever the clock says. */
function nextOrder() {
  const floor = Number(sequenceOfPages()) || 0;
  return within(["marks"], "readwrite", async (tx) => {
    const marks = tx.objectStore("marks");
    const value = Math.max((await marks.get("sequence"))?.value ?? 0, floor) + 1;
    await marks.put({ name: "sequence", value });
    sequenceOfPages(value);
    return value;
  }, "relaxed"); // the entry itself is written strictly, after it
}

/** Keeps step with the pages that save without the outbox. @param {number} [value] */
function sequenceOfPages(value) {
  try {
    if (value !== undefined) localStorage.setItem("sequence", String(value));
    return localStorage.getItem("sequence");
  } catch {
    return null;
  }
}

/** Returns a person's own entries, oldest first. @param {{inspection?: string, kind?: string}} [which] @returns {Promise<Entry[]>} */
export async function entries(which = {}) {
  const held = await currentKey();
  if (!held) return [];
  const all = await Promise.all((await rowsOf(held.person)).map((row) => opened(row, held)));
  return all.filter((one) => (!which.inspection || one.entry.inspection === which.inspection) && (!which.kind || one.entry.kind === which.kind));
}

/** What an entry's row says today, whichever version of this file wrote it. @param {any} row @returns {Promise<Row>} */
async function asToday(row) {
  const files = row.files ?? (await within(["blobs"], "readonly", (tx) => tx.objectStore("blobs").index("entry").getAllKeys(row.id)));
  const state = row.state === "needs" || row.state === "told" ? row.state : "waiting";
  return { order: 0, urgent: false, bytes: row.body?.byteLength ?? 0, ...row, files, state };
}

/** Returns the rows of one person, or of all, oldest first. @param {string} [owner] @returns {Promise<Row[]>} */
export async function rowsOf(owner) {
  const rows = await (owner ? readAll("entries", "owner", owner) : readAll("entries"));
  return (await Promise.all(rows.map(asToday))).sort((one, other) => one.order - other.order);
}

/** @param {Row} row @param {import("./crypt.js").Held} held @returns {Promise<Entry>} */
async function opened(row, held) {
  const { id, order, state, urgent, bytes, files } = row;
  const answer = row.said ? await unlockJson({ id: `${id} said`, owner: row.owner, ...row.said }, held).catch(() => null) : null;
  const entry = await unlockJson(row, held).catch(() => ({ ...UNREADABLE, id, person: row.owner, author: row.owner }));
  return { id, order, state, urgent, bytes, files, entry, answer };
}

/** Stands for an entry that this tablet cannot open any more: it is named and kept, and hides none of the others. */
const UNREADABLE = { kind: "unreadable", inspection: "", captured_at: null, content: {} };

/** Returns a photo or a sound that waits here, or null. @param {string} id @param {string} [type] @returns {Promise<Blob | null>} */
export async function blob(id, type = "") {
  const row = await read("blobs", id);
  return row ? new Blob([await unlock(row)], { type }) : null;
}

/** Counts what is here, without opening anything. */
export async function counts() {
  const held = await currentKey();
  const rows = await rowsOf();
  const own = rows.filter((row) => row.owner === held?.person);
  const waits = own.filter((row) => row.state !== "told");
  return {
    person: held?.person ?? null,
    waiting: waits.length,
    needs: waits.filter((row) => row.state === "needs").length,
    urgent: waits.filter((row) => row.urgent).length,
    told: own.length - waits.length,
    others: rows.filter((row) => row.owner !== held?.person && row.state !== "told").length,
    bytes: own.reduce((sum, row) => sum + row.bytes, 0),
  };
}

/** Throws an entry of one's own away, by its person's explicit wish. @param {string} id */
export async function discard(id) {
  await takeOut(id);
  announce({ id, state: "gone" });
}

/** Removes an entry with its files. @param {string} id */
export function takeOut(id) {
  return within(["entries", "blobs"], "readwrite", async (tx) => {
    await tx.objectStore("entries").delete(id);
    await deleteFiles(tx, id);
  });
}

/** Removes an entry's files; its words stay. @param {string} id */
export function dropFiles(id) {
  return within(["blobs"], "readwrite", (tx) => deleteFiles(tx, id));
}

/** @param {import("./store.js").Transaction} tx @param {string} id */
async function deleteFiles(tx, id) {
  const blobs = tx.objectStore("blobs");
  for (const key of await blobs.index("entry").getAllKeys(id)) await blobs.delete(key);
}

const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("inspect-together-outbox") : null;
/** @type {Set<(news: News) => void>} */
const listeners = new Set();
channel?.addEventListener("message", (event) => listeners.forEach((listener) => listener(event.data)));

/** Hears what becomes of entries, in every tab. @param {(news: News) => void} listener @returns {() => void} ends it */
export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells this tab and all others. @param {News} news */
export function announce(news) {
  channel?.postMessage(news);
  listeners.forEach((listener) => listener(news));
}
