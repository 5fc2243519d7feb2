// @ts-check
/** The list of questions on a tablet: how each stands with what waits here, how many are left, and the way on. */
import { fill, line } from "./fill.js";
import { hasAdded, wordsOf } from "./view.js";
import { fillNames, isBlank, viewOf } from "./viewing.js";

const cells = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-question]")]);
/** Those that wait for an answer; the rest is only read. */
const answered = cells.filter((cell) => cell.dataset.state !== "read");
const bars = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".app-left .app-steps__bar"));

async function show() {
  const place = /** @type {HTMLElement} */ (document.querySelector("[data-inspection]"));
  const { inspection = "", author } = place.dataset;
  const own = await viewOf(inspection, author);
  if (!own) return;
  if (isBlank) fillNames(own);
  const sheet = place.dataset.asking ? (await import("./asking.js")).sheet(place, own, isBlank) : null;
  for (const cell of cells) {
    const key = cell.dataset.question ?? "";
    const adds = cell.dataset.adds;
    const rating = own.ratings[key];
    if (rating && (isBlank || rating.waiting)) put(cell, rating);
    if (adds && !rating?.value && hasAdded(own, key, adds)) put(cell, { value: "added", words: wordsOf({ answer_type: adds }, "added") });
    if (sheet) putAsked(cell, sheet.keys.has(key), sheet.results[key]);
  }
  count();
  if (isBlank || own.seal?.waiting || own.opened) fill(document, { sealed: own.seal, open: !own.seal, sealed_at: own.seal?.at });
}

/** @param {HTMLElement} cell @param {boolean} isAsked @param {string} [result] */
function putAsked(cell, isAsked, result) {
  const item = /** @type {HTMLElement} */ (cell.closest("li"));
  item.hidden = !isAsked && cell.dataset.state !== "done";
  cell.classList.toggle("app-unasked", !isAsked);
  if (!isAsked) cell.textContent = "Not asked any more";
  else if (result !== undefined) cell.textContent = result || "Nothing yet";
}

/** @param {HTMLElement} cell @param {{value: string | null, words: string}} rating */
function put(cell, rating) {
  const { value, words } = rating;
  cell.dataset.state = value ? "done" : "todo";
  if (!value) return cell.replaceChildren(line("to do") ?? "To do");
  const points = (cell.dataset.points ?? "").split(" ");
  const position = points.indexOf(value); // the page knows its points, also where no pack does
  const moon = /** @type {HTMLTemplateElement | null} */ (document.querySelector(`template[data-moon="${position}/${points.length}"]`));
  cell.replaceChildren(...(moon ? [moon.content.cloneNode(true)] : []), cell.dataset.labels?.split("|")[position] ?? (cell.dataset.asks ? wordsOf(JSON.parse(cell.dataset.asks), value) : words));
}

function count() {
  const asked = answered.filter((cell) => !cell.classList.contains("app-unasked"));
  const isDone = (/** @type {HTMLElement} */ cell) => cell.dataset.state === "done";
  const [done, total] = [asked.filter(isDone).length, asked.length];
  answered.forEach((cell, index) => {
    bars[index].className = `app-steps__bar app-steps__bar--${cell.dataset.state}`;
    bars[index].hidden = !asked.includes(cell);
  });
  const left = done === total ? ". All are done." : `, ${total - done} to go.`;
  fill(document, { done, total, left, go_on: done < total, all_done: asked.every((cell) => isDone(cell) || cell.dataset.adds) });
  const next = asked.find((cell) => !isDone(cell));
  const way = /** @type {HTMLAnchorElement | null} */ (document.querySelector('[data-show="go_on"]'));
  const first = /** @type {HTMLAnchorElement | null | undefined} */ (next?.closest("li")?.querySelector("a"));
  if (!way || !first) return;
  way.href = first.href;
  way.textContent = done ? "Go on" : "Start";
}

show();
