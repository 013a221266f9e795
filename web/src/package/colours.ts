/** A colour for each area that it keeps while the expert works; new areas get one that differs from their neighbours. */

import { difference } from "../colour_difference";
import { AREA_COLOURS, colourAreas, LEAST_DIFFERENCE, type Neighbours } from "../colouring";
import { type Ground, neighboursOf } from "../editor/ground";
import { areaIdOf, type Plan } from "../editor/plan";

export function areasBeside(plan: Plan, ground: Ground): Neighbours {
  const beside: Neighbours = new Map(plan.areas.map((area) => [area.area_id, new Set<string>()]));
  for (let block = 0; block < plan.area.length; block += 1) {
    for (const other of neighboursOf(ground, block)) {
      if (plan.area[other] !== plan.area[block])
        beside.get(areaIdOf(plan, block))?.add(areaIdOf(plan, other));
    }
  }
  return beside;
}

export function firstColours(base: Plan, ground: Ground): Map<string, string> {
  return colourAreas(areasBeside(base, ground));
}

/** Colours known so far, with colours for the areas that have none yet. */
export function withNew(colours: Map<string, string>, plan: Plan, ground: Ground): Map<string, string> {
  const lacking = plan.areas.filter((area) => !colours.has(area.area_id));
  if (lacking.length === 0) return colours;
  const beside = areasBeside(plan, ground);
  const found = new Map(colours);
  for (const { area_id } of lacking) {
    const around = [...(beside.get(area_id) ?? [])].flatMap((other) => found.get(other) ?? []);
    const clearance = (colour: string) => Math.min(100, ...around.map((other) => difference(colour, other)));
    const unused = AREA_COLOURS.filter((colour) => ![...found.values()].includes(colour));
    const best = [...unused, ...AREA_COLOURS].find((colour) => clearance(colour) >= LEAST_DIFFERENCE);
    found.set(area_id, best ?? AREA_COLOURS[0] ?? "#BFD7EA");
  }
  return found;
}
