// @ts-check
/** Carries one file to the office in pieces, and goes on where a cut left it (the tus protocol). Loaded when there is a file to carry. */
import "../vendor/tus/tus.min.js";

/** @type {any} */
const tus = /** @type {any} */ (globalThis).tus;
const PIECE = 512 * 1024;
const PAUSES_MS = [0, 1_000, 3_000, 8_000];
const WRONG_SUM = 460;

/**
 * @param {Blob} blob @param {{sha256: string, inspection: string, name: string}} about
 * @param {string | null | undefined} at where an earlier try stopped @param {(at: string | null) => Promise<void>} remember @param {string} token
 * @returns {Promise<{status: number, wait?: number}>} 200 when it arrived; 0 when nobody answered
 */
export async function carry(blob, about, at, remember, token) {
  const first = await attempt(blob, about, at, remember, token);
  if (first.status !== WRONG_SUM) return first;
  await remember(null); // what arrived is not what was sent: from the start, once
  return attempt(blob, about, null, remember, token);
}

/** @param {Blob} blob @param {{sha256: string, inspection: string, name: string}} about @param {string | null | undefined} at @param {(at: string | null) => Promise<void>} remember @param {string} token @returns {Promise<{status: number, wait?: number}>} */
function attempt(blob, about, at, remember, token) {
  return new Promise((resolve) => {
    const upload = new tus.Upload(blob, {
      endpoint: "/uploads",
      uploadUrl: at || undefined,
      chunkSize: PIECE,
      retryDelays: PAUSES_MS,
      storeFingerprintForResuming: false,
      metadata: about,
      headers: { "X-CSRFToken": token, "X-Outbox": "1", Accept: "application/json" },
      onShouldRetry: (/** @type {any} */ error) => [0, 409, 423].includes(statusOf(error)) || statusOf(error) >= 500,
      onUploadUrlAvailable: () => remember(upload.url),
      onSuccess: () => resolve({ status: 200 }),
      onError: (/** @type {any} */ error) => resolve({ status: statusOf(error), wait: Number(error.originalResponse?.getHeader("Retry-After")) || undefined }),
    });
    upload.start();
  });
}

/** @param {any} error */
function statusOf(error) {
  return error.originalResponse?.getStatus() ?? 0;
}
