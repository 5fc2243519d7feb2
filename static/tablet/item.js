// @ts-check
/** One entry in the list "What waits here": what it is, what it says, its state, and what to do. */
import { mark, t } from "../js/words.js";
import { captionWords, moment, noteWords, valueWords } from "./view.js";

/** @typedef {import("./outbox.js").Entry} Entry */
/** @typedef {{again: () => void, discard: (id: string) => void}} Ways */

/** @type {Record<string, string>} */
const KINDS = {
  rating: mark("Answer"), note: mark("Note"), note_withdrawn: mark("A note taken back"), photo: mark("Photo"), sound: mark("Recording"), evidence_withdrawn: mark("A photo taken back"),
  seal: mark("Your seal"), seal_opened: mark("Your seal, opened again"), concern: mark("A worry about somebody"), hazard: mark("A danger"),
}; // prettier-ignore
const STATES = { waiting: mark("Safe on this tablet"), sending: mark("Sending…"), needs: mark("Needs you"), told: mark("At the office"), begun: mark("Not saved yet") };
const SIGNS = { waiting: "tablet", sending: "tablet", needs: "trouble", told: "office", begun: "trouble" };

/** @param {Entry} one @param {boolean} isSending @param {Ways} ways */
export function item(one, isSending, ways) {
  const state = isSending ? "sending" : one.state;
  const made = part("li", `app-here__item app-here__item--${state}`);
  made.dataset.id = one.id;
  const head = part("p", "app-here__head");
  head.append(part("span", "app-here__what", title(one.entry)), stateOf(state));
  made.append(head);
  const said = one.entry.kind === "concern" ? "" : words(one.entry.content); // whoever looks over a shoulder reads nothing
  if (said) made.append(part("p", "app-here__words", said));
  const whose = one.entry.author === one.entry.person ? "" : t("typed for the inspector whom you help");
  made.append(part("p", "app-here__when", [one.entry.inspection, whose, one.entry.captured_at && moment(one.entry.captured_at)].filter(Boolean).join(", ")));
  if (one.state === "needs") made.append(...needs(one, ways));
  if (one.state === "told") made.append(...told(one, ways));
  return made;
}

/**
 * Puts items into a list. What says the same as before stays in its place, so that nobody who goes by the keyboard loses
 * theirs; where an item changed, the keyboard goes on in the new one.
 * @param {HTMLElement} list @param {HTMLElement[]} items
 */
export function showIn(list, items) {
  const held = /** @type {HTMLElement | null} */ (list.querySelector("[data-id]:focus-within"));
  const place = held ? waysIn(held).indexOf(/** @type {HTMLElement} */ (document.activeElement)) : -1;
  items.forEach((item, at) => {
    const old = list.children[at];
    if (!old) list.append(item);
    else if (old.outerHTML !== item.outerHTML) old.replaceWith(item);
  });
  while (list.children.length > items.length) list.lastElementChild?.remove();
  if (!held || held.isConnected) return;
  const now = list.querySelector(`[data-id="${held.dataset.id}"]`);
  if (now) waysIn(now)[place]?.focus();
}

/** @param {Element} part @returns {HTMLElement[]} */
function waysIn(part) {
  return [...part.querySelectorAll("a, button")].map((one) => /** @type {HTMLElement} */ (one));
}

/** @param {string} name @param {string} look @param {string} [text] */
export function part(name, look, text = "") {
  const made = document.createElement(name);
  made.className = look;
  made.textContent = text;
  return made;
}

/** @param {keyof typeof STATES} state */
export function stateOf(state) {
  const made = part("span", "app-here__state", t(STATES[state]));
  const sign = document.querySelector(`[data-sign="${SIGNS[state]}"] svg`);
  if (sign) made.prepend(sign.cloneNode(true));
  return made;
}

/** @param {any} entry */
function title(entry) {
  const name = KINDS[entry.kind] ? t(KINDS[entry.kind]) : t("Something");
  const key = entry.content.question;
  return entry.kind === "rating" && key ? `${name}: ${key.split("--")[0].replaceAll("-", " ")}` : name;
}

/** @param {any} content */
function words(content) {
  const { reason, text, caption, what } = content;
  const said = [inWords(content.value), content.amount, reason || noteWords(text ?? "") || captionWords(caption ?? "") || what];
  return said.filter(Boolean).join(". ");
}

/** Returns the key of a point as a word; a number stays as it is. @param {string | null | undefined} value */
function inWords(value) {
  if (!value || !/^[a-z_ -]+$/.test(value)) return value;
  if (valueWords(value)) return valueWords(value);
  return value.charAt(0).toUpperCase() + value.slice(1).replace(/[_-]/g, " ");
}

/** @param {Entry} one @param {Ways} ways */
function needs(one, ways) {
  const said = one.answer?.sentence;
  const why = said ? t(said) : t("The office did not take it.");
  const row = part("p", "app-row");
  const address = addressOf(one.entry);
  if (address) row.append(link(t("Open it"), address));
  row.append(button(t("Try again"), ways.again), throwAway(one.id, ways.discard));
  return [part("p", "app-here__todo", why), row];
}

/** @param {Entry} one @param {Ways} ways */
function told(one, ways) {
  const said = { two: t("Somebody else saved this too. Both are kept."), different: t("There were other words of yours already. Both are kept.") };
  const row = part("p", "app-row");
  const address = addressOf(one.entry);
  if (one.answer?.state === "kept") row.append(link(t("See what is kept"), "/tablet/kept"));
  else if (address) row.append(link(t("Look at it"), address));
  row.append(button(t("I have read this"), () => ways.discard(one.id)));
  const state = /** @type {keyof typeof said} */ (one.answer?.state);
  return [part("p", "app-here__todo", one.answer?.sentence || said[state] || t("It came too late. It is kept for you alone.")), row];
}

/** What its person wants to throw away and was asked about once more; the list may be drawn anew meanwhile. @type {Set<string>} */
const asked = new Set();

/** Asks once more before anything is gone for good. @param {string} id @param {(id: string) => void} discard */
export function throwAway(id, discard) {
  const made = button(t("Throw it away"), () => {
    if (asked.has(id)) return discard(id);
    asked.add(id);
    ask();
  });
  const ask = () => {
    made.textContent = t("Yes, throw it away for good");
    made.className = "govuk-button govuk-button--warning";
  };
  if (asked.has(id)) ask();
  return made;
}

/** @param {string} text @param {() => void} does */
function button(text, does) {
  const made = /** @type {HTMLButtonElement} */ (part("button", "govuk-button govuk-button--secondary", text));
  made.type = "button";
  made.addEventListener("click", does);
  return made;
}

/** @param {string} text @param {string} address */
export function link(text, address) {
  const made = /** @type {HTMLAnchorElement} */ (part("a", "govuk-link app-here__link", text));
  made.href = address;
  return made;
}

/** Where one can change what an entry says. @param {any} entry */
function addressOf(entry) {
  const { kind, inspection, content } = entry;
  const own = entry.author === entry.person;
  const desk = `/inspections/${encodeURIComponent(inspection)}${own ? "" : `/type-in/${entry.author}`}`;
  if (kind === "rating") return `${desk}/questions/${encodeURIComponent(content.question)}`;
  if (kind === "note") return `${desk}/${own ? "observations" : "notes"}/${content.note}`;
  return kind.startsWith("seal") && own ? `${desk}/seal` : "";
}
