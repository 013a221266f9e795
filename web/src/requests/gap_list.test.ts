import { describe, expect, test } from "vitest";
import { byTheme, cellKey, cellsByPlace, firstYear } from "./gap_list";
import type { DataSet, GapCell, GapState, GapsAnswer } from "./types";

function set(id: string, theme: string): DataSet {
  return { data_set_id: id, theme } as DataSet;
}

function cell(year: string, state: GapState): GapCell {
  return { data_set: "a", ags: "1", year, state } as GapCell;
}

function answer(years: string[], cells: GapCell[]): GapsAnswer {
  return { years, cells } as GapsAnswer;
}

describe("the matrix", () => {
  test("puts data sets of one theme together and keeps their order", () => {
    const groups = byTheme([set("a", "Kinder"), set("b", "Kinder"), set("c", "")]);
    expect(groups.map((group) => [group.theme, group.sets.length])).toEqual([
      ["Kinder", 2],
      ["", 1],
    ]);
  });

  test("finds a cell by data set, municipality and year", () => {
    const found = cellsByPlace(answer(["2025"], [cell("2025", "late")]));
    expect(found.get(cellKey("a", "1", "2025"))?.state).toBe("late");
    expect(found.get(cellKey("a", "1", "2024"))).toBeUndefined();
  });

  test("begins with the newest year that has something late, else something known", () => {
    const years = ["2026", "2025", "2024"];
    expect(
      firstYear(answer(years, [cell("2026", "missing"), cell("2025", "late"), cell("2024", "late")])),
    ).toBe("2025");
    expect(firstYear(answer(years, [cell("2026", "missing"), cell("2024", "there")]))).toBe("2024");
    expect(firstYear(answer(years, [cell("2026", "missing")]))).toBe("2026");
    expect(firstYear(answer(years, [cell("2026", "coming"), cell("2025", "there")]))).toBe("2025");
    expect(firstYear(answer([], []))).toBe("");
  });
});
