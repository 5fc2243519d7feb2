/** Looks after what waits on this tablet, where something may be on it; elsewhere nothing more is loaded. */

/** Says whether something may be here. A browser that will not say is looked into. */
function mayHold() {
  try {
    return localStorage.getItem("tablet") !== null;
  } catch {
    return true;
  }
}

if (globalThis.isSecureContext && "indexedDB" in globalThis && mayHold()) import("../tablet/watch.js");
