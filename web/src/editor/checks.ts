/** Figures of areas that the page knows at once: inhabitants, size, contiguity, the rule of 1,000. No words here. */

import { areasNamed, type Edit } from "./edit";
import { type Ground, neighboursOf } from "./ground";
import { blockPlace, type Plan, placeOf } from "./plan";

/** within: im Rahmen; close: knapp; outside: außerhalb. The limits of all pages. */
export type SizeWord = "within" | "close" | "outside";
export const DELIVERED_FROM = 1000;

export interface Limits {
  low: number;
  high: number;
}

export interface AreaFigures {
  area_id: string;
  code: string;
  name: string;
  blocks: number;
  people: number;
  word: SizeWord;
  parts: number;
  connected: boolean;
  rule_1000: boolean;
}

export type Severity = "ok" | "look" | "error";

/** `areas` are the keys (codes) the check speaks of. */
export interface LocalCheck {
  code: "connected" | "apart" | "rule_1000" | "below_1000" | "outside" | "gone" | "along_line";
  severity: Severity;
  areas: string[];
  /** Inhabitants, parts, or the line: what the sentence needs. */
  value: number | string;
}

export function sizeWord(people: number, { low, high }: Limits): SizeWord {
  if (people < low || people > high) return "outside";
  return people < 1.1 * low || people > 0.95 * high ? "close" : "within";
}

/** Inhabitants per area, by place in `plan.areas`. */
export function peoplePerArea(plan: Plan, ground: Ground): number[] {
  const sums = plan.areas.map(() => 0);
  plan.area.forEach((place, block) => {
    sums[place] = (sums[place] ?? 0) + (ground.people[block] ?? 0);
  });
  return sums;
}

/** How many pieces each area falls into, by place; connections across water count as touching. */
export function partsPerArea(plan: Plan, ground: Ground, places?: Iterable<number>): number[] {
  const parts = plan.areas.map(() => 0);
  const wanted = places ? new Set(places) : null;
  const seen = new Uint8Array(plan.area.length);
  for (let block = 0; block < plan.area.length; block += 1) {
    const place = plan.area[block] ?? 0;
    if (seen[block] || (wanted && !wanted.has(place))) continue;
    parts[place] = (parts[place] ?? 0) + 1;
    flood(plan, ground, block, seen);
  }
  return parts;
}

function flood(plan: Plan, ground: Ground, from: number, seen: Uint8Array): void {
  const open = [from];
  seen[from] = 1;
  for (let block = open.pop(); block !== undefined; block = open.pop()) {
    for (const other of neighboursOf(ground, block)) {
      if (seen[other] || plan.area[other] !== plan.area[from]) continue;
      seen[other] = 1;
      open.push(other);
    }
  }
}

/** Figures of all areas, or of those named. */
export function figuresOf(
  plan: Plan,
  ground: Ground,
  limits: Limits,
  only?: Iterable<string>,
): AreaFigures[] {
  const wanted = only ? new Set(only) : null;
  const places = plan.areas.flatMap((area, place) => (!wanted || wanted.has(area.area_id) ? [place] : []));
  const people = peoplePerArea(plan, ground);
  const parts = partsPerArea(plan, ground, places);
  const sizes = plan.areas.map(() => 0);
  for (const place of plan.area) sizes[place] = (sizes[place] ?? 0) + 1;
  return places.map((place) => {
    const count = people[place] ?? 0;
    const { area_id = "", code = "", name = "" } = plan.areas[place] ?? {};
    const word = sizeWord(count, limits);
    const pieces = parts[place] ?? 0;
    const connected = pieces === 1;
    return {
      area_id,
      code,
      name,
      blocks: sizes[place] ?? 0,
      people: count,
      word,
      parts: pieces,
      connected,
      rule_1000: count >= DELIVERED_FROM,
    };
  });
}

/** Areas whose figures an edit changes: those it names and those its blocks come from. */
export function touchedBy(plan: Plan, edit: Edit): string[] {
  const touched = new Set(areasNamed(edit));
  for (const id of edit.blocks) {
    const block = blockPlace(plan.ids, id);
    const area = plan.areas[plan.area[block] ?? -1];
    if (area) touched.add(area.area_id);
  }
  return [...touched];
}

/** What is to be said of the touched areas after an edit, hard rules first. */
export function checksOf(after: AreaFigures[], before: AreaFigures[]): LocalCheck[] {
  const checks: LocalCheck[] = [];
  const apart = after.filter((area) => !area.connected);
  for (const area of apart)
    checks.push({ code: "apart", severity: "error", areas: [area.code], value: area.parts });
  for (const area of after.filter((one) => one.word === "outside")) {
    checks.push({ code: "outside", severity: "error", areas: [area.code], value: area.people });
  }
  if (apart.length === 0 && after.length > 0) {
    checks.push({
      code: "connected",
      severity: "ok",
      areas: after.map((area) => area.code),
      value: after.length,
    });
  }
  const was = new Map(before.map((area) => [area.area_id, area]));
  for (const area of after) {
    const old = was.get(area.area_id);
    if (!area.rule_1000)
      checks.push({ code: "below_1000", severity: "look", areas: [area.code], value: area.people });
    else if (!old?.rule_1000) {
      checks.push({ code: "rule_1000", severity: "ok", areas: [area.code], value: area.people });
    }
  }
  const stays = new Set(after.map((area) => area.area_id));
  for (const area of before.filter((one) => !stays.has(one.area_id))) {
    checks.push({ code: "gone", severity: "look", areas: [area.code], value: area.people });
  }
  return checks;
}

/** A hard rule is broken: it may be kept as a draft, never adopted. */
export function isHard(checks: readonly { severity: Severity }[]): boolean {
  return checks.some((check) => check.severity === "error");
}

/** Blocks whose area differs between two plans of the same ground. */
export function movedBlocks(before: Plan, after: Plan): number[] {
  const moved: number[] = [];
  for (let block = 0; block < before.area.length; block += 1) {
    const [from, to] = [before.areas[before.area[block] ?? 0], after.areas[after.area[block] ?? 0]];
    if (from?.area_id !== to?.area_id) moved.push(block);
  }
  return moved;
}

/** Figures of one area by its key. Raises Impossible when there is none. */
export function figureOf(plan: Plan, ground: Ground, limits: Limits, areaId: string): AreaFigures {
  placeOf(plan, areaId);
  const [found] = figuresOf(plan, ground, limits, [areaId]);
  if (!found) throw new Error(areaId);
  return found;
}
