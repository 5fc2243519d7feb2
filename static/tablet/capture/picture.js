// @ts-check
/** Pictures: decoded and turned upright by the browser, made smaller, and written anew without what a camera adds. */

const QUALITY = 0.85;

/** Returns a picture, upright and at most `side` pixels long; null where this browser cannot decode it. @param {Blob} file @param {number} side @returns {Promise<HTMLCanvasElement | null>} */
export async function decode(file, side) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return null;
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = blank(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
  const pen = penOf(canvas);
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "white"; // what is transparent would turn black
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}

/** Returns the picture as a JPEG: pixels alone. @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
export function encode(canvas) {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("This tablet could not write the photo."))), "image/jpeg", QUALITY);
  });
}

/** @param {number} width @param {number} height */
export function blank(width, height) {
  return Object.assign(document.createElement("canvas"), { width, height });
}

/** @param {HTMLCanvasElement} canvas @returns {CanvasRenderingContext2D} */
export function penOf(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}
