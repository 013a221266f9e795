import { describe, expect, it } from "vitest";
import cases from "../../../tests/cases/plan_cases.json";
import { figuresOf, movedBlocks, sizeWord } from "./checks";
import { type Edit, makeEdit } from "./edit";
import { makeGround } from "./ground";
import { add, begin, redo, stateOf, undo } from "./history";
import { applyEdit, areaIdOf, Impossible, makePlan, nextAreaId, splitCodes } from "./plan";

const ids = Object.keys(cases.people).sort();
const place = (id: string) => ids.indexOf(id);
const areas = cases.areas.map(([area_id = "", code = "", name = ""]) => ({ area_id, code, name }));
const start = () =>
  makePlan(cases.municipality, ids, (id) => cases.start[id as keyof typeof cases.start], areas);
const ground = makeGround(
  ids,
  ids.map((id) => cases.people[id as keyof typeof cases.people]),
  ids.map(() => 0),
  {
    first: Int32Array.from(cases.pairs, ([a = ""]) => place(a)),
    second: Int32Array.from(cases.pairs, ([, b = ""]) => place(b)),
    metres: new Float32Array(cases.pairs.length).fill(100),
    kinds: new Uint8Array(cases.pairs.length),
  },
);
const edits = (given: unknown) => (given as Edit[]).map((edit) => makeEdit(edit));

describe("plans and edits, the same cases as in Python", () => {
  for (const one of cases.cases) {
    it(one.title, () => {
      const plan = () => edits(one.edits).reduce(applyEdit, start());
      if (one.refused) {
        expect(plan).toThrow(Impossible);
        expect(plan).toThrow(new RegExp(`^${one.refused}`));
        return;
      }
      const after = plan();
      const moved = movedBlocks(start(), after).map((block) => [ids[block], areaIdOf(after, block)]);
      expect(Object.fromEntries(moved)).toEqual(one.expect?.moved);
      const figures = figuresOf(after, ground, cases.size);
      expect(
        figures.map((area) => [area.area_id, area.code, area.name, area.people, area.word, area.connected]),
      ).toEqual(one.expect?.areas);
      expect([...after.locks].map((block) => ids[block]).sort()).toEqual(one.expect?.locks ?? []);
    });
  }

  it("has the limits of the words", () => {
    for (const [people, word] of cases.words) expect(sizeWord(Number(people), cases.size)).toBe(word);
  });
});

describe("what a plan offers", () => {
  it("leaves the plan before untouched", () => {
    const before = start();
    const copy = before.area.slice();
    applyEdit(before, makeEdit({ kind: "move", role: "Planung", area: "T-01", blocks: ["b1"] }));
    expect(before.area).toEqual(copy);
  });

  it("finds a provisional key that was never used", () => {
    expect(nextAreaId(start())).toBe("T~1");
    expect(nextAreaId(start(), ["T~4", "T-99"])).toBe("T~5");
  });

  it("shows lineage in codes", () => {
    expect(splitCodes(start(), "2")).toEqual({ rest: "2a", part: "2b" });
    const plan = applyEdit(start(), makeEdit({ kind: "rekey", role: "P", area: "T-01", code: "2a" }));
    expect(splitCodes(plan, "2a")).toEqual({ rest: "2b", part: "2c" });
    expect(splitCodes(plan, "2")).toEqual({ rest: "2b", part: "2c" });
  });
});

describe("a history of edits", () => {
  const move = (area: string, block: string) =>
    makeEdit({ kind: "move", role: "Planung", area, blocks: [block] });

  it("undoes to the start and redoes to the end", () => {
    const full = add(add(begin(start()), move("T-01", "b1")), move("T-01", "b3"));
    const undone = undo(undo(undo(full)));
    expect(stateOf(undone)).toEqual(start());
    expect(stateOf(redo(redo(redo(undone))))).toEqual(stateOf(full));
  });

  it("cuts off what was undone when something new is done", () => {
    const full = add(add(begin(start()), move("T-01", "b1")), move("T-01", "b3"));
    const other = add(undo(full), move("T-10", "b4"));
    expect(other.edits.map((edit) => edit.blocks[0])).toEqual(["b1", "b4"]);
    expect(redo(other).position).toBe(2);
  });

  it("keeps the position when an edit is impossible", () => {
    const one = add(begin(start()), move("T-01", "b1"));
    expect(() => add(one, move("T-77", "b1"))).toThrow(Impossible);
    expect(one.position).toBe(1);
  });
});
