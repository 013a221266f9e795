/** Paints blocks with a pen of the browser: fills by colour, patterns of what is not there, borders between blocks. */

import { ringCorners, type Shapes } from "./geometry";
import { type Fills, PATTERNS } from "./map_adapter";

/** The part of the ground that is painted: its middle in units, and device pixels. */
export interface PaintView {
  x: number;
  y: number;
  /** Device pixels of one unit, and of one CSS pixel. */
  pixels: number;
  ratio: number;
  width: number;
  height: number;
  /** Zoom of the map: what is shown and how broad lines are. */
  zoom: number;
}

export interface Outlines {
  /** Corners of every ring, and the rings of every block. */
  rings: Float32Array[];
  ringsOf: number[][];
  /** west, south, east, north per block. */
  boxes: Float32Array;
  /** Corners of every border between two blocks. */
  borders: Float32Array[];
  /** Typical width of a block in units: decides when borders between blocks become too dense to paint. */
  grain: number;
}

export type Pen = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;
const DENSE = 5; // CSS pixels: smaller blocks are painted without borders
const GREY = "#5F6972";

export function outlinesOf(shapes: Shapes, blocks: number): Outlines {
  const rings = Array.from(shapes.ringBlock, (_block, ring) => Float32Array.from(ringCorners(shapes, ring)));
  const ringsOf: number[][] = Array.from({ length: blocks }, () => []);
  shapes.ringBlock.forEach((block, ring) => {
    ringsOf[block]?.push(ring);
  });
  const boxes = new Float32Array(4 * blocks);
  let area = 0;
  ringsOf.forEach((own, block) => {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of own) {
      area += widened(box, rings[ring] ?? new Float32Array());
    }
    boxes.set(box, 4 * block);
  });
  const borders = Array.from(shapes.arcLeft, (_left, arc) =>
    shapes.points.slice(2 * (shapes.arcStart[arc] ?? 0), 2 * (shapes.arcStart[arc + 1] ?? 0)),
  );
  return { rings, ringsOf, boxes, borders, grain: Math.sqrt(area / Math.max(1, blocks)) };
}

/** Widens a box by the corners of a ring; the area of the ring, holes negative. */
function widened(box: number[], corners: Float32Array): number {
  let double = 0;
  let [lastX, lastY] = [corners.at(-2) ?? 0, corners.at(-1) ?? 0];
  for (let at = 0; at < corners.length; at += 2) {
    const [x, y] = [corners[at] ?? 0, corners[at + 1] ?? 0];
    double += lastX * y - x * lastY;
    box[0] = Math.min(box[0] ?? x, x);
    box[1] = Math.min(box[1] ?? y, y);
    box[2] = Math.max(box[2] ?? x, x);
    box[3] = Math.max(box[3] ?? y, y);
    [lastX, lastY] = [x, y];
  }
  return double / 2;
}

/** One unit is one, north is up, and the middle of the view is in the middle of the picture. */
export function toUnits(pen: Pen, { x, y, pixels, width, height }: PaintView): void {
  pen.setTransform(pixels, 0, 0, -pixels, width / 2 - x * pixels, height / 2 + y * pixels);
}

/** Fills, patterns and borders of the blocks that can be seen. */
export function paintBlocks(pen: Pen, outlines: Outlines, fills: Fills, view: PaintView): void {
  toUnits(pen, view);
  for (const [key, blocks] of byFill(fills, inView(outlines, view))) {
    pen.beginPath();
    for (const block of blocks) traceBlock(pen, outlines, block);
    pen.fillStyle = `rgb(${key >>> 24} ${(key >>> 16) & 255} ${(key >>> 8) & 255})`;
    pen.fill("evenodd");
    const pattern = patternOf(pen, key & 255, view.ratio);
    if (!pattern) continue;
    pattern.setTransform(new DOMMatrix([1 / view.pixels, 0, 0, -1 / view.pixels, 0, 0]));
    pen.fillStyle = pattern;
    pen.fill("evenodd");
  }
  paintBorders(pen, outlines, view);
}

/** A veil of petrol over chosen blocks. */
export function paintChosen(pen: Pen, outlines: Outlines, blocks: readonly number[]): void {
  pen.beginPath();
  for (const block of blocks) traceBlock(pen, outlines, block);
  pen.fillStyle = "rgb(11 90 107 / 30%)";
  pen.fill("evenodd");
}

