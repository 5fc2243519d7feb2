// @ts-check
/**
 * Which questions are asked, and what calculated ones come to: the same steps as at the office
 * (inspect_app/frameworks/asking.py), with the same results.
 */
import { evaluate, holds, wordsOf } from "./expressions.js";

/** A question's key, whether its answer is a number, its condition, calculation and constraint. @typedef {[string, boolean, any, any, any]} Step */
/** @typedef {{today: string, now: string}} Moment */

/**
 * What is not asked any more counts as blank for the others, and so do "not seen" and "does not apply".
 * @param {Step[]} steps @param {Record<string, string | null | undefined>} values @param {Moment} at
 */
export function asked(steps, values, at) {
  /** @type {Record<string, any>} */
  const answers = {};
  const keys = new Set();
  /** @type {Record<string, string>} */
  const results = {};
  for (const [key, isNumber, condition, calculation] of steps) {
    const given = { answers, ...at };
    if (condition && !holds(condition, given)) continue;
    keys.add(key);
    answers[key] = calculation ? evaluate(calculation, given) : answer(values[key], isNumber);
    if (calculation) results[key] = wordsOf(answers[key]);
  }
  return { keys, results };
}

/** Says whether an answer fails what its question demands. @param {Step[]} steps @param {string} key @param {Record<string, string | null | undefined>} values @param {Moment} at */
export function isUnmet(steps, key, values, at) {
  const step = steps.find((one) => one[0] === key);
  if (!step?.[4] || isBlank(values[key])) return false;
  const answers = Object.fromEntries(steps.map(([name, isNumber]) => [name, answer(values[name], isNumber)]));
  return !holds(step[4], { answers, here: answers[key], ...at });
}

/** @param {string | null | undefined} value */
function isBlank(value) {
  return !value || value === "not_seen" || value === "does_not_apply";
}

/** @param {string | null | undefined} value @param {boolean} isNumber */
function answer(value, isNumber) {
  if (isBlank(value)) return null;
  return isNumber && !Number.isNaN(Number(value)) ? Number(value) : value ?? null;
}
