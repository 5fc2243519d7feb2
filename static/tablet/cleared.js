// @ts-check
/**
 * Notices when the browser has cleared this tablet's store. A cookie usually outlives that: it says how many things
 * waited, and in which store. It holds no words.
 */
import { read } from "./store.js";
import { t, tn } from "../js/words.js";

const COOKIE = "tablet-waits";
const LASTS_S = 34_000_000;

/** @returns {Promise<string>} */
async function born() {
  return (await read("marks", "born"))?.value ?? "";
}

/** @returns {{count: number, store: string} | null} */
function said() {
  const found = document.cookie.match(/(?:^|; )tablet-waits=(\d+)\.([\w-]+)/);
  return found && { count: Number(found[1]), store: found[2] };
}

/** Returns how many things waited in a store that is gone; 0 where nothing is lost. @returns {Promise<number>} */
export async function lostThings() {
  const before = said();
  return before && before.store !== (await born()) ? before.count : 0;
}

/** Notes how many things wait now. What was lost stays noted until its person has read it. @param {number} count @param {boolean} [isRead] */
export async function noteWaiting(count, isRead = false) {
  if (!isRead && (await lostThings())) return;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${COOKIE}=${count}.${await born()}; path=/; samesite=strict${secure}; max-age=${count ? LASTS_S : 0}`;
}

/** @param {number} count */
export function lostWords(count) {
  return `${t("This browser has cleared what was kept on this tablet.")} ${tn("%(n)s thing had not reached the office.", "%(n)s things had not reached the office.", count)}`;
}
