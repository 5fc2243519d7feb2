// @ts-check
/** The page on which a sound is recorded or chosen, heard again, and kept. */
import { newId } from "../../fieldwork/identity.js";
import { tell } from "../../fieldwork/telling.js";
import { put, text } from "../form.js";
import { begin, goOn, keepSafe, showTrouble, tellTrouble } from "./begin.js";
import { faultsOf, fill, showFaults, valueOf, wordsOf } from "./fields.js";
import { meter } from "./meter.js";
import { Panel } from "./panel.js";
import { Pieces } from "./pieces.js";
import { Recorder, sentenceOf, whyNot } from "./recorder.js";
import { t } from "../../js/words.js";

const WARN_AT = 10;
const PAUSE_MS = 300;

class Sounds {
  /** @param {import("./begin.js").Page} page */
  constructor(page) {
    this.page = page;
    this.form = page.form;
    this.panel = new Panel(/** @type {HTMLElement} */ (document.getElementById("record")));
    this.longest = Number(page.form.dataset.seconds) || 600;
    this.pieces = new Pieces(page.place);
    this.chooser = /** @type {HTMLInputElement} */ (page.form.querySelector("[type=file]"));
    this.take = /** @type {HTMLElement} */ (page.form.querySelector(".app-capture__take"));
    this.isNote = new URLSearchParams(location.search).get("as") === "note" || "spoken" in page.form.dataset;
    /** @type {{blob: Blob, seconds: number, name: string} | null} */
    this.sound = null;
    /** @type {Blob[]} */
    this.parts = [];
    this.quiet = () => {};
  }

