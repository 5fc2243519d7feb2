// @ts-check
/** One question on a tablet: how far one is, what was noted and photographed, and whether it is sealed. */
import { fill, line, list, preset, showEvidence } from "./fill.js";
import { several } from "./form.js";
import { noteWords } from "./view.js";
import { fillNames, isBlank, nameOf, viewOf } from "./viewing.js";
import { mark, t } from "../js/words.js";

/** Chosen beside a number or a list, as opposed to "not seen": what was written or named counts. */
const GIVEN = "given";
/** How somebody noticed something. @type {Record<string, string>} */
const NOTED = { seen: mark("Seen:"), heard: mark("Heard:"), asked: mark("Asked:"), read: mark("Read:"), counted: mark("Counted:") };

/**
 * Puts in what its person said before: all of it on a blank page, else what waits here.
 * @param {HTMLFormElement} form @param {() => string | null} answer what the form answers @returns {Promise<boolean>} whether one can still answer
 */
export async function fillQuestion(form, answer) {
  const { inspection = "", question = "", author } = form.dataset;
  const own = await viewOf(inspection, author);
  if (!own) return true;
  if (isBlank) putAnswer(form, own, question);
  if (isBlank) fill(document, { instance_name: nameOf(own, question) });
  showSteps(form, own);
  showNotes(own.notes.filter((one) => one.question === question && (isBlank || one.waiting)));
  if (form.dataset.asking) (await import("./asking.js")).follow(form, own, isBlank, answer);
  await showEvidence(own.evidence.filter((one) => one.question === question && (isBlank || one.waiting)));
  if (!isBlank && !own.seal?.waiting && !own.opened) return true;
  fill(document, { sealed: own.seal, open: !own.seal, sealed_at: own.seal?.at });
  form.querySelectorAll("fieldset").forEach((one) => (one.disabled = Boolean(own.seal)));
  return !own.seal;
}

/** @param {HTMLFormElement} form @param {import("./view.js").Own} own @param {string} question */
function putAnswer(form, own, question) {
  fillNames(own);
  const { value = null, reason = "", revision = "" } = own.ratings[question] ?? {};
  const isChoice = !value || Boolean(form.querySelector(`input[name="value"][value="${CSS.escape(value)}"]`));
  const hasMore = form.elements.namedItem("amount") || form.elements.namedItem("several");
  preset(form, "value", value && !isChoice && hasMore ? GIVEN : value);
  if (!isChoice) preset(form, "amount", value);
  if (!isChoice) presetSeveral(form, value.split(" "));
  preset(form, "reason", reason);
  preset(form, "person", (own.reader ?? own).person);
  // Entries that wait are based on one another already: the form goes on from what the office has, or from the newest.
  preset(form, "based_on", revision);
  const line = document.getElementById("safe-line")?.querySelector(".app-safe__text");
  if (line && revision && !own.ratings[question].waiting && !("touched" in form.dataset)) line.textContent = t("Safe at the office");
}

/** Names several options as if the page had come so; what somebody chose before stays. @param {HTMLFormElement} form @param {string[]} keys */
function presetSeveral(form, keys) {
  several(form).forEach((one, place) => {
    if (one instanceof HTMLInputElement) one.defaultChecked = keys.includes(one.value);
    else if (!one.selectedIndex) for (const option of one.options) option.defaultSelected = option.value === keys[place];
  });
}

/** @param {HTMLFormElement} form @param {import("./view.js").Own} own */
function showSteps(form, own) {
  const bars = document.querySelectorAll(".app-steps__bar");
  const keys = (form.dataset.keys ?? "").split(" ");
  keys.forEach((key, place) => {
    const rating = own.ratings[key];
    if (!bars[place] || bars[place].classList.contains("app-steps__bar--now") || !rating || !(isBlank || rating.waiting)) return;
    bars[place].className = `app-steps__bar app-steps__bar--${rating.value ? "done" : "todo"}`;
  });
}

/** @param {import("./view.js").Note[]} notes */
function showNotes(notes) {
  for (const note of notes) {
    const item = line("notes");
    const place = list("notes");
    if (!item || !place) return;
    place.querySelector(`[data-id="${note.id}"]`)?.remove();
    item.dataset.id = note.id;
    fill(item, { kind: t(NOTED[note.kind] ?? note.kind), text: noteWords(note.text) });
    for (const link of item.querySelectorAll("a")) link.href = link.href.replace(/0{8}-[0-]+$/, note.id);
    place.append(item);
  }
}
