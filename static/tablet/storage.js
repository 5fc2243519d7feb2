// @ts-check
/** How much room there is on this tablet, and whether the browser promised to keep what is here. */
import { size } from "./words.js";
import { t } from "../js/words.js";

const FULL_SHARE = 0.8;

/** Returns the bytes in use and the bytes there may be; null where the browser does not say. @returns {Promise<{used: number, room: number} | null>} */
export async function storage() {
  const said = await navigator.storage?.estimate?.().catch(() => null);
  return said?.quota ? { used: said.usage ?? 0, room: said.quota } : null;
}

/** Says whether the browser promised not to clear this store by itself; null where it does not say. @returns {Promise<boolean | null>} */
export async function isKept() {
  return (await navigator.storage?.persisted?.().catch(() => null)) ?? null;
}

/** Asks the browser for that promise. */
export async function askToKeep() {
  return (await navigator.storage?.persist?.().catch(() => false)) ?? false;
}

/** Says so on the page while there is little room left. */
export async function warnWhenFull() {
  const now = await storage();
  if (!now || now.used < FULL_SHARE * now.room || document.getElementById("room")) return;
  const words = document.createElement("aside");
  words.setAttribute("aria-label", t("Room on this tablet"));
  words.id = "room";
  words.className = "app-waits app-waits--needs";
  words.textContent = t("This tablet is nearly full: %(used)s of %(room)s are in use. Send what waits, or make room.", { used: size(now.used), room: size(now.room) });
  document.querySelector(".app-page")?.before(words);
}
