// @ts-check
/** The list of notes on a tablet: what waits here is shown with what the office has. */
import { fill, line, list, showEvidence } from "./fill.js";
import { isBlank, viewOf } from "./viewing.js";

const NO_ID = "00000000-0000-0000-0000-000000000000";
const place = list("mine");
const pattern = /** @type {HTMLTemplateElement | null} */ (document.querySelector('template[data-line="mine"]'));

async function show() {
  const inspection = /** @type {HTMLElement | null} */ (document.querySelector("[data-inspection]"))?.dataset.inspection;
  const own = inspection ? await viewOf(inspection) : null;
  if (!own || !place || !pattern) return;
  const names = JSON.parse(pattern.dataset.kinds ?? "{}");
  const statements = JSON.parse(pattern.dataset.questions ?? "{}");
  if (isBlank) fill(document, { name: own.name });
  for (const note of own.notes.filter((one) => isBlank || one.waiting)) put(note, names, statements);
  fill(document, { nothing: !place.children.length });
  const loose = own.evidence.filter((one) => !one.note && (isBlank || one.waiting));
  if (loose.length) fill(document, { photos: true });
  await showEvidence(loose);
}

/** @param {import("./view.js").Note} note @param {Record<string, string>} names @param {Record<string, string>} statements */
function put(note, names, statements) {
  const card = line("mine");
  if (!card) return;
  fill(card, { ...note, kind: names[note.kind] ?? note.kind, statement: statements[(note.question ?? "").split("--")[0]] ?? null });
  card.dataset.id = note.id;
  for (const link of card.querySelectorAll("a")) link.href = link.href.replace(NO_ID, note.id);
  place?.querySelector(`[data-id="${note.id}"]`)?.remove();
  place?.prepend(card);
}

show();
