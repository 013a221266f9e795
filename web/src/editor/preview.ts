/** A step before it is taken: what the page can say of it at once. Pure. */

import {
  type AreaFigures,
  checksOf,
  figuresOf,
  isHard,
  type Limits,
  type LocalCheck,
  touchedBy,
} from "./checks";
import { type Edit, makeEdit } from "./edit";
import { type Ground, isConnection, neighboursOf } from "./ground";
import {
  applyEdit,
  areaIdOf,
  Impossible,
  type ImpossibleCode,
  nextAreaId,
  type Plan,
  splitCodes,
} from "./plan";
import type { Selection } from "./selection";

export interface Preview {
  edit: Edit;
  after: Plan;
  before: AreaFigures[];
  now: AreaFigures[];
  checks: LocalCheck[];
  hard: boolean;
}

/** The figures of a step, or why it is impossible. */
export function previewOf(
  plan: Plan,
  ground: Ground,
  limits: Limits,
  edit: Edit,
): Preview | { impossible: ImpossibleCode; subjects: readonly string[] } {
  try {
    const after = applyEdit(plan, edit);
    const touched = touchedBy(plan, edit);
    const before = figuresOf(plan, ground, limits, touched);
    const now = figuresOf(after, ground, limits, touched);
    const checks = checksOf(now, before);
    return { edit, after, before, now, checks, hard: isHard(checks) };
  } catch (error) {
    if (error instanceof Impossible) return { impossible: error.code, subjects: error.subjects };
    throw error;
  }
}

export function isPossible(found: ReturnType<typeof previewOf>): found is Preview {
  return "after" in found;
}

/** Areas that touch some blocks from outside, those with the longest common border first. */
export function areasBeside(plan: Plan, ground: Ground, blocks: Iterable<number>): string[] {
  const inside = new Set(blocks);
  const own = new Set([...inside].map((block) => areaIdOf(plan, block)));
  const metres = new Map<string, number>();
  for (const block of inside) {
    const from = ground.start[block] ?? 0;
    neighboursOf(ground, block).forEach((other, step) => {
      const area = areaIdOf(plan, other);
      const pair = ground.pairOf[from + step] ?? 0;
      if (inside.has(other) || isConnection(ground, pair)) return;
      metres.set(area, (metres.get(area) ?? 0) + Math.max(1, ground.pairs.metres[pair] ?? 0));
    });
  }
  // A selection in one area cannot be moved there again; one in several areas may be gathered in one of them.
  if (own.size === 1) for (const area of own) metres.delete(area);
  return [...metres.keys()].sort((a, b) => (metres.get(b) ?? 0) - (metres.get(a) ?? 0) || (a < b ? -1 : 1));
}

const idsOf = (plan: Plan, blocks: Iterable<number>) => [...blocks].map((block) => plan.ids[block] ?? "");

/** What of the selection is not there yet moves; all of it where everything is there, which is refused. */
export function moveEdit(plan: Plan, selection: Selection, target: string, role: string): Edit {
  const moved = [...selection].filter((block) => areaIdOf(plan, block) !== target);
  return makeEdit({
    kind: "move",
    role,
    area: target,
    blocks: idsOf(plan, moved.length > 0 ? moved : selection),
  });
}

/** The blocks become an area of their own: 3 becomes 3a and 3b. */
export function splitEdit(
  plan: Plan,
  area: string,
  blocks: Iterable<number>,
  role: string,
  used: readonly string[],
): Edit {
  const row = plan.areas.find((one) => one.area_id === area);
  const codes = splitCodes(plan, row?.code ?? "");
  return makeEdit({
    kind: "split",
    role,
    area,
    into: nextAreaId(plan, used),
    blocks: idsOf(plan, blocks),
    code: codes.part,
    rest_code: codes.rest,
  });
}

/** The area most of the inhabitants of a selection live in; "" for an empty selection. */
export function mainArea(plan: Plan, ground: Ground, selection: Selection): string {
  const people = new Map<string, number>();
  for (const block of selection) {
    const area = areaIdOf(plan, block);
    people.set(area, (people.get(area) ?? 0) + (ground.people[block] ?? 0) + 0.5);
  }
  return [...people].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}
