// @ts-check
/** Identifiers that this device makes itself. Only a random name and a counter are kept on it, no words. */

const memory = new Map();

/** @param {string} key */
function read(key) {
  try {
    return localStorage.getItem(key) ?? memory.get(key);
  } catch {
    return memory.get(key);
  }
}

/** @param {string} key @param {string} value */
function write(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage may be switched off; then this page counts for itself.
  }
}

/** Returns a new random identifier (UUID version 4), in browsers and on plain addresses without randomUUID too. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Returns this device's random name. */
export function deviceId() {
  if (!read("device")) write("device", newId());
  return read("device");
}

/** Returns the next number of this device's saves: later saves have higher numbers, whatever its clock says. */
export function nextSequence() {
  const next = Number(read("sequence") ?? 0) + 1;
  write("sequence", String(next));
  return next;
}
