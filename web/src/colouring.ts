/** Fills for areas: neighbours get colours that everybody can tell apart. */

import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import { difference } from "./colour_difference";

// The seven that are told apart best come first.
export const AREA_COLOURS = (
  "#BFD7EA #E7D489 #8997DF #DFEAC4 #AB9B53 #8AA097 #6AA4AF #8BB98D #AFC6BD #96C5F8 " +
  "#D3EBE1 #A7ACD0 #AAC6CB #AAC9AB #85A386 #A3B2A3 #98B3B1 #CFC189 #CEEAF0 #6BA970"
).split(" ");
export const LEAST_DIFFERENCE = 10;

export type Neighbours = Map<string, Set<string>>;

/** Areas that share an edge (two corners in a row), by the property area_id. */
export function neighboursOf(areas: FeatureCollection): Neighbours {
  const owner = new Map<string, string>();
  const result: Neighbours = new Map();
  for (const feature of areas.features) result.set(idOf(feature), new Set());
  for (const feature of areas.features) {
    for (const edge of edgesOf(feature.geometry)) {
      const other = owner.get(edge);
      if (other !== undefined && other !== idOf(feature)) {
        result.get(other)?.add(idOf(feature));
        result.get(idOf(feature))?.add(other);
      }
      owner.set(edge, idOf(feature));
    }
  }
  return result;
}

function idOf(feature: Feature): string {
  return String(feature.properties?.area_id ?? feature.id);
}

function* edgesOf(geometry: Geometry | null): Generator<string> {
  const polygons =
    geometry?.type === "Polygon"
      ? [geometry.coordinates]
      : geometry?.type === "MultiPolygon"
        ? geometry.coordinates
        : [];
  for (const ring of polygons.flat()) {
    for (let place = 1; place < ring.length; place += 1) yield edgeKey(ring[place - 1], ring[place]);
  }
}

function edgeKey(first: Position | undefined, second: Position | undefined): string {
  const [a, b] = [String(first), String(second)];
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/**
 * A colour for every area, the same at every call: first in order of the ids,
 * each takes the first colour that differs enough from those of its neighbours.
 */
export function colourAreas(neighbours: Neighbours, colours = AREA_COLOURS): Map<string, string> {
  const chosen = new Map<string, string>();
  const ids = [...neighbours.keys()].sort();
  ids.sort((a, b) => (neighbours.get(b)?.size ?? 0) - (neighbours.get(a)?.size ?? 0));
  for (const id of ids) {
    const around = [...(neighbours.get(id) ?? [])].flatMap((other) => chosen.get(other) ?? []);
    chosen.set(id, bestColour(around, colours));
  }
  return chosen;
}

function bestColour(around: string[], colours: string[]): string {
  const clearance = (colour: string) => Math.min(...around.map((other) => differ(colour, other)), 100);
  const first = colours.find((colour) => clearance(colour) >= LEAST_DIFFERENCE);
  return first ?? [...colours].sort((a, b) => clearance(b) - clearance(a))[0] ?? "#BFD7EA";
}

const known = new Map<string, number>();

function differ(first: string, second: string): number {
  const key = first + second;
  let value = known.get(key);
  if (value === undefined) {
    value = difference(first, second);
    known.set(key, value);
  }
  return value;
}
