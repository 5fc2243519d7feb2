// @ts-check
/** Takes one entry to the office, its files first, and says what became of it. Its own sentences are kept in English: whoever shows them says them. */
import { ask, decode, encode, jsonOf, lock, sha256, unlock, unlockJson } from "./crypt.js";
import { dropFiles, rowsOf, takeOut } from "./outbox.js";
import { absorb } from "./pack.js";
import { read, within } from "./store.js";
import { mark } from "../js/words.js";

/** @typedef {import("./outbox.js").Row} Row */
/** gone: at the office. needs: its person must act. lost: no answer. later: not now, through no fault of its own. @typedef {{end: "gone" | "needs" | "lost" | "later" | "busy" | "out" | "other" | "token", answer?: any, wait?: number}} Outcome */

/** @type {Outcome} */
const LATER = { end: "later" };
const STORED = new Set(["safe", "older", "two", "kept", "different"]);
/** Stored, and there is something that its person should read. */
const TO_TELL = new Set(["two", "kept", "different"]);
const SEAL_WAITS = mark("Your seal goes last. Something that you did before it needs you first: look at it here, then press “Try again”.");
const TOO_LARGE = mark("This is too large for the office. Save a rescue file, or ring the person named below.");

/**
 * Takes an entry to the office. ``sealing`` holds the inspections of which a seal, or its opening, waits: nothing of theirs
 * may overtake it, or the office would call it too late.
 * @param {Row} row @param {string} token @param {Set<string>} sealing @returns {Promise<Outcome>}
 */
export async function deliver(row, token, sealing) {
  const text = await unlock(row).catch(() => null);
  if (!text) return needs(row, { sentence: mark("This cannot be opened on this tablet any more. It is kept.") });
  const { kind, inspection, content } = JSON.parse(decode(text));
  if (sealing.has(inspection) && !row.urgent) return { end: "later" };
  const held = kind === "seal" ? await heldBack(row, inspection) : null;
  if (held === "needs") return needs(row, { sentence: SEAL_WAITS });
  const outcome = held ? LATER : await carry(row, text, { inspection, name: content.name ?? "" }, token);
  if (kind.startsWith("seal") && outcome.end !== "gone" && outcome.end !== "needs") sealing.add(inspection);
  return outcome;
}

/**
 * Says whether something waits that was done before a seal: the office would call it too late.
 * @param {Row} seal @param {string} inspection @returns {Promise<"waits" | "needs" | null>}
 */
async function heldBack(seal, inspection) {
  const before = (await rowsOf(seal.owner)).filter((row) => row.order < seal.order && row.state !== "told" && !row.urgent);
  const said = await Promise.all(before.map((row) => unlockJson(row).catch(() => null)));
  const here = before.filter((_, place) => said[place]?.inspection === inspection);
  return here.some((row) => row.state === "needs") ? "needs" : here.length ? "waits" : null;
}

/** @param {Row} row @param {ArrayBuffer} text @param {{inspection: string, name: string}} about @param {string} token @returns {Promise<Outcome>} */
async function carry(row, text, about, token) {
  for (const id of row.files) {
    const end = await upload(row, id, about, token);
    if (end) return end;
  }
  const headers = { "X-Outbox": "1", Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token };
  const response = await ask("/outbox", { method: "POST", headers, body: text });
  return judge(row, text, response);
}

/** @param {Row} row @param {ArrayBuffer} text @param {Response | null} response @returns {Promise<Outcome>} */
async function judge(row, text, response) {
  const answer = await jsonOf(response);
  const status = response?.status ?? 0;
  if (status === 429) return { end: "busy", wait: Number(response?.headers.get("Retry-After")) || undefined };
  if (status === 413) return needs(row, { sentence: answer?.sentence ?? TOO_LARGE });
  if (status >= 500) return { end: "later", answer };
  if (typeof answer?.state !== "string") return { end: "lost" }; // no answer, or a page of somebody else's network
  if (STORED.has(answer.state)) return (await matches(row, text, answer)) ? gone(row, answer) : { end: "later" };
  if (answer.state === "out" || answer.state === "other" || answer.state === "token") return { end: answer.state };
  if (answer.state === "needs_file") return forgetUploads(row);
  if (answer.state === "wrong" && answer.after?.length) return { end: "later", answer }; // what it stands on comes first
  if (answer.state === "wrong" || answer.state === "refused") return needs(row, answer);
  return { end: "later" };
}

