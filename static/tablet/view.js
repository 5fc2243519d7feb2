// @ts-check
/** What a person said on an inspection: as the office knows it, with what still waits on this tablet on top. */
import { language, mark, t } from "../js/words.js";

import { parted } from "../frameworks/repeats.js";

/** @typedef {{value: string | null, reason: string, revision: string, at: string, words: string, waiting?: boolean}} Rating */
/** @typedef {{id: string, kind: string, text: string, amount: string | null, unit: string | null, question: string | null, visit: string | null, revision: string, at: string, typed?: {name: string, how?: string} | null, waiting?: boolean}} Note */
/** @typedef {{id: string, kind: "photo" | "sound", caption: string, type: string, question: string | null, note: string | null, page?: string, source?: string, file?: string, waiting?: boolean}} Evidence */
/** @typedef {{answer_type: string, points?: {key: string, label: string}[], options?: {key: string, label: string}[], unit?: string}} Asks */
/** @typedef {Asks & {key: string, statement: string, theme: string, repeats?: string, each?: string}} Question */
/** With ``reader`` these are the words of an inspector whom somebody else helps: the one who holds the tablet.
 * @typedef {{person: string, name: string, zone?: string, questions: Question[], steps?: import("../frameworks/asking.js").Step[], ratings: Record<string, Rating>, notes: Note[], evidence: Evidence[], seal: {id: string, at: string, revisions: string[], waiting?: boolean} | null, opened?: boolean, reader?: {person: string, name: string}, helped?: Own | null}} Own */

/** @type {Record<string, string>} */
const VALUE_WORDS = { not_seen: mark("Not seen"), does_not_apply: mark("Does not apply"), yes: mark("Yes"), no: mark("No"), partly: mark("Partly") };

/** Returns what an answer says that every question may have; nothing for others. @param {string | null} value */
export function valueWords(value) {
  const word = VALUE_WORDS[value ?? ""];
  return word ? t(word) : "";
}

/** How a note begins that says why something is missing that a question asks for; kept in English. @type {Record<string, string>} */
export const NO_EVIDENCE = { photo: mark("There is no photo."), sound: mark("There is no recording.") };
/** What a sound is called for which nobody wrote a caption; kept in English. */
const UNNAMED = [mark("A recording"), mark("A spoken note")];

/** Returns what a note says; in the reader's language, what the product began it with. @param {string} text */
export function noteWords(text) {
  const begin = Object.values(NO_EVIDENCE).find((one) => text.startsWith(one)) ?? "";
  return begin ? t(begin) + text.slice(begin.length) : text;
}

/** Returns a caption; in the reader's language, where nobody wrote one. @param {string} caption */
export function captionWords(caption) {
  return UNNAMED.includes(caption) ? t(caption) : caption;
}

/** Returns nothing at all, in the shape of one's own words. @param {string} person @returns {Own} */
export function nothing(person) {
  return { person, name: "", questions: [], ratings: {}, notes: [], evidence: [], seal: null };
}

/**
 * Lays one entry over what was said before it.
 * @param {Own} own @param {any} entry @param {{waiting?: boolean, files?: string[]}} [how] @returns {Own} the same, changed
 */
export function putInto(own, entry, { waiting = true, files = [] } = {}) {
  const { kind, content, id } = entry;
  // A browser takes long to make its first moment in words, so none is made before it is read.
  const then = () => moment(entry.captured_at, own.zone);
  if (kind === "rating") {
    const { question, value, reason } = content;
    own.ratings[question] = {
      value, reason, revision: id, waiting, get at() { return then(); }, get words() { return words(own, question, value); },
    }; // prettier-ignore
  } else if (kind === "note") {
    const before = own.notes.findIndex((one) => one.id === content.note);
    const { note, ...said } = content;
    const first = own.notes[before];
    const typed = own.reader && own.reader.person === entry.person ? { name: own.reader.name } : null;
    const made = { ...said, id: note, revision: id, typed, waiting, get at() { return first ? first.at : then(); } };
    if (before < 0) own.notes.push(made);
    else own.notes[before] = made;
  } else if (kind === "note_withdrawn") own.notes = own.notes.filter((one) => one.id !== content.note);
  else if (kind === "photo" || kind === "sound") putEvidence(own, entry, files[0], waiting);
  else if (kind === "evidence_withdrawn") own.evidence = own.evidence.filter((one) => one.id !== content.evidence);
  else if (kind === "seal") own.seal = { id, revisions: content.revisions, waiting, get at() { return then(); } };
  else if (kind === "seal_opened") Object.assign(own, { seal: null, opened: true });
  return own;
}

