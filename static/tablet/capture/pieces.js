// @ts-check
/** A recording that is not saved yet, put safe piece by piece while it is made. */
import { newId } from "../../fieldwork/identity.js";
import { begun, drop, keep } from "../drafts.js";

/** @typedef {{blob: Blob, seconds: number, said: any}} Found */

export class Pieces {
  /** @param {string} place */
  constructor(place) {
    this.place = place;
    this.id = newId();
    this.count = 0;
    /** @type {string[]} */
    this.ids = [];
    /** @type {Promise<unknown>} */
    this.last = Promise.resolve();
  }

  /** Keeps one more piece, after those before it. Rejects with NotSafe. @param {Blob} piece @param {object} said type and seconds so far */
  add(piece, said) {
    const number = ++this.count;
    this.last = this.last.then(async () => {
      await this.put(`${this.id} ${number}`, number, await piece.arrayBuffer());
      await this.tell(said);
    });
    return this.last;
  }

  /** Keeps the words beside the recording. @param {object} said */
  tell(said) {
    return this.put(`${this.id} words`, 0, said);
  }

  /** @param {string} id @param {number} order @param {ArrayBuffer | object} content */
  async put(id, order, content) {
    await keep(this.place, id, order, content);
    if (!this.ids.includes(id)) this.ids.push(id);
  }

  /** Returns the recording that was begun here before, or null. @returns {Promise<Found | null>} */
  async found() {
    const rows = await begun(this.place);
    if (!rows.length) return null;
    this.ids = rows.map((row) => row.id);
    this.id = this.ids[0].split(" ")[0];
    const sounds = rows.filter((row) => row.content instanceof ArrayBuffer);
    this.count = sounds.length;
    const said = rows.find((row) => !(row.content instanceof ArrayBuffer))?.content ?? {};
    const type = said.type ?? "audio/webm";
    return sounds.length ? { blob: new Blob(sounds.map((row) => row.content), { type }), seconds: said.seconds ?? 0, said } : null;
  }

  /** Takes all pieces away, and begins anew. */
  async clear() {
    await this.last.catch(() => null);
    await drop(this.ids);
    Object.assign(this, { ids: [], count: 0, id: newId() });
  }
}
