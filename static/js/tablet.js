/** Looks after what waits on this tablet, where something may be on it; elsewhere nothing more is loaded. */

/**
 * Says whether something may be, or may have been, here; a browser that will not say is looked into. The mark alone says too
 * little: it comes to the disk later than the store, so that a tablet whose battery ended may have the one without the other.
 */
async function mayHold() {
  try {
    if (localStorage.getItem("tablet") !== null || document.cookie.includes("tablet-waits=") || !indexedDB.databases) return true;
    return (await indexedDB.databases()).some((one) => one.name === "inspect-together");
  } catch {
    return true;
  }
}

/** A form that saves through the outbox brings this itself as soon as one can answer; where it cannot, it comes after that. */
const wait = document.querySelector("form[data-outbox]") ? 3_000 : 0;
const look = () => mayHold().then((may) => may && import("../tablet/watch.js"));
if (globalThis.isSecureContext && "indexedDB" in globalThis) setTimeout(look, wait);
