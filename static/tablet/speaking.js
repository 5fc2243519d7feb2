// @ts-check
/**
 * In which language this tablet shows what it keeps. Pages that were taken along, and those that stand where there is no
 * network, came in the language of then: when their person reads another one, they come anew.
 */
import { fetchPack, packs } from "./pack.js";
import { read, write } from "./store.js";
import { fetchOpen, renewOpen } from "./versions.js";

/** Returns the language that the one who holds this tablet read last; nothing when nobody said. @returns {Promise<string | undefined>} */
async function spoken() {
  return (await read("marks", "language"))?.value;
}

/** Fetches a page that is kept in the open, in the language of this tablet. @param {string} address @returns {Promise<Response>} */
export async function fetchSpoken(address) {
  return fetchOpen(address, await spoken().catch(() => undefined));
}

/** Takes note of the language that its person reads now, and fetches anew what came in another one. @param {string} language */
export async function speak(language) {
  const before = await spoken();
  if (before === language) return;
  if (before || language !== "en") {
    await renewOpen((address) => fetchOpen(address, language));
    for (const { head } of await packs()) await fetchPack(head.reference);
  }
  await write("marks", { name: "language", value: language });
}
