/** Colours of the small maps: what is nearly the same area keeps its colour from one alternative to the next. */

import type { DrawnArea } from "./api";
import { difference } from "./colour_difference";
import { AREA_COLOURS, colourAreas, LEAST_DIFFERENCE, type Neighbours } from "./colouring";

/** Colours of one alternative by code; `first` are those of the first alternative, null for itself. */
export function neighbourColours(areas: DrawnArea[], first: Map<string, string> | null): Map<string, string> {
  const neighbours = new Map(areas.map((area) => [area.code, new Set(area.beside)]));
  if (!first) return colourAreas(neighbours);
  const wished = areas.flatMap((area): [string, string][] => {
    const colour = first.get(area.like);
    return colour ? [[area.code, colour]] : [];
  });
  return coloursLike(neighbours, new Map(wished));
}

/**
 * A colour for every area: the one it is wished to have where no neighbour has nearly the same,
 * otherwise the first that differs enough from all neighbours.
 */
export function coloursLike(neighbours: Neighbours, wished: Map<string, string>): Map<string, string> {
  const chosen = new Map<string, string>();
  const clear = (id: string, colour: string) =>
    [...(neighbours.get(id) ?? [])].every((other) => {
      const theirs = chosen.get(other);
      return theirs === undefined || difference(theirs, colour) >= LEAST_DIFFERENCE;
    });
  const ids = [...neighbours.keys()].sort(
    (a, b) => Number(wished.has(b)) - Number(wished.has(a)) || order(a, b),
  );
  for (const id of ids) {
    const colours = [...(wished.has(id) ? [wished.get(id) ?? ""] : []), ...AREA_COLOURS];
    chosen.set(id, colours.find((colour) => clear(id, colour)) ?? colours[0] ?? "");
  }
  return chosen;
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
