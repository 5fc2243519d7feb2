// @ts-check
/** How the pages of photos and sounds begin: with their person's key, and with what the address says. */
import { tell } from "../../fieldwork/telling.js";
import { askToKeep } from "../storage.js";
import { canKeep, currentKey, keyOf } from "../crypt.js";
import { placeOf } from "../drafts.js";
import { isBlank, put, text } from "../form.js";
import { add } from "../outbox.js";
import { inWords } from "../store.js";
import { send } from "../sender.js";
import { t } from "../../js/words.js";

/** @typedef {{form: HTMLFormElement, person: string, place: string, question: string | null, note: string | null}} Page */

/**
 * Returns the page's form and whose it is; null where this tablet can keep nothing: the form then goes to the office
 * by itself, as it does without any script.
 * @param {string} id @returns {Promise<Page | null>}
 */
export async function begin(id) {
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById(id));
  if (!form || !("outbox" in form.dataset) || !canKeep()) return null;
  const held = await (isBlank() ? currentKey() : keyOf(text(form, "person"))).catch(() => null);
  if (!held) return null;
  const asked = new URLSearchParams(location.search);
  for (const name of ["question", "note"]) if (!text(form, name)) put(form, name, asked.get(name) ?? "");
  if (isBlank()) import("../viewing.js").then(showNames(form)).catch(() => {});
  const [question, note] = ["question", "note"].map((name) => text(form, name) || null);
  form.classList.add("app-captures");
  const place = placeOf(held.person, location.pathname, question, note);
  return { form, person: held.person, place, question, note };
}

/** @param {HTMLFormElement} form @returns {(viewing: typeof import("../viewing.js")) => Promise<void>} */
function showNames({ dataset: { inspection = "", author } }) {
  return async ({ fillNames, viewOf }) => {
    const own = await viewOf(inspection, author);
    if (own) fillNames(own);
  };
}

/**
 * Puts one photo or sound into the outbox; resolves when it is safe on this tablet, rejects with NotSafe.
 * @param {Page} page @param {"photo" | "sound"} kind @param {string} id @param {Blob} blob @param {object} content
 */
export async function keepSafe({ form, person, question, note }, kind, id, blob, content) {
  if (!(await currentKey())) await keyOf(person); // a browser that cleared its store took the key along
  const { inspection = "", version, author } = form.dataset;
  await add({
    kind,
    inspection,
    author: author || undefined,
    form: version || null,
    files: [{ id, blob }],
    content: { [kind]: id, size: blob.size, type: blob.type.split(";")[0], question, note, ...content },
  });
  askToKeep();
}

/** Goes on to where one came from, while what is safe begins to travel. @param {Page} page */
export function goOn({ form, question }) {
  tell("tablet", t("Safe on this tablet"));
  send();
  const { href = "", question: toQuestion = "" } = form.dataset;
  location.assign(question && toQuestion ? toQuestion.replace("/-", `/${encodeURIComponent(question)}`) : href);
}

/** Says why something is not safe. @param {unknown} error */
export function tellTrouble(error) {
  const { sentence } = inWords(error);
  tell("trouble", t("Not safe yet"));
  showTrouble(`${sentence} ${t("It is not safe yet. It is still on this page.")}`);
}

/** Shows a sentence above the form, and reads it out; without one, takes it away. @param {string} [sentence] */
export function showTrouble(sentence = "") {
  const line = document.getElementById("capture-trouble");
  if (!line) return;
  line.hidden = !sentence;
  line.textContent = sentence;
  if (sentence) line.scrollIntoView({ block: "nearest" });
}
