// @ts-check
/** The functions of expressions, the same table as inspect_app/frameworks/expressions/functions.py. */

import {
  LONGEST_TEXT,
  daysOf,
  each,
  first,
  momentOf,
  numberOf,
  shareOfDay,
  shifted,
  textOf,
  truthOf,
} from "./expression_values.js";

/** @typedef {import("./expression_values.js").Result} Result */

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MOST_PLACES = 15;

/** The keys of a list that blanks separate. @param {Result} result */
function wordsIn(result) {
  return textOf(result).split(/[ \t\r\n]+/).filter(Boolean);
}

/** Letters as people count them: a text's places are those of Unicode, as on the server. @param {Result} result */
function letters(result) {
  return Array.from(textOf(result));
}

/** @param {string} text */
function trimmed(text) {
  return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
}

/** The nearest whole number; a half goes up. @param {number} number */
function roundHalfUp(number) {
  if (!Number.isFinite(number)) return number;
  const low = Math.floor(number);
  return number - low >= 0.5 ? low + 1 : low;
}

/** By products and square roots alone, which every computer does alike. @param {number} base @param {number} exponent */
function power(base, exponent) {
  if (Number.isNaN(base) || !(Math.abs(exponent) <= 2 ** 53)) return NaN;
  let whole = Math.floor(Math.abs(exponent));
  let part = Math.abs(exponent) - whole;
  if (base < 0 && part) return NaN;
  let result = 1;
  let factor = Math.abs(base);
  const isOdd = whole % 2 === 1;
  while (whole >= 1) {
    if (whole % 2 === 1) result *= factor;
    factor *= factor;
    whole = Math.floor(whole / 2);
  }
  let root = Math.abs(base);
  while (part) {
    root = Math.sqrt(root);
    part *= 2;
    if (part >= 1) {
      result *= root;
      part -= 1;
    }
  }
  if (exponent < 0) result = 1 / result;
  return base < 0 && isOdd ? -result : result;
}

/** @param {Result[]} given */
function rounded(given) {
  const places = given.length > 1 ? numberOf(given[1]) : 0;
  if (!(Math.abs(places) <= MOST_PLACES)) return NaN;
  const whole = Math.floor(places);
  return shifted(roundHalfUp(shifted(numberOf(given[0]), whole)), -whole);
}

/** All that was answered, over all repeats; what was left blank is left out. @param {Result[]} given */
function said(given) {
  return given.flatMap(each).filter((value) => textOf(value) !== "");
}

/** @param {Result[]} given @param {(one: number, best: number) => boolean} isBetter */
function extreme(given, isBetter) {
  const numbers = said(given).map(numberOf);
  if (!numbers.length || numbers.some(Number.isNaN)) return NaN;
  return numbers.reduce((best, one) => (isBetter(one, best) ? one : best));
}

/** @param {string} glue @param {Result[]} given */
function joined(glue, given) {
  const text = given.flatMap(each).map(textOf).join(glue);
  return text.length <= LONGEST_TEXT ? text : Array.from(text).slice(0, LONGEST_TEXT).join("");
}

/** @param {Result[]} given */
function part(given) {
  const text = letters(given[0]);
  const begin = place(numberOf(given[1]), text.length);
  const end = given.length > 2 ? place(numberOf(given[2]), text.length) : text.length;
  return begin < end ? text.slice(begin, end).join("") : "";
}

/** A place in a text; below 0 it counts from the end. @param {number} number @param {number} length */
function place(number, length) {
  if (Number.isNaN(number)) return 0;
  const whole = Math.floor(Math.max(-length, Math.min(length, number)));
  return whole < 0 ? whole + length : whole;
}

/** @param {Result[]} given */
function selectedAt(given) {
  const [words, at] = [wordsIn(given[0]), numberOf(given[1])];
  return at >= 0 && at < words.length ? words[Math.floor(at)] : "";
}

/** @param {Result[]} given */
function coalesced(given) {
  return first(given.find((one) => textOf(one) !== "") ?? "");
}

/** @param {Result[]} given */
function translated(given) {
  const [old, made] = [letters(given[1]), letters(given[2])];
  /** @type {Map<string, string>} */
  const table = new Map();
  old.forEach((letter, at) => table.has(letter) || table.set(letter, made[at] ?? ""));
  return letters(given[0])
    .map((letter) => table.get(letter) ?? letter)
    .join("");
}

/** @param {number} number @param {number} [width] */
function digits(number, width = 2) {
  return String(number).padStart(width, "0");
}