/** @param {Own} own @param {any} entry @param {string} file @param {boolean} waiting */
function putEvidence(own, { kind, inspection, content }, file, waiting) {
  const { caption, type, question, note, spoken } = content;
  const id = content[kind];
  own.evidence = own.evidence.filter((one) => one.id !== id);
  const page = `/inspections/${inspection}/${kind}s/${id}`;
  const source = kind === "photo" ? `${page}/small` : `${page}/file`;
  own.evidence.push({ id, kind, caption, type, question, note: spoken ? null : note, page, source, file, waiting });
}

/** Says whether somebody added a photo or a recording to a question, by itself or with a note. @param {Own} own @param {string} question @param {string} kind */
export function hasAdded(own, question, kind) {
  const notes = own.notes.filter((one) => one.question === question).map((one) => one.id);
  return own.evidence.some((one) => one.kind === kind && (one.question === question || (one.note !== null && notes.includes(one.note))));
}

/** Returns all answers, also those that are given by adding something. @param {Own} own @returns {Record<string, string | null>} */
export function withAdded(own) {
  const added = own.questions.filter((one) => ["photo", "sound"].includes(one.answer_type) && hasAdded(own, one.key, one.answer_type));
  const said = Object.entries(own.ratings).filter(([, one]) => one.value).map(([key, one]) => [key, one.value]);
  return { ...Object.fromEntries(added.map((one) => [one.key, "added"])), ...Object.fromEntries(said) };
}

/** Returns a value as people read it. @param {Own} own @param {string} question @param {string | null} value */
export function words(own, question, value) {
  if (question.includes("--name-")) return value === "does_not_apply" ? t("Taken back") : value ?? "";
  const own_key = parted(question).key;
  return wordsOf(own.questions.find((one) => one.key === question || one.key === own_key) ?? { answer_type: "" }, value);
}

/** Returns an answer as people read it. @param {Asks} question @param {string | null} value */
export function wordsOf({ answer_type: type, points = [], options = [], unit }, value) {
  const point = points.find((one) => one.key === value);
  if (point) return point.label;
  if (!value || value === "not_seen" || value === "does_not_apply") return valueWords(value);
  if (value === "added" && type in ADDED) return t(ADDED[type]);
  if (options.length) return value.split(" ").map((key) => options.find((one) => one.key === key)?.label ?? key).join(", ");
  if (DAYS[type]) return DAYS[type](value);
  if (unit) return `${value} ${unit}`;
  return type === "text" ? value : valueWords(value) || value;
}

/** @type {Record<string, string>} */
const ADDED = { photo: mark("Photo added"), sound: mark("Recording added") };

/** A day, a time or both as people say them; what is none stays as it is. @type {Record<string, (value: string) => string>} */
const DAYS = {
  date: (value) => said(`${value}T00:00Z`, day, value),
  time: (value) => said(`2000-01-01T${value}Z`, time, value),
  date_time: (value) => said(`${value}Z`, moment, value),
};

/** @param {string} at @param {(at: string, zone: string) => string} how @param {string} otherwise */
function said(at, how, otherwise) {
  return Number.isNaN(Date.parse(at)) ? otherwise : how(at, "UTC");
}

/** Returns a moment as people say it, "14 March 2026, 9:30 am". @param {string} at @param {string} [zone] */
export function moment(at, zone) {
  return t("%(day)s, %(time)s", { day: day(at, zone), time: time(at, zone) });
}

/** @param {string} at @param {string} [timeZone] */
function day(at, timeZone) {
  return new Intl.DateTimeFormat([language() ?? "en-GB", "en-GB"], { day: "numeric", month: "long", year: "numeric", timeZone }).format(new Date(at));
}

/** @param {string} at @param {string} [timeZone] */
function time(at, timeZone) {
  const own = language();
  const how = own ? /** @type {const} */ ({ timeStyle: "short" }) : /** @type {const} */ ({ hour: "numeric", minute: "2-digit", hour12: true });
  return new Intl.DateTimeFormat([own ?? "en-GB", "en-GB"], { ...how, timeZone }).format(new Date(at));
}
