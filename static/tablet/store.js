// @ts-check
/**
 * The database on this tablet. It opens, mends what is missing of it, and comes back when the browser closed it.
 *
 * Stores and indexes are only ever added, and asked for by name: a page that is older than the database goes on working
 * with it, and one that was left half made is made whole. So nobody is ever locked out, whatever number the browser
 * gives it. What is in the stores is locked by crypt.js; here it is only kept.
 */
import { newId } from "../fieldwork/identity.js";
import { openDB } from "../vendor/idb/index.js";
import { t } from "../js/words.js";

export const NAME = "inspect-together";
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

/** Each store with what its records are found by, their key first. @type {Record<string, [string, ...string[]]>} */
const STORES = {
  keys: ["person"],
  marks: ["name"],
  entries: ["id", "owner"],
  blobs: ["id", "owner", "entry"],
  packs: ["id", "owner"],
  drafts: ["id", "owner", "place"],
};

/** Adds what is missing. @param {Database} db @param {Transaction} tx */
async function makeWhole(db, tx) {
  for (const [name, [keyPath, ...indexes]] of Object.entries(STORES)) {
    const store = /** @type {any} */ (db.objectStoreNames.contains(name) ? tx.objectStore(name) : db.createObjectStore(name, { keyPath }));
    for (const index of indexes) if (!store.indexNames.contains(index)) store.createIndex(index, index);
  }
  const marks = tx.objectStore("marks");
  if (!(await marks.get("born"))) await marks.put({ name: "born", value: newId() });
}

/** @param {Database} db */
function isWhole(db) {
  const names = Object.keys(STORES);
  if (!names.every((name) => db.objectStoreNames.contains(name))) return false;
  const tx = db.transaction(names);
  return names.every((name) => STORES[name].slice(1).every((index) => tx.objectStore(name).indexNames.contains(index)));
}

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
  if (!("indexedDB" in globalThis)) throw new NotSafe(t("This browser keeps nothing on this tablet."));
  let db = await inTime(openAt());
  if (!isWhole(db)) {
    const next = db.version + 1;
    db.close();
    db = await inTime(openAt(next).catch((error) => (nameOf(error) === "VersionError" ? openAt() : Promise.reject(error)))); // another tab was quicker
  }
  db.addEventListener("close", () => (opened = null));
  return db;
}

/** Opens the database as it is, or one number higher to mend it. @param {number} [version] @returns {Promise<Database>} */
function openAt(version) {
  return openDB(NAME, version, {
    upgrade: (db, _before, _after, tx) => makeWhole(db, /** @type {any} */ (tx)),
    blocking: (_now, _wanted, event) => {
      opened = null; // another page mends or adds something: let it, and open what it made
      /** @type {IDBDatabase} */ (event.target).close();
    },
    terminated: () => (opened = null),
  });
}

/** @template T @param {Promise<T>} promise @returns {Promise<T>} */
function inTime(promise) {
  const sentence = t("Another tab of Inspect Together holds on to this tablet’s store. Close the other tabs, then load this page again.");
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
    return once(stores, mode, work, durability).catch((again) => Promise.reject(inWords(isFull(error) ? error : again)));
  }
}

/** @template T @param {string[]} stores @param {IDBTransactionMode} mode @param {(tx: Transaction) => Promise<T> | T} work @param {IDBTransactionDurability} durability */
async function once(stores, mode, work, durability) {
  const db = await open();
  const tx = /** @type {Transaction} */ (/** @type {unknown} */ (db.transaction(stores, mode === "readonly" ? "readonly" : "readwrite", { durability })));
  try {
    const result = await work(tx);
    if (mode === "readonly") tx.done.catch(() => {}); // what was read is here
    else await tx.done;
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
  if (isFull(error)) return new NotSafe(t("This tablet is full. Make room on it, for example by deleting films or apps."), error);
  if (nameOf(error) === "SecurityError") return new NotSafe(t("This browser is told to keep nothing on this tablet."), error);
  return new NotSafe(t("This tablet’s store does not answer. Perhaps the tablet is full: make room on it."), error);
}

/** Says whether an error means that there is no room: over the browser's own limit, or on the disk, of which only its words tell. @param {any} error */
function isFull(error) {
  return nameOf(error) === "QuotaExceededError" || /no.?space|disk.?full|failed to write blobs/i.test(String(error?.message));
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