/** @param {Result[]} given */
function date(given) {
  const moment = momentOf(numberOf(given[0]));
  return moment ? `${digits(moment[0], 4)}-${digits(moment[1])}-${digits(moment[2])}` : "";
}

/** @param {Result[]} given */
function dateTime(given) {
  const moment = momentOf(numberOf(given[0]));
  return moment ? `${date(given)}T${digits(moment[3])}:${digits(moment[4])}:${digits(moment[5])}` : "";
}

/** @param {Result[]} given */
function dateInWords(given) {
  const moment = momentOf(numberOf(given[0]));
  if (!moment) return "";
  const [year, month, day, hour, minute, second] = moment;
  const weekday = (((numberOf(date(given)) + 3) % 7) + 7) % 7;
  /** @type {Map<string, string>} */
  const parts = new Map([
    ["Y", digits(year, 4)],
    ["y", digits(year % 100)],
    ["m", digits(month)],
    ["n", String(month)],
    ["b", MONTHS[month - 1]],
    ["d", digits(day)],
    ["e", String(day)],
    ["H", digits(hour)],
    ["h", String(hour)],
    ["M", digits(minute)],
    ["S", digits(second)],
    ["3", "000"],
    ["a", DAYS[weekday]],
    ["%", "%"],
  ]);
  return textOf(given[1]).replace(/%([\s\S])/gu, (whole, letter) => parts.get(letter) ?? whole);
}

/** @param {string} text @param {string} mark */
function before(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? "" : text.slice(0, at);
}

/** @param {string} text @param {string} mark */
function after(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? "" : text.slice(at + mark.length);
}

/** @type {Map<string, (given: Result[]) => Result>} */
export const FUNCTIONS = new Map(
  /** @type {[string, (given: Result[]) => Result][]} */ ([
    // What was chosen.
    ["selected", (given) => wordsIn(given[0]).includes(trimmed(textOf(given[1])))],
    ["selected-at", selectedAt],
    ["count-selected", (given) => wordsIn(given[0]).length],
    // Yes or no.
    ["not", (given) => !truthOf(given[0])],
    ["true", () => true],
    ["false", () => false],
    ["boolean", (given) => truthOf(given[0])],
    ["boolean-from-string", (given) => ["1", "true"].includes(textOf(given[0]))],
    ["coalesce", coalesced],
    // Texts.
    ["string", (given) => textOf(given[0])],
    ["string-length", (given) => letters(given[0]).length],
    ["normalize-space", (given) => wordsIn(given[0]).join(" ")],
    ["contains", (given) => textOf(given[0]).includes(textOf(given[1]))],
    ["starts-with", (given) => textOf(given[0]).startsWith(textOf(given[1]))],
    ["ends-with", (given) => textOf(given[0]).endsWith(textOf(given[1]))],
    ["substr", part],
    ["substring-before", (given) => before(textOf(given[0]), textOf(given[1]))],
    ["substring-after", (given) => after(textOf(given[0]), textOf(given[1]))],
    ["translate", translated],
    ["concat", (given) => joined("", given)],
    ["join", (given) => joined(textOf(given[0]), given.slice(1))],
    // Numbers.
    ["number", (given) => numberOf(given[0])],
    ["int", (given) => Math.trunc(numberOf(given[0]))],
    ["round", rounded],
    ["floor", (given) => Math.floor(numberOf(given[0]))],
    ["ceiling", (given) => Math.ceil(numberOf(given[0]))],
    ["ceil", (given) => Math.ceil(numberOf(given[0]))],
    ["abs", (given) => Math.abs(numberOf(given[0]))],
    ["sqrt", (given) => Math.sqrt(numberOf(given[0]))],
    ["pow", (given) => power(numberOf(given[0]), numberOf(given[1]))],
    // Over all repeats.
    ["sum", (given) => said(given).reduce((/** @type {number} */ total, value) => total + numberOf(value), 0)],
    ["min", (given) => extreme(given, (one, best) => one < best)],
    ["max", (given) => extreme(given, (one, best) => one > best)],
    ["count", (given) => each(given[0]).length],
    ["count-non-empty", (given) => said(given).length],
    // Dates.
    ["date", date],
    ["date-time", dateTime],
    ["decimal-date-time", (given) => numberOf(given[0])],
    ["decimal-date", (given) => Math.floor(daysOf(textOf(given[0])))],
    ["decimal-time", (given) => shareOfDay(textOf(given[0]))],
    ["format-date", dateInWords],
    ["format-date-time", dateInWords],
  ]),
);
