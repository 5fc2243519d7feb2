// @ts-check
/**
 * Forms that are sent once: seal, open the seal, take a note or a photo back. They become an entry on this tablet; where
 * nothing can be kept here they go to the office as they always did.
 */
import { newId } from "../fieldwork/identity.js";
import { canKeep, currentKey, keyOf } from "./crypt.js";
import { fill } from "./fill.js";
import { add, entries, subscribe } from "./outbox.js";
import { send } from "./sender.js";
import { askedNow, fillSeal, missing } from "./fill_seal.js";
import { inWords } from "./store.js";
import { NO_EVIDENCE, captionWords, noteWords } from "./view.js";
import { isBlank, viewOf } from "./viewing.js";
import { t } from "../js/words.js";

/** @typedef {import("./view.js").Own} Own */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-sends]"));
const id = location.pathname.match(/\/([0-9a-f-]{36})\//)?.[1] ?? "";

/** What each form says, from what its person said before. @type {Record<string, (form: HTMLFormElement, own: Own) => {content: any, basedOn?: string} | string>} */
const SAYS = {
  seal: (_form, own) => ({ content: { revisions: Object.values(own.ratings).flatMap((one) => (one.value ? [one.revision] : [])) } }),
  seal_opened: (from) => reason(from, (text) => ({ content: { reason: text } })),
  note_withdrawn: (from) => reason(from, (text) => ({ content: { note: id, reason: text } })),
  evidence_withdrawn: () => ({ content: { evidence: id } }),
};

/** @param {HTMLFormElement} from @param {(text: string) => {content: any}} then */
function reason(from, then) {
  const text = String(new FormData(from).get("reason") ?? "").trim();
  return text ? then(text) : t("Say why.");
}

async function begin() {
  if (!form || !canKeep()) return;
  const person = document.documentElement.dataset.person;
  const held = await (isBlank ? currentKey() : person ? keyOf(person) : null);
  const own = held && (await viewOf(form.dataset.inspection ?? ""));
  if (!own) return;
  if (isBlank) showWhich(own);
  if (form.dataset.sends === "seal") await fillSeal(form, own);
  if (isBlank) listen(form);
  else if (form.dataset.sends?.startsWith("seal")) await sendFirst(form, own.person);
}

/** Says which note or recording is to be taken back. @param {Own} own */
function showWhich(own) {
  const [note, shown] = [own.notes.find((one) => one.id === id), own.evidence.find((one) => one.id === id)];
  fill(document, { name: own.name, text: note && noteWords(note.text), caption: shown && captionWords(shown.caption) });
}

/**
 * What waits here must go before a seal. Without a pack only the office knows what a seal covers: the page comes anew when
 * all is there.
 * @param {HTMLFormElement} from @param {string} person
 */
async function sendFirst(from, person) {
  const { inspection } = from.dataset;
  const waiting = async () => (await entries({ inspection })).some((one) => one.state !== "told" && !one.urgent && one.entry.author === person);
  let asked = false;
  const hold = async () => {
    if (!asked) subscribe(async () => (await waiting()) || location.reload());
    asked = true;
    tell(from, t("Some of what you did waits on this tablet. It goes to the office first. Then you can seal."), true);
    await send();
  };
  from.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await waiting().catch(() => false))) return from.submit();
    document.getElementById("trouble")?.scrollIntoView({ block: "center" });
    await hold();
  });
  if (await waiting()) await hold();
}

/** @param {HTMLFormElement} from */
function listen(from) {
  from.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { sends = "", inspection = "", href = "/tablet" } = from.dataset;
    const own = await viewOf(inspection);
    const why = own && sends === "seal" ? await explain(from, own) : null;
    if (why) return tell(from, why);
    const said = own ? SAYS[sends](from, own) : t("You are signed out. Sign in, then press again.");
    if (typeof said === "string") return tell(from, said);
    try {
      await add({ kind: sends, inspection, basedOn: sends === "seal_opened" ? own?.seal?.id ?? null : null, content: said.content });
    } catch (error) {
      return tell(from, inWords(error).sentence);
    }
    send();
    location.assign(href);
  });
}

/**
 * Notes why something is missing that questions ask for, before the seal. Returns a sentence where nobody said why.
 * @param {HTMLFormElement} from @param {Own} own @returns {Promise<string | null>}
 */
async function explain(from, own) {
  const lacks = missing(own, await askedNow(from, own));
  const why = String(new FormData(from).get("without") ?? "").trim();
  if (lacks.length && !why) return t("Something is missing that questions ask for. Add it, or say why there is none.");
  for (const one of lacks) {
    const [question, kind] = one.split("/");
    const content = { note: newId(), kind: "seen", text: `${NO_EVIDENCE[kind]} ${why}`, amount: null, unit: null, question, visit: null };
    try {
      await add({ kind: "note", inspection: from.dataset.inspection ?? "", content });
    } catch (error) {
      return inWords(error).sentence;
    }
  }
  return null;
}

/** @param {HTMLFormElement} from @param {string} sentence @param {boolean} [calm] nothing is wrong, one only has to wait */
function tell(from, sentence, calm = false) {
  const place = document.getElementById("trouble");
  if (!place) return;
  place.hidden = false;
  place.classList.toggle("app-trouble--calm", calm);
  place.textContent = sentence;
  if (!calm) place.scrollIntoView({ block: "center" }); // a page that only says to wait stays where its reader is
  /** @type {HTMLElement | null} */ (from.querySelector("textarea"))?.focus();
}

begin();