function traceBlock(pen: Pen, { ringsOf, rings }: Outlines, block: number): void {
  for (const ring of ringsOf[block] ?? []) trace(pen, rings[ring], true);
}

function inView({ boxes }: Outlines, { x, y, pixels, width, height }: PaintView): number[] {
  const [across, up] = [width / 2 / pixels, height / 2 / pixels];
  const found: number[] = [];
  for (let block = 0; 4 * block < boxes.length; block += 1) {
    const [west, south] = [boxes[4 * block] ?? 0, boxes[4 * block + 1] ?? 0];
    const [east, north] = [boxes[4 * block + 2] ?? 0, boxes[4 * block + 3] ?? 0];
    if (east >= x - across && west <= x + across && north >= y - up && south <= y + up) found.push(block);
  }
  return found;
}

/** Blocks by their four bytes of fill, read as one number. */
function byFill(fills: Fills, blocks: readonly number[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  const view = new DataView(fills.buffer, fills.byteOffset);
  for (const block of blocks) {
    const key = view.getUint32(4 * block);
    const own = found.get(key);
    if (own) own.push(block);
    else found.set(key, [block]);
  }
  return found;
}

function trace(pen: Pen, corners: Float32Array | undefined, closed: boolean): void {
  if (!corners) return;
  pen.moveTo(corners[0] ?? 0, corners[1] ?? 0);
  for (let at = 2; at < corners.length; at += 2) pen.lineTo(corners[at] ?? 0, corners[at + 1] ?? 0);
  if (closed) pen.closePath();
}

function paintBorders(pen: Pen, { borders, grain }: Outlines, view: PaintView): void {
  const wide = (grain * view.pixels) / view.ratio;
  if (wide < DENSE) return;
  const [across, up] = [view.width / 2 / view.pixels, view.height / 2 / view.pixels];
  pen.beginPath();
  for (const border of borders) {
    const [x, y] = [border[0] ?? 0, border[1] ?? 0];
    const room = 40 * grain; // longer borders than this are those of large fields: their first corner may be far off
    const near = Math.abs(x - view.x) < across + room && Math.abs(y - view.y) < up + room;
    if (near || border.length > 200) trace(pen, border, false);
  }
  pen.lineJoin = "round";
  pen.lineWidth = (Math.max(0.7, Math.min(1.3, wide / 18)) * view.ratio) / view.pixels;
  pen.strokeStyle = `rgb(255 255 255 / ${Math.min(1, wide / 14)})`;
  pen.stroke();
}

const tiles = new Map<string, CanvasPattern>();

/** Dots, diagonal or crossed lines over the colour; null for a solid fill. */
function patternOf(pen: Pen, code: number, ratio: number): CanvasPattern | null {
  if (code === PATTERNS.solid) return null;
  const key = `${code} ${ratio}`;
  let pattern = tiles.get(key);
  if (!pattern) {
    pattern = pen.createPattern(tileOf(code, Math.max(1, Math.round(ratio))), "repeat") ?? undefined;
    if (pattern) tiles.set(key, pattern);
  }
  return pattern ?? null;
}

function tileOf(code: number, ratio: number): OffscreenCanvas {
  const size = 8 * ratio;
  const tile = new OffscreenCanvas(size, size);
  const pen = tile.getContext("2d");
  if (!pen) return tile;
  pen.fillStyle = GREY;
  pen.strokeStyle = code === PATTERNS.locked ? "rgb(27 33 38 / 55%)" : GREY;
  pen.lineWidth = (code === PATTERNS.missing ? 1.6 : 1.1) * ratio;
  if (code === PATTERNS.few) {
    pen.arc(size / 2, size / 2, 1.7 * ratio, 0, 2 * Math.PI);
    pen.fill();
    return tile;
  }
  const up = code !== PATTERNS.locked;
  const down = code !== PATTERNS.missing;
  for (const shift of [-size, 0, size]) {
    pen.beginPath();
    if (up) {
      pen.moveTo(shift - 1, size + 1);
      pen.lineTo(shift + size + 1, -1);
    }
    if (down) {
      pen.moveTo(shift - 1, -1);
      pen.lineTo(shift + size + 1, size + 1);
    }
    pen.stroke();
  }
  return tile;
}
