/** Where the key of an area stands: deep inside, and in the same place as long as that place belongs to the area. */

import type { Shapes } from "./geometry";
import type { Ground } from "./ground";
import { arcsBetween } from "./outlines";
import { areaIdOf, blocksIn, type Plan } from "./plan";

/** Block whose inner point carries the label, by area_id. */
export type LabelBlocks = ReadonlyMap<string, number>;
const CANDIDATES = 48;

export function labelBlocks(plan: Plan, ground: Ground, shapes: Shapes, before: LabelBlocks): LabelBlocks {
  const found = new Map<string, number>();
  let borders: Float32Array | null = null;
  plan.areas.forEach((area, place) => {
    const old = before.get(area.area_id);
    if (old !== undefined && areaIdOf(plan, old) === area.area_id) {
      found.set(area.area_id, old);
      return;
    }
    borders ??= borderPoints(plan, shapes);
    found.set(area.area_id, deepest(blocksIn(plan, place), ground, borders));
  });
  return found;
}

function borderPoints(plan: Plan, shapes: Shapes): Float32Array {
  const points: number[] = [];
  for (const arc of arcsBetween(shapes, (block) => plan.area[block] ?? 0)) {
    for (let corner = shapes.arcStart[arc] ?? 0; corner < (shapes.arcStart[arc + 1] ?? 0); corner += 2) {
      points.push(shapes.points[2 * corner] ?? 0, shapes.points[2 * corner + 1] ?? 0);
    }
  }
  return Float32Array.from(points);
}

/** Of some of the blocks, the one farthest from every border of an area, a little drawn to the middle. */
function deepest(blocks: readonly number[], ground: Ground, borders: Float32Array): number {
  const at = (block: number): [number, number] => [
    ground.inside[2 * block] ?? 0,
    ground.inside[2 * block + 1] ?? 0,
  ];
  const middle = [0, 1].map(
    (part) => blocks.reduce((sum, block) => sum + (at(block)[part] ?? 0), 0) / blocks.length,
  );
  const off = (block: number) => Math.hypot(at(block)[0] - (middle[0] ?? 0), at(block)[1] - (middle[1] ?? 0));
  const near = [...blocks].sort((a, b) => off(a) - off(b));
  const step = Math.max(1, Math.floor(near.length / CANDIDATES));
  let best = near[0] ?? 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < near.length; place += step) {
    const block = near[place] ?? 0;
    const score = distance(at(block), borders) - 0.25 * off(block);
    if (score > most) {
      most = score;
      best = block;
    }
  }
  return best;
}

function distance([x, y]: [number, number], points: Float32Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let place = 0; place < points.length; place += 2) {
    const [dx, dy] = [(points[place] ?? 0) - x, (points[place + 1] ?? 0) - y];
    const square = dx * dx + dy * dy;
    if (square < least) least = square;
  }
  return Math.sqrt(least);
}
