// @ts-check
/** A note on a tablet, on a page that came blank: which note it is, what stands there, and where one came from. */
import { preset } from "./fill.js";
import { packOf } from "./pack.js";
import { fillNames, viewOf } from "./viewing.js";

/** Puts in what its person wrote before. @param {HTMLFormElement} form */
export async function fillNote(form) {
  const { inspection = "", author } = form.dataset;
  const own = await viewOf(inspection, author);
  if (!own) return;
  fillNames(own);
  offer(form, own);
  preset(form, "person", (own.reader ?? own).person);
  const id = location.pathname.match(/\/(?:observations|notes)\/([0-9a-f-]{36})/)?.[1];
  const note = own.notes.find((one) => one.id === id);
  if (id) preset(form, "note", id);
  if (note) for (const name of ["kind", "text", "amount", "unit", "question", "visit"]) preset(form, name, /** @type {any} */ (note)[name]);
  if (note) preset(form, "based_on", note.revision);
  else preset(form, "visit", (await packOf(inspection))?.head.visits.find((one) => isToday(one.starts))?.id);
  const question = new URLSearchParams(location.search).get("question");
  if (question && !id) goBackTo(form, question);
}

/** Lets a note be about a question of a repeated theme, for each instance. @param {HTMLFormElement} form @param {import("./view.js").Own} own */
function offer(form, own) {
  const choice = /** @type {HTMLSelectElement | null} */ (form.elements.namedItem("question"));
  const known = new Set([...(choice?.options ?? [])].map((one) => one.value));
  const more = own.questions.filter((one) => one.repeats && !one.key.includes("--name-") && !known.has(one.key));
  for (const one of more) choice?.append(new Option(one.statement, one.key));
}

/** @param {string} moment */
function isToday(moment) {
  return new Date(moment).toDateString() === new Date().toDateString();
}

/** Lets a note that was begun at a question belong to it, and lead back to it. @param {HTMLFormElement} form @param {string} question */
function goBackTo(form, question) {
  preset(form, "question", question);
  const way = location.pathname.replace(/\/(observations|notes)\/.*/, `/questions/${encodeURIComponent(question)}`);
  form.dataset.href = way;
  for (const part of document.querySelectorAll("[data-href], .app-foot__links a, .app-bar__home")) {
    if (part instanceof HTMLAnchorElement) part.href = way;
    else /** @type {HTMLElement} */ (part).dataset.href = way;
  }
}
