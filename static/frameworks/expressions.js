// @ts-check
/**
 * Evaluates compiled expressions on the tablet: the same trees as on the server, with the same results
 * (inspect_app/frameworks/expressions). Nothing is handed to the browser's own eval.
 *
 * @typedef {import("./expression_values.js").Value} Value
 * @typedef {import("./expression_values.js").Result} Result
 * @typedef {string | number | boolean | null} Answer
 * @typedef {any[]} Tree a kind, and what belongs to it
 * @typedef {object} Given what an expression may know
 * @property {Record<string, Answer | Answer[]>} [answers] question's key → its answer, or one for each repeat; null for
 *   what was not answered, not seen, or does not apply
 * @property {Answer} [here] the answer of the question itself
 * @property {string} [today] in the programme's zone, such as 2026-11-22
 * @property {string} [now] such as 2026-11-22T17:05:00
 * @property {number} [position] which repeat this is, from 1
 */

import { FUNCTIONS } from "./expression_functions.js";
import { MOST_NODES, each, first, numberOf, rest, textOf, truthOf } from "./expression_values.js";

const LONGEST_MATCHED = 1_000;

/** The value of a compiled expression. @param {Tree} tree @param {Given} given @returns {Value} */
export function evaluate(tree, given) {
  return first(valueOf(tree, given));
}

/** Whether a condition is met. @param {Tree} tree @param {Given} given */
export function holds(tree, given) {
  return truthOf(valueOf(tree, given));
}

/** A value as people read it: a number in full; what is no number is blank. @param {Value} value */
export function wordsOf(value) {
  return Number.isNaN(value) ? "" : textOf(value);
}

/** @param {Tree} tree @param {Given} given @returns {Result} */
function valueOf(tree, given) {
  const [kind] = tree;
  const atom = ATOMS.get(kind);
  if (atom) return atom(tree, given);
  const one = valueOf(tree[1], given);
  if (kind === "minus") return -numberOf(one);
  const other = valueOf(tree[2], given);
  const sum = ARITHMETIC.get(kind);
  if (sum) return sum(numberOf(one), numberOf(other));
  if ((kind === "=" || kind === "!=") && (typeof one === "boolean" || typeof other === "boolean"))
    return (truthOf(one) === truthOf(other)) === (kind === "=");
  const test = COMPARISONS.get(kind);
  if (!test) throw new Error(`no such part: ${kind}`);
  return each(one).some((left) => each(other).some((right) => test(left, right)));
}

/** @param {Tree} tree @param {Given} given @returns {Result} */
function called([, name, ...parts], given) {
  if (name === "if") return valueOf(truthOf(valueOf(parts[0], given)) ? parts[1] : parts[2], given);
  if (name === "once") {
    const here = plain(given.here);
    return textOf(here) === "" ? valueOf(parts[0], given) : here;
  }
  if (name === "today") return given.today ?? "";
  if (name === "now") return given.now ?? "";
  const made = FUNCTIONS.get(name);
  if (!made) throw new Error(`no such function: ${name}`);
  return made(parts.map((one) => valueOf(one, given)));
}

/** @param {Given} given @param {string} name @returns {Result} */
function answerOf(given, name) {
  const answers = given.answers ?? {};
  const answer = Object.hasOwn(answers, name) ? answers[name] : null;
  return Array.isArray(answer) ? answer.slice(0, MOST_NODES).map(plain) : plain(answer);
}

/** @param {Answer | undefined} answer @returns {Value} */
function plain(answer) {
  return answer ?? "";
}

/** @param {Value} one @param {Value} other */
function same(one, other) {
  if (typeof one === "number" || typeof other === "number") return numberOf(one) === numberOf(other);
  return textOf(one) === textOf(other);
}

/**
 * Whether a pattern's steps describe the whole text. All ways are walked at once, so that no pattern can blow up.
 *
 * @param {any[][]} program
 * @param {string} text
 */
function matches(program, text) {
  const letters = Array.from(text);
  if (letters.length > LONGEST_MATCHED) return false;
  let current = reached(program, [0], 0, letters.length);
  for (const [position, letter] of letters.entries()) {
    const code = letter.codePointAt(0) ?? 0;
    const on = [...current].filter((at) => program[at][0] === "one" && isOne(program[at], code)).map((at) => at + 1);
    if (!on.length) return false;
    current = reached(program, on, position + 1, letters.length);
  }
  return [...current].some((at) => program[at][0] === "match");
}

/** @param {any[]} step @param {number} code */
function isOne([, isInverse, ranges], code) {
  return ranges.some((/** @type {number[]} */ [low, high]) => low <= code && code <= high) !== isInverse;
}

/** All steps that can be reached without reading a letter. @param {any[][]} program @param {number[]} begin @param {number} position @param {number} length */
function reached(program, begin, position, length) {
  const [todo, seen] = [[...begin], new Set(begin)];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    const [kind, ...targets] = program[at];
    const isOpen =
      kind === "split" || kind === "jump" || (kind === "begin" && position === 0) || (kind === "end" && position === length);
    for (const target of isOpen ? targets : []) {
      if (!seen.has(target)) {
        seen.add(target);
        todo.push(target);
      }
    }
  }
  return seen;
}

/** @type {Map<string, (tree: Tree, given: Given) => Result>} */
const ATOMS = new Map(
  /** @type {[string, (tree: Tree, given: Given) => Result][]} */ ([
    ["text", (tree) => String(tree[1])],
    ["number", (tree) => Number(tree[1])],
    ["name", (tree, given) => answerOf(given, tree[1])],
    ["here", (_, given) => plain(given.here)],
    ["position", (_, given) => given.position ?? 1],
    ["or", (tree, given) => tree.slice(1).some((one) => truthOf(valueOf(one, given)))],
    ["and", (tree, given) => tree.slice(1).every((one) => truthOf(valueOf(one, given)))],
    ["call", called],
    ["regex", (tree, given) => matches(tree[3], textOf(valueOf(tree[1], given)))],
  ]),
);

/** @type {Map<string, (one: number, other: number) => number>} */
const ARITHMETIC = new Map([
  ["+", (one, other) => one + other],
  ["-", (one, other) => one - other],
  ["*", (one, other) => one * other],
  ["div", (one, other) => one / other],
  ["mod", rest],
]);

/** @type {Map<string, (one: Value, other: Value) => boolean>} */
const COMPARISONS = new Map([
  ["=", same],
  ["!=", (one, other) => !same(one, other)],
  ["<", (one, other) => numberOf(one) < numberOf(other)],
  ["<=", (one, other) => numberOf(one) <= numberOf(other)],
  [">", (one, other) => numberOf(one) > numberOf(other)],
  [">=", (one, other) => numberOf(one) >= numberOf(other)],
]);
