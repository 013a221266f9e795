/** What the server answers about blocks; see `web/blocks_routes.py`. */

import type { FeatureCollection } from "geojson";

export interface Choice {
  value: string;
  title: string;
}

/** Coordinates that do not lie where they should, and how they could be read. */
export interface Wrong {
  sentence: string;
  todo: string;
  readings: Choice[];
}

export interface FilePart {
  number: number;
  file: string;
  layer: string;
  size: string;
  role: string;
  roles: Choice[];
  columns: string[];
  key: string;
  name: string;
  reading: string;
  reading_title: string;
  wrong: Wrong | null;
}

/** West, south, east, north in degrees. */
export type Box = [number, number, number, number];

/** A numbered place of the map: doubtful, or a fault. */
export interface NumberedPlace {
  number: number;
  kind: string;
  kind_title: string;
  severity: string;
  sentence: string;
  todo: string;
  block: string;
  box: Box | null;
}

export interface Fault extends NumberedPlace {
  fault_id: string;
  ways: Choice[];
}

export interface KeptBlocks {
  count: number;
  municipalities: number;
  people: number;
  version: number;
  rests: string[];
}

export interface Rule {
  sentence: string;
  numbers: Record<string, number>;
}

/** The first rows of the protocol, and how many there are. */
export interface Merged {
  count: number;
  rows: string[][];
}

export interface Built {
  number: number;
  sentences: string[];
  rule: string;
  places: NumberedPlace[];
  merged: Merged;
  outlook: string[];
  obstacles: string[];
  sized: boolean;
}

/** The first rows of the protocol of a repair, and how many there are. */
export interface Protocol {
  count: number;
  head: string[];
  rows: (string | number)[][];
  sentence: string;
}

export interface Checked {
  number: number;
  file: string;
  misplaced: boolean;
  faults: Fault[];
  readings: { layer: string; title: string }[];
  protocol: Protocol | null;
}

export interface GroundAnswer {
  blocks: KeptBlocks | null;
  municipalities: number;
  files: FilePart[];
  rule: Rule;
  built: Built | null;
  checked: Checked | null;
}

export interface GroundShapes {
  blocks: FeatureCollection;
  municipalities: FeatureCollection;
  lines: FeatureCollection;
  faults: FeatureCollection;
}

export interface Where {
  width: number;
  height: number;
  towns: string;
  drawn: string;
  points: [number, number][];
}

export interface MisplacedLayer extends Wrong {
  layer: string;
  title: string;
  where: Where;
}

export interface BlockVersion {
  version: number;
  kind: "split" | "renewal";
  what: string;
  why: string;
  role: string;
  when: string;
}

/** What was said when the present blocks were built. */
export interface LastBuilding {
  when: string;
  version: number;
  rule: string;
  sentences: string[];
  places: NumberedPlace[];
  addresses: number;
  merged: Merged;
}

export interface VersionsAnswer {
  building: LastBuilding | null;
  versions: BlockVersion[];
  blocks: KeptBlocks | null;
  plan: { title: string; version: number; crossed: string[] } | null;
}

export interface LinksAnswer {
  count: number;
  rows: { old: string; new: string; share: number; basis: string }[];
}
