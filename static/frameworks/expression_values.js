// @ts-check
/**
 * Values of expressions, by the same rules and in the same steps as inspect_app/frameworks/expressions/values.py.
 *
 * @typedef {string | number | boolean} Value
 * @typedef {Value | Value[]} Result one value, or one for each repeat
 */

export const MOST_NODES = 200;
export const LONGEST_TEXT = 100_000;
const SECONDS_OF_A_DAY = 86_400;
const NUMBER = /^[ \t\r\n]*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*$/;
const MOMENT =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,3})[0-9]*)?)?(?:(Z)|([+-])([0-9]{2}):?([0-9]{2}))?)?$/;
const CLOCK = /^([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,3})[0-9]*)?)?$/;

/** The value itself, or the first of several; blank when there is none. @param {Result} result @returns {Value} */
export function first(result) {
  if (!Array.isArray(result)) return result;
  return result.length ? result[0] : "";
}

/** The values of all repeats; one value counts as one repeat. @param {Result} result @returns {Value[]} */
export function each(result) {
  return Array.isArray(result) ? result : [result];
}

/** Yes or no: a text that is not blank, a number that is not 0, at least one repeat. @param {Result} result */
export function truthOf(result) {
  if (typeof result === "boolean") return result;
  if (typeof result === "number") return result !== 0 && !Number.isNaN(result);
  return result.length > 0;
}

/** A number; a date or a moment counts its days since 1970; what is no number is NaN. @param {Result} result */
export function numberOf(result) {
  const value = first(result);
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return NUMBER.test(value) ? Number(value) : daysOf(value);
}

/** A text; a number is written in full, without an exponent. @param {Result} result */
export function textOf(result) {
  const value = first(result);
  if (typeof value !== "number") return String(value);
  if (value === 0) return "0";
  const text = String(value);
  const [digits, exponent] = text.split("e");
  return exponent === undefined ? text : inFull(digits, Number(exponent));
}

/** @param {string} digits such as -1.25 @param {number} exponent */
function inFull(digits, exponent) {
  const sign = digits.startsWith("-") ? "-" : "";
  const [whole, part = ""] = digits.replace("-", "").split(".");
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${whole}${part}`;
  return sign + whole + part.padEnd(exponent, "0");
}

/** The number with its decimal point moved, without an error of its own. @param {number} number @param {number} places */
export function shifted(number, places) {
  if (number === 0 || !Number.isFinite(number)) return number;
  return Number(`${textOf(number)}e${places}`);
}

/** What is left of a division, with the sign of what was divided. @param {number} one @param {number} other */
export function rest(one, other) {
  return Number.isFinite(one) ? one % other : NaN;
}

/** The days from 1970-01-01 to a date or a moment; NaN when it is neither. @param {string} text */
export function daysOf(text) {
  const found = MOMENT.exec(text);
  if (!found) return NaN;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (!(month >= 1 && month <= 12 && year >= 1 && day >= 1 && day <= daysOfMonth(year, month))) return NaN;
  const days = daysFromCivil(year, month, day);
  if (found[4] === undefined) return days;
  let seconds = secondsOf(found[4], found[5], found[6], found[7]);
  if (found[9]) {
    const away = (Number(found[10]) * 60 + Number(found[11])) * 60;
    seconds += found[9] === "+" ? -away : away;
  }
  return days + seconds / SECONDS_OF_A_DAY;
}

/** Which part of the day has passed at a time such as 12:00; NaN when it is no time. @param {string} text */
export function shareOfDay(text) {
  const found = CLOCK.exec(text);
  return found ? secondsOf(found[1], found[2], found[3], found[4]) / SECONDS_OF_A_DAY : NaN;
}

/**
 * Year, month, day, hour, minute and second of a count of days; null outside the years 1 to 9999.
 *
 * @param {number} days
 * @returns {number[] | null}
 */
export function momentOf(days) {
  if (!(days >= -719162 && days < 2932897)) return null;
  let whole = Math.floor(days);
  let seconds = Math.floor((days - whole) * SECONDS_OF_A_DAY + 0.5);
  if (seconds === SECONDS_OF_A_DAY) [whole, seconds] = [whole + 1, 0];
  return [...civilFromDays(whole), Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
}

/** @param {string} hour @param {string} minute @param {string} [second] @param {string} [part] */
function secondsOf(hour, minute, second, part) {
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second || "0") > 60) return NaN;
  const whole = (Number(hour) * 60 + Number(minute)) * 60 + Number(second || "0");
  return whole + Number((part || "0").padEnd(3, "0")) / 1000;
}

/** @param {number} year @param {number} month */
function daysOfMonth(year, month) {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** @param {number} one @param {number} other */
function over(one, other) {
  return Math.floor(one / other);
}

/** @param {number} year @param {number} month @param {number} day */
function daysFromCivil(year, month, day) {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = over(shiftedYear, 400);
  const ofEra = shiftedYear - era * 400;
  const ofYear = over(153 * (month > 2 ? month - 3 : month + 9) + 2, 5) + day - 1;
  return era * 146097 + ofEra * 365 + over(ofEra, 4) - over(ofEra, 100) + ofYear - 719468;
}

/** @param {number} days */
function civilFromDays(days) {
  const shiftedDays = days + 719468;
  const era = over(shiftedDays, 146097);
  const ofEra = shiftedDays - era * 146097;
  const year = over(ofEra - over(ofEra, 1460) + over(ofEra, 36524) - over(ofEra, 146096), 365);
  const ofYear = ofEra - (365 * year + over(year, 4) - over(year, 100));
  const part = over(5 * ofYear + 2, 153);
  const month = part < 10 ? part + 3 : part - 9;
  return [year + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - over(153 * part + 2, 5) + 1];
}
