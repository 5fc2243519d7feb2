// @ts-check
/**
 * Sends what somebody tells. Where this tablet can keep it, it is kept first and goes out before everything else;
 * elsewhere it goes straight to the office. As long as it has not arrived the page says so, and whom to ring.
 */
import { newId } from "../fieldwork/identity.js";
import { mark, t } from "../js/words.js";

const PATIENCE_MS = 1_500;
const AGAIN_MS = 10_000;
const LOOK_MS = 2_000;
const KEPT = mark("It is safe on this tablet, locked, and first in the line. It keeps trying by itself.");
const OPEN = mark("Your words are still on this page. Leave it open: it keeps trying.");

const found = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-tell]"));
if (found) begin(found);

/** @param {HTMLFormElement} form */
function begin(form) {
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy || !hasWords(form)) return;
    busy = true;
    fill(form);
    const slow = setTimeout(() => waits(OPEN), navigator.onLine ? PATIENCE_MS : 0);
    const kept = await keep(form);
    const body = new FormData(form);
    const answer = await post(form, body); // the quickest way, where there is network; the office keeps the same words once
    clearTimeout(slow);
    if (answer?.state === "safe") await arrived(kept, answer.href);
    else if (kept) await watch(form, body, kept);
    else await direct(form, answer);
    busy = false;
  });
}

/** @param {HTMLFormElement} form @param {string} name */
function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/** A page from the tablet's pack has no id of its own, and a page may tell two things one after the other. @param {HTMLFormElement} form */
function fill(form) {
  if (!field(form, "id").value) field(form, "id").value = newId();
  if (!field(form, "captured_at").value) field(form, "captured_at").value = new Date().toISOString();
}

/** @param {HTMLFormElement} form */
function hasWords(form) {
  const needed = form.dataset.tell === "hazard" ? ["what", "where"] : ["what"];
  const empty = needed.map((name) => field(form, name)).find((one) => !one.value.trim());
  trouble(!empty ? "" : empty.name === "where" ? t("Write where it is, so that somebody can find it.") : t("Write what it is. A few words are enough."));
  empty?.focus();
  return !empty;
}

/** @param {HTMLFormElement} form */
function content(form) {
  const own = { what: field(form, "what").value, where: field(form, "where").value || null };
  if (form.dataset.tell === "hazard") return { hazard: field(form, "id").value, ...own, visit: field(form, "visit")?.value || null };
  const now = new FormData(form).get("now") === "yes";
  return { concern: field(form, "id").value, ...own, who: field(form, "who").value || null, now, about_lead: field(form, "about_lead").checked };
}

/** Keeps it on this tablet; returns the entry's id, or null where this tablet cannot keep anything. @param {HTMLFormElement} form */
async function keep(form) {
  try {
    const [outbox, crypt] = await Promise.all([import("../tablet/outbox.js"), import("../tablet/crypt.js")]);
    if (!crypt.canKeep()) return null;
    const person = field(form, "person").value;
    if (!(await (person ? crypt.keyOf(person) : crypt.currentKey()))) return null;
    const { id } = await outbox.add({
      kind: form.dataset.tell ?? "", inspection: form.dataset.inspection ?? "", content: content(form), urgent: true,
    }); // prettier-ignore
    return id;
  } catch {
    return null;
  }
}

/**
 * Says that it waits until it has gone, and then leads to the page that says who looks after it. It goes by whichever way
 * is open first: the tablet's own sender, or this page.
 * @param {HTMLFormElement} form @param {FormData} body @param {string} id
 */
async function watch(form, body, id) {
  const [{ entries, subscribe }, { send }] = await Promise.all([import("../tablet/outbox.js"), import("../tablet/sender.js")]);
  form.reset();
  form.hidden = true;
  document.querySelectorAll(`[form="${form.id}"]`).forEach((button) => button.setAttribute("hidden", ""));
  const late = setTimeout(() => waits(KEPT), navigator.onLine ? PATIENCE_MS : 0);
  void send();
  await new Promise((resolve) => {
    const look = async () => {
      const entry = (await entries().catch(() => [{ id, state: "waiting", answer: null }])).find((one) => one.id === id);
      if (!entry || entry.state === "told") resolve(undefined);
      else if (entry.state === "needs") waits(entry.answer?.sentence ?? KEPT);
    };
    subscribe(look);
    const knock = async () => {
      const answer = await post(form, body);
      if (answer?.state === "safe") await arrived(id, answer.href);
    };
    setInterval(look, LOOK_MS);
    setInterval(knock, AGAIN_MS);
    addEventListener("online", knock);
    void look();
  });
  clearTimeout(late);
  location.assign(form.dataset.told ?? "/");
}

/** It is at the office: what was kept for the way there goes. @param {string | null} kept @param {string} href */
async function arrived(kept, href) {
  if (kept) await import("../tablet/outbox.js").then(({ discard }) => discard(kept)).catch(() => {});
  location.assign(href);
}

/** Sends it straight to the office, again and again while this page is open. @param {HTMLFormElement} form @param {any} answer */
async function direct(form, answer) {
  if (answer?.state === "safe") return location.assign(answer.href);
  if (answer?.state === "wrong") return trouble(answer.sentence);
  if (answer && answer.state !== "failed") return form.submit(); // signed out, or an old page: the office's page says what to do
  waits(OPEN);
  await new Promise((resolve) => {
    setTimeout(resolve, AGAIN_MS);
    addEventListener("online", resolve, { once: true });
  });
  return direct(form, await post(form, new FormData(form)));
}

/** @param {HTMLFormElement} form @param {FormData} body @returns {Promise<any>} */
async function post(form, body) {
  if (!navigator.onLine || !body.get("csrf_token")) return null; // a page from the pack has no token
  try {
    const headers = { "X-Outbox": "1", Accept: "application/json" };
    const response = await fetch(form.action, { method: "POST", body, headers, signal: AbortSignal.timeout(AGAIN_MS) });
    return await response.json();
  } catch {
    return null;
  }
}

/** Shows that it is not sent, and whom to ring. @param {string} more */
function waits(more) {
  const place = document.getElementById("tell-waits");
  const words = document.getElementById("tell-waits-more");
  if (!place || !words) return;
  if (words.textContent !== t(more)) words.textContent = t(more);
  if (!place.hidden) return;
  place.hidden = false;
  place.focus();
}

/** @param {string} text */
function trouble(text) {
  const place = document.getElementById("trouble");
  if (!place) return;
  place.textContent = text;
  place.hidden = !text;
}
