// @ts-check
/** What one sees while recording: the time, how much is left, the level, and the buttons that make sense now. */
import { t, tn } from "../../js/words.js";

/** @typedef {"ready" | "recording" | "done" | "cannot"} State */

/** Which parts are there in which state. @type {Record<State, string[]>} */
const PARTS = { ready: ["start"], recording: ["now", "pause", "stop"], done: ["listen", "again"], cannot: [] };

export class Panel {
  /** @param {HTMLElement} part */
  constructor(part) {
    this.part = part;
    part.hidden = false;
    this.bar = this.find("[data-bar]");
    this.word = this.find("[data-loud]");
    this.player = /** @type {HTMLAudioElement} */ (part.querySelector("audio"));
    this.warned = false;
  }

  /** @param {string} what @returns {HTMLElement} */
  find(what) {
    return /** @type {HTMLElement} */ (this.part.querySelector(what));
  }

  /** @param {Record<string, () => void>} acts */
  on(acts) {
    this.part.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      acts[button?.dataset.act ?? ""]?.();
    });
  }

  /** @param {State} state @param {{seconds?: number, left?: number, blob?: Blob}} facts */
  show(state, { seconds = 0, left = 0, blob }) {
    const had = this.part.contains(document.activeElement);
    for (const one of this.part.querySelectorAll("[data-when]")) {
      /** @type {HTMLElement} */ (one).hidden = !PARTS[state].includes(/** @type {HTMLElement} */ (one).dataset.when ?? "");
    }
    if (state === "recording") this.time(0, left, 0);
    if (state === "ready") this.find("[data-most]").textContent = t("You can record up to %(length)s.", { length: inWords(left) });
    this.find("[data-most]").hidden = state !== "ready";
    this.warned = false;
    if (blob) this.play(blob);
    this.find("[data-length]").textContent = t("Your recording: %(length)s", { length: inWords(Math.round(seconds)) });
    this.paused(false);
    this.say({ ready: "", recording: t("Recording"), done: t("Stopped. You can listen to it now."), cannot: "" }[state]);
    if (had) /** @type {HTMLElement | null} */ (this.part.querySelector("[data-when]:not([hidden]) button, button[data-when]:not([hidden])"))?.focus();
  }

  /** @param {Blob} blob */
  play(blob) {
    if (this.player.src) URL.revokeObjectURL(this.player.src);
    this.player.src = URL.createObjectURL(blob);
  }

  /** @param {number} seconds @param {number} longest @param {number} warnAt */
  time(seconds, longest, warnAt) {
    const left = Math.max(0, Math.ceil(longest - seconds));
    this.find("[data-time]").textContent = clock(seconds);
    this.find("[data-left]").textContent = t("%(time)s left", { time: clock(left) });
    if (left <= warnAt && !this.warned) {
      this.warned = true;
      this.say(tn("%(n)s second left", "%(n)s seconds left", left));
    }
  }

  /** @param {boolean} isPaused */
  paused(isPaused) {
    const button = this.find("[data-act=pause]");
    button.textContent = isPaused ? t("Go on") : t("Pause");
    if (!this.find("[data-when=now]").hidden) this.say(isPaused ? t("Paused") : t("Recording"));
  }

  /** @param {string} words */
  say(words) {
    this.find("[role=status]").textContent = words;
  }

  /** Returns how long a sound file is, in seconds; 1 where this browser cannot tell. @param {Blob} file @returns {Promise<number>} */
  lengthOf(file) {
    const probe = new Audio();
    const address = URL.createObjectURL(file);
    /** @type {Promise<number>} */
    const known = new Promise((resolve) => {
      probe.addEventListener("loadedmetadata", () => resolve(Number.isFinite(probe.duration) ? probe.duration : 1));
      probe.addEventListener("error", () => resolve(1));
      probe.src = address;
    });
    return known.finally(() => URL.revokeObjectURL(address));
  }
}

/** @param {number} seconds */
function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** @param {number} seconds */
function inWords(seconds) {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const parts = minutes ? [tn("%(n)s minute", "%(n)s minutes", minutes)] : [];
  if (rest || !minutes) parts.push(tn("%(n)s second", "%(n)s seconds", rest));
  return parts.join(" ");
}
