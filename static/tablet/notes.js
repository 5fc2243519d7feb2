// @ts-check
/** The list of notes on a tablet: what waits here is shown with what the office has. */
import { fill, line, list, showEvidence } from "./fill.js";
import { noteWords } from "./view.js";
import { isBlank, viewOf } from "./viewing.js";

const NO_ID = "00000000-0000-0000-0000-000000000000";

/** Shows the notes of one person: one's own, or those of whom one helps. @param {HTMLElement} part */
async function show(part) {
  const { inspection = "", author } = part.dataset;
  const name = author ?? "mine";
  const own = await viewOf(inspection, author);
  const [place, pattern] = [list(name), /** @type {HTMLTemplateElement | null} */ (part.querySelector(`template[data-line="${name}"]`))];
  if (!own || !place || !pattern) return;
  if (isBlank) fill(document, { name: (own.reader ?? own).name });
  fill(part, { author: own.name });
  for (const note of own.notes.filter((one) => isBlank || one.waiting)) put(note, { name, place, pattern, author: own.name });
  fill(part, { nothing: !place.children.length });
  const loose = own.evidence.filter((one) => !one.note && (isBlank || one.waiting));
  if (loose.length) fill(document, { photos: true });
  await showEvidence(loose);
}

/** @param {import("./view.js").Note} note @param {{name: string, place: HTMLElement, pattern: HTMLTemplateElement, author: string}} where */
function put(note, { name, place, pattern, author }) {
  const card = line(name);
  if (!card) return;
  const { kinds = "{}", questions = "{}", how } = pattern.dataset;
  const statement = JSON.parse(questions)[(note.question ?? "").split("--")[0]] ?? null;
  const typed = { typist: note.typed?.name ?? null, how: note.typed?.how ?? how };
  fill(card, { ...note, ...typed, text: noteWords(note.text), author, kind: JSON.parse(kinds)[note.kind] ?? note.kind, statement });
  card.dataset.id = note.id;
  for (const link of card.querySelectorAll("a")) link.href = link.href.replace(NO_ID, note.id);
  place.querySelector(`[data-id="${note.id}"]`)?.remove();
  place.prepend(card);
}

for (const part of document.querySelectorAll("section[data-inspection]")) await show(/** @type {HTMLElement} */ (part));
