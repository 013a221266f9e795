import { describe, expect, it } from "vitest";
import { dueList } from "./due_list";
import type { GapsAnswer, Query } from "./types";

function query(id: string, due: string, state: Query["state"] = "open"): Query {
  return { query_id: id, due, state } as Query;
}

function gaps(...late: [set: string, ags: string, year: string, days: number][]): GapsAnswer {
  const names = [...new Set(late.map(([set]) => set))];
  return {
    data_sets: names.map((name) => ({ data_set_id: name, title: name })),
    cells: late.map(([data_set, ags, year, days_late]) => ({
      data_set,
      ags,
      year,
      days_late,
      state: days_late ? "late" : "missing",
    })),
  } as unknown as GapsAnswer;
}

describe("what is due", () => {
  it("names open queries first, by date, and says which are late", () => {
    const due = dueList(
      null,
      [query("R2", "2026-12-31"), query("R3", "2026-01-01", "closed"), query("R1", "2026-11-01")],
      "2026-11-28",
    );
    expect(due.queries.map((one) => [one.query.query_id, one.late])).toEqual([
      ["R1", true],
      ["R2", false],
    ]);
  });

  it("joins the municipalities of a late data set and leaves out what is only missing", () => {
    const due = dueList(
      gaps(["a", "1", "2025", 3], ["a", "2", "2025", 9], ["b", "1", "2025", 20], ["c", "1", "2025", 0]),
      [],
      "2026-11-28",
    );
    expect(due.gaps.map((one) => [one.set.title, one.towns, one.days])).toEqual([
      ["b", 1, 20],
      ["a", 2, 9],
    ]);
    expect(due.more).toBeLessThanOrEqual(0);
  });

  it("shows at most five of both and counts the rest", () => {
    const many = ["1", "2", "3", "4"].map((id) => query(id, `2026-12-0${id}`));
    const due = dueList(
      gaps(["a", "1", "2025", 3], ["b", "1", "2025", 2], ["c", "1", "2025", 1]),
      many,
      "2026-11-28",
    );
    expect([due.queries.length, due.gaps.length, due.more]).toEqual([4, 1, 2]);
  });
});
