// @ts-check
/**
 * Looks after what waits on this tablet, on every page: takes the key away from whoever is not signed in any more, sends,
 * and says in one line how much waits.
 */
import { ask, currentKey, forgetKey, session } from "./crypt.js";
import { counts, subscribe } from "./outbox.js";
import { keepSending } from "./sender.js";
import { warnWhenFull } from "./storage.js";
import { read, remove } from "./store.js";
import { othersWait, waits } from "./words.js";

/** What waits so long is said; what is sent at once would only flicker. */
const LONG_MS = 2_500;
const page = document.documentElement.dataset;

/** Somebody else who is signed in must not find the key of whoever was before. */
async function guard() {
  const held = await currentKey();
  if (held && page.person && held.person !== page.person) await forgetKey();
}

/** Tells the office of a sign-out that happened without a network, before anybody else uses the page. */
async function finishSignOut() {
  const mark = await read("marks", "sign-out");
  if (!mark) return;
  const now = await session(mark.person);
  if (now.state === "lost") return;
  if (now.state === "ours") {
    const answer = await ask("/sign-out", { method: "POST", headers: { "X-CSRFToken": now.token }, redirect: "follow" });
    if (!answer?.ok) return;
  }
  await remove("marks", "sign-out");
  if (now.state === "ours") location.replace("/sign-in");
}

/** @returns {HTMLElement} */
function line() {
  const known = document.getElementById("waits");
  if (known) return known;
  const made = document.createElement("p");
  made.id = "waits";
  made.className = "app-waits";
  made.hidden = true;
  document.querySelector(".app-page")?.before(made);
  return made;
}

async function tell() {
  const now = await counts();
  const place = line();
  const said = now.waiting ? waits(now) : now.others && !page.person ? othersWait(now.others) : "";
  place.hidden = !said;
  place.classList.toggle("app-waits--needs", now.needs > 0);
  if (place.textContent === said) return;
  const link = document.createElement("a");
  link.href = "/tablet";
  link.textContent = said;
  place.replaceChildren(link);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {number} wait */
function tellAfter(wait) {
  clearTimeout(timer);
  timer = setTimeout(() => tell().catch(() => {}), wait);
}

async function begin() {
  await finishSignOut();
  await guard();
  if (location.pathname !== "/tablet") {
    await tell();
    subscribe((news) => tellAfter(line().hidden && news.state !== "needs" ? LONG_MS : 100));
  }
  keepSending();
  await warnWhenFull();
}

begin().catch(() => {}); // the store does not answer: each page that keeps something says so itself
