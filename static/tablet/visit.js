// @ts-check
/** The first page of a visit: how far one is. */
import "./along.js";
import { fill } from "./fill.js";
import { fillNames, isBlank, viewOf } from "./viewing.js";
import { t } from "../js/words.js";

const { inspection = "", author } = /** @type {HTMLElement} */ (document.querySelector("[data-inspection]")).dataset;
const own = await viewOf(inspection, author);
if (own?.questions.length) {
  const done = own.questions.filter((one) => own.ratings[one.key]?.value).length;
  const far = own.seal ? (author ? t("These ratings are sealed.") : t("You have sealed your ratings.")) : t("%(done)s of %(total)s questions answered.", { done, total: own.questions.length });
  fill(document, { far });
  for (const part of document.querySelectorAll('[data-show="far"]')) /** @type {HTMLElement} */ (part).hidden = false;
}
if (isBlank && own) {
  fillNames(own);
  fill(document, { helped: (author ? own : own.helped)?.name });
}