/** Says whether a receipt lists what is here: the text, and each file, by its hash. @param {Row} row @param {ArrayBuffer} text @param {any} answer */
async function matches(row, text, answer) {
  if (answer.id !== row.id || answer.digest !== (await sha256(text))) return false;
  const blobs = await Promise.all(row.files.map((id) => read("blobs", id)));
  return blobs.every((blob) => blob && answer.files?.includes(blob.sum));
}

/** @param {Row} row @param {any} answer @returns {Promise<Outcome>} */
async function gone(row, answer) {
  const entry = JSON.parse(decode(await unlock(row)));
  await absorb(entry, answer).catch(() => {}); // the pack tells it after its next refresh
  if (!TO_TELL.has(answer.state)) await takeOut(row.id);
  else {
    const said = await lock(row.owner, `${row.id} said`, answer);
    await change(row.id, (kept) => ({ ...kept, state: "told", files: [], said }));
    await dropFiles(row.id);
  }
  return { end: "gone", answer };
}

/** Keeps an entry until its person has acted. @param {Row} row @param {any} answer @returns {Promise<Outcome>} */
async function needs(row, answer) {
  const said = await lock(row.owner, `${row.id} said`, answer);
  await change(row.id, (kept) => ({ ...kept, state: "needs", said }));
  return { end: "needs", answer };
}

/** Changes a row that is still there. @param {string} id @param {(row: any) => any} how */
function change(id, how) {
  return within(["entries"], "readwrite", async (tx) => {
    const row = await tx.objectStore("entries").get(id);
    if (row) await tx.objectStore("entries").put(how(row));
  });
}

/** @param {Row} row @returns {Promise<Outcome>} */
async function forgetUploads(row) {
  await forEachBlob(row, (blob) => ({ ...blob, at: null, arrived: false }));
  return { end: "later" };
}

/** @param {Row} row @param {(blob: any) => any} how */
function forEachBlob(row, how) {
  return within(["blobs"], "readwrite", async (tx) => {
    const blobs = tx.objectStore("blobs");
    for (const blob of await blobs.index("entry").getAll(row.id)) await blobs.put(how(blob));
  });
}

/** Uploads one file where that is still to do; returns an outcome where it did not arrive. @param {Row} row @param {string} id @param {{inspection: string, name: string}} about @param {string} token @returns {Promise<Outcome | null>} */
async function upload(row, id, about, token) {
  const blob = await read("blobs", id);
  if (!blob) return needs(row, { sentence: mark("Its file is not on this tablet any more. The words are kept.") });
  if (blob.arrived) return null;
  if (typeof document === "undefined") return { end: "later" }; // in the background only words travel
  const bytes = await unlock(blob).catch(() => null);
  if (!bytes) return needs(row, { sentence: mark("Its file cannot be opened on this tablet any more. It is kept.") });
  const library = await import("./upload.js").catch(() => null);
  if (!library) return { end: "lost" };
  const remember = (/** @type {string | null} */ at) => note(id, { at });
  const { status, wait } = await library.carry(new Blob([bytes]), { ...about, sha256: blob.sum }, blob.at, remember, token);
  if (status === 200) {
    await note(id, { arrived: true });
    return null;
  }
  if (status === 413) return needs(row, { sentence: TOO_LARGE });
  if (status === 429) return { end: "busy", wait };
  if (status === 401) return { end: "out" };
  return { end: status ? "later" : "lost" };
}

/** @param {string} id @param {object} more */
function note(id, more) {
  return within(["blobs"], "readwrite", async (tx) => {
    const blob = await tx.objectStore("blobs").get(id);
    if (blob) await tx.objectStore("blobs").put({ ...blob, ...more });
  }, "relaxed"); // forgotten, it is only sent again
}
