// @ts-check
/** One question on a tablet: what was answered and waits here comes back, and each answer goes through the outbox. */
import { about, asItCame, newest, put, putSeveral, several, start, text } from "./form.js";
import { fillQuestion } from "./fill_question.js";
import { saveThrough } from "./saver.js";

/** Chosen beside a number or a list, as opposed to "not seen": what was written or named counts. */
const GIVEN = "given";

/** Says whether one writes an answer or names several, beside what can be chosen. @param {HTMLFormElement} form */
function hasMore(form) {
  return Boolean(form.elements.namedItem("amount") || form.elements.namedItem("several"));
}

/** @param {HTMLFormElement} form */
function more(form) {
  const named = several(form).filter((one) => one.type !== "checkbox" || /** @type {HTMLInputElement} */ (one).checked);
  return text(form, "amount") || named.map((one) => one.value).filter(Boolean).join(" ");
}

/** Returns what a form answers. @param {HTMLFormElement} form */
function answer(form) {
  const chosen = text(form, "value");
  const value = !chosen || chosen === GIVEN ? more(form) : chosen;
  return { question: form.dataset.question, value: value || null, reason: text(form, "reason") };
}

/** @param {HTMLFormElement} form @param {boolean} begun */
function toEntry(form, begun) {
  const content = answer(form);
  if (!begun && !content.value && !content.reason && !text(form, "based_on")) return null;
  return { kind: "rating", ...about(form), content };
}

/** @param {HTMLFormElement} form @param {{value: string | null, reason: string}} content */
export function show(form, content) {
  const isPoint = [...form.querySelectorAll("input[name=value]")].some((one) => /** @type {HTMLInputElement} */ (one).value === content.value);
  put(form, "value", isPoint || !hasMore(form) ? content.value : content.value && GIVEN);
  put(form, "amount", isPoint ? "" : content.value);
  putSeveral(form, isPoint ? "" : content.value);
  put(form, "reason", content.reason);
}

/** Something new of a repeated theme got its identifier with this page: it stays so when the page is loaded again. @param {HTMLFormElement} form */
function stay(form) {
  const { question = "" } = form.dataset;
  if (location.pathname.endsWith("--name-new")) history.replaceState(history.state, "", location.pathname.replace(/[^/]+$/, encodeURIComponent(question)));
}

start(async (form, person) => {
  stay(form);
  const isThis = (/** @type {any} */ content) => content.question === form.dataset.question;
  const [isOpen, kept] = await Promise.all([fillQuestion(form, () => answer(form).value), newest(form, person, "rating", isThis)]);
  if (!isOpen) return; // sealed: one reads
  const untouched = JSON.stringify(answer(form)) === JSON.stringify(answer(asItCame(form)));
  if (kept) put(form, "based_on", kept.id);
  if (kept && untouched) show(form, kept.entry.content);
  saveThrough(form, { toEntry, kept: untouched ? kept : null, fresh: !untouched });
});
