/** Counts of area x group, as they leave the tool. */

import { describe, expect, it } from "vitest";
import {
  type Area,
  type Case,
  countCases,
  plainHead,
  RESIDUAL,
  singleCases,
  tellsPersons,
  tellsRows,
  uniqueHeads,
  valuesOf,
} from "./counting";

const AREAS: Area[] = [
  { key: "01-1", name: "Nord", ags: "01", town: "A", known: true },
  { key: "01-2", name: "Süd", ags: "01", town: "A", known: true },
  { key: "02-1", name: "Ost", ags: "02", town: "B", known: true },
];
const WORDS = { without: "ohne Angabe", all: "insgesamt", residual: "ohne Angabe des Gebiets" };
const cases = (...rows: [number, ...string[]][]): Case[] =>
  rows.map(([area, ...groups]) => ({ area, groups }));
const BOTH = new Set(["01", "02"]);

describe("counting", () => {
  it("gives every area of the chosen municipalities a row, and those without a place one of their own", () => {
    const found = countCases(cases([0], [0], [-1]), AREAS, new Set(["01"]), WORDS);
    expect(found.heads).toEqual(["insgesamt"]);
    expect(found.rows.map(({ key, counts }) => [key, ...counts])).toEqual([
      ["01-1", 2],
      ["01-2", 0],
      [RESIDUAL, 1],
    ]);
  });

  it("leaves out cases of municipalities that are not covered, and says how many", () => {
    const found = countCases(cases([0], [2], [2]), AREAS, new Set(["01"]), WORDS);
    expect(found.rows.map(({ key }) => key)).not.toContain("02-1");
    expect(found.elsewhere).toBe(2);
  });

  it("has no row for an area without addresses: nothing is known there", () => {
    const areas = AREAS.map((area) => ({ ...area, known: area.key !== "01-2" }));
    const found = countCases(cases([0]), areas, BOTH, WORDS);
    expect(found.rows.map(({ key }) => key)).toEqual(["01-1", "02-1", RESIDUAL]);
  });

  it("counts groups beside all cases; the sum of the groups is the total of each row", () => {
    const found = countCases(cases([0, "b"], [0, ""], [2, "a"], [-1, "b"]), AREAS, BOTH, WORDS);
    expect(found.heads).toEqual(["insgesamt", "a", "b", "ohne Angabe"]);
    for (const { counts } of found.rows)
      expect(counts.slice(1).reduce((sum, each) => sum + each, 0)).toBe(counts[0]);
    expect(found.rows.map(({ counts }) => counts)).toEqual([
      [2, 0, 1, 1],
      [0, 0, 0, 0],
      [1, 1, 0, 0],
      [1, 0, 1, 0],
    ]);
  });

  it("crosses two columns of groups in the order of each", () => {
    const found = countCases(
      cases([0, "10 bis 14", "w"], [0, "6 bis 9", "m"], [0, "6 bis 9", "w"]),
      AREAS,
      BOTH,
      WORDS,
    );
    expect(found.heads).toEqual(["insgesamt", "6 bis 9, m", "6 bis 9, w", "10 bis 14, w"]);
  });

  it("has no column of all cases where that would tell what a sign hides", () => {
    expect(countCases(cases([0, "a"]), AREAS, BOTH, { ...WORDS, all: "" }).heads).toEqual(["a"]);
  });

  it("counts without groups even when the column of all cases has no name", () => {
    expect(countCases(cases([0]), AREAS, BOTH, { ...WORDS, all: "" }).rows[0]?.counts).toEqual([1]);
  });

  it("orders groups as people count them, the empty one last", () => {
    expect(valuesOf(["10-14", "", "6-9", "6-9"])).toEqual([
      ["6-9", 2],
      ["10-14", 1],
      ["", 1],
    ]);
  });
});

describe("heads are read back as they are written", () => {
  it.each([
    ["Stufe 1)", "Stufe"],
    ["Heim²", "Heim"],
    ["a\nb  c", "a b c"],
    ["Kinder\u00adgarten", "Kindergarten"],
    ["12)", "1"],
  ])("%j becomes %j", (text, head) => expect(plainHead(text)).toBe(head));

  it("differ from each other and from those of key, name and municipality", () => {
    expect(uniqueHeads(["Name", "a", "a", ""])).toEqual(["Name (2.)", "a", "a (2.)", "?"]);
  });
});

describe("what would tell single persons", () => {
  it("is seen in the head", () => {
    for (const head of [
      "Name",
      "Vorname",
      "Geburtsname",
      "Name, Vorname",
      "Name des Kindes",
      "Aktenzeichen",
      "Akten-Nr.",
      "Az.",
      "Fall-Nr.",
      "Fallnummer",
      "E-Mail",
      "ID",
      "Geb.-Datum",
    ])
      expect([head, tellsPersons(head)]).toEqual([head, true]);
    for (const head of [
      "Hilfe",
      "Art der Hilfe",
      "Alter",
      "Name der Einrichtung",
      "Schulname",
      "Staat",
      "Fall",
    ])
      expect([head, tellsPersons(head)]).toEqual([head, false]);
  });

  it("is seen where almost every row has an entry of its own", () => {
    expect(tellsRows(["a", "b", "c", "d", "a"])).toBe(true);
    expect(tellsRows(["a", "b", "a", "b", "a", ""])).toBe(false);
    expect(tellsRows(["", ""])).toBe(false);
  });

  it("is a group of one case in all areas together", () => {
    const rows = [
      { key: "01-1", name: "", town: "", counts: [1, 1, 0, 1] },
      { key: RESIDUAL, name: "", town: "", counts: [0, 0, 0, 1] },
    ];
    const heads = ["insgesamt", "Heim", "SPFH", "Tagesgruppe"];
    expect(singleCases({ heads, rows }, "insgesamt")).toEqual(["Heim"]);
  });
});
