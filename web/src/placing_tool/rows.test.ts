/** Whole lists: the register as the file holds it, rows placed, confirmed and unplaced. */

import { describe, expect, it } from "vitest";
import rulesText from "../../../tests/spec/addresses/spelling.json?raw";
import { registerContent, type ToolData } from "./data";
import { makeRegister } from "./register";
import { alike, areasOf, placeRows } from "./rows";

const DATA: ToolData = {
  format: "sozialraum-placing",
  version: 1,
  project: "P",
  mark: "m",
  notice: "",
  plan: "Plan",
  written: "2026-01-01",
  below: 3,
  municipalities: [{ ags: "05999001", name: "Lindenau" }],
  areas: [
    { key: "05999001-01", name: "Nord", ags: "05999001" },
    { key: "05999001-02", name: "Süd", ags: "05999001" },
  ],
  blockAreas: [0, 1, -1],
  streets: [
    {
      street: "Hauptstraße",
      town: 0,
      postcode: "05901",
      numbers: "1 3a 5.1/2 7b_2 9",
      blocks: [2, 0, 2, 1, 1, 2],
    },
  ],
  spelling: JSON.parse(rulesText),
  aliases: [],
  salt: "",
  marks: [],
  sets: [],
};
const ROLES = { street: 0, number: 1, suffix: -1, postcode: -1, town: -1 };

async function placed(rows: (string | number | null)[][], roles = ROLES) {
  const register = makeRegister(DATA.spelling, registerContent(DATA));
  return (
    (await placeRows(
      register,
      { name: "", rows: [["Straße", "Nr"], ...rows] },
      0,
      roles,
      () => {},
      () => true,
    )) ?? []
  );
}

describe("the register in the file", () => {
  it("holds numbers, suffixes and blocks in runs", () => {
    expect(registerContent(DATA).rows.map(({ number, suffix, block }) => [number, suffix, block])).toEqual([
      [1, "", 0],
      [3, "a", 0],
      [5, "1/2", 1],
      [7, "b 2", 1],
      [9, "", 2],
    ]);
  });
});

describe("a list", () => {
  it("has each row where it lies; an address in no area has none", async () => {
    const found = await placed([
      ["Hauptstr.", 1],
      ["Hauptstr.", "5 1/2"],
      ["Hauptstr.", 9],
    ]);
    expect(areasOf(found, new Set(), DATA.blockAreas)).toEqual([0, 1, -1]);
  });

  it("has likely rows only once they are confirmed, those written alike together", async () => {
    const found = await placed([
      ["Haubtstr.", 1],
      ["Haubtstr.", 1],
      ["Haubtstr.", "3a"],
    ]);
    const groups = alike(found, "likely");
    expect(groups.map(({ written, offer, rows }) => [written, offer, rows])).toEqual([
      ["Haubtstr. 1", "Hauptstraße 1, 05901 Lindenau", [1, 2]],
      ["Haubtstr. 3a", "Hauptstraße 3a, 05901 Lindenau", [3]],
    ]);
    expect(areasOf(found, new Set(), DATA.blockAreas)).toEqual([-1, -1, -1]);
    expect(areasOf(found, new Set([groups[0]?.key ?? ""]), DATA.blockAreas)).toEqual([0, 0, -1]);
  });

  it("skips empty rows and may hold the whole address in one column", async () => {
    const found = await placed([["Hauptstr. 1, 05901 Lindenau"], [null], ["Hauptstraße, 05901 Lindenau"]], {
      ...ROLES,
      number: -1,
    });
    expect(found.map(({ row, placing }) => [row, placing.reason])).toEqual([
      [1, "same"],
      [3, "no_number"],
    ]);
  });

  it("is left as soon as it is not wanted any more", async () => {
    const register = makeRegister(DATA.spelling, registerContent(DATA));
    const sheet = { name: "", rows: [["Straße"], ["Hauptstr. 1"]] };
    expect(
      await placeRows(
        register,
        sheet,
        0,
        ROLES,
        () => {},
        () => false,
      ),
    ).toBeNull();
  });
});
