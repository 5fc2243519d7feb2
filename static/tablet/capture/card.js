// @ts-check
/** One photo that is not saved yet: a picture to look at, its words, and the way to the paint room. */
import { copyOf, faultsOf, fill, setValue, showFaults, valueOf, wordsOf } from "./fields.js";
import { decode, encode } from "./picture.js";
import { t } from "../../js/words.js";

const PAUSE_MS = 300;

export class Card {
  /**
   * @param {HTMLElement} words the fields, as the page has them @param {string} id @param {Blob} blob
   * @param {any} said @param {number} side
   */
  constructor(words, id, blob, said, side) {
    this.id = id;
    this.blob = blob;
    this.name = said.name ?? "photo.jpg";
    this.side = side;
    /** @type {(changed: Blob | null) => Promise<void>} */
    this.onChange = async () => {};
    /** What is still being painted or kept, one after the other. @type {Promise<void>} */
    this.settled = Promise.resolve();
    this.onLeave = () => {};
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById("photo-card"));
    this.part = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
    this.image = /** @type {HTMLImageElement} */ (this.part.querySelector("img"));
    this.fields = copyOf(words, id);
    this.part.querySelector("[data-fields]")?.append(this.fields);
    fill(this.fields, said);
    this.part.addEventListener("click", (event) => this.click(event));
    for (const kind of ["input", "change"]) this.fields.addEventListener(kind, () => this.soon());
  }

  /** @param {Event} event */
  click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.dataset.act === "paint") this.settled = this.settled.then(() => this.paint());
    if (button?.dataset.act === "leave") this.onLeave();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.settled = this.settled.then(() => this.onChange(null))), PAUSE_MS);
  }

  /** Waits until the photo is what was painted: nothing may be saved before, or a covered face would go uncovered. */
  async settle() {
    clearTimeout(this.timer);
    await this.settled;
  }

  /** Shows the photo, or says that this tablet cannot. */
  async draw() {
    const old = this.image.src;
    this.image.src = URL.createObjectURL(this.blob);
    if (old) URL.revokeObjectURL(old);
    const shown = await this.image.decode().then(() => true, () => false); // prettier-ignore
    this.image.hidden = !shown;
    for (const one of this.part.querySelectorAll("[data-unseen]")) /** @type {HTMLElement} */ (one).hidden = shown;
    for (const one of this.part.querySelectorAll("[data-act=paint]")) /** @type {HTMLElement} */ (one).hidden = !shown;
  }

  async paint() {
    const [{ paint }, picture] = await Promise.all([import("./editor.js"), decode(this.blob, this.side)]);
    const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("paint"));
    if (!picture || !dialog) return;
    const painted = await paint(dialog, picture);
    if (!painted) return;
    // From here on there is only the painted photo: what was covered is in no file any more.
    this.blob = await encode(painted.picture);
    if (painted.covers && !valueOf(this.fields, "people")) setValue(this.fields, "people", "covered");
    await this.onChange(this.blob);
    await this.draw();
  }

  said() {
    return { type: this.blob.type, name: this.name, ...wordsOf(this.fields) };
  }

  /** Shows what is missing; returns the first field at fault. */
  wrong() {
    return showFaults(this.fields, faultsOf(wordsOf(this.fields), "photo"));
  }

  /** @param {number} place @param {number} of */
  number(place, of) {
    const title = this.part.querySelector("[data-title]");
    if (title) title.textContent = of > 1 ? t("Photo %(place)s of %(of)s", { place, of }) : t("Your photo");
    this.image.alt = t("Photo %(place)s, not saved yet", { place });
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.fields.querySelector("[data-field=caption]"))?.focus();
  }

  remove() {
    clearTimeout(this.timer);
    URL.revokeObjectURL(this.image.src);
    this.part.remove();
  }
}
