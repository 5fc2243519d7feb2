// @ts-check
/** The page before a seal: what is left to answer, all answers once more, and whether one can seal. */
import { PATTERN, instancesOf, parted } from "../frameworks/repeats.js";
import { fill, line, list, standFor } from "./fill.js";
import { NO_EVIDENCE, hasAdded } from "./view.js";
import { isBlank, said } from "./viewing.js";
import { t, tn } from "../js/words.js";

/** Types that need no answer before a seal. */
const UNASKED = ["note", "calculated", "photo", "sound"];

/** @typedef {import("./view.js").Own} Own */

/** Says whether a question is asked. @param {HTMLFormElement} form @param {Own} own @returns {Promise<(key: string) => boolean>} */
export async function askedNow(form, own) {
  if (!form.dataset.asking) return () => true;
  const { keys } = (await import("./asking.js")).sheet(form, own, isBlank);
  return (key) => keys.has(key);
}

/** Returns what questions ask for and is neither here nor explained, as "key/kind". @param {Own} own @param {(key: string) => boolean} isAsked @returns {string[]} */
export function missing(own, isAsked) {
  const wanted = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-missing]"))].map((one) => one.dataset.missing ?? "");
  return wanted.filter((one) => {
    const [key, kind] = one.split("/");
    const explained = own.notes.some((note) => note.question === key && note.text.startsWith(NO_EVIDENCE[kind]));
    const isOutside = ["not_seen", "does_not_apply"].includes(own.ratings[key]?.value ?? "");
    return isAsked(key) && !isOutside && !explained && !hasAdded(own, key, kind);
  });
}

/** Adds the lines of what this tablet holds of repeated themes, and says what was added to each. @param {Own} own */
function putInstances(own) {
  for (const { key, statement } of own.questions) {
    const { instance } = parted(key);
    if (instance) for (const item of linesFor(key.replace(instance, PATTERN))) putLine(item, key, instance, statement);
  }
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-added]"))) {
    const names = instancesOf(said(own), place.dataset.added ?? "").map((one) => one.name);
    fill(place, { added: names.join(", ") || t("none added") });
  }
}

/** @param {string} key @returns {HTMLElement[]} */
function linesFor(key) {
  return [...document.querySelectorAll(`[data-left="${key}"], [data-missing^="${key}/"]`)].map((one) => /** @type {HTMLElement} */ (one));
}

/** @param {HTMLElement} pattern @param {string} key @param {string} instance @param {string} statement */
function putLine(pattern, key, instance, statement) {
  const item = /** @type {HTMLElement} */ (pattern.cloneNode(true));
  const kind = item.dataset.missing?.split("/")[1];
  if (kind) item.dataset.missing = `${key}/${kind}`;
  else item.dataset.left = key;
  for (const link of item.querySelectorAll("a")) {
    if (!kind) link.textContent = statement;
    else link.textContent = kind === "photo" ? t("A photo: %(question)s", { question: statement }) : t("A recording: %(question)s", { question: statement });
  }
  standFor(item, PATTERN, instance);
  pattern.before(item);
}

/** @param {HTMLFormElement} form @param {Own} own */
export async function fillSeal(form, own) {
  const waits = Object.values(own.ratings).some((one) => one.waiting) || own.seal?.waiting || own.opened;
  if (!isBlank && (!waits || !own.questions.length)) return;
  putInstances(own);
  const isAsked = await askedNow(form, own);
  const left = own.questions.filter((one) => !UNASKED.includes(one.answer_type) && isAsked(one.key) && !own.ratings[one.key]?.value);
  const lacks = missing(own, isAsked);
  for (const item of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-left], [data-missing]"))) {
    item.hidden = !left.some((one) => one.key === item.dataset.left) && !lacks.includes(item.dataset.missing ?? "");
  }
  const many = tn("%(n)s question to answer first", "%(n)s questions to answer first", left.length);
  fill(document, { sealed: own.seal, sealed_at: own.seal?.at });
  const shown = { left: left.length > 0 && !own.seal, can_seal: left.length === 0 && !own.seal, missing: lacks.length > 0 && !own.seal };
  for (const [name, show] of Object.entries(shown)) {
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`[data-show="${name}"]`))) part.hidden = !show;
  }
  fill(document.getElementById("left") ?? document.createElement("p"), { left: many });
  showAnswers(own, isAsked);
}

/** @param {Own} own @param {(key: string) => boolean} isAsked */
function showAnswers(own, isAsked) {
  const place = list("answers");
  const rows = line("answers");
  const pattern = rows?.querySelector(".govuk-summary-list__row");
  if (!place || !rows || !pattern) return;
  rows.replaceChildren();
  for (const question of own.questions) {
    const rating = own.ratings[question.key];
    if (!rating?.value) continue;
    const row = /** @type {HTMLElement} */ (pattern.cloneNode(true));
    /** @param {string} name */
    const part = (name) => /** @type {HTMLElement} */ (row.querySelector(`.govuk-summary-list__${name}`));
    part("key").textContent = question.statement;
    const words = document.createElement("strong");
    words.textContent = rating.words;
    const isName = question.key.includes("--name-");
    part("value").replaceChildren(words, document.createElement("br"), rating.reason || (isName ? "" : t("No reason given")));
    if (!isAsked(question.key)) part("value").append(document.createElement("br"), t("Not asked any more. It is kept, and is not sealed."));
    const link = /** @type {HTMLAnchorElement} */ (row.querySelector("a"));
    link.href = `${link.getAttribute("href")}/${encodeURIComponent(question.key)}`;
    const hidden = link.querySelector("span");
    if (hidden) hidden.textContent = ` ${question.statement}`;
    if (own.seal) part("actions").remove();
    rows.append(row);
  }
  place.replaceChildren(rows);
}
