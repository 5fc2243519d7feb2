/**
 * What a page on a tablet needs beyond HTML, where every kilobyte has to come over a poor network: the few lines of
 * the components' own script that such a page uses. Everything still works when this file never arrives.
 */
import "./once.js";
import "./tablet.js";
import { t } from "./words.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

/** What is wrong is read out first. */
const trouble = document.querySelector(".govuk-error-summary");
if (trouble) {
  trouble.setAttribute("tabindex", "-1");
  /** @type {HTMLElement} */ (trouble).focus();
}

/** Until the form's own script listens, the line must not go on calling words safe that are newer than it. */
document.addEventListener("input", (event) => {
  const form = event.target instanceof Element ? event.target.closest("form[data-autosave]:not([data-listens])") : null;
  if (!(form instanceof HTMLElement)) return;
  form.dataset.touched = "";
  document.querySelector("#safe-line .app-safe__text")?.replaceChildren(t("Not safe yet"));
});

/** A page of a pack cannot send a form by itself: whoever presses before the form's own script listens waits for that. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("html[data-blank] form[data-autosave]:not([data-listens])")) return;
  event.preventDefault();
  setTimeout(() => form.requestSubmit(event.submitter), 200);
});

/** A link that looks like a button answers to the space bar, as a button does. */
document.addEventListener("keydown", (event) => {
  const link = event.target instanceof HTMLElement ? event.target.closest("a[role=button]") : null;
  if (event.key !== " " || !link) return;
  event.preventDefault();
  /** @type {HTMLElement} */ (link).click();
});
