// @ts-check
/**
 * Reads parts of a page aloud, by a voice that lives in the tablet: voices that send words away are left alone. Where there is
 * no such voice, there is no button.
 */
import { t } from "../js/words.js";
const PARTS = "h1, legend, label, dt, dd, .app-point__label, .app-point__descriptor, .govuk-hint, textarea";
const buttons = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll("[data-say]")]);
const speech = "speechSynthesis" in window ? window.speechSynthesis : null;

/** @returns {SpeechSynthesisVoice | undefined} a voice of this tablet, in the page's language */
function ownVoice() {
  const language = document.documentElement.lang.slice(0, 2).toLowerCase();
  return speech?.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(language));
}

/** @param {Element} part @returns {string} its words, without signs that only the eye needs */
function wordsOf(part) {
  if (part instanceof HTMLTextAreaElement) return part.value.trim();
  const copy = /** @type {Element} */ (part.cloneNode(true));
  copy.querySelectorAll("[aria-hidden=true], svg").forEach((one) => one.remove());
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** @param {Element} place @returns {string[]} what is to be said of a part of the page, piece by piece */
function pieces(place) {
  const found = place.matches(PARTS) ? [place] : [...place.querySelectorAll(PARTS)];
  const inner = found.filter((one) => !found.some((other) => other !== one && one.contains(other)));
  return inner.map(wordsOf).filter(Boolean);
}

function quiet() {
  speech?.cancel();
  for (const button of buttons) {
    button.removeAttribute("aria-pressed");
    const words = button.querySelector("[data-say-words]");
    if (words) words.textContent = t("Read to me");
  }
}

/** @param {HTMLButtonElement} button */
function read(button) {
  const wasReading = button.getAttribute("aria-pressed") === "true";
  quiet();
  const place = document.getElementById(button.dataset.say ?? "");
  const voice = ownVoice();
  if (wasReading || !place || !speech || !voice) return;
  button.setAttribute("aria-pressed", "true");
  const words = button.querySelector("[data-say-words]");
  if (words) words.textContent = t("Stop reading");
  const said = pieces(place).map((text) => Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang, rate: 0.9 }));
  const last = said.at(-1);
  if (last) last.onend = quiet;
  for (const one of said) speech.speak(one);
}

function offer() {
  const there = Boolean(ownVoice());
  for (const button of buttons) button.hidden = !there;
}

for (const button of buttons) button.addEventListener("click", () => read(button));
addEventListener("hashchange", quiet);
addEventListener("pagehide", quiet);
speech?.addEventListener?.("voiceschanged", offer);
offer();
