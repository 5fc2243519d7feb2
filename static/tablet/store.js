// @ts-check
/**
 * The database on this tablet. It opens, goes up step by step, and comes back when the browser closed it.
 *
 * Steps only ever add: a page that is older than the database goes on working with it, so a new version of the
 * product never locks anybody out. What is in the stores is locked by crypt.js; here it is only kept.
 */
import { newId } from "../fieldwork/identity.js";
import { openDB } from "../vendor/idb/index.js";

export const NAME = "inspect-together";
const VERSION = 1;
const LONGEST_WAIT_MS = 8_000;

/** @typedef {import("../vendor/idb/index.js").IDBPDatabase<any>} Database */
/** @typedef {import("../vendor/idb/index.js").IDBPTransaction<any, string[], "readwrite">} Transaction */

/** Says, in words for the person, why something is not safe on this tablet. */
export class NotSafe extends Error {
  /** @param {string} sentence @param {unknown} [cause] */
  constructor(sentence, cause) {
    super(sentence, { cause });
    this.name = "NotSafe";
    this.sentence = sentence;
  }
}

/** One function for each version of the database, from nothing on. @type {((db: Database) => void)[]} */
const STEPS = [
  (db) => {
    db.createObjectStore("keys", { keyPath: "person" });
    db.createObjectStore("marks", { keyPath: "name" }).put({ name: "born", value: newId() });
    db.createObjectStore("entries", { keyPath: "id" }).createIndex("owner", "owner");
    const blobs = db.createObjectStore("blobs", { keyPath: "id" });
    blobs.createIndex("owner", "owner");
    blobs.createIndex("entry", "entry");
    db.createObjectStore("packs", { keyPath: "id" }).createIndex("owner", "owner");
    const drafts = db.createObjectStore("drafts", { keyPath: "id" });
    drafts.createIndex("owner", "owner");
    drafts.createIndex("place", "place");
  },
];

/** @type {Promise<Database> | null} */
let opened = null;

/** Returns the open database; the same one until the browser or a newer page closes it. @returns {Promise<Database>} */
function open() {
  opened ??= connect().catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** @returns {Promise<Database>} */
async function connect() {
  if (!("indexedDB" in globalThis)) throw new NotSafe("This browser keeps nothing on this tablet.");
  const db = await inTime(openAt(VERSION).catch((error) => (error?.name === "VersionError" ? openAt() : Promise.reject(error))));
  db.addEventListener("close", () => (opened = null));
  return db;
}

/** Opens a version, or without one whatever a newer page has made of it. @param {number} [version] @returns {Promise<Database>} */
function openAt(version) {
  return openDB(NAME, version, {
    upgrade: (db, before, after) => STEPS.slice(before, after ?? VERSION).forEach((step) => step(db)),
    blocking: (_now, _wanted, event) => {
      opened = null; // a newer page goes up a step: let it, and open what it made
      /** @type {IDBDatabase} */ (event.target).close();
    },
    terminated: () => (opened = null),
  });
}

/** @template T @param {Promise<T>} promise @returns {Promise<T>} */
function inTime(promise) {
  const sentence = "Another tab of Inspect Together holds on to this tablet’s store. Close the other tabs, then load this page again.";
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NotSafe(sentence)), LONGEST_WAIT_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * Runs work in one transaction, and resolves when it is on the disk. A connection that the browser has closed is
 * opened again, once; work must therefore bear being done twice.
 * @template T
 * @param {string[]} stores @param {"readonly" | "readwrite"} mode @param {(tx: Transaction) => Promise<T> | T} work
 * @param {"strict" | "relaxed"} [durability]
 * @returns {Promise<T>}
 */
export async function within(stores, mode, work, durability = "strict") {
  try {
    return await once(stores, mode, work, durability);
  } catch (error) {
    if (error instanceof NotSafe || nameOf(error) === "QuotaExceededError") throw inWords(error);
    opened = null;
    return once(stores, mode, work, durability).catch((again) => Promise.reject(inWords(again)));
  }
}

/** @template T @param {string[]} stores @param {IDBTransactionMode} mode @param {(tx: Transaction) => Promise<T> | T} work @param {IDBTransactionDurability} durability */
async function once(stores, mode, work, durability) {
  const db = await open();
  const tx = /** @type {Transaction} */ (/** @type {unknown} */ (db.transaction(stores, mode === "readonly" ? "readonly" : "readwrite", { durability })));
  try {
    const result = await work(tx);
    await tx.done;
    return result;
  } catch (error) {
    if (!tx.error) abort(tx);
    const end = await tx.done.catch((reason) => reason);
    throw nameOf(end) === "QuotaExceededError" ? end : error;
  }
}

/** @param {Transaction} tx */
function abort(tx) {
  try {
    tx.abort();
  } catch {
    // It has ended already.
  }
}

/** @param {any} error @returns {string} */
function nameOf(error) {
  return error?.name ?? "";
}

/** Turns the browser's error into a true sentence. @param {unknown} error @returns {NotSafe} */
export function inWords(error) {
  if (error instanceof NotSafe) return error;
  if (nameOf(error) === "QuotaExceededError") return new NotSafe("This tablet is full. Make room on it, for example by deleting films or apps.", error);
  if (nameOf(error) === "SecurityError") return new NotSafe("This browser is told to keep nothing on this tablet.", error);
  return new NotSafe("This tablet’s store does not answer. Load this page again.", error);
}

/** Returns one record, or undefined. @param {string} store @param {string} id @returns {Promise<any>} */
export function read(store, id) {
  return within([store], "readonly", (tx) => tx.objectStore(store).get(id));
}

/** Returns all records of a store, or those that an index names. @param {string} store @param {string} [index] @param {string} [value] @returns {Promise<any[]>} */
export function readAll(store, index, value) {
  return within([store], "readonly", (tx) => (index ? tx.objectStore(store).index(index).getAll(value) : tx.objectStore(store).getAll()));
}

/** Writes one record. @param {string} store @param {any} record */
export function write(store, record) {
  return within([store], "readwrite", (tx) => tx.objectStore(store).put(record));
}

/** Removes one record. @param {string} store @param {string} id */
export function remove(store, id) {
  return within([store], "readwrite", (tx) => tx.objectStore(store).delete(id));
}
