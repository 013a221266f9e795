import { describe, expect, test } from "vitest";
import { classOf, markOf, tally } from "./classes";

const LIMITS = [0.04, 0.05, 0.06, 0.07];
const row = (share: number | null, status = "observed") => ({ status, share_low: share, share_high: share });

describe("the class of a share", () => {
  test.each([
    [0, 0],
    [0.0399, 0],
    [0.04, 1],
    [0.055, 2],
    [0.07, 4],
    [1, 4],
  ])("%s is in class %s; a limit belongs to the class above", (share, expected) =>
    expect(classOf(share, LIMITS)).toBe(expected),
  );
});

describe("what has no colour has a hatch", () => {
  test.each([
    ["missing", "missing"],
    ["blocked", "few"],
    ["suppressed", "hidden"],
  ])("%s is drawn as %s", (status, hatch) =>
    expect(markOf({ status, share_low: 0.001, share_high: 0.2 }, LIMITS)).toEqual({ hatch }),
  );

  test("zero is a number and not missing", () => expect(markOf(row(0), LIMITS)).toEqual({ class: 0 }));

  test("an area without a row was not delivered", () =>
    expect(markOf(undefined, LIMITS)).toEqual({ hatch: "missing" }));

  test.each(["observed", "rounded", "estimated", "uncertain"])("%s values have a colour", (status) =>
    expect(markOf(row(0.065, status), LIMITS)).toEqual({ class: 3 }),
  );
});

test("the legend counts every area once", () => {
  const marks = [{ class: 0 }, { class: 4 }, { class: 4 }, { hatch: "hidden" as const }];
  const counted = tally(marks, 5);
  expect(counted.classes).toEqual([1, 0, 0, 0, 2]);
  expect(counted.hatches).toEqual({ missing: 0, hidden: 1, few: 0 });
});
