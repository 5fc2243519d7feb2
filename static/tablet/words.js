// @ts-check
/** How things on this tablet are named and counted. */

/** @param {number} count @param {string} one @param {string} many */
export function counted(count, one, many) {
  return `${count} ${count === 1 ? one : many}`;
}

/** @param {{waiting: number, needs: number}} now */
export function waits({ waiting, needs }) {
  const said = `${counted(waiting, "thing waits", "things wait")} on this tablet`;
  return needs ? `${said}. ${counted(needs, "needs", "need")} you` : said;
}

/** What somebody else's waiting work says to whoever holds the tablet now. @param {number} others */
export function othersWait(others) {
  return `${counted(others, "thing", "things")} of somebody else ${others === 1 ? "waits" : "wait"} here; they can sign in to send ${others === 1 ? "it" : "them"}.`;
}

/** @param {number} bytes */
export function size(bytes) {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}

/** What the photos and recordings say that were begun here and not saved. */
export const BEGUN = "A photo or a recording is not saved yet.";
