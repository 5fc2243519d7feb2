// @ts-check
/** What is painted on a photo: covers hide what lies below, rings show where to look. Each can be taken back until it is done. */
import { blank, penOf } from "./picture.js";

const COVER = "#1b2330";
const RING = "#9c2f1d";

/** @typedef {"cover" | "mark"} Tool */
/** @typedef {{tool: Tool, radius: number, points: {x: number, y: number}[]}} Stroke */

export class Brush {
  /** @param {HTMLCanvasElement} picture */
  constructor(picture) {
    this.picture = picture;
    /** @type {Stroke[]} */
    this.strokes = [];
    this.longest = Math.max(picture.width, picture.height);
    this.radius = this.longest / 16;
  }

  /** @param {number} factor */
  resize(factor) {
    this.radius = Math.min(this.longest / 4, Math.max(this.longest / 80, this.radius * factor));
  }

  /** @param {Tool} tool @param {number} x @param {number} y */
  begin(tool, x, y) {
    this.strokes.push({ tool, radius: this.radius, points: [{ x, y }] });
  }

  /** Goes on: a cover grows, a ring moves. @param {number} x @param {number} y */
  extend(x, y) {
    const stroke = this.strokes.at(-1);
    if (!stroke) return;
    if (stroke.tool === "mark") stroke.points = [];
    stroke.points.push({ x, y });
  }

  undo() {
    this.strokes.pop();
  }

  /** Says whether faces or other things are covered. */
  covers() {
    return this.strokes.some((stroke) => stroke.tool === "cover");
  }

  /** Paints the photo with all that lies on it. @param {HTMLCanvasElement} canvas */
  paint(canvas) {
    const pen = penOf(canvas);
    pen.drawImage(this.picture, 0, 0);
    for (const stroke of this.strokes) (stroke.tool === "cover" ? paintCover : paintRing)(pen, stroke);
  }

  /** Returns the picture as it is now, in its pixels: what was covered is not in it any more. */
  flat() {
    const canvas = blank(this.picture.width, this.picture.height);
    this.paint(canvas);
    return canvas;
  }
}

/** @param {CanvasRenderingContext2D} pen @param {Stroke} stroke */
function paintCover(pen, { radius, points }) {
  pen.fillStyle = pen.strokeStyle = COVER;
  pen.lineWidth = 2 * radius;
  pen.lineCap = pen.lineJoin = "round";
  pen.beginPath();
  points.forEach(({ x, y }, place) => (place ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  if (points.length > 1) pen.stroke();
  pen.beginPath();
  pen.arc(points[0].x, points[0].y, radius, 0, 2 * Math.PI);
  pen.fill();
}

/** @param {CanvasRenderingContext2D} pen @param {Stroke} stroke */
function paintRing(pen, { radius, points }) {
  for (const [colour, width] of /** @type {[string, number][]} */ ([["white", radius / 3], [RING, radius / 6]])) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    pen.arc(points[0].x, points[0].y, radius, 0, 2 * Math.PI);
    pen.stroke();
  }
}
