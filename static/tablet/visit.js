// @ts-check
/** The first page of a visit: how far one is. */
import "./along.js";
import { fill } from "./fill.js";
import { fillNames, isBlank, viewOf } from "./viewing.js";

const { inspection = "", author } = /** @type {HTMLElement} */ (document.querySelector("[data-inspection]")).dataset;
const own = await viewOf(inspection, author);
if (own?.questions.length) {
  const done = own.questions.filter((one) => own.ratings[one.key]?.value).length;
  const far = own.seal ? (author ? "These ratings are sealed." : "You have sealed your ratings.") : `${done} of ${own.questions.length} questions answered.`;
  fill(document, { far });
  for (const part of document.querySelectorAll('[data-show="far"]')) /** @type {HTMLElement} */ (part).hidden = false;
}
if (isBlank && own) {
  fillNames(own);
  fill(document, { helped: (author ? own : own.helped)?.name });
}
