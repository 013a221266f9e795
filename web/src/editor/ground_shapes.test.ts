import { describe, expect, it } from "vitest";
import { fillsOf, NOT_DELIVERED, TOO_FEW } from "./fills";
import { BlockFinder } from "./finder";
import { decode, extentOf, ringCorners, type Shapes } from "./geometry";
import { makeGround } from "./ground";
import { PATTERNS } from "./map_adapter";
import { wmsTiles } from "./map_style";
import { arcsBetween, strung } from "./outlines";
import { wide } from "./paint_lines";
import { fromLngLat, pixelsPerUnit, toLngLat } from "./places";
import { makePlan } from "./plan";

/** Two squares side by side as the server writes them: docs/decisions/editor-geometry.md. */
function bytes(): ArrayBuffer {
  const sections: [string, "v" | "z" | "d", number, number[]][] = [
    ["arc_start", "d", 1, [0, 2, 6, 10]],
    ["arc_first", "d", 2, [10, 0, 10, 10, 10, 0]],
    ["steps", "z", 1, [0, 0, 0, 10, 0, 0, -10, 0, 0, -10, 10, 0, 0, 0, 10, 0, 0, 10, -10, 0]],
    ["arc_left", "d", 1, [0, 0, 1]],
    ["arc_right", "d", 1, [1, -1, -1]],
    ["arc_kind", "v", 1, [2, 0, 0]],
    ["ring_start", "d", 1, [0, 2, 4]],
    ["ring_arcs", "d", 1, [0, 1, 2, -1]],
    ["ring_block", "d", 1, [0, 1]],
    ["ring_outer", "v", 1, [1, 1]],
    ["population", "v", 1, [300, 0]],
    ["flags", "v", 1, [0, 1]],
    ["inside", "d", 2, [5, 5, 15, 5]],
    ["pair_a", "d", 1, [0]],
    ["pair_b", "d", 1, [1]],
    ["pair_metres", "v", 1, [200]],
    ["pair_kind", "v", 1, [2]],
  ];
  const body: number[] = [];
  const table = sections.map(([name, type, stride, numbers]) => {
    const offset = body.length;
    numbers.forEach((number, place) => {
      const plain = type === "d" && place >= stride ? number - (numbers[place - stride] ?? 0) : number;
      let rest = type === "v" ? plain : ((plain << 1) ^ (plain >> 31)) >>> 0;
      for (; rest > 127; rest >>>= 7) body.push((rest & 127) | 128);
      body.push(rest);
    });
    return { name, type, stride, offset, bytes: body.length - offset, count: numbers.length };
  });
  const head = new TextEncoder().encode(
    JSON.stringify({
      origin: [700000, 6600000],
      scale: 0.25,
      id_prefix: "T-",
      ids: ["01", "02"],
      sections: table,
    }),
  );
  const all = new Uint8Array(8 + head.length + body.length);
  all.set(new TextEncoder().encode("SRG1"));
  new DataView(all.buffer).setUint32(4, head.length, true);
  all.set(head, 8);
  all.set(body, 8 + head.length);
  return all.buffer;
}

