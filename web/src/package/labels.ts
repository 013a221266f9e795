/** Where names stand: of a street in the middle of its longest straight piece, of an area where it is widest. */

import type { Plan } from "../editor/plan";
import type { Segment } from "./borders";
import type { NamedPath } from "./data";

export interface StreetLabel {
  name: string;
  x: number;
  y: number;
  /** Degrees, never upside down. */
  angle: number;
  length: number;
}

const SHORTEST = 25; // metres; a name does not stand on a shorter piece

/** All straight pieces of streets with a name, each as a place for it. */
export function labelPlaces(streets: readonly NamedPath[]): StreetLabel[] {
  return streets.flatMap(({ name, path }) =>
    name ? piecesOf(path).map((piece) => ({ name, ...piece })) : [],
  );
}

/** For each name the longest of the given pieces. */
export function longest(labels: readonly StreetLabel[]): StreetLabel[] {
  const best = new Map<string, StreetLabel>();
  for (const label of labels) {
    if (label.length > (best.get(label.name)?.length ?? 0)) best.set(label.name, label);
  }
  return [...best.values()];
}

/** The longest names first, each where no other stands; a name may reach a little beyond its piece of street. */
export function withoutCollisions(
  labels: readonly StreetLabel[],
  size: number,
  taken: readonly Room[] = [],
): StreetLabel[] {
  const shown = taken.map(({ x, y }) => ({ x, y, reach: 2 * size }));
  return [...labels]
    .sort((a, b) => b.length - a.length || a.name.localeCompare(b.name))
    .filter(({ name, x, y, length }) => {
      const reach = (name.length * size * 0.5) / 2;
      const free = shown.every((one) => Math.hypot(one.x - x, one.y - y) > 0.8 * (one.reach + reach));
      if (!free || 4 * reach > 5 * length) return false;
      shown.push({ x, y, reach });
      return true;
    });
}

function piecesOf(path: string): Omit<StreetLabel, "name">[] {
  const found: Omit<StreetLabel, "name">[] = [];
  for (const part of path.matchAll(/M(-?\d+) (-?\d+)l([^M]*)/g)) {
    let [x, y] = [Number(part[1]), Number(part[2])];
    const steps = (part[3] ?? "").match(/-?\d+/g)?.map(Number) ?? [];
    for (let place = 0; place + 1 < steps.length; place += 2) {
      const [dx, dy] = [steps[place] ?? 0, steps[place + 1] ?? 0];
      const length = Math.hypot(dx, dy);
      if (length >= SHORTEST) found.push({ x: x + dx / 2, y: y + dy / 2, angle: upright(dx, dy), length });
      x += dx;
      y += dy;
    }
  }
  return found;
}

function upright(dx: number, dy: number): number {
  const angle = (Math.atan2(dy, dx) * 180) / Math.PI;
  return angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle;
}

export interface Room {
  x: number;
  y: number;
  /** Metres from there to the nearest border of the area. */
  room: number;
}

/** Per area the point of one of its blocks that is farthest from all its borders. */
export function areaRooms(
  { x, y }: { x: readonly number[]; y: readonly number[] },
  plan: Plan,
  segments: readonly Segment[],
): Room[] {
  const borders = plan.areas.map(() => [] as [number, number][]);
  for (const { x1, y1, x2, y2, one, other } of segments) {
    const sides = [one, other].map((block) => (block < 0 ? -1 : (plan.area[block] ?? -1)));
    if (sides[0] === sides[1]) continue;
    for (const side of sides) borders[side]?.push([(x1 + x2) / 2, (y1 + y2) / 2], [x1, y1]);
  }
  const best = plan.areas.map(() => ({ x: 0, y: 0, room: -1 }));
  plan.area.forEach((area, block) => {
    const [px, py] = [x[block] ?? 0, y[block] ?? 0];
    const found = best[area];
    if (!found) return;
    let nearest = Number.POSITIVE_INFINITY;
    for (const [bx, by] of borders[area] ?? []) {
      nearest = Math.min(nearest, (bx - px) ** 2 + (by - py) ** 2);
      if (nearest <= found.room ** 2 && found.room >= 0) return;
    }
    best[area] = { x: px, y: py, room: Math.sqrt(nearest) };
  });
  return best;
}
