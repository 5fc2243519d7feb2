// @ts-check
/** Records from the microphone in pieces, so that what was said before a crash is there after it. */
import { t } from "../../js/words.js";

const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const PIECE_MS = 3_000;
const BITS = 32_000;

/** Says why nothing can be recorded here, or null when it can. */
export function whyNot() {
  if (!("MediaRecorder" in globalThis) || !navigator.mediaDevices?.getUserMedia) return t("This browser cannot record.");
  return null;
}

/** Turns the browser's refusal into a true sentence. @param {any} error */
export function sentenceOf(error) {
  if (error?.name === "NotAllowedError") return t("This page may not use the microphone. Allow it in the browser’s settings.");
  if (error?.name === "NotFoundError") return t("This tablet has no microphone.");
  if (error?.name === "NotReadableError") return t("Another app uses the microphone. Close it, then try again.");
  return t("The microphone does not answer.");
}

export class Recorder {
  /** @param {MediaStream} stream @param {(piece: Blob) => void} onPiece */
  constructor(stream, onPiece) {
    this.stream = stream;
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    this.media = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS });
    this.media.addEventListener("dataavailable", (event) => event.data.size && onPiece(event.data));
    this.length = 0;
    this.since = 0;
  }

  /** Asks for the microphone. Rejects with the browser's error. @param {(piece: Blob) => void} onPiece */
  static async open(onPiece) {
    return new Recorder(await navigator.mediaDevices.getUserMedia({ audio: true }), onPiece);
  }

  /** The type of what is recorded, without its details. */
  get type() {
    return this.media.mimeType.split(";")[0] || "audio/webm";
  }

  /** Seconds that were recorded, pauses left out. */
  get seconds() {
    return this.length + (this.since ? (performance.now() - this.since) / 1000 : 0);
  }

  get isPaused() {
    return this.media.state === "paused";
  }

  start() {
    this.media.start(PIECE_MS);
    this.since = performance.now();
  }

  pause() {
    if (this.media.state !== "recording") return;
    this.length = this.seconds;
    this.since = 0;
    this.media.pause();
    this.media.requestData();
  }

  goOn() {
    this.media.resume();
    this.since = performance.now();
  }

  /** Ends; resolves when the last piece was handed over. @returns {Promise<void>} */
  stop() {
    this.length = this.seconds;
    this.since = 0;
    return new Promise((resolve) => {
      this.media.addEventListener("stop", () => resolve(), { once: true });
      if (this.media.state === "inactive") resolve();
      else this.media.stop();
      this.stream.getTracks().forEach((track) => track.stop());
    });
  }
}
