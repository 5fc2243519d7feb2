// @ts-check
/** Which questions are asked of somebody, by what a page and this tablet know; loaded only where questions have conditions. */
import { asked, isUnmet } from "../frameworks/asking.js";
import { withAdded } from "./view.js";
import { t } from "../js/words.js";

/** @typedef {import("./view.js").Own} Own */

/**
 * Works out what is asked. ``place`` holds the steps and what the office knew; what waits here, or on a blank page all
 * that its person said, stands on top, and ``now`` on top of that.
 * @param {HTMLElement} place @param {Own} own @param {boolean} isBlank @param {Record<string, string | null>} [now]
 */
export function sheet(place, own, isBlank, now = {}) {
  const { steps: listed, values: known } = JSON.parse(place.dataset.asking ?? "{}");
  const steps = listed ?? own.steps ?? [];
  const said = Object.entries(withAdded(own)).filter(([key]) => isBlank || own.ratings[key]?.waiting);
  const values = { ...known, ...Object.fromEntries(said), ...now };
  const at = moment(own.zone ?? place.dataset.zone);
  return { ...asked(steps, values, at), isUnmet: (/** @type {string} */ key) => isUnmet(steps, key, values, at) };
}

/** The day and the moment where the office is. @param {string} [timeZone] */
function moment(timeZone) {
  const words = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format();
  return { today: words.slice(0, 10), now: words.replace(" ", "T") };
}

/**
 * Follows the answer on a question's page: where its buttons lead, what it comes to, and whether it fits.
 * @param {HTMLFormElement} form @param {Own} own @param {boolean} isBlank @param {() => string | null} answer
 */
export function follow(form, own, isBlank, answer) {
  const { question: here = "", keys: listed = "" } = form.dataset;
  const update = () => {
    const now = sheet(form, own, isBlank, here in own.ratings || answer() ? { [here]: answer() } : {});
    const keys = listed.split(" ");
    keys.forEach((key, place) => {
      const bar = /** @type {HTMLElement | undefined} */ (document.querySelectorAll(".app-steps__bar")[place]);
      if (bar) bar.hidden = key !== here && !now.keys.has(key);
    });
    lead("next", keys.slice(keys.indexOf(here) + 1).find((key) => now.keys.has(key)));
    lead("back", keys.slice(0, keys.indexOf(here)).findLast((key) => now.keys.has(key)));
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-show=unasked]"))) part.hidden = now.keys.has(here);
    for (const part of document.querySelectorAll("[data-fill=result]")) part.textContent = now.results[here] || t("nothing yet");
    const unmet = /** @type {HTMLElement | null} */ (document.querySelector("[data-unmet]"));
    if (unmet) unmet.textContent = now.isUnmet(here) ? unmet.dataset.unmet ?? "" : "";
  };
  /** @param {string} way @param {string} [key] */
  const lead = (way, key) => {
    const list = new URL(form.action).pathname.replace(/\/[^/]+$/, "");
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`button[name=go][value=${way}]`))) {
      button.dataset.href = key ? `${list}/${key}` : form.dataset.list ?? list;
      if (way === "next") button.textContent = key ? t("Next question") : t("Save and finish");
    }
    if (way === "next") form.dataset.href = key ? `${list}/${key}` : form.dataset.list ?? list;
  };
  for (const name of ["input", "change"]) form.addEventListener(name, update);
  update();
}
