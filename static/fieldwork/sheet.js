// @ts-check
/**
 * A sheet of paper, typed in by keyboard alone: a digit chooses the answer that bears it, Enter moves on to the next
 * thing to type. Without this file Tab, the arrows and the space bar do the same.
 */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#sheet-form"));

/** Returns where one can stop, in the order of the page: each field, each group once, the first button. @returns {HTMLElement[]} */
function stops() {
  /** @type {HTMLElement[]} */
  const found = [];
  const fields = form?.querySelectorAll("input:not([type=hidden]), textarea, button") ?? [];
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (fields)) {
    if (field.matches(":disabled") || field.type === "file") continue;
    const group = field.closest("[data-group]");
    if (!group || (field.type === "checkbox" ? first(group) : chosen(group)) === field) found.push(field);
  }
  return found;
}

/** @param {Element} group @returns {HTMLInputElement | null} */
const first = (group) => group.querySelector("input");

/** Returns the field of a group that the Tab key leads to. @param {Element} group @returns {HTMLInputElement | null} */
const chosen = (group) => group.querySelector("input:checked") ?? first(group);

/** Says whether something is answered in a field, or in its group. @param {HTMLElement} field */
function isAnswered(field) {
  const group = field.closest("[data-group]");
  if (group) return group.querySelector("input[type=checkbox]:checked") !== null;
  return field instanceof HTMLInputElement && field.value !== "";
}

/** Leads on from a field; past “or say” where the answer is there already. @param {HTMLElement} field */
function moveOn(field) {
  const all = stops();
  const group = field.closest("[data-group]");
  const here = all.findLastIndex((one) => one === field || (group !== null && group.contains(one)));
  const question = field.closest(".app-sheet__question");
  const isPassed = (/** @type {HTMLElement} */ one) => one.closest("[data-or]") !== null && question?.contains(one) && isAnswered(field);
  const next = all.slice(here + 1).find((one) => !isPassed(one));
  next?.focus();
  if (next instanceof HTMLInputElement && next.type === "text") next.select();
}

/** @param {HTMLInputElement} field @param {string} digit */
function choose(field, digit) {
  const wanted = /** @type {HTMLInputElement | null | undefined} */ (field.closest("[data-group]")?.querySelector(`[data-digit="${digit}"]`));
  if (!wanted) return;
  wanted.focus();
  wanted.checked = wanted.type === "checkbox" ? !wanted.checked : true;
  wanted.dispatchEvent(new Event("change", { bubbles: true }));
}

form?.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  if (event.key === "Enter" && !event.shiftKey && field.type !== "file") {
    event.preventDefault();
    moveOn(field);
  } else if (/^[0-9]$/.test(event.key) && (field.type === "radio" || field.type === "checkbox")) {
    event.preventDefault();
    choose(/** @type {HTMLInputElement} */ (field), event.key);
  }
});

if (!document.querySelector(".govuk-error-summary")) stops()[0]?.focus();
