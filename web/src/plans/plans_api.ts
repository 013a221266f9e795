/** What the server answers about plans; see `web/plans_routes.py`. */

import type { DrawnArea, Ground } from "../api";

export interface Decided {
  ags: string;
  name: string;
  body: string;
  date: string;
}

export interface PlanRow {
  plan_id: string;
  title: string;
  status: string;
  parent: string;
  created: string;
  valid_from: string;
  valid_to: string;
  /** The plan on former blocks that this one only carries onto newer ones; '' for a plan of its own. */
  carried_from: string;
  areas: number;
  current: boolean;
  decisions: Decided[];
  steps: number;
  blocks_version: number;
}

export interface DraftRow {
  draft_id: string;
  ags: string;
  town: string;
  title: string;
  status: string;
  base: string;
  created: string;
  role: string;
  steps: number;
}

export interface GroupingRow {
  grouping_id: string;
  title: string;
  purpose: string;
  level: string;
  relation: "above" | "below" | "free";
  ags: string;
  town: string;
  units: number;
  created: string;
  role: string;
}

export interface WaitingRow {
  import_id: string;
  file_name: string;
  created: string;
  across: number;
  undecided: number;
}

/** A plan by its name and what it is. */
export interface PlanLabel {
  plan_id: string;
  title: string;
  status: string;
  valid_from: string;
}

/** The adopted plan that holds, and the one everything is computed for. */
export interface InForceAnswer {
  in_force: PlanLabel | null;
  current: PlanLabel | null;
}

export interface PlansAnswer {
  municipalities: { ags: string; name: string }[];
  in_force: PlanLabel | null;
  plans: PlanRow[];
  drafts: DraftRow[];
  groupings: GroupingRow[];
  imports: WaitingRow[];
  blocks_version: number;
  splits: { block_id: string; when: string; role: string; why: string }[];
}

export interface TownCompared {
  ags: string;
  name: string;
  areas_before: number;
  areas_after: number;
  blocks_moved: number;
  persons_moved: number;
  likeness_before: number | null;
  likeness_after: number | null;
  changed: boolean;
}

export interface LineageRow {
  ags: string;
  old_code: string;
  old_name: string;
  new_code: string;
  new_name: string;
  kind: "U" | "S" | "M" | "X";
  blocks: number;
  persons: number;
}

export interface MovedRow {
  ags: string;
  from_code: string;
  to_code: string;
  blocks: string[];
  persons: number;
  /** Reasons that may be printed and exported. */
  why: string[];
  /** Reasons for this screen only. */
  internal: string[];
}

export interface CompareAnswer {
  old: { plan_id: string; title: string };
  new: { plan_id: string; title: string };
  towns: TownCompared[];
  lineage: LineageRow[];
  moved: MovedRow[];
  notes: string[];
}

export interface TwoMaps {
  ground: Ground;
  before: DrawnArea[];
  after: DrawnArea[];
  moved: string;
}

export interface Found {
  sentence: string;
  severity: string;
}

export interface AcrossRow {
  block_id: string;
  ags: string;
  town: string;
  population: number;
  proposal: string;
  basis: "addresses" | "ground" | "nearest" | "none";
  shares: { area: string; ground: number; people: number | null }[];
  chosen: string;
  role: string;
}

export interface ImportAnswer {
  import_id: string;
  file_name: string;
  state: "open" | "taken" | "dropped";
  municipalities: string[];
  /** Those that have decided on areas: without a decision the plan stays beside theirs. */
  decided: string[];
  /** label : as people call it. towns : AGS of the municipalities it lies in. */
  areas: { area: string; code: string; name: string; label: string; towns: string[] }[];
  blocks: number;
  across: AcrossRow[];
  undecided: number;
  findings: Found[];
}

export interface BlockPicture {
  width: number;
  height: number;
  block: string;
  blocks: string;
  areas?: { area: string; path: string }[];
  buildings?: string;
  addresses: [number, number][];
  population?: number;
  counts?: { key: string; title: string }[];
  facilities?: { key: string; title: string }[];
}

/** What comes of a division: sentences, the two parts, the northern share of inhabitants, places of facilities. */
export interface DivisionAnswer {
  sentences: string[];
  parts: [string, string];
  share: number;
  facilities: Record<string, string>;
}

export interface GroupingAnswer extends GroupingRow {
  rows: { unit: string; name: string; population: number; blocks: number; areas: string[] }[];
  findings: Found[];
}
