// @ts-check
/** What the pages of fieldwork share when they save through the outbox. */
import { canKeep, currentKey, keyOf } from "./crypt.js";
import { entries } from "./outbox.js";

/** @typedef {import("./outbox.js").Entry} Entry */

/** Whose key is here, where a page of a pack does not say whose it is: looked up while the page itself is still being made. */
const holder = isBlank() ? currentKey().catch(() => null) : null;

/**
 * Starts a form that saves through the outbox, once its person's key is here; where this tablet can keep nothing, its
 * words go straight to the office as they always did.
 * @param {(form: HTMLFormElement, person: string) => Promise<void>} begin @returns {Promise<void>}
 */
export async function start(begin) {
  /** @type {HTMLFormElement | null} */
  const form = document.querySelector("form[data-outbox]");
  if (!form) return;
  const held = await keyFor(form).catch(() => null);
  if (!held) return void import("../fieldwork/autosave.js");
  await begin(form, held.person);
  await import("./watch.js"); // sends what waits from before, and says how much
}

/** @param {HTMLFormElement} form */
async function keyFor(form) {
  if (!canKeep()) return null;
  return holder ?? keyOf(text(form, "person"));
}

/** Says whether this page came from a pack, with nothing of its person in it. */
export function isBlank() {
  return "blank" in document.documentElement.dataset;
}

/** Returns a form as it came, whatever somebody did before this file arrived. @param {HTMLFormElement} form */
export function asItCame(form) {
  const copy = /** @type {HTMLFormElement} */ (form.cloneNode(true));
  copy.reset();
  return copy;
}

/** Returns what a field of a form says. @param {HTMLFormElement} form @param {string} name */
export function text(form, name) {
  const field = /** @type {any} */ (form.elements.namedItem(name));
  return String(field?.value ?? "").trim();
}

/** Writes into a field, or chooses the radio button with that value. @param {HTMLFormElement} form @param {string} name @param {unknown} value */
export function put(form, name, value) {
  const field = /** @type {any} */ (form.elements.namedItem(name));
  if (!field) return;
  field.value = value ?? "";
  if (value && !field.value && /date|time/.test(field.type)) Object.assign(field, { type: "text", value }); // no day, and not to be lost
}

/** The boxes or lists by which several options are named. @param {HTMLFormElement} form */
export function several(form) {
  return /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([...form.querySelectorAll("[name=several]")]);
}

/** Names several options. @param {HTMLFormElement} form @param {string | null} value their keys, with blanks between */
export function putSeveral(form, value) {
  const keys = (value ?? "").split(" ");
  several(form).forEach((one, place) => {
    if (one instanceof HTMLSelectElement) one.value = keys[place] ?? "";
    else one.checked = keys.includes(one.value);
  });
}

/** What every entry of a form says about itself. @param {HTMLFormElement} form */
export function about(form) {
  const { inspection = "", version = null, author } = form.dataset;
  return { inspection, author: author || undefined, form: version || null, basedOn: text(form, "based_on") || null };
}

/**
 * Returns the newest entry of this form's that is not at the office yet.
 * @param {HTMLFormElement} form @param {string} person @param {string} kind @param {(content: any) => boolean} isThis @returns {Promise<Entry | null>}
 */
export async function newest(form, person, kind, isThis) {
  const author = form.dataset.author || person;
  const own = await entries({ inspection: form.dataset.inspection, kind });
  return own.filter((one) => one.state !== "told" && one.entry.author === author && isThis(one.entry.content)).at(-1) ?? null;
}
