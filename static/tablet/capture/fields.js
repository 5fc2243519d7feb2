// @ts-check
/** The words beside a photo or a sound: what it is, who may see it, what the people in it say. */
import { t } from "../../js/words.js";

/** @typedef {{caption: string, seen_by: string, people: string, people_how: string}} Words */

/** Makes a copy of a part of a form whose fields have names of their own. @param {HTMLElement} part @param {string} mark @returns {HTMLElement} */
export function copyOf(part, mark) {
  const copy = /** @type {HTMLElement} */ (part.cloneNode(true));
  copy.hidden = false;
  for (const name of ["id", "for", "aria-describedby"]) {
    for (const one of copy.querySelectorAll(`[${name}]`)) one.setAttribute(name, `${one.getAttribute(name)}-${mark}`);
  }
  for (const one of copy.querySelectorAll("[name]")) {
    const field = /** @type {HTMLInputElement} */ (one);
    field.dataset.field = field.name;
    field.name = `${field.name}-${mark}`;
  }
  return copy;
}

/** @param {HTMLElement} part @param {string} name */
function fields(part, name) {
  return /** @type {HTMLInputElement[]} */ ([...part.querySelectorAll(`[data-field="${name}"], [name="${name}"]`)]);
}

/** Returns what stands in a field, or which radio button is chosen. @param {HTMLElement} part @param {string} name */
export function valueOf(part, name) {
  const found = fields(part, name);
  return (found[0]?.type === "radio" ? found.find((one) => one.checked)?.value : found[0]?.value)?.trim() ?? "";
}

/** @param {HTMLElement} part @param {string} name @param {string} value */
export function setValue(part, name, value) {
  for (const one of fields(part, name)) {
    if (one.type === "radio") one.checked = one.value === value;
    else one.value = value;
  }
}

/** @param {HTMLElement} part @returns {Words} */
export function wordsOf(part) {
  const people = valueOf(part, "people");
  const how = people === "agreed" ? valueOf(part, "people_how") : "";
  return { caption: valueOf(part, "caption"), seen_by: valueOf(part, "seen_by") || "team", people, people_how: how };
}

/** @param {HTMLElement} part @param {Partial<Words>} words */
export function fill(part, words) {
  for (const [name, value] of Object.entries(words)) if (value) setValue(part, name, value);
}

/**
 * Shows what is missing beside its field, and takes away what was shown before.
 * @param {HTMLElement} part @param {[string, string][]} faults field and sentence @returns {HTMLElement | null} the first field at fault
 */
export function showFaults(part, faults) {
  for (const old of part.querySelectorAll(".app-fault")) old.remove();
  for (const group of part.querySelectorAll(".govuk-form-group--error")) group.classList.remove("govuk-form-group--error");
  let first = null;
  for (const [name, sentence] of faults) {
    const field = fields(part, name)[0];
    const group = field?.closest(".govuk-form-group");
    if (!group) continue;
    const line = document.createElement("p");
    line.className = "govuk-error-message app-fault";
    line.id = `${field.id}-fault`;
    line.textContent = sentence;
    group.classList.add("govuk-form-group--error");
    (group.querySelector(".govuk-hint, legend") ?? group.firstElementChild)?.after(line);
    field.setAttribute("aria-describedby", line.id);
    first ??= field;
  }
  return first;
}

/** Says what is missing. @param {Words} words @param {"photo" | "sound"} kind @returns {[string, string][]} */
export function faultsOf(words, kind) {
  /** @type {[string, string][]} */
  const faults = [];
  if (kind === "photo" && !words.caption) faults.push(["caption", t("Say what the photo shows.")]);
  if (words.caption.length > 300) faults.push(["caption", t("Use at most 300 letters.")]);
  if (!words.people) faults.push(["people", t("Say whether somebody can be recognised.")]);
  if (words.people === "agreed" && !words.people_how) faults.push(["people_how", t("Say how they agreed.")]);
  return faults;
}
