// @ts-check
/** How things on this tablet are named and counted. */
import { figures, t, tn } from "../js/words.js";

/** @param {{waiting: number, needs: number}} now */
export function waits({ waiting, needs }) {
  const said = tn("%(n)s thing waits on this tablet", "%(n)s things wait on this tablet", waiting);
  return needs ? `${said}. ${tn("%(n)s needs you", "%(n)s need you", needs)}` : said;
}

/** What somebody else's waiting work says to whoever holds the tablet now. @param {number} others */
export function othersWait(others) {
  return tn("%(n)s thing of somebody else waits here; they can sign in to send it.", "%(n)s things of somebody else wait here; they can sign in to send them.", others);
}

/** @param {number} bytes */
export function size(bytes) {
  if (bytes < 1_000_000) return t("%(size)s kB", { size: Math.max(1, Math.round(bytes / 1000)) });
  if (bytes < 1_000_000_000) return t("%(size)s MB", { size: figures(bytes / 1_000_000, bytes < 10_000_000 ? 1 : 0) });
  return t("%(size)s GB", { size: figures(bytes / 1_000_000_000, 1) });
}

/** Says what the photos and recordings say that were begun here and not saved. */
export function notSaved() {
  return t("A photo or a recording is not saved yet.");
}
