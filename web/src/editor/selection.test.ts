import { describe, expect, it } from "vitest";
import { checksOf, figuresOf, isHard, touchedBy } from "./checks";
import { makeEdit } from "./edit";
import { at, SIDE, squareTown } from "./fake_server";
import type { Ground } from "./ground";
import { applyEdit, makePlan } from "./plan";
import { cutByHand, inLasso, inRectangle, stepTo, stroked, toggle } from "./selection";
import { snap } from "./snap";

const whole = (ground: Ground) =>
  makePlan("T", ground.ids, () => "T-01", [{ area_id: "T-01", code: "1", name: "Alles" }]);
const columns = (...wanted: number[]) =>
  new Set(wanted.flatMap((column) => Array.from({ length: SIDE }, (_row, row) => at(column, row))));

describe("choosing blocks", () => {
  const ground = squareTown();
  it("toggles", () => {
    expect([...toggle(new Set([1]), 2)]).toEqual([1, 2]);
    expect([...toggle(new Set([1, 2]), 2)]).toEqual([1]);
  });
  it("takes what lies in a rectangle, whichever corner comes first", () => {
    expect(inRectangle(ground, [21, 21], [0, 0]).sort()).toEqual(
      [at(0, 0), at(0, 1), at(1, 0), at(1, 1)].sort(),
    );
  });
  it("takes what lies in a lasso and nothing from a mere line", () => {
    expect(
      inLasso(ground, [
        [0, 0],
        [30, 0],
        [0, 30],
      ]).length,
    ).toBe(3);
    expect(
      inLasso(ground, [
        [0, 0],
        [60, 60],
      ]),
    ).toEqual([]);
  });
  it("brushes along a stroke", () => {
    const finder = {
      blockAt: (x: number, y: number) => (x < 60 && y < 60 ? at(Math.floor(x / 10), Math.floor(y / 10)) : -1),
    };
    expect(stroked(finder, [5, 5], [45, 5], 2)).toEqual([0, 1, 2, 3, 4]);
    expect(stroked(finder, [55, 5], [95, 5], 2)).toEqual([5]);
  });
  it("walks with the arrow keys and stays at the edge", () => {
    expect(stepTo(ground, at(2, 2), "ArrowRight")).toBe(at(3, 2));
    expect(stepTo(ground, at(2, 2), "ArrowUp")).toBe(at(2, 3));
    expect(stepTo(ground, at(0, 2), "ArrowLeft")).toBe(at(0, 2));
  });
  it("cuts by hand: the smaller side is the new part", () => {
    const all = ground.ids.map((_id, block) => block);
    expect(
      cutByHand(ground, all, [
        [20, 10],
        [20, 50],
      ]),
    ).toEqual(all.filter((block) => block % SIDE < 2));
    expect(
      cutByHand(ground, all, [
        [-20, 0],
        [-20, 60],
      ]),
    ).toEqual([]);
  });
});

describe("snapping to barriers", () => {
  it("extends the selection to the railway", () => {
    const ground = squareTown();
    expect(snap(whole(ground), ground, columns(0, 1))).toEqual(columns(0, 1, 2));
  });
  it("shrinks it to the railway", () => {
    const ground = squareTown();
    expect(snap(whole(ground), ground, columns(0, 1, 2, 3))).toEqual(columns(0, 1, 2));
  });
  it("leaves it where no barrier is near", () => {
    const ground = squareTown(99);
    expect(snap(whole(ground), ground, columns(0, 1)).size).toBe(2 * SIDE);
  });
  it("does not count a barrier that is crossed everywhere", () => {
    const ground = squareTown(2, [0, 1, 2, 3, 4, 5]);
    expect(snap(whole(ground), ground, columns(0, 1))).not.toEqual(columns(0, 1, 2));
  });
});

describe("checks", () => {
  const ground = squareTown();
  const plan = applyEdit(
    whole(ground),
    makeEdit({
      kind: "split",
      role: "P",
      area: "T-01",
      into: "T~1",
      code: "2",
      name: "",
      blocks: ground.ids.slice(0, 9),
    }),
  );
  const limits = { low: 700, high: 8500 };
  it("say what is touched", () => {
    const edit = makeEdit({ kind: "move", role: "P", area: "T~1", blocks: [ground.ids[20] ?? ""] });
    expect(touchedBy(plan, edit).sort()).toEqual(["T-01", "T~1"]);
  });
  it("break a hard rule only when an area falls apart or leaves its limits", () => {
    const before = figuresOf(plan, ground, limits);
    const next = applyEdit(
      plan,
      makeEdit({ kind: "move", role: "P", area: "T~1", blocks: [ground.ids[35] ?? ""] }),
    );
    const checks = checksOf(figuresOf(next, ground, limits), before);
    expect(checks.map((check) => check.code)).toEqual(["apart", "rule_1000"]);
    expect(isHard(checks)).toBe(true);
    expect(isHard(checksOf(before, before))).toBe(false);
    expect(checksOf(before, before).map((check) => check.code)).toEqual(["connected", "below_1000"]);
  });
});
