// @ts-check
/**
 * Opens a card whose square was scanned: its code stands behind "#" in the address, where no server and no log sees it.
 * It is taken out of the address at once, so that neither history nor a shared screen keeps it.
 */
const form = /** @type {HTMLFormElement | null} */ (document.getElementById("card-form"));
const place = /** @type {HTMLInputElement | null} */ (document.getElementById("card-code"));

function open() {
  const code = location.hash.slice(1);
  if (!form || !place || !code) return;
  history.replaceState(null, "", location.pathname);
  place.value = code;
  form.requestSubmit();
}

open();
addEventListener("hashchange", open);
