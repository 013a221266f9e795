import { describe, expect, test } from "vitest";
import { difference } from "./colour_difference";
import { LEAST_DIFFERENCE } from "./colouring";
import { coloursLike } from "./propose_colours";

const around = (pairs: [string, string][]) => {
  const found = new Map<string, Set<string>>();
  for (const [a, b] of pairs) {
    found.set(a, (found.get(a) ?? new Set()).add(b));
    found.set(b, (found.get(b) ?? new Set()).add(a));
  }
  return found;
};
const neighbours = around([
  ["1", "2"],
  ["2", "3"],
  ["3", "1"],
]);

describe("the colours of an alternative", () => {
  test("are those of the areas it resembles", () => {
    const wished = new Map([
      ["1", "#BFD7EA"],
      ["2", "#AB9B53"],
    ]);
    const colours = coloursLike(neighbours, wished);
    expect([colours.get("1"), colours.get("2")]).toEqual(["#BFD7EA", "#AB9B53"]);
  });

  test("tell neighbours apart even where two resemble the same area", () => {
    const same = new Map([
      ["1", "#BFD7EA"],
      ["2", "#BFD7EA"],
      ["3", "#BFD7EA"],
    ]);
    const found = [...coloursLike(neighbours, same).values()];
    for (const [place, colour] of found.entries()) {
      const other = found[(place + 1) % 3] ?? "";
      expect(difference(colour, other)).toBeGreaterThanOrEqual(LEAST_DIFFERENCE);
    }
  });

  test("are the same at every call", () =>
    expect(coloursLike(neighbours, new Map())).toEqual(coloursLike(neighbours, new Map())));
});
