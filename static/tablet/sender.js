// @ts-check
/**
 * Sends what waits: one sender at a time, what is urgent first, then in order. A bad entry never stops the others;
 * what stops all of them (nobody answers, somebody else is signed in) is said, and tried again.
 */
import { currentKey, session } from "./crypt.js";
import { deliver } from "./delivery.js";
import { announce, rowsOf, subscribe } from "./outbox.js";

/** By this name the browser is asked to wake the worker when the network is back. */
export const BACKGROUND = "outbox";
const LOCK = "inspect-together-sender";
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
const LONGEST_URGENT_PAUSE_MS = 10_000;
/** So long a sender in another tab may say nothing before this one takes its place; sent twice is kept once. */
const PATIENCE_MS = 60_000;
/** After so many entries in a row that reached nobody, the network is gone rather than an entry bad. */
const ENOUGH_LOST = 2;

const TOKEN_LASTS_MS = 300_000;
/** No longer rest is kept, whoever on the way asks for it. */
const LONGEST_REST_S = 600;

/** @typedef {import("./outbox.js").Row} Row */

/** @type {{person: string, now: import("./crypt.js").Session, until: number} | null} */
let last = null;

/** Until then, by a clock that nobody sets, nothing is asked of the office, which wished for a rest: but what is urgent, and what its person sends by hand. */
let restUntil = 0;
let keeps = false;
let failures = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {Promise<void> | null} */
let running = null;
/** @type {{again: boolean} | null} */
let wanted = null;

/**
 * Sends what waits; ``again`` takes along what needed its person. Resolves when there is nothing left to try now.
 * @param {{again?: boolean}} [how] @returns {Promise<void>}
 */
export function send({ again = false } = {}) {
  wanted = { again: again || Boolean(wanted?.again) };
  running ??= run();
  return running;
}

async function run() {
  clearTimeout(timer);
  while (wanted) {
    const how = wanted;
    wanted = null;
    await alone(() => round(how.again)).catch(() => later(true));
  }
  running = null;
}

/** Does work while no tab sends anything. @param {() => Promise<void>} work @returns {Promise<void>} */
export async function alone(work) {
  if (!navigator.locks) return work(); // sent by two tabs, it is still kept once
  const giveUp = new AbortController();
  let patience = setTimeout(() => giveUp.abort(), PATIENCE_MS);
  const stop = subscribe(() => {
    clearTimeout(patience);
    patience = setTimeout(() => giveUp.abort(), PATIENCE_MS);
  });
  const rest = () => (clearTimeout(patience), stop());
  const begin = () => (rest(), work());
  try {
    await navigator.locks.request(LOCK, { signal: giveUp.signal }, begin);
  } catch (error) {
    if (!giveUp.signal.aborted) throw error;
    await navigator.locks.request(LOCK, { steal: true }, begin);
  } finally {
    rest();
  }
}

/** @param {boolean} again */
async function round(again) {
  const held = await currentKey();
  if (!held) return;
  const waiting = (await rowsOf(held.person)).filter((row) => row.state === "waiting" || (again && row.state === "needs"));
  const rest = again ? 0 : restUntil - performance.now();
  const rows = rest > 0 ? waiting.filter((row) => row.urgent) : waiting;
  rows.sort((one, other) => Number(other.urgent) - Number(one.urgent) || one.order - other.order);
  if (rest > 0) timer = setTimeout(() => send(), rest);
  if (rows.length) await sendAll(rows, held.person);
  announce({ state: "quiet" });
}

/** @param {Row[]} rows @param {string} person */
async function sendAll(rows, person) {
  /** @type {Set<string>} */
  const sealing = new Set();
  let lost = 0;
  /** @type {"lost" | "later" | null} */
  let trouble = null;
  let now = await fresh(person, false);
  for (const row of rows) {
    if (now.state !== "ours") return halt(now.state, rows, now.retryAfter);
    announce({ id: row.id, state: "sending" });
    let { end, answer, wait } = await tryToDeliver(row, now.token, sealing);
    if (end === "token") {
      now = await fresh(person, true); // older than the sign-in: once more, with a fresh one
      if (now.state === "ours") ({ end, answer, wait } = await tryToDeliver(row, now.token, sealing));
    }
    announce({ id: row.id, state: end === "gone" ? "safe" : end === "needs" ? "needs" : "waiting", answer });
    if (end === "out" || end === "other") last = null;
    if (end === "out" || end === "other" || end === "busy") return halt(end === "busy" ? "later" : end, rows, wait);
    if (end === "lost") trouble = "lost";
    else if (end !== "gone" && end !== "needs") trouble ??= "later";
    lost = end === "lost" ? lost + 1 : 0;
    if (lost >= ENOUGH_LOST) break;
  }
  if (trouble) halt(trouble, rows);
  else failures = 0;
}

/** Takes one entry to the office; what goes wrong with it on this tablet holds up none of the others. @type {typeof deliver} */
function tryToDeliver(row, token, sealing) {
  return deliver(row, token, sealing).catch(() => /** @type {const} */ ({ end: "later" }));
}

/** Returns a token; the last one, for some minutes, as the office says itself when it is too old. @param {string} person @param {boolean} anew */
async function fresh(person, anew) {
  if (!anew && last?.person === person && Date.now() < last.until) return last.now;
  const now = await session(person);
  last = now.state === "ours" ? { person, now, until: Date.now() + TOKEN_LASTS_MS } : null;
  return now;
}

/** Says what stops everything, and comes back to it. @param {"out" | "other" | "lost" | "later"} why @param {Row[]} rows @param {number} [seconds] */
function halt(why, rows, seconds) {
  announce({ state: why });
  later(rows.some((row) => row.urgent), seconds);
}

/** @param {boolean} urgent @param {number} [seconds] what the office asked to wait */
function later(urgent, seconds) {
  failures += 1;
  const longest = urgent ? LONGEST_URGENT_PAUSE_MS : LONGEST_PAUSE_MS;
  const pause = Math.min(longest, FIRST_PAUSE_MS * 2 ** (failures - 1)) * (0.8 + 0.4 * Math.random());
  const rest = seconds ? Math.min(seconds, LONGEST_REST_S) * 1000 : 0;
  if (rest) restUntil = performance.now() + rest;
  clearTimeout(timer);
  timer = setTimeout(() => send(), urgent ? pause : rest || pause);
  askForBackground();
}

/** Asks the browser to send when the network is back, even with no page open, where it knows how. */
function askForBackground() {
  if (typeof document === "undefined") return; // the worker itself is asked again by the browser
  const asked = navigator.serviceWorker?.getRegistration().then((found) => /** @type {any} */ (found)?.sync?.register(BACKGROUND));
  asked?.catch(() => {}); // it may be switched off; a page that opens sends all the same
}

/** Sends on every occasion that promises a network: now, online, shown again, back from the browser's memory. */
export function keepSending() {
  if (keeps) return;
  keeps = true;
  const now = () => {
    failures = 0;
    send();
  };
  addEventListener("online", now);
  addEventListener("pageshow", (event) => event.persisted && now());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && now());
  now();
}
