import { describe, expect, it } from "vitest";
import { answersBy, useNow } from "./draft_clicks";
import type { Review } from "./types";

function drafted(answered: string[] = []): Review {
  return {
    answered: answered.map((name) => ({ name, sentence: name })),
    columns_read: [
      { letter: "A", head: "Gebiet", use: "key" },
      { letter: "B", head: "Gemeinde", use: "town" },
      { letter: "C", head: "Vermerk", use: "" },
    ],
  } as unknown as Review;
}

const CLICKED = { row: 4, letter: "C", rows: 1, use: "" as const, feature: "", name: "" };

describe("a click into the preview of a file nobody knows", () => {
  it("names the rows of the head", () => {
    expect(answersBy("head", CLICKED, drafted())).toEqual({ head: "4" });
    expect(answersBy("head", { ...CLICKED, rows: 3 }, drafted())).toEqual({ head: "4-6" });
  });

  it("says what a column is, once something is chosen", () => {
    expect(answersBy("use", CLICKED, drafted())).toBeNull();
    expect(answersBy("use", { ...CLICKED, use: "skip" }, drafted())).toEqual({ "use:C": "skip" });
    expect(answersBy("use", { ...CLICKED, use: "value", feature: "care_03_06" }, drafted())).toEqual({
      "use:C": "value",
      "feature:C": "care_03_06",
    });
    expect(answersBy("use", { ...CLICKED, use: "value", name: " Hunde " }, drafted())).toEqual({
      "use:C": "value",
      "name:C": "Hunde",
    });
  });

  it("makes a column the key and forgets what was said of it before", () => {
    expect(answersBy("use", { ...CLICKED, use: "key" }, drafted())).toEqual({ key: "C" });
    expect(answersBy("use", { ...CLICKED, use: "key" }, drafted(["use:C"]))).toEqual({
      key: "C",
      "use:C": "",
    });
  });

  it("shows what a column is read as now", () => {
    expect(["A", "B", "C", "D"].map((letter) => useNow(drafted(), letter))).toEqual(["key", "", "", ""]);
  });
});
