/** Colours of areas that stay while one edits: only a new area gets a colour, one that its neighbours do not have. */

import { difference } from "../colour_difference";
import { AREA_COLOURS, LEAST_DIFFERENCE, type Neighbours } from "../colouring";
import { type Ground, isConnection } from "./ground";
import { areaIdOf, type Plan } from "./plan";

export type AreaColours = ReadonlyMap<string, string>;

export function areaNeighbours(plan: Plan, ground: Ground): Neighbours {
  const found: Neighbours = new Map(plan.areas.map((area) => [area.area_id, new Set<string>()]));
  for (let pair = 0; pair < ground.pairs.first.length; pair += 1) {
    const [a, b] = [ground.pairs.first[pair] ?? 0, ground.pairs.second[pair] ?? 0];
    if (plan.area[a] === plan.area[b] || isConnection(ground, pair)) continue;
    const [one, other] = [areaIdOf(plan, a), areaIdOf(plan, b)];
    found.get(one)?.add(other);
    found.get(other)?.add(one);
  }
  return found;
}

/** Colours by area_id; those of `before` stay, also of areas that are gone for now (an undo brings them back). */
export function keepColours(plan: Plan, ground: Ground, before: AreaColours): AreaColours {
  if (plan.areas.every((area) => before.has(area.area_id))) return before;
  const neighbours = areaNeighbours(plan, ground);
  const colours = new Map(before);
  const used = new Map<string, number>();
  for (const area of plan.areas) {
    const colour = colours.get(area.area_id);
    if (colour) used.set(colour, (used.get(colour) ?? 0) + 1);
  }
  // In the order of their keys, so that a page opened again shows the same.
  const order = [...plan.areas].sort((a, b) => (a.area_id < b.area_id ? -1 : 1));
  for (const { area_id } of order) {
    if (colours.has(area_id)) continue;
    const around = [...(neighbours.get(area_id) ?? [])].flatMap((other) => colours.get(other) ?? []);
    const clearance = (colour: string) => Math.min(100, ...around.map((other) => difference(colour, other)));
    const clear = AREA_COLOURS.filter((colour) => clearance(colour) >= LEAST_DIFFERENCE);
    const rare = [...clear].sort((a, b) => (used.get(a) ?? 0) - (used.get(b) ?? 0))[0];
    const chosen = rare ?? [...AREA_COLOURS].sort((a, b) => clearance(b) - clearance(a))[0] ?? "#BFD7EA";
    colours.set(area_id, chosen);
    used.set(chosen, (used.get(chosen) ?? 0) + 1);
  }
  return colours;
}
