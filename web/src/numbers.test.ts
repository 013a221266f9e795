import { afterEach, describe, expect, test } from "vitest";
import { count, day, decimal, moment, percent, range } from "./numbers";
import { useCatalogue } from "./words";

afterEach(() => useCatalogue("de", {}));

describe("numbers as the printed report writes them", () => {
  test.each([
    [1234, 0, "1.234"],
    [1234567.5, 1, "1.234.567,5"],
    [-1.2, 1, "\u22121,2"],
    [-0.04, 1, "0,0"],
    [0, 0, "0"],
    [999, 0, "999"],
  ])("%s with %s places reads %s", (value, places, text) => expect(decimal(value, places)).toBe(text));

  test("a share has a narrow space before the sign", () => expect(percent(0.115)).toBe("11,5\u202f%"));

  test("English groups by comma", () => {
    useCatalogue("en", {});
    expect(decimal(1234.5)).toBe("1,234.5");
  });
});

describe("a number that is known only between bounds", () => {
  test.each([
    [3, 3, "3"],
    [1, 9, "1 bis 9"],
    [2, null, "mindestens 2"],
    [null, 2, "höchstens 2"],
    [null, null, "–"],
  ])("%s to %s reads %s", (low, high, text) => expect(range(low, high, count)).toBe(text));
});

describe("days", () => {
  test.each([
    ["2025-12-31", "31.12.2025"],
    ["2025", "2025"],
    ["2026-01-02T10:00:00+00:00", "02.01.2026"],
  ])("%s reads %s", (iso, text) => expect(day(iso)).toBe(text));

  test("English names the month", () => {
    useCatalogue("en", {});
    expect(day("2025-03-01")).toBe("1 March 2025");
  });

  test("today is told by the clock, other days by their date", () => {
    const now = new Date("2026-05-04T12:00:00");
    expect(moment("2026-05-04T09:05:00", now)).toBe("9:05");
    expect(moment("2026-05-03T09:05:00", now)).toBe("03.05.2026");
  });
});