  async start() {
    const spoken = this.form.querySelector("[data-spoken]");
    if (spoken) /** @type {HTMLElement} */ (spoken).hidden = !this.isNote;
    this.panel.on({
      start: () => this.record(), pause: () => this.pause(), stop: () => this.stop(), again: () => this.again(),
    }); // prettier-ignore
    this.chooser.addEventListener("change", () => this.choose().catch(tellTrouble));
    this.form.addEventListener("submit", (event) => this.save(event));
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.soon());
    const before = await this.pieces.found();
    if (before) this.bringBack(before);
    else this.show("ready", { left: this.longest });
    const why = whyNot();
    if (why) this.cannot(why);
    document.documentElement.dataset.capture = "ready";
  }

  /** A file is offered only while nothing is recorded. @param {import("./panel.js").State} state @param {{seconds?: number, left?: number, blob?: Blob}} facts */
  show(state, facts) {
    this.take.hidden = state === "recording" || state === "done";
    this.panel.show(state, facts);
  }

  /** @param {import("./pieces.js").Found} before */
  bringBack({ blob, seconds, said }) {
    fill(this.form, said);
    this.sound = { blob, seconds, name: said.name ?? "" };
    this.show("done", { seconds, blob });
    showTrouble(t("This recording was not saved yet. Listen to it, then save it or record anew."));
    tell("tablet", t("Not saved yet"));
  }

  /** @param {string} why */
  cannot(why) {
    this.show(this.sound ? "done" : "cannot", { seconds: this.sound?.seconds, blob: this.sound?.blob });
    showTrouble(`${why} ${t("You can choose a sound file below, or type a note instead.")}`);
  }

  async record() {
    showTrouble();
    try {
      this.recorder = await Recorder.open((piece) => this.keepPiece(piece));
    } catch (error) {
      return this.cannot(sentenceOf(error));
    }
    this.parts = [];
    this.recorder.start();
    this.quiet = meter(this.recorder.stream, this.panel.bar, this.panel.word);
    this.show("recording", { left: this.longest });
    this.clock = setInterval(() => this.tick(), 250);
    tell("tablet", t("Recording…"));
  }

  /** @param {Blob} piece */
  keepPiece(piece) {
    this.parts.push(piece);
    this.pieces.add(piece, this.said()).catch((error) => tellTrouble(error));
  }

  said() {
    const seconds = this.recorder?.seconds ?? this.sound?.seconds ?? 0;
    const type = this.recorder?.type ?? this.sound?.blob.type;
    return { type, seconds: Math.round(seconds), name: this.sound?.name ?? "", as: this.isNote ? "note" : "", spoken: valueOf(this.form, "spoken"), ...wordsOf(this.form) };
  }

  tick() {
    const seconds = this.recorder?.seconds ?? 0;
    this.panel.time(seconds, this.longest, WARN_AT);
    if (seconds >= this.longest) this.stop();
  }

  pause() {
    if (!this.recorder) return;
    if (this.recorder.isPaused) this.recorder.goOn();
    else this.recorder.pause();
    this.panel.paused(this.recorder.isPaused);
  }

  async stop() {
    if (!this.recorder) return;
    clearInterval(this.clock);
    this.quiet();
    await this.recorder.stop();
    const { seconds, type } = this.recorder;
    this.sound = { blob: new Blob(this.parts, { type }), seconds, name: "" };
    await this.pieces.last.catch(() => null); // the trouble was told when it came
    await this.pieces.tell(this.said()).catch(tellTrouble);
    this.recorder = undefined;
    this.show("done", { seconds, blob: this.sound.blob });
    tell("tablet", t("Not saved yet"));
  }

  async again() {
    showTrouble();
    await this.pieces.clear().catch(tellTrouble);
    this.sound = null;
    this.show("ready", { left: this.longest });
    tell("tablet", t("Nothing to save yet"));
    if (whyNot()) this.cannot(/** @type {string} */ (whyNot()));
  }

  async choose() {
    const file = this.chooser.files?.[0];
    if (!file) return;
    if (!file.type.startsWith("audio/") && !/\.(webm|ogg|opus|m4a|mp4|wav)$/i.test(file.name)) {
      this.chooser.value = "";
      return showTrouble(t("“%(name)s” is not a sound.", { name: file.name }));
    }
    await this.pieces.clear();
    const seconds = await this.panel.lengthOf(file);
    this.chooser.value = "";
    if (seconds > this.longest) return showTrouble(t("“%(name)s” is too long. Choose a shorter one.", { name: file.name }));
    showTrouble();
    this.sound = { blob: file, seconds, name: file.name };
    await this.pieces.add(file, this.said());
    this.show("done", { seconds, blob: file });
    tell("tablet", t("Not saved yet"));
  }

  soon() {
    clearTimeout(this.timer);
    if (this.sound) this.timer = setTimeout(() => this.pieces.tell(this.said()).catch(tellTrouble), PAUSE_MS);
  }

  /** @param {SubmitEvent} event */
  async save(event) {
    event.preventDefault();
    if (this.recorder) await this.stop();
    if (!this.sound) return showTrouble(t("Record something first, or choose a sound file."));
    const faults = faultsOf(wordsOf(this.form), "sound");
    const spoken = this.isNote ? valueOf(this.form, "spoken") : null;
    if (this.isNote && !spoken) faults.unshift(["spoken", t("Say how you found this out.")]);
    const first = showFaults(this.form, faults);
    if (first) return first.focus();
    clearTimeout(this.timer);
    showTrouble();
    tell("tablet", t("Saving…"));
    const { blob, seconds, name } = this.sound;
    if (this.isNote && !this.page.note) this.page.note = newId();
    const more = { seconds: Math.max(1, Math.round(seconds)), name, spoken, visit: text(this.form, "visit") || null };
    try {
      await keepSafe(this.page, "sound", this.pieces.id, blob, { ...wordsOf(this.form), ...more });
      await this.pieces.clear();
    } catch (error) {
      return tellTrouble(error);
    }
    put(this.form, "note", this.page.note);
    goOn(this.page);
  }
}

const page = await begin("sound-form");
if (page) await new Sounds(page).start().catch(tellTrouble);
