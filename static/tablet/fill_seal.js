// @ts-check
/** The page before a seal: what is left to answer, all answers once more, and whether one can seal. */
import { fill, line, list } from "./fill.js";
import { isBlank } from "./viewing.js";

/** @param {import("./view.js").Own} own */
export function fillSeal(own) {
  const waits = Object.values(own.ratings).some((one) => one.waiting) || own.seal?.waiting || own.opened;
  if (!isBlank && (!waits || !own.questions.length)) return;
  const left = own.questions.filter((one) => one.answer_type !== "note" && !own.ratings[one.key]?.value);
  for (const item of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-left]"))) {
    item.hidden = !left.some((one) => one.key === item.dataset.left);
  }
  const many = left.length === 1 ? "1 question to answer first" : `${left.length} questions to answer first`;
  fill(document, { sealed: own.seal, sealed_at: own.seal?.at });
  const shown = { left: left.length > 0 && !own.seal, can_seal: left.length === 0 && !own.seal };
  for (const [name, show] of Object.entries(shown)) {
    const part = /** @type {HTMLElement | null} */ (document.querySelector(`[data-show="${name}"]`));
    if (part) part.hidden = !show;
  }
  fill(document.getElementById("left") ?? document.createElement("p"), { left: many });
  showAnswers(own);
}

/** @param {import("./view.js").Own} own */
function showAnswers(own) {
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
    part("value").replaceChildren(words, document.createElement("br"), rating.reason || "No reason given");
    const link = /** @type {HTMLAnchorElement} */ (row.querySelector("a"));
    link.href = `${link.getAttribute("href")}/${encodeURIComponent(question.key)}`;
    const hidden = link.querySelector("span");
    if (hidden) hidden.textContent = ` ${question.statement}`;
    if (own.seal) part("actions").remove();
    rows.append(row);
  }
  place.replaceChildren(rows);
}
