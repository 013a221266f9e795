/** A plan of one municipality in the page: which block belongs to which area; edits make new plans. */

import { compareCodes } from "../order";
import { t } from "../words";
import type { Edit } from "./edit";

export interface PlanArea {
  area_id: string;
  code: string;
  name: string;
}

/** Never changed in place. `area` holds, per block in ground order, the place of its area in `areas`. */
export interface Plan {
  ags: string;
  ids: readonly string[];
  area: Uint16Array;
  areas: readonly PlanArea[];
  locks: ReadonlySet<number>;
}

export type ImpossibleCode =
  | "unknown_block"
  | "unknown_area"
  | "locked"
  | "no_blocks"
  | "not_inside"
  | "nothing_left"
  | "nothing_to_do"
  | "key_in_use"
  | "same_area"
  | "empty_key"
  | "empty_name";

/** An edit that cannot be applied, with what stands in its way; Python refuses the same with UsageError. */
export class Impossible extends Error {
  constructor(
    readonly code: ImpossibleCode,
    readonly subjects: readonly string[],
  ) {
    super(`${code}: ${subjects.slice(0, 5).join(", ")}`);
  }
}

export function makePlan(
  ags: string,
  ids: readonly string[],
  areaOf: (id: string, place: number) => string,
  areas: readonly PlanArea[],
  locks: Iterable<number> = [],
): Plan {
  const sorted = sortAreas(areas);
  const place = new Map(sorted.map((area, index) => [area.area_id, index]));
  const area = Uint16Array.from(ids, (id, index) => place.get(areaOf(id, index)) ?? 0);
  return dropEmpty({ ags, ids, area, areas: sorted, locks: new Set(locks) });
}

/** The plan after an edit. Raises Impossible; the plan before is untouched. */
export function applyEdit(plan: Plan, edit: Edit): Plan {
  return ACTS[edit.kind](plan, edit);
}

const ACTS: Record<Edit["kind"], (plan: Plan, edit: Edit) => Plan> = {
  move,
  split,
  merge,
  rename,
  rekey,
  lock: (plan, edit) => withLocks(plan, edit, true),
  unlock: (plan, edit) => withLocks(plan, edit, false),
  adopt: (plan) => plan,
};

function move(plan: Plan, edit: Edit): Plan {
  const target = placeOf(plan, edit.area);
  const blocks = blocksOf(plan, edit);
  const moved = blocks.filter((block) => plan.area[block] !== target);
  if (moved.length === 0) throw new Impossible("nothing_to_do", [edit.area]);
  refuseLocked(plan, moved, target);
  return assigned(plan, moved, target);
}

function split(plan: Plan, edit: Edit): Plan {
  const source = placeOf(plan, edit.area);
  const blocks = blocksOf(plan, edit);
  const outside = blocks.filter((block) => plan.area[block] !== source);
  if (outside.length > 0) throw new Impossible("not_inside", names(plan, outside));
  if (blocks.length === blocksIn(plan, source).length) throw new Impossible("nothing_left", [edit.area]);
  if (!edit.into || plan.areas.some((area) => area.area_id === edit.into)) {
    throw new Impossible("key_in_use", [edit.into]);
  }
  const rest = edit.rest_code || (plan.areas[source]?.code ?? "");
  refuseCode(plan, edit.code, source);
  refuseCode(plan, rest, source);
  if (edit.code === rest) throw new Impossible("key_in_use", [edit.code]);
  refuseLocked(plan, blocks);
  const kept = changeArea(plan, source, {
    code: rest,
    name: edit.rest_name || (plan.areas[source]?.name ?? ""),
  });
  const name = edit.name || t("Gebiet {code}", { code: edit.code });
  const areas = [...kept.areas, { area_id: edit.into, code: edit.code, name }];
  return resorted(assigned({ ...kept, areas }, blocks, areas.length - 1));
}

function merge(plan: Plan, edit: Edit): Plan {
  const away = placeOf(plan, edit.area);
  const stays = placeOf(plan, edit.into);
  if (away === stays) throw new Impossible("same_area", [edit.area]);
  const blocks = blocksIn(plan, away);
  refuseLocked(plan, blocks, stays);
  return assigned(plan, blocks, stays);
}

function rekey(plan: Plan, edit: Edit): Plan {
  const place = placeOf(plan, edit.area);
  refuseCode(plan, edit.code, place);
  return resorted(changeArea(plan, place, { code: edit.code }));
}

function rename(plan: Plan, edit: Edit): Plan {
  const place = placeOf(plan, edit.area);
  const name = edit.name.trim();
  if (!name) throw new Impossible("empty_name", [edit.area]);
  return changeArea(plan, place, { name });
}

function withLocks(plan: Plan, edit: Edit, locked: boolean): Plan {
  const blocks = edit.blocks.length > 0 ? blocksOf(plan, edit) : blocksIn(plan, placeOf(plan, edit.area));
  const locks = new Set(plan.locks);
  for (const block of blocks) {
    if (locked) locks.add(block);
    else locks.delete(block);
  }
  return { ...plan, locks };
}

/** Place of an area in `areas`. */
export function placeOf(plan: Plan, areaId: string): number {
  const place = plan.areas.findIndex((area) => area.area_id === areaId);
  if (place < 0) throw new Impossible("unknown_area", [areaId]);
  return place;
}

