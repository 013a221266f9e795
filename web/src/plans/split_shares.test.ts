import { describe, expect, it } from "vitest";
import { sharesOf } from "./split_shares";

describe("shares of a division", () => {
  it("leaves out what nobody typed and turns percent into shares", () => {
    expect(sharesOf({ population: "40", "*": " ", households: "12.5", dwellings: "0" })).toEqual({
      population: 0.4,
      households: 0.125,
      dwellings: 0,
    });
  });
});
