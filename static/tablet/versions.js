// @ts-check
/**
 * Static files by version. Pages of a pack run with the scripts that they were made with: the files of the version at
 * work are kept, and those of the one before, for packs and for pages that are open still.
 */
const CACHE = "inspect-together-";
/** An address that no office has: its place in a cache says that all the others are there. */
const WHOLE = "/tablet/whole";
const STATIC = /\/static\/v-([0-9a-f]{10})\//g;

/** @param {string} version */
export function openFiles(version) {
  return caches.open(`${CACHE}${version}`);
}

/** Notes that all files of a version are here. @param {string} version */
export async function markWhole(version) {
  await (await openFiles(version)).put(WHOLE, new Response(""));
}

/** Says whether all files of a version are here. @param {string} version */
export async function hasFiles(version) {
  return Boolean(await caches.match(WHOLE, { cacheName: `${CACHE}${version}` }));
}

/** Fetches a page that is the same for everybody: nobody's words are on it. @param {string} address @param {string} [language] */
export function fetchOpen(address, language) {
  const asked = language ? `${address}?language=${language}` : address;
  return fetch(asked, { credentials: "omit", cache: "no-store", redirect: "error" });
}

/** Puts the pages that are kept beside the files there anew, in every version. @param {(address: string) => Promise<Response>} bring */
export async function renewOpen(bring) {
  for (const name of (await caches.keys()).filter((one) => one.startsWith(CACHE))) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      const { pathname } = new URL(url);
      if (pathname.startsWith("/static/") || pathname === WHOLE) continue;
      const response = await bring(pathname);
      if (response.ok) await cache.put(pathname, response);
    }
  }
}

/** Drops all files but those of a version and of the one before. @param {string} version */
export async function dropOlder(version) {
  const own = `${CACHE}${version}`;
  const others = (await caches.keys()).filter((name) => name.startsWith(CACHE) && name !== own);
  const before = (await Promise.all(others.map(async (name) => ((await hasFiles(name.slice(CACHE.length))) ? [name] : [])))).flat().at(-1);
  for (const name of others) if (name !== before) await caches.delete(name);
}

/** Returns a page as it is where its own scripts are here, else with those of a version. @param {string} text @param {string} version */
export async function withFiles(text, version) {
  const own = STATIC.exec(text)?.[1];
  STATIC.lastIndex = 0;
  return own && (await hasFiles(own)) ? text : text.replace(STATIC, `/static/v-${version}/`);
}