describe("the bytes of the ground", () => {
  const { ground, shapes } = decode(bytes());

  it("hold blocks, people, neighbours and barriers", () => {
    expect(ground.ids).toEqual(["T-01", "T-02"]);
    expect([...ground.people]).toEqual([300, 0]);
    expect([...ground.pairs.metres]).toEqual([200]);
    expect([...ground.inside]).toEqual([5, 5, 15, 5]);
  });

  it("hold rings whose corners close", () => {
    expect(ringCorners(shapes, 0)).toEqual([10, 0, 10, 10, 0, 10, 0, 0]);
    expect(ringCorners(shapes, 1)).toEqual([10, 0, 20, 0, 20, 10, 10, 10]);
    expect(extentOf(shapes)).toEqual([0, 0, 20, 10]);
  });

  it("are refused when they are something else", () => {
    expect(() => decode(new ArrayBuffer(4))).toThrow();
    expect(() => decode(new TextEncoder().encode("{}       ").buffer as ArrayBuffer)).toThrow();
  });

  it("say which block lies at a point", () => {
    const finder = new BlockFinder(shapes);
    expect(finder.blockAt(3, 3)).toBe(0);
    expect(finder.blockAt(17, 3)).toBe(1);
    expect(finder.blockAt(30, 3)).toBe(-1);
  });

  it("give the borders between areas and around a selection in one line", () => {
    expect(arcsBetween(shapes, (block) => block)).toEqual([0, 1, 2]);
    expect(arcsBetween(shapes, () => 1)).toEqual([1, 2]);
    const lines = strung(
      shapes,
      arcsBetween(shapes, () => 1),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]?.slice(0, 2)).toEqual(lines[0]?.slice(-2));
  });

  it("lie where the map puts them, there and back", () => {
    const place = toLngLat(shapes as Shapes, 1234, 5678);
    const [x, y] = fromLngLat(shapes as Shapes, ...place);
    expect(x).toBeCloseTo(1234, 4);
    expect(y).toBeCloseTo(5678, 4);
    expect(pixelsPerUnit(shapes, 15)).toBeCloseTo(2 * pixelsPerUnit(shapes, 14), 9);
  });
});

describe("the colour of a block", () => {
  const pairs = {
    first: new Int32Array(),
    second: new Int32Array(),
    metres: new Float32Array(),
    kinds: new Uint8Array(),
  };
  const ground = makeGround(["a", "b", "c", "d"], [10, 0, 3, 20], [0, 1, 2, 0], pairs);
  const plan = makePlan("T", ground.ids, () => "T-01", [{ area_id: "T-01", code: "1", name: "" }], [3]);
  const colours = new Map([["T-01", "#8997DF"]]);
  const pattern = (fills: Uint8Array) => [3, 7, 11, 15].map((place) => fills[place]);

  it("is that of its area, paler where nobody lives, dotted where few live, striped where locked", () => {
    const fills = fillsOf({ plan, ground, colours, classes: null });
    expect([...fills.slice(0, 3)]).toEqual([0x89, 0x97, 0xdf]);
    expect(fills[4]).toBeGreaterThan(fills[0] ?? 255);
    expect(pattern(fills)).toEqual([PATTERNS.solid, PATTERNS.solid, PATTERNS.few, PATTERNS.locked]);
  });

  it("is that of its class, with a hatch where there is none", () => {
    const classes = {
      blocks: Uint8Array.from([1, 0, TOO_FEW, NOT_DELIVERED]),
      colours: ["#FFFFFF", "#17486B"],
    };
    const fills = fillsOf({ plan: { ...plan, locks: new Set() }, ground, colours, classes });
    expect([...fills.slice(0, 3)]).toEqual([0x17, 0x48, 0x6b]);
    expect(pattern(fills)).toEqual([PATTERNS.solid, PATTERNS.solid, PATTERNS.few, PATTERNS.missing]);
  });
});

describe("small things of the map", () => {
  it("broadens lines with the zoom between two steps", () => {
    expect(wide(10, 12, 1, 16, 5)).toBe(1);
    expect(wide(16, 12, 1, 16, 5)).toBeCloseTo(5);
    expect(wide(14, 12, 1, 16, 5)).toBeGreaterThan(1);
  });

  it("asks a map service for pictures in the projection of the map, keeping what was given", () => {
    const tiles = wmsTiles("https://karten.example/wms?layers=grau&STYLES=leise");
    expect(tiles).toContain("layers=grau");
    expect(tiles).toContain("STYLES=leise");
    expect(tiles.match(/styles/gi)).toHaveLength(1);
    expect(tiles.endsWith("&BBOX={bbox-epsg-3857}")).toBe(true);
  });
});
