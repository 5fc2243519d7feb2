// @ts-check
/** Where a page needs the network and there is none: what one can go on with. */
import { fill, line, list } from "./fill.js";
import { packs } from "./pack.js";

const found = await packs().catch(() => []);
for (const { head } of found) {
  const item = line("packs");
  const link = item?.querySelector("a");
  if (!item || !link) continue;
  link.textContent = head.title;
  link.href = `/inspections/${head.reference}/along`;
  list("packs")?.append(item);
}
fill(document, { packs: found.length, no_packs: !found.length });
document.querySelector("[data-again]")?.addEventListener("click", () => location.reload());
