/** Counts for a data set of the project: its columns, each with the group that was named for it. */

import { describe, expect, it } from "vitest";
import { asWanted, type Entries, linesOf, notesOf } from "./count_entries";
import type { Counted } from "./counting";

const COUNTED: Counted = {
  heads: ["insgesamt", "Heim", "SPFH"],
  rows: [{ key: "01-1", name: "Nord", town: "A", counts: [5, 2, 3] }],
  elsewhere: 1,
};
const SET = {
  id: "hilfen",
  title: "Hilfen",
  columns: [
    { head: "Hilfen zur Erziehung, am Stichtag", feature: "family_aid" },
    { head: "Heimunterbringung", feature: "homes" },
  ],
};
const ENTRIES: Entries = {
  set: "",
  title: "",
  source: "",
  period: "",
  groups: [-1, -1],
  starts: "",
  towns: null,
  below: 3,
  hide: false,
  filled: {},
};

describe("counts for a data set", () => {
  it("take the group that was named for each of its columns", () => {
    const found = asWanted(COUNTED, SET, { homes: "Heim", family_aid: "insgesamt" });
    expect(found.heads).toEqual(["Hilfen zur Erziehung, am Stichtag", "Heimunterbringung"]);
    expect(found.features).toEqual(["family_aid", "homes"]);
    expect(found.rows[0]?.counts).toEqual([5, 2]);
  });

  it("leave out what was not counted, and groups that are gone", () => {
    expect(asWanted(COUNTED, SET, { homes: "Tagesgruppe", family_aid: "" }).heads).toEqual([]);
  });
});

describe("what stands around the table", () => {
  it("is German and tells no number that is small", () => {
    expect(linesOf("Plan 2027", " Jugendamt ")).toEqual(["Gebiete: Plan 2027", "Ausgezählt von: Jugendamt"]);
    expect(notesOf(ENTRIES, 1)).toEqual([
      "Farbig unterlegt: 1 bis 2 Fälle.",
      "Fälle in anderen Gemeinden sind nicht gezählt.",
    ]);
    expect(notesOf({ ...ENTRIES, hide: true }, 0)).toEqual(["Ein Stern steht für 1 bis 2 Fälle."]);
    expect(notesOf({ ...ENTRIES, below: 1 }, 0)).toEqual([]);
  });
});
