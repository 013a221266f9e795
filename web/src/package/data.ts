/** What the file holds: areas, blocks, a quiet map, released figures. Written by sozialraum.consultation. */

import { type Ground, makeGround } from "../editor/ground";
import { makePlan, type Plan } from "../editor/plan";

export interface NamedPath {
  name: string;
  path: string;
}

export interface Place {
  kind: "school" | "church" | "town_hall" | "district";
  name: string;
  x: number;
  y: number;
}

export interface FigureRow {
  indicator: string;
  level: "area" | "municipality" | "region";
  unit: string;
  status: string;
  share_low: number | null;
  share_high: number | null;
  count_low: number | null;
  count_high: number | null;
  base_low: number | null;
  base_high: number | null;
  ci_low: number | null;
  ci_high: number | null;
}

/** Coordinates are metres from the upper left corner; `west` and `north` are that corner. */
export interface PackageData {
  format: string;
  version: number;
  package_id: string;
  project: string;
  notice: string;
  ags: string;
  name: string;
  size_low: number;
  /** null = no upper bound. */
  size_high: number | null;
  plan_id: string;
  state_id: string;
  title: string;
  status: string;
  written: string;
  check_number: string;
  /** Inhabitants are rounded to this. */
  step: number;
  reasons: string[];
  roles: string[];
  areas: { area_id: string; code: string; name: string; people: number }[];
  blocks: {
    id: string[];
    area: number[];
    people: number[];
    open: number[];
    path: string[];
    x: number[];
    y: number[];
    edges: number[];
    locked: number[];
  };
  map: {
    west: number;
    north: number;
    width: number;
    height: number;
    streets: NamedPath[];
    motorways: NamedPath[];
    rails: NamedPath[];
    waters: NamedPath[];
    places: Place[];
  };
  figures: { indicators: { key: string; title: string; kind: string; period: string }[]; rows: FigureRow[] };
}

export function baseOf(data: PackageData): Plan {
  const { id, area, locked } = data.blocks;
  return makePlan(
    data.ags,
    id,
    (_id, place) => data.areas[area[place] ?? 0]?.area_id ?? "",
    data.areas,
    locked,
  );
}

/** y grows to the north there, downwards here. */
export function groundOf(data: PackageData): Ground {
  const { id, people, open, edges, x, y } = data.blocks;
  const pairs = edges.length / 2;
  const first = Int32Array.from({ length: pairs }, (_one, pair) => edges[2 * pair] ?? 0);
  const second = Int32Array.from({ length: pairs }, (_one, pair) => edges[2 * pair + 1] ?? 0);
  const inside = Float64Array.from({ length: 2 * id.length }, (_one, place) =>
    place % 2 === 0 ? (x[place / 2] ?? 0) : -(y[(place - 1) / 2] ?? 0),
  );
  const metres = new Float32Array(pairs);
  return makeGround(id, people, open, { first, second, metres, kinds: new Uint8Array(pairs) }, inside);
}
