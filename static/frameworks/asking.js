// @ts-check
/**
 * Which questions are asked, and what calculated ones come to: the same steps as at the office
 * (inspect_app/frameworks/asking.py), with the same results.
 */
import { evaluate, holds, wordsOf } from "./expressions.js";
import { instancesOf, joined, nameKey, parted } from "./repeats.js";

/** A question's key, whether its answer is a number, its condition, calculation and constraint, and the repeated theme it belongs to. @typedef {[string, boolean, any, any, any, string?]} Step */
/** @typedef {{today: string, now: string}} Moment */
/** @typedef {Record<string, string | null | undefined>} Values */

/**
 * What is not asked any more counts as blank for the others, and so do "not seen" and "does not apply".
 * @param {Step[]} steps @param {Values} values @param {Moment} at
 */
export function asked(steps, values, at) {
  const said = new Said(steps, values);
  const keys = new Set();
  /** @type {Record<string, string>} */
  const results = {};
  for (const step of steps) {
    const [key, isNumber, condition, calculation] = step;
    for (const { instance, mine, position } of said.of(step)) {
      const slot = joined(key, instance);
      const given = () => ({ answers: said.known(mine), position, ...at });
      if (condition && !holds(condition, given())) continue;
      keys.add(slot);
      mine[key] = calculation ? evaluate(calculation, given()) : answer(values[slot], isNumber);
      if (calculation) results[slot] = wordsOf(mine[key]);
    }
    said.gather(step);
  }
  for (const [theme, ones] of said.own) {
    if (keys.has(nameKey(theme, ""))) for (const { instance } of ones) keys.add(nameKey(theme, instance));
  }
  return { keys, results };
}

/** The answers as expressions know them: once for all, and for each instance its own on top of them. */
class Said {
  /** @param {Step[]} steps @param {Values} values */
  constructor(steps, values) {
    /** @type {Record<string, any>} */
    this.all = {};
    /** @type {Map<string, {instance: string, mine: Record<string, any>, position: number}[]>} */
    this.own = new Map();
    for (const theme of new Set(steps.map((step) => step[5] ?? ""))) {
      if (!theme) continue;
      const ones = instancesOf(values, theme);
      const blank = Object.fromEntries(steps.filter((step) => step[5] === theme).map(([key]) => [key, null]));
      this.all[theme] = ones.map((one) => one.name);
      this.own.set(theme, ones.map(({ instance }, place) => ({ instance, mine: { ...blank }, position: place + 1 })));
    }
  }

  /** For what a step is taken. @param {Step} step */
  of(step) {
    return step[5] ? this.own.get(step[5]) ?? [] : [{ instance: "", mine: this.all, position: 1 }];
  }

  /** @param {Record<string, any>} mine */
  known(mine) {
    return mine === this.all ? mine : { ...this.all, ...mine };
  }

  /** Lets the questions outside of a repeated theme know all answers to one of its questions. @param {Step} step */
  gather(step) {
    if (step[5]) this.all[step[0]] = this.of(step).map(({ mine }) => mine[step[0]]);
  }
}

/** Says whether an answer fails what its question demands. @param {Step[]} steps @param {string} slot @param {Values} values @param {Moment} at */
export function isUnmet(steps, slot, values, at) {
  const { key, instance } = parted(slot);
  const step = steps.find((one) => one[0] === key);
  if (!step?.[4] || isBlank(values[slot])) return false;
  const said = new Said(steps, values);
  let [mine, position] = [said.all, 1];
  for (const one of steps) {
    for (const place of said.of(one)) {
      place.mine[one[0]] = answer(values[joined(one[0], place.instance)], one[1]);
      if (one === step && place.instance === instance) [mine, position] = [place.mine, place.position];
    }
    said.gather(one);
  }
  const here = answer(values[slot], step[1]);
  return !holds(step[4], { answers: { ...said.known(mine), [key]: here }, here, position, ...at });
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
