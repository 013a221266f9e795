/** Read the blocks of a municipality from bytes: docs/decisions/editor-geometry.md. */

import { type Ground, makeGround } from "./ground";

/** Shapes of n blocks as arcs: each common border once, with the block at its left and right (-1 outside). */
export interface Shapes {
  /** EPSG:3857 metres of the local point 0, 0, and metres of one unit. */
  origin: readonly [number, number];
  scale: number;
  /** x, y of all corners, arc after arc. */
  points: Float32Array;
  arcStart: Int32Array;
  arcLeft: Int32Array;
  arcRight: Int32Array;
  /** 1 river, 2 railway, 3 motorway runs along; 0 none. */
  arcKind: Uint8Array;
  ringStart: Int32Array;
  /** Number of an arc, or -1 - number where it is walked backwards. */
  ringArcs: Int32Array;
  ringBlock: Int32Array;
  ringOuter: Uint8Array;
}

interface Section {
  name: string;
  type: "v" | "z" | "d";
  stride: number;
  offset: number;
  bytes: number;
  count: number;
}

interface Head {
  origin: [number, number];
  scale: number;
  id_prefix: string;
  ids: string[];
  sections: Section[];
}

const MAGIC = 0x31475253; // "SRG1"

/** Raises Error when the bytes are something else. */
export function decode(bytes: ArrayBuffer): { ground: Ground; shapes: Shapes } {
  const view = new DataView(bytes);
  if (bytes.byteLength < 8 || view.getUint32(0, true) !== MAGIC) throw new Error("no geometry of the editor");
  const length = view.getUint32(4, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length))) as Head;
  const read = (name: string) => {
    const section = head.sections.find((one) => one.name === name);
    if (!section) throw new Error(`no section ${name}`);
    return numbers(new Uint8Array(bytes, 8 + length + section.offset, section.bytes), section);
  };
  const arcStart = read("arc_start");
  const shapes: Shapes = {
    origin: head.origin,
    scale: head.scale,
    points: cornersOf(arcStart, read("arc_first"), read("steps")),
    arcStart,
    arcLeft: read("arc_left"),
    arcRight: read("arc_right"),
    arcKind: Uint8Array.from(read("arc_kind")),
    ringStart: read("ring_start"),
    ringArcs: read("ring_arcs"),
    ringBlock: read("ring_block"),
    ringOuter: Uint8Array.from(read("ring_outer")),
  };
  const pairs = {
    first: read("pair_a"),
    second: read("pair_b"),
    metres: Float32Array.from(read("pair_metres")),
    kinds: Uint8Array.from(read("pair_kind")),
  };
  const ids = head.ids.map((rest) => head.id_prefix + rest);
  const inside = Float64Array.from(read("inside"));
  return { ground: makeGround(ids, read("population"), read("flags"), pairs, inside), shapes };
}

/** Whole numbers of variable length: from 0 (v), zigzag (z), zigzag of differences (d). */
function numbers(bytes: Uint8Array, { type, stride, count }: Section): Int32Array {
  const found = new Int32Array(count);
  let at = 0;
  for (let place = 0; place < count; place += 1) {
    let value = 0;
    let shift = 0;
    let byte = 128;
    while (byte > 127) {
      byte = bytes[at] ?? 0;
      at += 1;
      value |= (byte & 127) << shift;
      shift += 7;
    }
    if (type !== "v") value = (value >>> 1) ^ -(value & 1);
    found[place] = type === "d" && place >= stride ? value + (found[place - stride] ?? 0) : value;
  }
  return found;
}

function cornersOf(arcStart: Int32Array, first: Int32Array, steps: Int32Array): Float32Array {
  const points = new Float32Array(steps.length);
  for (let arc = 0; arc + 1 < arcStart.length; arc += 1) {
    let x = first[2 * arc] ?? 0;
    let y = first[2 * arc + 1] ?? 0;
    for (let corner = arcStart[arc] ?? 0; corner < (arcStart[arc + 1] ?? 0); corner += 1) {
      x += steps[2 * corner] ?? 0;
      y += steps[2 * corner + 1] ?? 0;
      points[2 * corner] = x;
      points[2 * corner + 1] = y;
    }
  }
  return points;
}

/** Corners of a ring as x, y, x, y, …; the closing corner is left out. */
export function ringCorners(shapes: Shapes, ring: number): number[] {
  const corners: number[] = [];
  for (let place = shapes.ringStart[ring] ?? 0; place < (shapes.ringStart[ring + 1] ?? 0); place += 1) {
    const walked = shapes.ringArcs[place] ?? 0;
    const arc = walked < 0 ? -1 - walked : walked;
    const [from, to] = [shapes.arcStart[arc] ?? 0, (shapes.arcStart[arc + 1] ?? 0) - 1];
    // The last corner of an arc is the first of the next.
    if (walked < 0) for (let corner = to; corner > from; corner -= 1) put(corners, shapes.points, corner);
    else for (let corner = from; corner < to; corner += 1) put(corners, shapes.points, corner);
  }
  return corners;
}

function put(corners: number[], points: Float32Array, corner: number): void {
  corners.push(points[2 * corner] ?? 0, points[2 * corner + 1] ?? 0);
}

/** west, south, east, north of all blocks in units. */
export function extentOf({ points }: Shapes): [number, number, number, number] {
  const extent: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let place = 0; place < points.length; place += 2) {
    const [x, y] = [points[place] ?? 0, points[place + 1] ?? 0];
    if (x < extent[0]) extent[0] = x;
    if (y < extent[1]) extent[1] = y;
    if (x > extent[2]) extent[2] = x;
    if (y > extent[3]) extent[3] = y;
  }
  return extent;
}
