// @ts-check
/**
 * Puts the worker to work, and offers a new version: it takes over when its person says so and nothing on this page is
 * unsaved, or by itself when no page of the old one is open any more.
 */
import { alone } from "./sender.js";
import { t } from "../js/words.js";

const WORKER = "/tablet-worker.js";
/** After so long, whoever asked for a new version is told how else it comes. */
const LONG_MS = 10_000;
/** So long the old version may need to answer that it has let go; an older one never does. */
const ANSWER_MS = 2_000;
/** After so long without a request a browser ends a worker by itself. */
const IDLE_MS = 40_000;

async function register() {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  const found = await navigator.serviceWorker.register(WORKER, { type: "module", updateViaCache: "none" });
  if (found.waiting && navigator.serviceWorker.controller) offer(found);
  const watch = () => {
    const coming = found.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && navigator.serviceWorker.controller) offer(found);
    });
  };
  found.addEventListener("updatefound", watch);
  watch(); // it may have begun to come before this page listened
}

/** @param {ServiceWorkerRegistration} found */
function offer(found) {
  if (document.getElementById("newer")) return;
  const pattern = /** @type {HTMLTemplateElement | null} */ (document.getElementById("newer-version"));
  const part = /** @type {HTMLElement | null} */ (pattern?.content.firstElementChild?.cloneNode(true) ?? null);
  if (!part) return;
  part.id = "newer";
  document.querySelector("main")?.prepend(part);
  const say = (/** @type {string} */ words) => (/** @type {HTMLElement} */ (part.querySelector("p")).textContent = words);
  part.querySelector("button")?.addEventListener("click", () => {
    if (!window.dispatchEvent(new Event("beforeunload", { cancelable: true }))) {
      say(t("A new version of Inspect Together is ready. Something on this page is not saved yet. It waits for that."));
      return;
    }
    say(t("The new version is coming. One moment."));
    setTimeout(() => say(t("The new version needs longer. It comes by itself when you close Inspect Together and open it again.")), LONG_MS);
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    alone(() => change(found));
  });
}

/**
 * Lets the new version take over while nothing is sent: each request of this page reaches the old worker too, and one
 * that comes while the browser ends it starts it once more; then the new one waits until the old one has been idle.
 * @param {ServiceWorkerRegistration} found
 */
async function change(found) {
  const taken = new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  await wayMade(found.active);
  found.waiting?.postMessage("take over");
  await Promise.race([taken, new Promise((resolve) => setTimeout(resolve, IDLE_MS))]);
}

/** Comes true when the worker that is at work has let go, or does not answer. @param {ServiceWorker | null} old @returns {Promise<void>} */
function wayMade(old) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve();
    setTimeout(resolve, ANSWER_MS);
    old?.postMessage("make way", [port2]);
  });
}

export const registered = register().catch(() => {}); // without it, everything works with a network
