import type { FeatureCollection } from "geojson";
import { describe, expect, test } from "vitest";
import { ciede2000, difference } from "./colour_difference";
import { AREA_COLOURS, colourAreas, LEAST_DIFFERENCE, neighboursOf } from "./colouring";

const square = (x: number, y: number) => [
  [x, y],
  [x + 1, y],
  [x + 1, y + 1],
  [x, y + 1],
  [x, y],
];

/** A board of squares; every square touches up to four others along an edge. */
function board(columns: number, rows: number): FeatureCollection {
  const places = Array.from({ length: columns * rows }, (_, place) => place);
  return {
    type: "FeatureCollection",
    features: places.map((place) => ({
      type: "Feature",
      properties: { area_id: `a${place}` },
      geometry: { type: "Polygon", coordinates: [square(place % columns, Math.floor(place / columns))] },
    })),
  };
}

describe("neighbours", () => {
  test("share an edge; a common corner is not enough", () => {
    const neighbours = neighboursOf(board(2, 2));
    expect([...(neighbours.get("a0") ?? [])].sort()).toEqual(["a1", "a2"]);
  });

  test("are found for areas of several parts", () => {
    const areas = board(3, 1);
    const [first, , third] = areas.features;
    if (!first || third?.geometry.type !== "Polygon" || first.geometry.type !== "Polygon")
      throw new Error("board");
    const parts = [first.geometry.coordinates, third.geometry.coordinates];
    areas.features = [
      { ...first, geometry: { type: "MultiPolygon", coordinates: parts } },
      ...areas.features.slice(1, 2),
    ];
    expect([...(neighboursOf(areas).get("a0") ?? [])]).toEqual(["a1"]);
  });
});

describe("fills", () => {
  const neighbours = neighboursOf(board(6, 6));
  const fills = colourAreas(neighbours);

  test("of neighbours can be told apart by everybody", () => {
    for (const [area, others] of neighbours) {
      for (const other of others) {
        expect(difference(fills.get(area) ?? "", fills.get(other) ?? "")).toBeGreaterThanOrEqual(
          LEAST_DIFFERENCE,
        );
      }
    }
  });

  test("are the same at every call", () => expect(colourAreas(neighboursOf(board(6, 6)))).toEqual(fills));

  test("are given to every area", () => expect(fills.size).toBe(36));

  test("an area without neighbours takes the first", () =>
    expect(colourAreas(new Map([["a", new Set<string>()]])).get("a")).toBe(AREA_COLOURS[0]));
});

describe("the difference of colours", () => {
  // Pairs 1, 7 and 17 of the test data of Sharma, Wu and Dalal (2005).
  test.each([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
  ] as [[number, number, number], [number, number, number], number][])(
    "%s and %s differ by %s",
    (first, second, expected) => expect(ciede2000(first, second)).toBeCloseTo(expected, 4),
  );

  test("the first seven fills differ by ten or more for everybody", () => {
    const first = AREA_COLOURS.slice(0, 7);
    const pairs = first.flatMap((a, place) => first.slice(place + 1).map((b) => difference(a, b)));
    expect(Math.min(...pairs)).toBeGreaterThanOrEqual(LEAST_DIFFERENCE);
  });
});