const known = new WeakMap<readonly string[], Map<string, number>>();

/** Place of a block in ground order, -1 where there is none. */
export function blockPlace(ids: readonly string[], id: string): number {
  let places = known.get(ids);
  if (!places) {
    places = new Map(ids.map((one, index) => [one, index]));
    known.set(ids, places);
  }
  return places.get(id) ?? -1;
}

function blocksOf(plan: Plan, edit: Edit): number[] {
  if (edit.blocks.length === 0) throw new Impossible("no_blocks", []);
  const unknown = edit.blocks.filter((id) => blockPlace(plan.ids, id) < 0);
  if (unknown.length > 0) throw new Impossible("unknown_block", unknown);
  return edit.blocks.map((id) => blockPlace(plan.ids, id));
}

/** Blocks of the area at a place, in ground order. */
export function blocksIn(plan: Plan, place: number): number[] {
  const found: number[] = [];
  for (let block = 0; block < plan.area.length; block += 1) if (plan.area[block] === place) found.push(block);
  return found;
}

export function areaIdOf(plan: Plan, block: number): string {
  return plan.areas[plan.area[block] ?? 0]?.area_id ?? "";
}

/** Locked blocks do not leave, and an area of which every block is locked takes nothing in. */
function refuseLocked(plan: Plan, leaving: number[], taking = -1): void {
  const locked = leaving.filter((block) => plan.locks.has(block));
  if (locked.length > 0) throw new Impossible("locked", names(plan, locked));
  if (taking >= 0 && isLocked(plan, taking))
    throw new Impossible("locked", [plan.areas[taking]?.area_id ?? ""]);
}

/** Every block of the area at a place is locked. */
export function isLocked(plan: Plan, place: number): boolean {
  return plan.locks.size > 0 && blocksIn(plan, place).every((block) => plan.locks.has(block));
}

function refuseCode(plan: Plan, code: string, besides: number): void {
  if (!code.trim()) throw new Impossible("empty_key", [plan.areas[besides]?.area_id ?? ""]);
  if (plan.areas.some((area, place) => area.code === code && place !== besides)) {
    throw new Impossible("key_in_use", [code]);
  }
}

function names(plan: Plan, blocks: number[]): string[] {
  return blocks.map((block) => plan.ids[block] ?? "");
}

function assigned(plan: Plan, blocks: number[], target: number): Plan {
  const area = plan.area.slice();
  for (const block of blocks) area[block] = target;
  return dropEmpty({ ...plan, area });
}

function changeArea(plan: Plan, place: number, fields: Partial<PlanArea>): Plan {
  return {
    ...plan,
    areas: plan.areas.map((area, index) => (index === place ? { ...area, ...fields } : area)),
  };
}

function resorted(plan: Plan): Plan {
  return renumbered(plan, sortAreas(plan.areas));
}

/** An area without blocks disappears. */
function dropEmpty(plan: Plan): Plan {
  const used = new Set(plan.area);
  if (used.size === plan.areas.length) return plan;
  return renumbered(
    plan,
    plan.areas.filter((_area, place) => used.has(place)),
  );
}

function renumbered(plan: Plan, areas: readonly PlanArea[]): Plan {
  const place = new Map(areas.map((area, index) => [area.area_id, index]));
  const next = plan.areas.map((area) => place.get(area.area_id) ?? 0);
  return { ...plan, areas, area: plan.area.map((old) => next[old] ?? 0) };
}

/** In the order people read codes: 2, 2a, 2b, 10. */
function sortAreas(areas: readonly PlanArea[]): PlanArea[] {
  return [...areas].sort((a, b) => compareCodes(a.code, b.code));
}

/** The same areas with the same blocks and locks. */
export function samePlan(one: Plan, other: Plan): boolean {
  const text = (plan: Plan) => JSON.stringify(plan.areas.map((area) => [area.area_id, area.code, area.name]));
  return (
    text(one) === text(other) &&
    one.locks.size === other.locks.size &&
    [...one.locks].every((block) => other.locks.has(block)) &&
    one.area.every((place, block) => place === other.area[block])
  );
}

/** A provisional key that no area and no edit of the draft used: "05999024~3". */
export function nextAreaId(plan: Plan, used: Iterable<string> = []): string {
  const begin = `${plan.ags}~`;
  const numbers = [...plan.areas.map((area) => area.area_id), ...used].flatMap((id) =>
    id.startsWith(begin) ? [Number(id.slice(begin.length))] : [],
  );
  return begin + (Math.max(0, ...numbers.filter(Number.isFinite)) + 1);
}

/** The next two letters after the number that are not used: "3" gives "3a" and "3b"; "3a" gives "3c" and "3d". */
export function splitCodes(
  plan: Plan,
  code: string,
  used: Iterable<string> = [],
): { rest: string; part: string } {
  const taken = new Set([...plan.areas.map((area) => area.code), ...used]);
  const base = code.replace(/[a-z]+$/, "");
  const free = [..."abcdefghijklmnopqrstuvwxyz"].map((one) => base + one).filter((one) => !taken.has(one));
  return { rest: free[0] ?? code, part: free[1] ?? `${code}-2` };
}
