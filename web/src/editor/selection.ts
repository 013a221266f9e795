/** Which blocks are chosen, by click, brush, lasso, rectangle or arrow key. Shapes are asked of a `Finder`. */

import { type Ground, neighboursOf } from "./ground";

export type Point = readonly [number, number];
export type Selection = ReadonlySet<number>;

/** Answers which block lies where; the map of the page and that of the offline file have their own. */
export interface Finder {
  blockAt(x: number, y: number): number;
}

export const NOTHING: Selection = new Set();

export function toggle(selection: Selection, block: number): Selection {
  return selection.has(block) ? without(selection, [block]) : withAll(selection, [block]);
}

export function withAll(selection: Selection, blocks: Iterable<number>): Selection {
  return new Set([...selection, ...blocks]);
}

export function without(selection: Selection, blocks: Iterable<number>): Selection {
  const gone = new Set(blocks);
  return new Set([...selection].filter((block) => !gone.has(block)));
}

/** Blocks that a stroke from one point to another runs through, sampled at a step in map units. */
export function stroked(finder: Finder, from: Point, to: Point, step: number): number[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const samples = Math.max(1, Math.ceil(Math.hypot(dx, dy) / step));
  const found = new Set<number>();
  for (let sample = 0; sample <= samples; sample += 1) {
    const block = finder.blockAt(from[0] + (dx * sample) / samples, from[1] + (dy * sample) / samples);
    if (block >= 0) found.add(block);
  }
  return [...found];
}

/** Blocks whose inner point lies inside a line drawn by hand; the line closes itself. */
export function inLasso(ground: Ground, line: readonly Point[]): number[] {
  if (line.length < 3) return [];
  return blocksWhere(ground, (x, y) => isInside(x, y, line));
}

/** Blocks whose inner point lies in the rectangle between two corners. */
export function inRectangle(ground: Ground, one: Point, other: Point): number[] {
  const [west, east] = [Math.min(one[0], other[0]), Math.max(one[0], other[0])];
  const [south, north] = [Math.min(one[1], other[1]), Math.max(one[1], other[1])];
  return blocksWhere(ground, (x, y) => x >= west && x <= east && y >= south && y <= north);
}

function blocksWhere(ground: Ground, holds: (x: number, y: number) => boolean): number[] {
  const found: number[] = [];
  for (let block = 0; block < ground.ids.length; block += 1) {
    if (holds(ground.inside[2 * block] ?? 0, ground.inside[2 * block + 1] ?? 0)) found.push(block);
  }
  return found;
}

/** Even-odd rule. */
export function isInside(x: number, y: number, ring: readonly Point[]): boolean {
  let inside = false;
  let last = ring[ring.length - 1];
  for (const point of ring) {
    if (last && point[1] > y !== last[1] > y) {
      const crossing = ((last[0] - point[0]) * (y - point[1])) / (last[1] - point[1]) + point[0];
      if (x < crossing) inside = !inside;
    }
    last = point;
  }
  return inside;
}

/** Which side of a line each of the given blocks lies on: 1 left, -1 right. The line is drawn out at both ends. */
export function sidesOf(ground: Ground, blocks: readonly number[], line: readonly Point[]): Int8Array {
  return Int8Array.from(blocks, (block) =>
    sideOf(ground.inside[2 * block] ?? 0, ground.inside[2 * block + 1] ?? 0, line),
  );
}

function sideOf(x: number, y: number, line: readonly Point[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  let side = 1;
  for (let place = 1; place < line.length; place += 1) {
    const [a, b] = [line[place - 1] ?? [0, 0], line[place] ?? [0, 0]];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const along = ((x - a[0]) * dx + (y - a[1]) * dy) / Math.max(dx * dx + dy * dy, 1e-12);
    // The first and the last stretch go on for ever, so that a cut need not reach the border exactly.
    const low = place === 1 ? Number.NEGATIVE_INFINITY : 0;
    const high = place === line.length - 1 ? Number.POSITIVE_INFINITY : 1;
    const at = Math.min(high, Math.max(low, along));
    const distance = Math.hypot(x - a[0] - at * dx, y - a[1] - at * dy);
    if (distance < nearest) {
      nearest = distance;
      side = dx * (y - a[1]) - dy * (x - a[0]) >= 0 ? 1 : -1;
    }
  }
  return side;
}

/** Blocks of an area on the smaller side (by inhabitants) of a line drawn by hand; empty when it does not cut. */
export function cutByHand(ground: Ground, blocks: readonly number[], line: readonly Point[]): number[] {
  if (line.length < 2) return [];
  const sides = sidesOf(ground, blocks, line);
  const people = (wanted: number) =>
    blocks.reduce(
      (sum, block, place) => sum + (sides[place] === wanted ? (ground.people[block] ?? 0) : 0),
      0,
    );
  const smaller = people(1) <= people(-1) ? 1 : -1;
  const part = blocks.filter((_block, place) => sides[place] === smaller);
  return part.length === blocks.length ? [] : part;
}

export type Arrow = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

const DIRECTIONS: Record<Arrow, Point> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/**
 * The block that an arrow key leads to: of the neighbours in that half of the sky the one least off the
 * direction; where there is none, the nearest block that way; at the edge the block itself.
 * y grows to the north.
 */
export function stepTo(ground: Ground, block: number, arrow: Arrow): number {
  const beside = best(ground, block, arrow, neighboursOf(ground, block), 1);
  if (beside >= 0) return beside;
  const all = Array.from(ground.ids, (_id, other) => other);
  const far = best(ground, block, arrow, all, 2);
  return far >= 0 ? far : block;
}

function best(ground: Ground, block: number, arrow: Arrow, others: Iterable<number>, weight: number): number {
  const [ex, ey] = DIRECTIONS[arrow];
  const [x, y] = [ground.inside[2 * block] ?? 0, ground.inside[2 * block + 1] ?? 0];
  let found = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const other of others) {
    const [dx, dy] = [(ground.inside[2 * other] ?? 0) - x, (ground.inside[2 * other + 1] ?? 0) - y];
    const ahead = dx * ex + dy * ey;
    const aside = Math.abs(dx * ey - dy * ex);
    if (other === block || ahead <= 0 || aside > ahead * 1.2) continue;
    const cost = ahead + weight * aside;
    if (cost < least) {
      least = cost;
      found = other;
    }
  }
  return found;
}
