/** Counts for a data set of the project: its columns, each with the group that was named for it. */

import { describe, expect, it } from "vitest";
import { asWanted, type Entries, groupsOf, lackingOf, linesOf, notesOf } from "./count_entries";
import type { Counted } from "./counting";
import type { Desk } from "./desk";

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
  singles: "",
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

const HEADS = ["Fall", "Wer", "Straße", "Nr", "Stadt", "Hilfe", "Geburtsdatum", "Name"];
const NAMES = ["Anna Beispiel", "Berta Muster", "Cem Probe", "Dora Test", "Emil Fall"];
const DESK = {
  heads: HEADS,
  layout: { sheet: 0, headRow: 0, roles: { street: 2, number: 3, suffix: -1, postcode: -1, town: -1 } },
  sheet: {
    name: "Fälle",
    rows: [
      HEADS,
      ...NAMES.map((name, place) => ["A", name, "Weg", "3", "S", "SPFH", `0${place + 1}.02.2015`, "gleich"]),
    ],
  },
  placed: NAMES.map((_name, place) => ({ row: place + 1 })),
} as unknown as Desk;
const refused = (column: number) =>
  groupsOf(DESK, { ...ENTRIES, period: "2025-12-31", starts: "0, 6", groups: [column, -1] }).refused;

describe("columns that tell single persons", () => {
  it("make no groups, and the reason is said", () => {
    expect(refused(1)).toContain("„Wer“ hat fast jede Zeile eine eigene Angabe");
    for (const column of [2, 3, 4]) expect(refused(column)).toContain("gehört zur Anschrift");
    expect(refused(7)).toContain("nennt einzelne Personen");
    expect(refused(5)).toBe("");
    expect(refused(6)).toBe(""); // days of birth leave as age groups
  });

  it("are refused as the second column too", () => {
    expect(groupsOf(DESK, { ...ENTRIES, groups: [5, 1] }).refused).toContain("„Wer“");
  });

  it("are asked about where a group has a single case, anew for other groups", () => {
    const lacking = (singles: string) =>
      lackingOf({ ...ENTRIES, singles }, "x", new Set(["01"]), undefined, ["Heim"]).singles;
    expect(lacking("")).toContain("nur einem Fall");
    expect(lacking("SPFH")).toContain("nur einem Fall");
    expect(lacking("Heim")).toBe("");
    expect(lackingOf(ENTRIES, "x", new Set(["01"]), undefined, []).singles).toBe("");
  });
});
