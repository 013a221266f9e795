/** What lies over the blocks: water, buildings, streets, rail, borders of areas, the selection. Paths in units of the ground. */

import type { Background } from "./answers";
import type { Shapes } from "./geometry";
import { arcsBetween, strung } from "./outlines";
import type { PaintView, Pen } from "./paint_blocks";

export interface BackgroundPaths {
  buildings: Path2D;
  marked: Path2D;
  waters: Path2D;
  streets: Path2D;
  motorways: Path2D;
  rails: Path2D;
}

/** What changes while one works: areas per block, areas looked at, chosen blocks, the block with the focus. */
export interface Marks {
  /** null: as before. */
  area: Uint16Array | null;
  chosen: readonly number[];
  selection: readonly number[];
  focus: number;
}

export interface MarkPaths {
  areas: Path2D;
  chosen: Path2D;
  selection: Path2D;
  focus: Path2D;
}

export function backgroundPaths(found: Background): BackgroundPaths {
  const lines = (rows: readonly { path: number[] }[]) =>
    pathOf(
      rows.map((row) => row.path),
      false,
    );
  const houses = (wanted: boolean) =>
    pathOf(
      found.buildings.filter((one) => (one.kind === "building") === wanted).flatMap((one) => one.rings),
      true,
    );
  return {
    buildings: houses(true),
    marked: houses(false),
    waters: lines(found.waters),
    streets: lines(found.streets),
    motorways: lines(found.motorways),
    rails: lines(found.rails),
  };
}

export function markPaths(
  shapes: Shapes,
  marks: Marks,
  before: { marks: Marks; paths: MarkPaths } | null,
): MarkPaths {
  const outline = (keyOf: (block: number) => number) =>
    pathOf(strung(shapes, arcsBetween(shapes, keyOf)), false);
  const { area, chosen, selection, focus } = marks;
  const [looked, picked] = [new Set(chosen), new Set(selection)];
  const areaOf = (block: number) => area?.[block] ?? -1;
  return {
    areas: before && before.marks.area === area ? before.paths.areas : outline(areaOf),
    chosen: looked.size ? outline((block) => (looked.has(areaOf(block)) ? areaOf(block) : -1)) : new Path2D(),
    selection: picked.size ? outline((block) => (picked.has(block) ? 1 : -1)) : new Path2D(),
    focus: focus >= 0 ? outline((block) => (block === focus ? 1 : -1)) : new Path2D(),
  };
}

function pathOf(lines: readonly ArrayLike<number>[], closed: boolean): Path2D {
  const path = new Path2D();
  for (const line of lines) {
    path.moveTo(line[0] ?? 0, line[1] ?? 0);
    for (let at = 2; at < line.length; at += 2) path.lineTo(line[at] ?? 0, line[at + 1] ?? 0);
    if (closed) path.closePath();
  }
  return path;
}

export function paintBackground(pen: Pen, paths: BackgroundPaths, view: PaintView): void {
  const { zoom } = view;
  const draw = liner(pen, view);
  if (zoom >= 13.5) {
    pen.fillStyle = "rgb(95 105 114 / 22%)";
    pen.fill(paths.buildings);
    pen.fillStyle = "rgb(27 33 38 / 50%)";
    pen.fill(paths.marked);
  }
  draw(paths.waters, "#7FA6BD", wide(zoom, 11, 1.2, 16, 7));
  if (zoom >= 12.5) {
    draw(paths.streets, "#9B9A94", wide(zoom, 12, 0.8, 16, 6.5));
    draw(paths.streets, "#FFFFFF", wide(zoom, 12, 0.4, 16, 4.6));
  }
  draw(paths.motorways, "#6B6A64", wide(zoom, 11, 3, 16, 12));
  draw(paths.motorways, "#FFFFFF", wide(zoom, 11, 1.6, 16, 9));
  draw(paths.rails, "#2F363B", wide(zoom, 11, 2.2, 16, 5));
  const white = wide(zoom, 11, 1.2, 16, 3.2);
  draw(paths.rails, "#FFFFFF", white, [4 * white, 4 * white]);
}

/** Borders of areas: ink in a white casing; petrol dashes for what is chosen, brown for the area looked at. */
export function paintMarks(pen: Pen, paths: MarkPaths, view: PaintView): void {
  const draw = liner(pen, view);
  draw(paths.areas, "#FFFFFF", 5);
  draw(paths.areas, "#1B2126", 2.2);
  draw(paths.chosen, "#FFFFFF", 7);
  draw(paths.chosen, "#B4530A", 3.5);
  draw(paths.selection, "#FFFFFF", 6.5);
  draw(paths.selection, "#0B5A6B", 4.5, [9, 4]);
  draw(paths.focus, "#FFFFFF", 6.5);
  draw(paths.focus, "#1B2126", 3);
}

function liner(pen: Pen, { pixels, ratio }: PaintView) {
  const css = ratio / pixels;
  pen.lineJoin = "round";
  return (path: Path2D, colour: string, width: number, dash: number[] = []) => {
    pen.strokeStyle = colour;
    pen.lineWidth = width * css;
    pen.lineCap = dash.length > 0 ? "butt" : "round";
    pen.setLineDash(dash.map((length) => length * css));
    pen.stroke(path);
    pen.setLineDash([]);
  };
}

/** Width in CSS pixels that grows with the zoom from one step to another. */
export function wide(zoom: number, from: number, narrow: number, to: number, broad: number): number {
  const part = (1.6 ** (zoom - from) - 1) / (1.6 ** (to - from) - 1);
  return narrow + (broad - narrow) * Math.min(1.5, Math.max(0, part));
}
