// @ts-check
/** Fills a page from values: words into places, parts shown or hidden, lines made from the page's own patterns. */
import { t } from "../js/words.js";
import { captionWords } from "./view.js";

/** Puts words into every place that waits for them, and shows what is true. @param {ParentNode} root @param {Record<string, any>} values */
export function fill(root, values) {
  for (const place of root.querySelectorAll("[data-fill]")) {
    const value = values[/** @type {HTMLElement} */ (place).dataset.fill ?? ""];
    if (value !== undefined) place.textContent = value ?? "";
  }
  for (const part of root.querySelectorAll("[data-show]")) {
    const value = values[/** @type {HTMLElement} */ (part).dataset.show ?? ""];
    if (value !== undefined) /** @type {HTMLElement} */ (part).hidden = !value;
  }
}

/** Returns a new line, made from the pattern of that name. @param {string} name @returns {HTMLElement | null} */
export function line(name) {
  const pattern = /** @type {HTMLTemplateElement | null} */ (document.querySelector(`template[data-line="${name}"]`));
  return /** @type {HTMLElement | null} */ (pattern?.content.firstElementChild?.cloneNode(true) ?? null);
}

/** Lets a part that was copied stand for one of several: its addresses, names and ids say which. @param {Element} part @param {string} pattern @param {string} instance */
export function standFor(part, pattern, instance) {
  for (const one of [part, ...part.querySelectorAll("*")]) {
    for (const { name, value } of [...one.attributes]) if (value.includes(pattern)) one.setAttribute(name, value.replaceAll(pattern, instance));
  }
}

/** Returns the list of that name. @param {string} name @returns {HTMLElement | null} */
export function list(name) {
  return document.querySelector(`[data-list="${name}"]`);
}

/** Writes a value into a form as if the page had come with it; what somebody typed or chose before stays. @param {HTMLFormElement} form @param {string} name @param {string | null | undefined} value */
export function preset(form, name, value) {
  const wanted = value ?? "";
  const field = /** @type {any} */ (form.elements.namedItem(name));
  if (!field) return;
  const parts = field instanceof RadioNodeList ? /** @type {any[]} */ ([...field]) : [field];
  const chosen = choiceIn(parts);
  for (const part of parts) {
    if (part.type === "radio" || part.type === "checkbox") part.defaultChecked = part.value === wanted;
    else if (part.options) for (const option of part.options) option.defaultSelected = option.value === wanted;
    else {
      part.defaultValue = wanted;
      if (wanted && !part.value && /date|time/.test(part.type)) part.type = "text"; // no day, and not to be lost
    }
  }
  chosen?.();
}

/** Returns what brings a choice back that somebody made; null where none was made: a new default takes it away from its neighbour. @param {any[]} parts */
function choiceIn(parts) {
  const [first] = parts;
  if (first.options) {
    const came = Math.max(0, [...first.options].findIndex((option) => option.defaultSelected));
    const now = first.selectedIndex;
    return now === came ? null : () => (first.selectedIndex = now);
  }
  const now = parts.find((part) => part.checked);
  return now && !now.defaultChecked ? () => (now.checked = true) : null;
}

/** Shows photos and sounds, each from what waits here, the pack, or the office. @param {import("./view.js").Evidence[]} evidence */
export async function showEvidence(evidence) {
  for (const one of evidence) {
    const name = one.kind === "sound" ? "sounds" : "photos";
    const [place, item] = [list(name), line(name)];
    if (!place || !item || document.querySelector(`[data-id="${one.id}"]`)) continue;
    item.dataset.id = one.id;
    fill(item, { caption: captionWords(one.caption) || t("A recording") });
    const shown = /** @type {HTMLImageElement | HTMLAudioElement} */ (item.querySelector("img, audio"));
    if (shown instanceof HTMLImageElement) shown.alt = one.caption;
    shown.src = (one.waiting && one.file && (await waitingFile(one.file, one.type))) || one.source || "";
    const link = item.querySelector("a");
    if (link && one.page && !one.waiting) link.href = one.page;
    place.append(item);
    place.hidden = false;
  }
}

/** @param {string} file @param {string} type */
async function waitingFile(file, type) {
  const { blob } = await import("./outbox.js");
  const found = await blob(file, type);
  return found ? URL.createObjectURL(found) : "";
}
