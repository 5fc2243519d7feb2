// @ts-check
/** Reads what a page shall show: the pack's own words, the entries that wait, and whether the page came blank. */
import { expanded, instancesOf, parted } from "../frameworks/repeats.js";
import { currentKey } from "./crypt.js";
import { fill } from "./fill.js";
import { entries } from "./outbox.js";
import { ownOf, saidBy } from "./pack.js";
import { nothing, putInto } from "./view.js";

/** Says whether this page came from a pack, with nothing of its person in it. */
export const isBlank = "blank" in document.documentElement.dataset;

/** @typedef {{held: import("./crypt.js").Held | null, known: any, waiting: import("./outbox.js").Entry[]}} Found */

/** What a page of a pack will ask for first: looked up with the first script, while the page itself is still being made. @type {Promise<Found> | null} */
let first = null;
const reference = isBlank && location.pathname.match(/^\/inspections\/([^/]+)\/./)?.[1];
if (reference) {
  first = found(reference);
  first.catch(() => {}); // whoever asks for it hears of it
}

/** @param {string} reference @returns {Promise<Found>} */
async function found(reference) {
  // Damaged, what the pack says does not come; what waits shows all the same.
  const [held, known, waiting] = await Promise.all([currentKey(), ownOf(reference).catch(() => null), entries({ inspection: reference })]);
  return { held, known, waiting };
}

/** Puts the names into a blank page: of whoever holds the tablet, and whose words these are. @param {import("./view.js").Own} own */
export function fillNames(own) {
  fill(document, { name: (own.reader ?? own).name, author: own.name });
}

/**
 * Returns what its person said on an inspection, or null where nobody's key is on this tablet. On a page that came from
 * the office only what still waits (``waiting``) differs from what the page shows already.
 * @param {string} reference @param {string} [author] whose words, where a supporter types @returns {Promise<import("./view.js").Own | null>}
 */
export async function viewOf(reference, author) {
  const begun = first;
  first = null;
  const { held, known, waiting } = await (begun ?? found(reference));
  if (!held) return null;
  const whose = author || held.person;
  const own = saidBy(known, whose) ?? nothing(whose);
  for (const { entry, files, state } of waiting) {
    if (state !== "told" && entry.author === whose) putInto(own, entry, { files });
  }
  own.questions = expanded(own.questions, said(own));
  return own;
}

/** Returns the answers alone. @param {import("./view.js").Own} own @returns {Record<string, string | null>} */
export function said(own) {
  return Object.fromEntries(Object.entries(own.ratings).map(([key, one]) => [key, one.value]));
}

/** Returns what somebody calls the instance that a question is for. @param {import("./view.js").Own} own @param {string} question */
export function nameOf(own, question) {
  const { instance } = parted(question);
  const key = Object.keys(own.ratings).find((one) => one.endsWith(`--name-${instance}`));
  return (instance && key && instancesOf(said(own), parted(key).key).find((one) => one.instance === instance)?.name) || "";
}
