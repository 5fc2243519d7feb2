// @ts-check
/** Counting with a thumb: a big + and − beside the number, shown only where something is counted. */

/** @type {[string, string, number][]} */
const STEPS = [["−", "One less", -1], ["+", "One more", 1]];

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
  for (const [sign, label, step] of STEPS) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary app-count__step";
    button.textContent = sign;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => add(number, step));
    step > 0 ? row.append(button) : row.prepend(button);
  }
  const kind = () => /** @type {any} */ (form.elements.namedItem("kind"))?.value;
  const show = () => place.classList.toggle("app-count--off", kind() !== "counted");
  form.addEventListener("change", show);
  show();
}

/** @param {HTMLInputElement} number @param {number} step */
function add(number, step) {
  const value = Number.parseFloat(number.value.replace(",", ".")) || 0;
  number.value = String(Math.max(0, Math.round((value + step) * 1000) / 1000));
  number.dispatchEvent(new Event("input", { bubbles: true }));
}

document.querySelectorAll("[data-counter]").forEach(start);
