// @ts-check
/** What is taken along, on the page "On this tablet": each with its state, and the way to fetch it again or be rid of it. */
import { offerAlong } from "./along.js";
import { fill, line, list } from "./fill.js";
import { onPackNews, packs } from "./pack.js";

async function show() {
  const place = list("packs");
  const found = await packs().catch(() => []);
  const part = document.getElementById("packs-part");
  if (part) part.hidden = !found.length;
  place?.replaceChildren();
  for (const { head } of found) {
    const item = line("packs");
    const along = /** @type {HTMLElement | null | undefined} */ (item?.querySelector("[data-along]"));
    const link = item?.querySelector("a");
    if (!item || !along || !link) continue;
    fill(item, { title: head.title });
    link.href = `/inspections/${head.reference}/along`;
    along.dataset.along = head.reference;
    place?.append(item);
    offerAlong(along);
  }
}

onPackNews(show);
show();
