// @ts-check
/** A note on a tablet: what was written and waits here comes back, and each change goes through the outbox. */
import { newId } from "../fieldwork/identity.js";
import { fillNote } from "./fill_note.js";
import { about, asItCame, isBlank, newest, put, start, text } from "./form.js";
import { saveThrough } from "./saver.js";

const FIELDS = ["kind", "text", "amount", "unit", "question", "visit"];

/** @param {HTMLFormElement} form */
function said(form) {
  const field = (/** @type {string} */ name) => text(form, name) || null;
  const amount = text(form, "kind") === "counted" ? field("amount") : null;
  return {
    note: text(form, "note"), kind: text(form, "kind"), text: text(form, "text"), amount, unit: field("unit"),
    question: field("question"), visit: field("visit"),
  }; // prettier-ignore
}

/** @param {HTMLFormElement} form @param {boolean} begun */
function toEntry(form, begun) {
  const content = said(form);
  if (!begun && !content.text && !text(form, "based_on")) return null;
  return { kind: "note", ...about(form), content };
}

/**
 * A new note gets its identifier once: a page that is loaded again, also after a crash, goes on with the same note.
 * @param {HTMLFormElement} form @returns {boolean} whether the page had begun this note before
 */
function identify(form) {
  const begun = typeof history.state?.note === "string";
  if (begun) put(form, "note", history.state.note);
  if (!text(form, "note")) put(form, "note", newId());
  return begun;
}

/** @param {HTMLFormElement} form @param {Record<string, any>} content */
export function show(form, content) {
  for (const name of FIELDS) put(form, name, content[name]);
  form.dispatchEvent(new Event("change")); // the counter shows where something is counted
}

start(async (form, person) => {
  if (isBlank()) await fillNote(form);
  const begun = identify(form);
  const kept = await newest(form, person, "note", (content) => content.note === text(form, "note"));
  if (begun && !kept && form.dataset.changes) {
    // It is at the office already: its own page knows what stands there.
    location.replace(form.dataset.changes.replace(/[0-]{36}/, text(form, "note")));
    return;
  }
  const untouched = JSON.stringify(said(form)) === JSON.stringify(said(asItCame(form)));
  if (kept) put(form, "based_on", kept.id);
  if (kept && untouched) show(form, kept.entry.content);
  const remember = () => history.replaceState({ ...history.state, note: text(form, "note") }, "");
  saveThrough(form, { toEntry, kept: untouched ? kept : null, fresh: !untouched, onKept: remember });
});
