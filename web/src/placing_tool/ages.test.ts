/** Ages and age groups. */

import { describe, expect, it } from "vitest";
import { ageGroups, ageKind, ageOn, dayIn, groupOf, startsIn } from "./ages";

describe("a day of birth", () => {
  it.each([
    ["1.2.2015", [2015, 2, 1]],
    ["2015-02-01", [2015, 2, 1]],
    ["31.02.2015", null],
    ["1.2.15", null],
    ["2015", null],
  ])("%s", (text, day) => expect(dayIn(text)).toEqual(day));
});

describe("an age in full years", () => {
  it.each([
    ["31.12.2015", "2025-12-31", 10],
    ["31.12.2015", "2025-12-30", 9],
    ["29.02.2016", "2025-02-28", 8],
    ["29.02.2016", "2025-03-01", 9],
    ["01.01.2026", "2025-12-31", null],
    ["", "2025-12-31", null],
    ["01.01.2020", "", null],
  ])("born %s, on %s", (born, on, age) => expect(ageOn(born, on)).toBe(age));
});

describe("age groups", () => {
  it("begin with the ages named, the last is open", () => {
    expect([0, 2, 3, 17, 18, 90].map((age) => groupOf(age, [0, 3, 18]))).toEqual([
      "0 bis unter 3",
      "0 bis unter 3",
      "3 bis unter 18",
      "3 bis unter 18",
      "18 und älter",
      "18 und älter",
    ]);
    expect(groupOf(2, [3, 6])).toBe("0 bis unter 3");
    expect(groupOf(7, [])).toBe("7");
  });

  it.each([
    ["0, 3, 6", [0, 3, 6]],
    ["0;3;6", [0, 3, 6]],
    ["", []],
    ["6, 3", null],
    ["0, drei", null],
    ["0, 200", null],
  ])("are read from %j", (text, starts) => expect(startsIn(text)).toEqual(starts));

  it("leave out whom no age is known of", () => {
    expect(ageGroups(["1.1.2020", "", "x"], "born", "2025-12-31", [0, 6])).toEqual(["0 bis unter 6", "", ""]);
    expect(ageGroups(["5", "6", "-"], "age", "", [0, 6])).toEqual(["0 bis unter 6", "6 und älter", ""]);
  });
});

describe("a column of ages is known by its head and its texts", () => {
  it.each([
    ["Geburtsdatum", ["1.1.2015", "", "3.4.2016"], "born"],
    ["Geb.", ["2015-01-01"], "born"],
    ["Beginn der Hilfe", ["1.1.2025"], ""],
    ["Geburtsort", ["Aachen"], ""],
    ["Alter", ["3", "14"], "age"],
    ["Alter", ["0-6", "6-10"], ""],
    ["Alter", [], ""],
  ])("%s", (head, texts, kind) => expect(ageKind(head, texts)).toBe(kind));
});
