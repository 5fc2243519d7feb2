// @ts-check
/** The page's own little paint room: cover a face or mark a spot, by finger, mouse or keys, before anything is kept. */
import { Brush } from "./brush.js";
import { penOf } from "./picture.js";
import { t } from "../../js/words.js";

const LARGER = 1.25;
const STEP = 40;
const FINE_STEP = 200;

/**
 * Opens the dialog on a photo. Resolves with the painted picture, or null when it shall stay as it was.
 * @param {HTMLDialogElement} dialog @param {HTMLCanvasElement} picture
 * @returns {Promise<{picture: HTMLCanvasElement, covers: boolean} | null>}
 */
export function paint(dialog, picture) {
  const board = /** @type {HTMLCanvasElement} */ (dialog.querySelector("canvas"));
  board.width = picture.width;
  board.height = picture.height;
  const room = new Room(dialog, board, new Brush(picture));
  dialog.showModal();
  room.show();
  board.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      room.leave();
      const { brush } = room;
      resolve(dialog.returnValue === "done" && brush.strokes.length ? { picture: brush.flat(), covers: brush.covers() } : null);
    }, { once: true }); // prettier-ignore
  });
}

class Room {
  /** @param {HTMLDialogElement} dialog @param {HTMLCanvasElement} board @param {Brush} brush */
  constructor(dialog, board, brush) {
    Object.assign(dialog, { returnValue: "" });
    this.dialog = dialog;
    this.board = board;
    this.brush = brush;
    this.at = { x: board.width / 2, y: board.height / 2 };
    this.byKeys = false;
    this.painting = false;
    this.ends = new AbortController();
    const { signal } = this.ends;
    board.addEventListener("pointerdown", (event) => this.press(event), { signal });
    board.addEventListener("pointermove", (event) => this.drag(event), { signal });
    for (const end of ["pointerup", "pointercancel"]) board.addEventListener(end, () => (this.painting = false), { signal });
    board.addEventListener("keydown", (event) => this.key(event), { signal });
    dialog.addEventListener("click", (event) => this.click(event), { signal });
  }

  leave() {
    this.ends.abort();
  }

  /** @returns {import("./brush.js").Tool} */
  get tool() {
    const chosen = /** @type {HTMLInputElement | null} */ (this.dialog.querySelector("[name=tool]:checked"));
    return chosen?.value === "mark" ? "mark" : "cover";
  }

  /** @param {PointerEvent} event */
  press(event) {
    event.preventDefault();
    this.board.focus();
    this.board.setPointerCapture(event.pointerId);
    this.painting = true;
    this.byKeys = false;
    this.at = this.placeOf(event);
    this.brush.begin(this.tool, this.at.x, this.at.y);
    this.show();
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.painting) return;
    this.at = this.placeOf(event);
    this.brush.extend(this.at.x, this.at.y);
    this.show();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = this.brush.longest / (event.shiftKey ? FINE_STEP : STEP);
    const moves = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] });
    const move = moves[event.key];
    if (move) {
      this.at = { x: within(this.at.x + move[0], this.board.width), y: within(this.at.y + move[1], this.board.height) };
    } else if (event.key === "Enter" || event.key === " ") {
      this.brush.begin(this.tool, this.at.x, this.at.y);
      this.say(this.tool === "cover" ? t("Covered") : t("Marked"));
    } else if (event.key === "+" || event.key === "-") {
      this.brush.resize(event.key === "+" ? LARGER : 1 / LARGER);
    } else if (event.key === "Backspace" || event.key === "Delete") {
      this.undo();
    } else return;
    event.preventDefault();
    this.byKeys = true;
    this.show();
  }

  /** @param {MouseEvent} event */
  click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const act = button?.dataset.act;
    if (act === "larger") this.brush.resize(LARGER);
    if (act === "smaller") this.brush.resize(1 / LARGER);
    if (act === "undo") this.undo();
    if (act === "done" || act === "leave") return this.dialog.close(act);
    if (!act) return;
    this.byKeys = true; // the circle shows how large it is now
    this.show();
  }

  undo() {
    this.say(this.brush.strokes.length ? t("Taken back") : t("There is nothing to take back"));
    this.brush.undo();
  }

  show() {
    this.brush.paint(this.board);
    if (!this.byKeys) return;
    const pen = penOf(this.board);
    for (const [colour, dash] of /** @type {[string, number[]][]} */ ([["white", []], ["#1b2330", [this.brush.longest / 80]]])) {
      pen.strokeStyle = colour;
      pen.lineWidth = this.brush.longest / 200;
      pen.setLineDash(dash);
      pen.beginPath();
      pen.arc(this.at.x, this.at.y, this.brush.radius, 0, 2 * Math.PI);
      pen.stroke();
    }
    pen.setLineDash([]);
  }

  /** @param {string} words */
  say(words) {
    const line = this.dialog.querySelector("[role=status]");
    if (line) line.textContent = words;
  }

  /** @param {PointerEvent} event */
  placeOf(event) {
    const frame = this.board.getBoundingClientRect();
    return {
      x: ((event.clientX - frame.left) * this.board.width) / frame.width,
      y: ((event.clientY - frame.top) * this.board.height) / frame.height,
    };
  }
}

/** @param {number} value @param {number} most */
function within(value, most) {
  return Math.min(most, Math.max(0, value));
}
