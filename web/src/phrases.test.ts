import { describe, expect, test } from "vitest";
import type { ValueRow } from "./api";
import {
  baseCell,
  classWords,
  countCell,
  intervalCell,
  needForAction,
  shareCell,
  socialStatus,
} from "./phrases";

const share = { kind: "share" } as const;
const rate = { kind: "rate" } as const;
const row = (more: Partial<ValueRow>): ValueRow => ({
  indicator: "x",
  level: "area",
  unit: "a",
  period: "2025-12-31",
  count_low: 92,
  count_high: 92,
  base_low: 290,
  base_high: 290,
  share_low: 0.317,
  share_high: 0.317,
  status: "observed",
  ci_low: 0.266,
  ci_high: 0.373,
  versus: "higher",
  scope: "",
  notes: [],
  ...more,
});

describe("a row of the table", () => {
  test("shows count, base, share and interval", () => {
    expect([
      countCell(row({})),
      baseCell(row({})),
      shareCell(share, row({})),
      intervalCell(share, row({})),
    ]).toEqual(["92", "290", "31,7\u202f%", "26,6 bis 37,3\u202f%"]);
  });

  test("says hidden in words and gives no bounds away", () => {
    const hidden = row({ status: "suppressed", count_low: 1, count_high: 9, ci_low: null, ci_high: null });
    expect([countCell(hidden), shareCell(share, hidden), intervalCell(share, hidden)]).toEqual([
      "verborgen",
      "verborgen",
      "–",
    ]);
  });

  test.each([
    ["missing", "nicht geliefert"],
    ["blocked", "zu wenige"],
  ])("%s reads %s", (status, word) =>
    expect(shareCell(share, row({ status, share_low: null, share_high: null }))).toBe(word),
  );

  test("a rate is told per hundred, without a sign", () =>
    expect(shareCell(rate, row({ share_low: 0.021, share_high: 0.021 }))).toBe("2,1"));
});

describe("classes in words", () => {
  test("whole limits are written whole", () =>
    expect(classWords(share, [0.12, 0.16, 0.2, 0.26])).toEqual([
      "unter 12\u202f%",
      "12 bis unter 16\u202f%",
      "16 bis unter 20\u202f%",
      "20 bis unter 26\u202f%",
      "26\u202f% und mehr",
    ]));

  test("limits between are written with one decimal", () =>
    expect(classWords(rate, [0.015, 0.025])).toEqual(["unter 1,5", "1,5 bis unter 2,5", "2,5 und mehr"]));
});

test("need for action and social status run against each other", () => {
  expect([1, 2, 3, 4].map(needForAction)).toEqual(["gering", "mittel", "hoch", "sehr hoch"]);
  expect(socialStatus(1)).toBe("sozialer Status hoch (geringe Belastung)");
  expect(needForAction(0)).toBe("keine Aussage");
});
