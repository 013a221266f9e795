import { describe, expect, it } from "vitest";
import { cutLine, lineThrough } from "./cut_line";

describe("the line that divides a block", () => {
  it.each([
    [0, 50, "y", 50],
    [0, 0, "y", 0],
    [0, 100, "y", 100],
    [90, 50, "x", 100],
    [90, 0, "x", 0],
    [90, 100, "x", 200],
  ] as const)("at %i degrees and place %i has %s = %i", (angle, place, axis, value) => {
    const line = cutLine(200, 100, angle, place);
    const at = axis === "x" ? 0 : 1;
    expect(line[0][at]).toBeCloseTo(value);
    expect(line[1][at]).toBeCloseTo(value);
  });

  it("leaves the picture on both sides at every angle", () => {
    for (let angle = 0; angle < 180; angle += 15) {
      for (const [x, y] of cutLine(200, 100, angle, 50)) {
        expect(x < 0 || x > 200 || y < 0 || y > 100).toBe(true);
      }
    }
  });

  it("goes on beyond two points", () => {
    expect(lineThrough([10, 10], [20, 10], 100)).toEqual([
      [-90, 10],
      [120, 10],
    ]);
  });
});
