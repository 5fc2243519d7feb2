// @ts-check
/** Signing out: says what has not reached the office, and takes the key off this tablet before anything else happens. */
import { canKeep, forgetKey } from "./crypt.js";
import { anyBegun } from "./drafts.js";
import { counts, subscribe } from "./outbox.js";
import { send } from "./sender.js";
import { tn } from "../js/words.js";
import { notSaved } from "./words.js";

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("sign-out-form"));
const place = document.getElementById("unsent");
const sum = document.getElementById("unsent-sum");
const sendFirst = document.getElementById("send-first");

async function tell() {
  const [{ waiting }, begun] = [await counts(), await anyBegun()];
  if (!place || !sum || !sendFirst) return;
  const unsent = waiting ? tn("%(n)s thing has not reached the office yet.", "%(n)s things have not reached the office yet.", waiting) : "";
  sum.textContent = [unsent, begun ? notSaved() : ""].filter(Boolean).join(" ");
  sendFirst.hidden = !waiting;
  place.hidden = !waiting && !begun;
}

if (form && canKeep()) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await forgetKey().catch(() => {}); // a store that does not open gives nothing away either
    form.submit();
  });
  sendFirst?.addEventListener("click", () => send({ again: true }));
  subscribe(() => tell().catch(() => {}));
  tell().catch(() => {});
}
