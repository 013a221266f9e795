/** What the graphics card draws: triangles with the place of their block, and all borders between blocks. */

import earcut from "earcut";
import { ringCorners, type Shapes } from "./geometry";
import { segmentsOf } from "./outlines";

export interface Scene {
  /** x, y, block per corner. */
  corners: Float32Array;
  triangles: Uint32Array;
  /** Borders between blocks, see outlines.SEGMENT. */
  borders: Float32Array;
  /** Typical width of a block in units: decides when borders between blocks become too dense to draw. */
  grain: number;
}

export const CORNER = 3;

export function makeScene(shapes: Shapes, blocks: number): Scene {
  const corners: number[] = [];
  const triangles: number[] = [];
  let ring = 0;
  while (ring < shapes.ringBlock.length) {
    let end = ring + 1;
    while (end < shapes.ringBlock.length && !shapes.ringOuter[end]) end += 1;
    addPolygon(shapes, ring, end, corners, triangles);
    ring = end;
  }
  const arcs = Array.from(shapes.arcLeft, (_left, arc) => arc);
  return {
    corners: Float32Array.from(corners),
    triangles: Uint32Array.from(triangles),
    borders: segmentsOf(shapes, arcs),
    grain: grainOf(corners, triangles, blocks),
  };
}

/** One outer ring and its holes. */
function addPolygon(shapes: Shapes, from: number, to: number, corners: number[], triangles: number[]): void {
  const flat: number[] = [];
  const holes: number[] = [];
  for (let ring = from; ring < to; ring += 1) {
    if (ring > from) holes.push(flat.length / 2);
    for (const number of ringCorners(shapes, ring)) flat.push(number);
  }
  if (flat.length < 6) return;
  const before = corners.length / CORNER;
  const block = shapes.ringBlock[from] ?? 0;
  for (let place = 0; place < flat.length; place += 2)
    corners.push(flat[place] ?? 0, flat[place + 1] ?? 0, block);
  for (const corner of earcut(flat, holes, 2)) triangles.push(before + corner);
}

function grainOf(corners: number[], triangles: number[], blocks: number): number {
  let area = 0;
  for (let place = 0; place < triangles.length; place += 3) {
    const [a, b, c] = [0, 1, 2].map((step) => CORNER * (triangles[place + step] ?? 0)) as [
      number,
      number,
      number,
    ];
    const [ax, ay] = [corners[a] ?? 0, corners[a + 1] ?? 0];
    area += Math.abs(
      ((corners[b] ?? 0) - ax) * ((corners[c + 1] ?? 0) - ay) -
        ((corners[c] ?? 0) - ax) * ((corners[b + 1] ?? 0) - ay),
    );
  }
  return Math.sqrt(area / 2 / Math.max(1, blocks));
}
