// @ts-check
/** Photos and recordings that were begun and not saved, before a crash perhaps: where they are, and the way back to them. */
import { begunAnywhere, drop } from "./drafts.js";
import { link, part, showIn, stateOf, throwAway } from "./item.js";
import { t, tn } from "../js/words.js";

/** @typedef {Awaited<ReturnType<typeof begunAnywhere>>[number]} Begun */

/** Fills a list with all that was begun here. @param {HTMLElement} list @returns {Promise<number>} of how many pages */
export async function showUnsaved(list) {
  const all = (await begunAnywhere()).filter((one) => one.count);
  const again = () => showUnsaved(list);
  showIn(list, all.map((one) => item(one, (_id) => drop(one.ids).then(again)))); // prettier-ignore
  const section = list.closest("section");
  if (section) section.hidden = !all.length;
  return all.length;
}

/** @param {Begun} one @param {(id: string) => void} discard */
function item(one, discard) {
  const made = part("li", "app-here__item app-here__item--needs");
  made.dataset.id = one.ids[0];
  const head = part("p", "app-here__head");
  head.append(part("span", "app-here__what", title(one)), stateOf("begun"));
  made.append(head);
  const words = one.said.map((said) => said.caption).filter(Boolean).join(". "); // prettier-ignore
  if (words) made.append(part("p", "app-here__words", words));
  made.append(part("p", "app-here__when", [one.path.split("/")[2], one.question.replaceAll("-", " ")].filter(Boolean).join(", ")));
  const row = part("p", "app-row");
  row.append(link(t("Go on with it"), addressOf(one)), throwAway(one.ids[0], discard));
  made.append(row);
  return made;
}

/** @param {Begun} one */
function title({ path, count }) {
  return path.endsWith("/sounds/new") ? t("A recording") : tn("%(n)s photo", "%(n)s photos", count);
}

/** @param {Begun} one */
function addressOf({ path, question, note, said }) {
  const asked = Object.entries({ question, note, as: said.find((one) => one.as)?.as }).filter(([, value]) => value);
  return asked.length ? `${path}?${new URLSearchParams(asked)}` : path;
}
