// @ts-check
/** The page on which photos are added: from the camera or the gallery, several at once, each with its own words. */
import { tell } from "../../fieldwork/telling.js";
import { newId } from "../../fieldwork/identity.js";
import { begun, drop, keep } from "../drafts.js";
import { begin, goOn, keepSafe, showTrouble, tellTrouble } from "./begin.js";
import { Card } from "./card.js";
import { decode, encode } from "./picture.js";
import { t, tn } from "../../js/words.js";

const LARGEST = 25 * 1024 * 1024;
const MOST = 30;

/** @typedef {import("./begin.js").Page} Page */

class Photos {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    const find = (/** @type {string} */ what) => /** @type {any} */ (page.form.querySelector(what));
    this.chooser = /** @type {HTMLInputElement} */ (find("[type=file]"));
    this.words = /** @type {HTMLElement} */ (find("[data-words]"));
    this.list = /** @type {HTMLElement} */ (find("[data-cards]"));
    this.side = Number(page.form.dataset.side) || 2048;
    /** @type {Card[]} */
    this.cards = [];
    this.saving = false;
    this.words.hidden = true;
  }

  async start() {
    for (const { id, content } of await this.unsaved()) await this.show(id, content.blob, content.words);
    this.chooser.addEventListener("change", () => this.take());
    this.page.form.addEventListener("submit", (event) => this.save(event));
    this.count();
    document.documentElement.dataset.capture = "ready";
  }

  /** Returns the photos that were taken here and not saved, with their words. */
  async unsaved() {
    const kept = await begun(this.page.place);
    const words = new Map(kept.filter((one) => !(one.content instanceof ArrayBuffer)).map((one) => [one.id, one.content]));
    return kept.filter((one) => one.content instanceof ArrayBuffer).map(({ id, content }) => {
      const said = words.get(`${id} words`) ?? {};
      return { id, content: { blob: new Blob([content], { type: said.type ?? "image/jpeg" }), words: said } };
    }); // prettier-ignore
  }

  async take() {
    const files = [...(this.chooser.files ?? [])];
    this.chooser.value = "";
    showTrouble();
    for (const file of files) await this.takeOne(file).catch(tellTrouble);
    // Whoever writes beside a photo already goes on there: the rest of the words would land beside another one.
    if (!this.list.contains(document.activeElement)) this.cards.at(-1)?.focus();
  }

  /** Reads one file; what the browser can decode is made smaller and freed of all but its pixels. @param {File} file */
  async takeOne(file) {
    if (this.cards.length >= MOST) return showTrouble(tn("Save this %(n)s photo first. Then add more.", "Save these %(n)s photos first. Then add more.", MOST));
    tell("tablet", t("Getting the photo ready…"));
    const picture = await decode(file, this.side);
    if (!picture && !looksLikePhoto(file)) return this.refuse(t("“%(name)s” is not a photo.", { name: file.name }));
    if (!picture && file.size > LARGEST) return this.refuse(t("“%(name)s” is too large. Choose one below 25 MB.", { name: file.name }));
    const id = newId();
    const blob = picture ? await encode(picture) : file;
    const type = blob.type || "image/heic";
    const said = { type, name: file.name };
    await this.show(id, new Blob([blob], { type }), said); // first: where there is no room, this page is all that has it
    tell("tablet", t("Not saved yet"));
    await keep(this.page.place, id, Date.now(), await blob.arrayBuffer());
    await keep(this.page.place, `${id} words`, Date.now(), said);
  }

  /** @param {string} sentence */
  refuse(sentence) {
    tell("tablet", t("Nothing to save yet"));
    showTrouble(sentence);
  }

  /** @param {string} id @param {Blob} blob @param {any} said */
  async show(id, blob, said) {
    const card = new Card(this.words, id, blob, said, this.side);
    card.onChange = async (changed) => {
      try {
        if (changed) await keep(this.page.place, id, Date.now(), await changed.arrayBuffer());
        await keep(this.page.place, `${id} words`, Date.now(), card.said());
      } catch (error) {
        tellTrouble(error);
      }
    };
    card.onLeave = () => this.leaveOut(card);
    this.cards.push(card);
    this.list.append(card.part);
    await card.draw();
    this.count();
  }

  /** @param {Card} card */
  async leaveOut(card) {
    this.cards = this.cards.filter((one) => one !== card);
    card.remove();
    this.count();
    await drop([card.id, `${card.id} words`]).catch(tellTrouble);
    this.chooser.focus();
  }

  count() {
    const button = document.querySelector("[form=photo-form][type=submit], #photo-form [type=submit]");
    if (button) button.textContent = this.cards.length > 1 ? tn("Save %(n)s photo", "Save %(n)s photos", this.cards.length) : t("Save the photo");
    this.cards.forEach((card, place) => card.number(place + 1, this.cards.length));
  }

  /** @param {SubmitEvent} event */
  async save(event) {
    event.preventDefault();
    showTrouble();
    if (!this.cards.length) return showTrouble(t("Take or choose a photo first."));
    if (this.saving) return; // a second press
    this.saving = true;
    tell("tablet", t("Saving…"));
    try {
      await Promise.all(this.cards.map((card) => card.settle()));
      const wrong = this.cards.map((card) => card.wrong()).find(Boolean);
      if (wrong) {
        tell("tablet", t("Not saved yet"));
        return wrong.focus();
      }
      for (const card of [...this.cards]) {
        const { type: _type, ...words } = card.said();
        await keepSafe(this.page, "photo", card.id, card.blob, words);
        await drop([card.id, `${card.id} words`]);
        this.cards = this.cards.filter((one) => one !== card);
        card.remove();
      }
    } catch (error) {
      return tellTrouble(error);
    } finally {
      this.saving = false;
    }
    goOn(this.page);
  }
}

/** @param {File} file */
function looksLikePhoto(file) {
  return file.type.startsWith("image/") || /\.(heic|heif|jpe?g|png|webp)$/i.test(file.name);
}

const page = await begin("photo-form");
if (page) await new Photos(page).start().catch(tellTrouble);
