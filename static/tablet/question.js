// @ts-check
/** One question on a tablet: what was answered and waits here comes back, and each answer goes through the outbox. */
import { about, asItCame, newest, put, start, text } from "./form.js";
import { fillQuestion } from "./fill_question.js";
import { saveThrough } from "./saver.js";

/** Chosen beside a number, as opposed to "not seen": the number counts. */
const GIVEN = "given";

/** Returns what a form answers. @param {HTMLFormElement} form */
function answer(form) {
  const chosen = text(form, "value");
  const amount = form.elements.namedItem("amount") && (!chosen || chosen === GIVEN) ? text(form, "amount") : chosen;
  return { question: form.dataset.question, value: amount || null, reason: text(form, "reason") };
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
  put(form, "value", isPoint || !form.elements.namedItem("amount") ? content.value : GIVEN);
  if (!isPoint) put(form, "amount", content.value);
  put(form, "reason", content.reason);
}

start(async (form, person) => {
  if (!(await fillQuestion(form))) return; // sealed: one reads
  const kept = await newest(form, person, "rating", (content) => content.question === form.dataset.question);
  const untouched = JSON.stringify(answer(form)) === JSON.stringify(answer(asItCame(form)));
  if (kept) put(form, "based_on", kept.id);
  if (kept && untouched) show(form, kept.entry.content);
  saveThrough(form, { toEntry, kept: untouched ? kept : null, fresh: !untouched });
});
