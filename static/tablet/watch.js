// @ts-check
/**
 * Looks after what waits on this tablet, on every page: takes the key away from whoever is not signed in any more, sends,
 * and says in one line how much waits.
 */
import { lostThings, lostWords, noteWaiting } from "./cleared.js";
import { ask, currentKey, guard, keyOf, session } from "./crypt.js";
import { anyBegun } from "./drafts.js";
import { counts, subscribe } from "./outbox.js";
import { keepSending } from "./sender.js";
import { warnWhenFull } from "./storage.js";
import { read, remove, within } from "./store.js";
import { notSaved, othersWait, waits } from "./words.js";
import { t } from "../js/words.js";

/** What waits so long is said; what is sent at once would only flicker. */
const LONG_MS = 2_500;
const page = document.documentElement.dataset;
/** Something was left behind on another page, by a crash perhaps; the pages that add photos and recordings show it themselves. */
let leftBehind = false;

/** A page that came without a name has shown its words already: away with them. */
async function guardPage() {
  if ((await guard()) && !page.person) location.reload();
}

/** Gives whoever comes back to this tablet the key to what they left on it, so that it is told, and sent. */
async function openWhatWasLeft() {
  const { person } = page;
  if (!person || location.pathname === "/sign-out" || (await currentKey())) return;
  const stores = ["entries", "drafts", "packs"];
  const left = (/** @type {import("./store.js").Transaction} */ tx) =>
    Promise.all(stores.map((name) => tx.objectStore(name).index("owner").getKey(person)));
  if ((await within(stores, "readonly", left)).some(Boolean)) await keyOf(person);
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
  const made = document.createElement("aside");
  made.setAttribute("aria-label", t("What waits on this tablet"));
  made.id = "waits";
  made.className = "app-waits";
  made.hidden = true;
  document.querySelector(".app-page")?.before(made);
  return made;
}

async function tell() {
  const now = await counts();
  await noteWaiting(now.waiting + now.others);
  const lost = await lostThings();
  const place = line();
  const mine = now.waiting ? waits(now) : leftBehind ? notSaved() : now.others && !page.person ? othersWait(now.others) : "";
  const said = lost ? lostWords(lost) : mine;
  place.hidden = !said;
  place.classList.toggle("app-waits--needs", now.needs + lost > 0);
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
  await guardPage();
  await openWhatWasLeft();
  if (location.pathname !== "/tablet") {
    leftBehind = !document.querySelector(".app-capture__take") && (await anyBegun());
    await tell();
    subscribe((news) => tellAfter(line().hidden && news.state !== "needs" ? LONG_MS : 100));
    subscribe((news) => news.state === "waiting" && counts().then((now) => noteWaiting(now.waiting + now.others)).catch(() => {}));
  }
  keepSending();
  const held = await currentKey();
  if (held && held.person === page.person && !location.search.includes("language=")) {
    import("./speaking.js").then(({ speak }) => speak(document.documentElement.lang)).catch(() => {});
  }
  if (held) import("./register.js").catch(() => {}); // who keeps things here works here without a network too
  await warnWhenFull();
}

begin().catch(() => {}); // the store does not answer: each page that keeps something says so itself
