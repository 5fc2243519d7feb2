// @ts-check
/** "Take along": how large it is, how far it has come, how old and whether whole it is, and the way to be rid of it. */
import { ask, canKeep, keyOf } from "./crypt.js";
import { fill } from "./fill.js";
import { fetchPack, onPackNews, packOf, removePack } from "./pack.js";
import { figures, mark, t, tn } from "../js/words.js";
import "./register.js";

const OLD_MS = 60_000;
const LONGEST_WAIT_MS = 60_000;
const SORRY = {
  lost: mark("It did not come: no connection. Try again where there is network."),
  out: mark("You are signed out. Sign in, then try again."),
  coming: mark("A new version of Inspect Together is on its way. Fetch this again in a moment. What is here stays."),
  refused: mark("This inspection is not yours any more, so it cannot be taken along."),
};

/** Returns a number of bytes as people read it. @param {number} count */
export function size(count) {
  if (count < 1_000_000) return t("%(size)s kB", { size: Math.max(1, Math.round(count / 1000)) });
  return t("%(size)s MB", { size: figures(count / 1_000_000, 1) });
}

/** Says how long ago something was fetched. @param {number} then */
export function fetched(then) {
  const minutes = Math.round((Date.now() - then) / 60_000);
  if (minutes < 2) return t("Fetched just now.");
  if (minutes < 90) return tn("Fetched %(n)s minute ago.", "Fetched %(n)s minutes ago.", minutes);
  const hours = Math.round(minutes / 60);
  if (hours < 36) return tn("Fetched %(n)s hour ago.", "Fetched %(n)s hours ago.", hours);
  return tn("Fetched %(n)s day ago.", "Fetched %(n)s days ago.", Math.round(hours / 24));
}

/** Lets one part of a page take an inspection along. @param {HTMLElement} part */
export async function offerAlong(part) {
  const reference = part.dataset.along ?? "";
  const person = document.documentElement.dataset.person;
  if (!canKeep()) return;
  /** @param {string} [sentence] */
  const show = (sentence) => showState(part, reference, sentence);
  /** @param {string} name @param {() => Promise<void>} act */
  const on = (name, act) => part.querySelector(`[data-press="${name}"]`)?.addEventListener("click", act);
  const take = async () => {
    const held = person ? await keyOf(person).catch(() => null) : true;
    await navigator.storage?.persist?.().catch(() => false);
    fill(part, { progress: true, state: t("It is coming…") });
    const bar = /** @type {HTMLProgressElement} */ (part.querySelector("progress"));
    const end = held ? await fetchPack(reference, { told: (share) => (bar.value = 10 + 90 * share) }).catch(() => /** @type {const} */ ("lost")) : "out";
    await workerWorks(); // without it, nothing of the pack opens where there is no network
    fill(part, { progress: false });
    const sorry = /** @type {Record<string, string>} */ (SORRY)[end];
    await show(sorry && t(sorry));
  };
  on("take", take);
  on("refresh", take);
  on("remove", async () => {
    await removePack(reference);
    await show(t("It is removed from this tablet. What waits for the office stays."));
  });
  onPackNews((changed) => changed === reference && show());
  await show();
  part.hidden = false;
  const pack = await packOf(reference);
  if (pack && navigator.onLine && (!pack.whole || Date.now() - pack.checked > OLD_MS)) await fetchPack(reference).then(() => show(), () => {});
}

/** @param {HTMLElement} part @param {string} reference @param {string} [sentence] */
async function showState(part, reference, sentence) {
  const pack = await packOf(reference).catch(() => null);
  const away = pack ? "" : await sizeOf(reference);
  const works = !pack || Boolean((await navigator.serviceWorker?.getRegistration().catch(() => null))?.active);
  if (!works) workerWorks().then(async (now) => { if (now) await showState(part, reference, sentence); });
  const words = pack
    ? !works
      ? t("On this tablet, but it opens only with the network so far. Leave this page open a little longer.")
      : pack.whole
        ? [t("On this tablet, whole, %(size)s.", { size: size(pack.bytes) }), fetched(pack.checked)].join(" ")
        : tn("On this tablet, but %(n)s of its papers is missing.", "On this tablet, but %(n)s of its papers are missing.", pack.missing.length)
    : away;
  fill(part, { state: [sentence, words].filter(Boolean).join(" ") });
  /** @param {string} find @param {boolean} shown */
  const only = (find, shown) => part.querySelectorAll(find).forEach((one) => (/** @type {HTMLElement} */ (one).hidden = !shown));
  only('[data-press="take"]', !pack);
  only('[data-press="refresh"], [data-press="remove"]', Boolean(pack));
  only('[data-sign-of="whole"]', Boolean(pack?.whole && works));
  only('[data-sign-of="part"]', Boolean(pack && !(pack.whole && works)));
}

/** Waits until the worker that opens a pack without network is at work; false when that takes too long. @returns {Promise<boolean>} */
function workerWorks() {
  const ready = navigator.serviceWorker?.ready.then(() => true) ?? Promise.resolve(false);
  return Promise.race([ready, new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS, false))]);
}

/** @param {string} reference */
async function sizeOf(reference) {
  const response = await ask(`/inspections/${reference}/pack`, { method: "HEAD" });
  const bytes = Number(response?.headers.get("X-Pack-Bytes"));
  return response?.ok && bytes ? t("To work without network, take this along: %(size)s.", { size: size(bytes) }) : t("To take this along, you need the network once.");
}

document.querySelectorAll("[data-along]").forEach((part) => offerAlong(/** @type {HTMLElement} */ (part)));
