// @ts-check
/** How loud it is: a bar that grows, and a word beside it. */
import { t } from "../../js/words.js";

const QUIET = 0.02;
const LOUD = 0.35;
const WORD_MS = 500;

/** Shows the level of a stream until it is told to stop. @param {MediaStream} stream @param {HTMLElement} bar @param {HTMLElement} word @returns {() => void} */
export function meter(stream, bar, word) {
  const sound = new AudioContext();
  const listener = sound.createAnalyser();
  listener.fftSize = 1024;
  sound.createMediaStreamSource(stream).connect(listener);
  const samples = new Float32Array(listener.fftSize);
  let frame = 0;
  let said = 0;
  let peak = 0;
  const look = (/** @type {number} */ now) => {
    listener.getFloatTimeDomainData(samples);
    const level = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
    peak = Math.max(peak, level);
    bar.style.transform = `scaleX(${Math.min(1, level * 2.5)})`;
    if (now - said > WORD_MS) {
      word.textContent = wordFor(peak);
      [said, peak] = [now, 0];
    }
    frame = requestAnimationFrame(look);
  };
  frame = requestAnimationFrame(look);
  return () => {
    cancelAnimationFrame(frame);
    bar.style.transform = "scaleX(0)";
    sound.close();
  };
}

/** @param {number} level from 0 to 1 */
export function wordFor(level) {
  if (level < QUIET) return t("Very quiet");
  return level > LOUD ? t("Very loud") : t("Good");
}
