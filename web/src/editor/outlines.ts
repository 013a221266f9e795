/** Lines along borders: those of areas and of a selection, found from the blocks at both sides of each arc. */

import type { Shapes } from "./geometry";

/** Arcs whose two sides have different values; outside is -1. */
export function arcsBetween(shapes: Shapes, keyOf: (block: number) => number): number[] {
  const found: number[] = [];
  for (let arc = 0; arc < shapes.arcLeft.length; arc += 1) {
    const [left, right] = [shapes.arcLeft[arc] ?? -1, shapes.arcRight[arc] ?? -1];
    if ((left < 0 ? -1 : keyOf(left)) !== (right < 0 ? -1 : keyOf(right))) found.push(arc);
  }
  return found;
}

function cornersOf({ points, arcStart }: Shapes, arc: number, backwards: boolean): number[] {
  const from = arcStart[arc] ?? 0;
  const to = arcStart[arc + 1] ?? 0;
  const line: number[] = [];
  for (let step = 0; step < to - from; step += 1) {
    const corner = backwards ? to - 1 - step : from + step;
    line.push(points[2 * corner] ?? 0, points[2 * corner + 1] ?? 0);
  }
  return line;
}

/** Arcs joined at their ends into lines as long as possible. */
export function strung(shapes: Shapes, arcs: readonly number[]): number[][] {
  const ends = new Map<string, number[]>();
  const left = new Set(arcs);
  const key = (x: number | undefined, y: number | undefined) => `${x} ${y}`;
  for (const arc of arcs) {
    const line = cornersOf(shapes, arc, false);
    for (const end of new Set([key(line[0], line[1]), key(line.at(-2), line.at(-1))])) {
      ends.set(end, [...(ends.get(end) ?? []), arc]);
    }
  }
  const lines: number[][] = [];
  for (const arc of arcs) {
    if (!left.delete(arc)) continue;
    const line = cornersOf(shapes, arc, false);
    for (;;) {
      const end = key(line.at(-2), line.at(-1));
      const next = (ends.get(end) ?? []).find((other) => left.has(other));
      if (next === undefined) break;
      left.delete(next);
      const more = cornersOf(shapes, next, false);
      const ahead = key(more[0], more[1]) === end ? more : cornersOf(shapes, next, true);
      for (let place = 2; place < ahead.length; place += 1) line.push(ahead[place] ?? 0);
    }
    lines.push(line);
  }
  return lines;
}

/** SVG path of some arcs for a small picture: each drawn by few of its corners. */
export function roughPath(
  { points, arcStart }: Shapes,
  arcs: readonly number[],
  x: (x: number) => number,
  y: (y: number) => number,
): string {
  const place = (corner: number) =>
    `${Math.round(10 * x(points[2 * corner] ?? 0)) / 10} ${Math.round(10 * y(points[2 * corner + 1] ?? 0)) / 10}`;
  let path = "";
  for (const arc of arcs) {
    const [from, to] = [arcStart[arc] ?? 0, (arcStart[arc + 1] ?? 1) - 1];
    const step = Math.max(1, Math.ceil((to - from) / 4));
    path += `M${place(from)}`;
    for (let corner = from + step; corner < to; corner += step) path += `L${place(corner)}`;
    path += `L${place(to)}`;
  }
  return path;
}
