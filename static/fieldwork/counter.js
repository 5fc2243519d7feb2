// @ts-check
/** Counting with a thumb: a big + and − beside the number, and a way back from a slip; only where something is counted. */
import { mark, t } from "../js/words.js";

/** @type {[string, string, number][]} */
const STEPS = [["−", mark("One less"), -1], ["+", mark("One more"), 1]];

/** @param {Element} place */
function start(place) {
  const number = /** @type {HTMLInputElement | null} */ (place.querySelector("input[name=amount]"));
  const form = place.closest("form");
  if (!number || !form) return;
  const row = document.createElement("div");
  row.className = "app-count__row";
  number.replaceWith(row);
  row.append(number);
  number.inputMode = "decimal";
  /** What stood there before each press. @type {string[]} */
  const before = [];
  const undo = undoButton(() => {
    write(number, before.pop() ?? "");
    undo.hidden = !before.length;
    if (undo.hidden) number.focus();
  });
  for (const [sign, label, step] of STEPS) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary app-count__step";
    button.textContent = sign;
    button.setAttribute("aria-label", t(label));
    button.addEventListener("click", () => {
      before.push(number.value);
      undo.hidden = false;
      add(number, step);
    });
    step > 0 ? row.append(button) : row.prepend(button);
  }
  row.append(undo);
  const kind = () => /** @type {any} */ (form.elements.namedItem("kind"))?.value;
  const show = () => place.classList.toggle("app-count--off", kind() !== "counted");
  form.addEventListener("change", show);
  show();
}

/** @param {HTMLInputElement} number @param {number} step */
function add(number, step) {
  const value = Number.parseFloat(number.value.replace(",", ".")) || 0;
  write(number, String(Math.max(0, Math.round((value + step) * 1000) / 1000)));
}

/** @param {HTMLInputElement} number @param {string} value */
function write(number, value) {
  number.value = value;
  number.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {() => void} act */
function undoButton(act) {
  const button = document.createElement("button");
  button.type = "button";
  button.hidden = true;
  button.className = "govuk-button app-button--quiet app-count__undo";
  button.textContent = t("Undo");
  button.addEventListener("click", act);
  return button;
}

document.querySelectorAll("[data-counter]").forEach(start);
