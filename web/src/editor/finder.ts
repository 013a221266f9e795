/** Which block lies at a point: a net of cells, then the corners of the few blocks in question. */

import { extentOf, ringCorners, type Shapes } from "./geometry";
import type { Finder } from "./selection";

const CELLS = 96;

export class BlockFinder implements Finder {
  private readonly cells: number[][];
  private readonly extent: [number, number, number, number];
  private readonly rings = new Map<number, number[]>();
  private readonly ringsOf: number[][] = [];

  constructor(private readonly shapes: Shapes) {
    this.extent = extentOf(shapes);
    this.cells = Array.from({ length: CELLS * CELLS }, () => []);
    const boxes = boxesOf(shapes);
    for (let ring = 0; ring < shapes.ringBlock.length; ring += 1) {
      const block = shapes.ringBlock[ring] ?? 0;
      let own = this.ringsOf[block];
      if (!own) {
        own = [];
        this.ringsOf[block] = own;
      }
      own.push(ring);
    }
    for (let block = 0; 4 * block < boxes.length; block += 1) this.enter(block, boxes);
  }

  private enter(block: number, boxes: Float32Array): void {
    const [west, south] = this.cell(boxes[4 * block] ?? 0, boxes[4 * block + 1] ?? 0);
    const [east, north] = this.cell(boxes[4 * block + 2] ?? 0, boxes[4 * block + 3] ?? 0);
    for (let row = south; row <= north; row += 1) {
      for (let column = west; column <= east; column += 1) this.cells[row * CELLS + column]?.push(block);
    }
  }

  private cell(x: number, y: number): [number, number] {
    const [west, south, east, north] = this.extent;
    const step = (value: number, low: number, high: number) =>
      Math.min(CELLS - 1, Math.max(0, Math.floor((CELLS * (value - low)) / Math.max(1, high - low))));
    return [step(x, west, east), step(y, south, north)];
  }

  /** Place of the block in ground order, -1 outside. */
  blockAt(x: number, y: number): number {
    const [west, south, east, north] = this.extent;
    if (x < west || x > east || y < south || y > north) return -1;
    const [column, row] = this.cell(x, y);
    for (const block of this.cells[row * CELLS + column] ?? []) if (this.holds(block, x, y)) return block;
    return -1;
  }

  /** Even-odd over all rings of the block, so that holes are outside. */
  private holds(block: number, x: number, y: number): boolean {
    let inside = false;
    for (const ring of this.ringsOf[block] ?? []) {
      if (crossings(this.corners(ring), x, y) % 2) inside = !inside;
    }
    return inside;
  }

  private corners(ring: number): number[] {
    let corners = this.rings.get(ring);
    if (!corners) {
      corners = ringCorners(this.shapes, ring);
      this.rings.set(ring, corners);
    }
    return corners;
  }
}

function crossings(corners: number[], x: number, y: number): number {
  let found = 0;
  let last = corners.length - 2;
  for (let place = 0; place < corners.length; place += 2) {
    const [x1, y1] = [corners[place] ?? 0, corners[place + 1] ?? 0];
    const [x0, y0] = [corners[last] ?? 0, corners[last + 1] ?? 0];
    if (y1 > y !== y0 > y && x < ((x0 - x1) * (y - y1)) / (y0 - y1) + x1) found += 1;
    last = place;
  }
  return found;
}

/** west, south, east, north per block. */
export function boxesOf(shapes: Shapes): Float32Array {
  const blocks = shapes.ringBlock.reduce((most, block) => Math.max(most, block + 1), 0);
  const boxes = new Float32Array(4 * blocks);
  for (let block = 0; block < blocks; block += 1)
    boxes.set([Infinity, Infinity, -Infinity, -Infinity], 4 * block);
  for (let arc = 0; arc < shapes.arcLeft.length; arc += 1) {
    for (const block of [shapes.arcLeft[arc] ?? -1, shapes.arcRight[arc] ?? -1]) {
      if (block < 0) continue;
      for (let corner = shapes.arcStart[arc] ?? 0; corner < (shapes.arcStart[arc + 1] ?? 0); corner += 1) {
        widen(boxes, 4 * block, shapes.points[2 * corner] ?? 0, shapes.points[2 * corner + 1] ?? 0);
      }
    }
  }
  return boxes;
}

function widen(boxes: Float32Array, at: number, x: number, y: number): void {
  if (x < (boxes[at] ?? 0)) boxes[at] = x;
  if (y < (boxes[at + 1] ?? 0)) boxes[at + 1] = y;
  if (x > (boxes[at + 2] ?? 0)) boxes[at + 2] = x;
  if (y > (boxes[at + 3] ?? 0)) boxes[at + 3] = y;
}
