// @ts-check
/** The list of questions on a tablet: how each stands with what waits here, how many are left, and the way on. */
import { fill, line } from "./fill.js";
import { wordsOf } from "./view.js";
import { fillNames, isBlank, viewOf } from "./viewing.js";

const cells = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-question]")]);
/** Those that wait for an answer; the rest is only read. */
const answered = cells.filter((cell) => cell.dataset.state !== "read");
const bars = document.querySelectorAll(".app-left .app-steps__bar");

async function show() {
  const { inspection = "", author } = /** @type {HTMLElement} */ (document.querySelector("[data-inspection]")).dataset;
  const own = await viewOf(inspection, author);
  if (!own) return;
  if (isBlank) fillNames(own);
  for (const cell of cells) {
    const rating = own.ratings[cell.dataset.question ?? ""];
    if (rating && (isBlank || rating.waiting)) put(cell, rating);
  }
  count();
  if (isBlank || own.seal?.waiting || own.opened) fill(document, { sealed: own.seal, open: !own.seal, sealed_at: own.seal?.at });
}

/** @param {HTMLElement} cell @param {import("./view.js").Rating} rating */
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
  const done = answered.filter((cell) => cell.dataset.state === "done").length;
  const total = answered.length;
  answered.forEach((cell, index) => (bars[index].className = `app-steps__bar app-steps__bar--${cell.dataset.state}`));
  fill(document, { done, left: done === total ? ". All are done." : `, ${total - done} to go.`, go_on: done < total, all_done: done === total });
  const next = answered.find((cell) => cell.dataset.state !== "done");
  const way = /** @type {HTMLAnchorElement | null} */ (document.querySelector('[data-show="go_on"]'));
  const first = /** @type {HTMLAnchorElement | null | undefined} */ (next?.closest("li")?.querySelector("a"));
  if (!way || !first) return;
  way.href = first.href;
  way.textContent = done ? "Go on" : "Start";
}

show();
