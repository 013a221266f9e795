import { describe, expect, it } from "vitest";
import { type ChangePart, lookOf, piecesOf } from "./types";

const part = (names: ChangePart["names"], low: number, high = low): ChangePart => ({
  names,
  label: names.join(" "),
  text: "",
  low,
  high,
});

describe("the bar of a change", () => {
  it("puts what raises to the right of the middle and what lowers to the left", () => {
    const { pieces, at } = piecesOf(
      [part(["boundaries"], 2), part(["population"], -1), part(["cases"], 3)],
      4,
    );
    expect(pieces.map((piece) => piece.number)).toEqual([1, 2, 3]);
    expect(pieces[0]?.start).toBe(0.5);
    expect(pieces[2]?.start).toBeCloseTo((pieces[0]?.start ?? 0) + (pieces[0]?.width ?? 0));
    expect((pieces[1]?.start ?? 0) + (pieces[1]?.width ?? 0)).toBeCloseTo(0.5);
    expect((pieces[2]?.width ?? 0) / (pieces[0]?.width ?? 1)).toBeCloseTo(1.5);
    expect(at).toBeCloseTo(0.5 + (4 / 5.25) * 0.5);
  });

  it("stays inside and leaves out what is zero", () => {
    const { pieces } = piecesOf([part(["population"], 0), part(["cases"], -7)], -7);
    expect(pieces).toHaveLength(1);
    expect(pieces[0]?.number).toBe(2);
    expect(pieces[0]?.start).toBeGreaterThanOrEqual(0);
  });

  it("tells what cannot be separated from what is known within bounds", () => {
    expect(lookOf(part(["boundaries", "cases"], 1))).toBe("mixed");
    expect(lookOf(part(["cases"], 1, 2))).toBe("unsure");
    expect(lookOf(part(["cases"], 1))).toBe("cases");
  });

  it("has no mark for a change that is not one number", () => {
    expect(piecesOf([part(["cases"], 1, 2)], null).at).toBeNull();
  });
});
