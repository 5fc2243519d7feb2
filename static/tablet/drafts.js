// @ts-check
/**
 * What somebody has begun and not saved yet: photos that were taken, pieces of a recording, the words beside them.
 * Locked like all else on this tablet; back again after a crash, on the page where it was begun.
 */
import { currentKey, lock, unlock, unlockJson } from "./crypt.js";
import { NotSafe, readAll, within, write } from "./store.js";
import { t } from "../js/words.js";

/** @typedef {{id: string, owner: string, place: string, order: number, words: boolean} & import("./crypt.js").Locked} Row */

/** Names the place of a page's drafts: whose they are, and where they were begun. @param {string} person @param {...(string | null)} parts */
export function placeOf(person, ...parts) {
  return [person, ...parts.map((part) => part || "")].join("|");
}

/**
 * Keeps bytes or words under an id; a second time takes the place of the first. Rejects with NotSafe.
 * @param {string} place @param {string} id @param {number} order @param {ArrayBuffer | object} content
 */
export async function keep(place, id, order, content) {
  const held = await currentKey();
  if (!held) throw new NotSafe(t("You are not signed in on this tablet, so nothing can be kept here."));
  const words = !(content instanceof ArrayBuffer);
  await write("drafts", { id, owner: held.person, place, order, words, ...(await lock(held.person, id, content)) });
}

/** Returns what was begun at a place, in its order. @param {string} place @returns {Promise<{id: string, order: number, content: any}[]>} */
export async function begun(place) {
  /** @type {Row[]} */
  const rows = await readAll("drafts", "place", place);
  const sorted = rows.sort((one, other) => one.order - other.order);
  const opened = sorted.map(async (row) => ({ id: row.id, order: row.order, content: row.words ? await unlockJson(row) : await unlock(row) }));
  const found = await Promise.allSettled(opened); // one that cannot be opened any more hides none of the others
  return found.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

/** Says whether a person has begun something here and not saved it. @returns {Promise<boolean>} */
export async function anyBegun() {
  const held = await currentKey();
  return Boolean(held && (await within(["drafts"], "readonly", (tx) => tx.objectStore("drafts").index("owner").count(held.person))));
}

/**
 * Returns every place where something was begun and not saved: its page, how many photos or pieces, the words beside them,
 * and the ids of it all.
 * @returns {Promise<{path: string, question: string, note: string, count: number, said: any[], ids: string[]}[]>}
 */
export async function begunAnywhere() {
  const held = await currentKey();
  /** @type {Row[]} */
  const rows = held ? await readAll("drafts", "owner", held.person) : [];
  const places = [...new Set(rows.map((row) => row.place))];
  return Promise.all(
    places.map(async (place) => {
      const [, path, question, note] = place.split("|");
      const here = rows.filter((row) => row.place === place);
      const said = await Promise.all(here.filter((row) => row.words).map((row) => unlockJson(row)));
      return { path, question, note, count: here.length - said.length, said, ids: here.map((row) => row.id) };
    }),
  );
}

/** Takes drafts away: they are saved, or their person does not want them. @param {string[]} ids */
export function drop(ids) {
  return within(["drafts"], "readwrite", async (tx) => {
    for (const id of ids) await tx.objectStore("drafts").delete(id);
  });
}
