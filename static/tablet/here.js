// @ts-check
/** The page "On this tablet": what waits, in which state, and what one can do about it. */
import { lostThings, lostWords, noteWaiting } from "./cleared.js";
import { canKeep, currentKey, forgetKey, guard, session } from "./crypt.js";
import { counts, discard, entries, subscribe } from "./outbox.js";
import { item, showIn } from "./item.js";
import { keepSending, send } from "./sender.js";
import { askToKeep, isKept, storage } from "./storage.js";
import { inWords, write } from "./store.js";
import { showUnsaved } from "./unsaved.js";
import { mark, t, tn } from "../js/words.js";
import { notSaved, othersWait, size, waits } from "./words.js";

const TROUBLES = {
  out: mark("You are signed out. Sign in with a network, and all this goes to the office."),
  other: mark("Somebody else is signed in at the office. What waits here goes when you sign in."),
  later: mark("The office cannot take some of it yet. We keep trying."),
  lost: mark("There is no way to the office now. What you wrote is safe here. We keep trying."),
};

/** So long the page waits to hear whether somebody else is signed in; without a network nobody else can be. */
const LONGEST_GUARD_MS = 2_000;

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @type {Set<string>} */
const sending = new Set();

/** @param {string} id @param {string} text */
function say(id, text) {
  const place = at(id);
  if (place.textContent !== text) place.textContent = text;
  place.hidden = !text;
}

async function show() {
  const [now, unsaved] = [await counts(), await showUnsaved(at("unsaved"))];
  const nothing = now.others
    ? t("Nothing of yours waits on this tablet. What you wrote here is safe at the office.")
    : t("Nothing waits on this tablet. What you wrote here is safe at the office.");
  if (now.waiting || !unsaved) say("here-sum", now.waiting ? `${waits(now)}.` : nothing);
  else say("here-sum", `${notSaved()} ${t("All else that you wrote here is safe at the office.")}`);
  say("here-others", now.others ? othersWait(now.others) : "");
  for (const id of ["here-send", "rescue-part"]) at(id).hidden = !now.waiting;
  at("out-part").hidden = !now.person;
  if (!now.waiting) say("here-trouble", "");
  await noteWaiting(now.waiting + now.others);
  const lost = await lostThings();
  say("lost-said", lost ? `${lostWords(lost)} ${t("Please write it again, or load a rescue file if you have saved one.")}` : "");
  at("here-lost").hidden = !lost;
  await list();
  at("here").hidden = false;
}

/** Needs you first, then what waits, then what is only to be read. */
const RANK = { needs: 0, sending: 1, waiting: 1, told: 2 };

async function list() {
  const all = (await entries()).sort((one, other) => RANK[one.state] - RANK[other.state] || one.order - other.order);
  at("entries-part").hidden = !all.length;
  const ways = { again: () => send({ again: true }), discard: (/** @type {string} */ id) => discard(id) };
  showIn(at("entries"), all.map((one) => item(one, sending.has(one.id), ways))); // prettier-ignore
}

async function showRoom() {
  const now = await storage();
  say("room-said", now ? t("%(used)s of %(room)s are in use.", { used: size(now.used), room: size(now.room) }) : t("This browser does not say how much room there is."));
  const kept = await isKept();
  at("keep-part").hidden = kept !== false;
  say("keep-said", kept ? t("The browser has promised to keep what is here.") : kept === false
    ? t("When a tablet runs out of room, its browser may clear what is here. Ask it to keep your work until it is at the office.")
    : ""); // prettier-ignore
}

async function keepHere() {
  const kept = await askToKeep();
  await showRoom();
  if (!kept) say("keep-said", t("The browser did not promise it. Add Inspect Together to the home screen, then ask again. Send your work whenever you have a network."));
}

async function saveRescue() {
  const held = await currentKey();
  if (!held) return;
  say("rescue-said", t("Making the file…"));
  try {
    const { rescueFile } = await import("./rescue.js");
    const { file, entries: count } = await rescueFile(held.person);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `inspect-together-${new Date().toISOString().slice(0, 10)}.rescue`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    const holds = tn("The file holds %(n)s thing, %(size)s.", "The file holds %(n)s things, %(size)s.", count, { size: size(file.size) });
    say("rescue-said", `${holds} ${t("It is locked. All stays on this tablet too, until the office has it.")}`);
  } catch (error) {
    say("rescue-said", inWords(error).sentence);
  }
}

/** Signs out. Without a network this tablet is locked at once, and tells the office when it can. @param {Event} event */
async function signOut(event) {
  event.preventDefault();
  const held = await currentKey();
  if ((await session(null)).state !== "lost") return location.assign("/sign-out");
  await write("marks", { name: "sign-out", person: held?.person });
  await forgetKey();
  await show();
  say("here-trouble", t("This tablet is locked. Nobody can read what waits here until you sign in again."));
}

/** Says what holds up the sending; a missing network is no fault, and looks like none. @param {keyof typeof TROUBLES} why */
function trouble(why) {
  const needsPerson = why === "out" || why === "other";
  at("here-trouble").classList.toggle("app-notice--wrong", needsPerson);
  at("here-trouble").classList.toggle("app-notice--mid", !needsPerson);
  say("here-trouble", t(TROUBLES[why]));
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {import("./outbox.js").News} news */
function hear(news) {
  if (news.id && news.state === "sending") sending.add(news.id);
  else if (news.id) sending.delete(news.id);
  if (news.state === "safe") say("here-trouble", "");
  if (news.state === "out" || news.state === "other" || news.state === "later" || news.state === "lost") trouble(news.state);
  clearTimeout(timer);
  timer = setTimeout(() => show().catch(stop), 80);
}

/** @param {unknown} error */
function stop(error) {
  at("here").hidden = false;
  say("here-sum", t("This tablet’s store cannot be opened."));
  say("here-trouble", inWords(error).sentence);
}

async function begin() {
  if (!canKeep()) {
    at("here").hidden = false;
    say("here-sum", t("This browser keeps nothing here. What you save goes straight to the office."));
    return;
  }
  at("send-now").addEventListener("click", () => send({ again: true }));
  at("save-rescue").addEventListener("click", saveRescue);
  at("keep-here").addEventListener("click", keepHere);
  at("lost-read").addEventListener("click", () => noteWaiting(0, true).then(show));
  at("sign-out").addEventListener("click", signOut);
  await Promise.race([guard(), new Promise((resolve) => setTimeout(resolve, LONGEST_GUARD_MS))]);
  subscribe(hear);
  await show();
  await showRoom();
  keepSending();
}

begin().catch(stop);
