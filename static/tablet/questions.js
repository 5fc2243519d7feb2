// @ts-check
/** The list of questions on a tablet: how each stands with what waits here, how many are left, and the way on. */
import { PATTERN, instancesOf, nameKey, parted } from "../frameworks/repeats.js";
import { fill, line, standFor } from "./fill.js";
import { hasAdded, wordsOf } from "./view.js";
import { fillNames, isBlank, said, viewOf } from "./viewing.js";
import { t, tn } from "../js/words.js";

/** @type {HTMLElement[]} */
let cells = [];
/** Those that wait for an answer; the rest is only read. @type {HTMLElement[]} */
let answered = [];

/** Adds what this tablet holds of the repeated themes, and leaves out what was taken back. @param {import("./view.js").Own} own */
function putInstances(own) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-repeats]"))) {
    const theme = place.dataset.repeats ?? "";
    const waits = Object.keys(own.ratings).filter((key) => key.startsWith(nameKey(theme, "")) && (isBlank || own.ratings[key].waiting));
    const stand = instancesOf(said(own), theme);
    for (const key of waits) putInstance(place, key, stand);
    const many = place.querySelectorAll("[data-instance]").length;
    fillIn(place, "[data-none]", many > 0);
    fillIn(place, "[data-add]", many >= Number(place.dataset.most));
  }
}

/** @param {HTMLElement} place @param {string} key @param {import("../frameworks/repeats.js").Instance[]} stand */
function putInstance(place, key, stand) {
  const { instance } = parted(key);
  const one = stand.find((other) => other.instance === instance);
  let group = place.querySelector(`[data-instance="${instance}"]`);
  if (!one) return group?.remove();
  if (!group) {
    const pattern = /** @type {HTMLTemplateElement | null} */ (place.querySelector("template[data-line=instance]"));
    group = /** @type {Element | null} */ (pattern?.content.firstElementChild?.cloneNode(true) ?? null);
    if (!group) return;
    standFor(group, PATTERN, instance);
    pattern?.before(group);
  }
  fill(group, { instance_name: one.name });
}

/** @param {HTMLElement} place @param {string} which @param {boolean} hide */
function fillIn(place, which, hide) {
  const part = /** @type {HTMLElement | null} */ (place.querySelector(which));
  if (part) part.hidden = hide;
}

async function show() {
  const place = /** @type {HTMLElement} */ (document.querySelector("[data-inspection]"));
  const { inspection = "", author } = place.dataset;
  const own = await viewOf(inspection, author);
  if (!own) return;
  if (isBlank) fillNames(own);
  putInstances(own);
  cells = [...document.querySelectorAll("[data-question]")].map((one) => /** @type {HTMLElement} */ (one));
  answered = cells.filter((cell) => cell.dataset.state !== "read");
  const sheet = place.dataset.asking ? (await import("./asking.js")).sheet(place, own, isBlank) : null;
  for (const cell of cells) {
    const key = cell.dataset.question ?? "";
    const adds = cell.dataset.adds;
    const rating = own.ratings[key];
    if (rating && (isBlank || rating.waiting)) put(cell, rating);
    if (adds && !rating?.value && hasAdded(own, key, adds)) put(cell, { value: "added", words: wordsOf({ answer_type: adds }, "added") });
    if (sheet) putAsked(cell, sheet.keys.has(key), sheet.results[key]);
  }
  if (sheet) for (const part of document.querySelectorAll("[data-repeats]")) showTheme(/** @type {HTMLElement} */ (part), sheet.keys);
  count();
  if (isBlank || own.seal?.waiting || own.opened) fill(document, { sealed: own.seal, open: !own.seal, sealed_at: own.seal?.at });
}

/** A repeated theme is there to be added to while it is asked. @param {HTMLElement} part @param {Set<string>} keys */
function showTheme(part, keys) {
  part.hidden = !keys.has(nameKey(part.dataset.repeats ?? "", "")) && !part.querySelector("[data-instance]");
}

/** @param {HTMLElement} cell @param {boolean} isAsked @param {string} [result] */
function putAsked(cell, isAsked, result) {
  const item = /** @type {HTMLElement} */ (cell.closest("li"));
  item.hidden = !isAsked && cell.dataset.state !== "done";
  cell.classList.toggle("app-unasked", !isAsked);
  if (!isAsked) cell.textContent = t("Not asked any more");
  else if (result !== undefined) cell.textContent = result || t("Nothing yet");
}

/** @param {HTMLElement} cell @param {{value: string | null, words: string}} rating */
function put(cell, rating) {
  const { value, words } = rating;
  cell.dataset.state = value ? "done" : "todo";
  if (!value) return cell.replaceChildren(line("to do") ?? t("To do"));
  const points = (cell.dataset.points ?? "").split(" ");
  const position = points.indexOf(value); // the page knows its points, also where no pack does
  const moon = /** @type {HTMLTemplateElement | null} */ (document.querySelector(`template[data-moon="${position}/${points.length}"]`));
  cell.replaceChildren(...(moon ? [moon.content.cloneNode(true)] : []), cell.dataset.labels?.split("|")[position] ?? (cell.dataset.asks ? wordsOf(JSON.parse(cell.dataset.asks), value) : words));
}

function count() {
  const asked = answered.filter((cell) => !cell.classList.contains("app-unasked"));
  const isDone = (/** @type {HTMLElement} */ cell) => cell.dataset.state === "done";
  const [done, total] = [asked.filter(isDone).length, asked.length];
  const place = document.querySelector(".app-left .app-steps");
  while (place && place.children.length < answered.length) place.append(document.createElement("span"));
  while (place && place.children.length > answered.length) place.lastElementChild?.remove();
  const bars = /** @type {HTMLElement[]} */ ([...(place?.children ?? [])]);
  answered.forEach((cell, index) => {
    if (!bars[index]) return;
    bars[index].className = `app-steps__bar app-steps__bar--${cell.dataset.state}`;
    bars[index].hidden = !asked.includes(cell);
  });
  const left = done === total ? t(". All are done.") : tn(", %(n)s to go.", ", %(n)s to go.", total - done);
  fill(document, { done, total, left, go_on: done < total, all_done: asked.every((cell) => isDone(cell) || cell.dataset.adds) });
  const next = asked.find((cell) => !isDone(cell));
  const way = /** @type {HTMLAnchorElement | null} */ (document.querySelector('[data-show="go_on"]'));
  const first = /** @type {HTMLAnchorElement | null | undefined} */ (next?.closest("li")?.querySelector("a"));
  if (!way || !first) return;
  way.href = first.href;
  way.textContent = done ? t("Go on") : t("Start");
}

show();
