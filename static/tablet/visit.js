// @ts-check
/** The first page of a visit: how far one is. */
import "./along.js";
import { fill } from "./fill.js";
import { isBlank, viewOf } from "./viewing.js";

const inspection = /** @type {HTMLElement | null} */ (document.querySelector("[data-inspection]"))?.dataset.inspection ?? "";
const own = await viewOf(inspection);
if (own?.questions.length) {
  const done = own.questions.filter((one) => own.ratings[one.key]?.value).length;
  const far = own.seal ? "You have sealed your ratings." : `${done} of ${own.questions.length} questions answered.`;
  fill(document, { far });
  for (const part of document.querySelectorAll('[data-show="far"]')) /** @type {HTMLElement} */ (part).hidden = false;
}
if (isBlank && own) fill(document, { name: own.name });
