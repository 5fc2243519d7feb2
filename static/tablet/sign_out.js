// @ts-check
/** Signing out: says what has not reached the office, and takes the key off this tablet before anything else happens. */
import { canKeep, forgetKey } from "./crypt.js";
import { counts, subscribe } from "./outbox.js";
import { send } from "./sender.js";
import { counted } from "./words.js";

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("sign-out-form"));
const place = document.getElementById("unsent");
const sum = document.getElementById("unsent-sum");

async function tell() {
  const { waiting } = await counts();
  if (!place || !sum) return;
  sum.textContent = `${counted(waiting, "thing has", "things have")} not reached the office yet.`;
  place.hidden = !waiting;
}

if (form && canKeep()) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await forgetKey().catch(() => {}); // a store that does not open gives nothing away either
    form.submit();
  });
  document.getElementById("send-first")?.addEventListener("click", () => send({ again: true }));
  subscribe(() => tell().catch(() => {}));
  tell().catch(() => {});
}
