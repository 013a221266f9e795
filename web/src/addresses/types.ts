/** What the server says about addresses (/api/addresses). */

import type { Job, Problem } from "../api";

export type Finding = { sentence: string; severity: string };

export interface AreaChoice {
  key: string;
  label: string;
  town: string;
  /** Key of the municipality. */
  ags: string;
}

export interface RegisterVersion {
  version: number;
  title: string;
  created: string;
  sentences: string[];
}

export interface RegisterAnswer {
  addresses: number;
  streets: number;
  blocks: number;
  versions: RegisterVersion[];
  waiting: { title: string } | null;
  plan: { plan_id: string; title: string; status: string } | null;
  areas: AreaChoice[];
  spellings: number;
  /** Protected house numbers, and facilities that lists mark as protected. */
  protected: number;
  facilities: number;
}

export type Kind = "new" | "gone" | "renamed" | "renumbered" | "moved" | "postcode";
export type Decision = "accept" | "reject" | "open";

export interface ChangeGroup {
  group_id: string;
  kind: Kind;
  street: string;
  old_street: string;
  town: string;
  addresses: number;
  /** Not decided, and how many of those are unclear or need an area first. */
  open: number;
  unclear: number;
  without_place: number;
  accepted: number;
  rejected: number;
  /** Proposed or decided areas in words, '' = in none. */
  areas: string[];
  bases: string[];
  doubts: string[];
}

export interface UpdateAnswer {
  waiting: { title: string } | null;
  unchanged: number;
  changes: number;
  open: number;
  unclear: number;
  kinds: { kind: Kind; groups: ChangeGroup[] }[];
}

export interface Change {
  change_id: string;
  what: string;
  address: string;
  before: string;
  area: string;
  old_area: string;
  placed: boolean;
  /** The area was chosen by somebody. */
  chosen: boolean;
  basis: string;
  doubt: string;
  decision: "" | "accept" | "reject";
}

export interface Mark {
  x: number | null;
  y: number | null;
  old_x: number | null;
  old_y: number | null;
}

export interface SmallMap {
  width: number;
  height: number;
  areas: { path: string; x: number; y: number; label: string }[];
  borders: string;
  lines: { kind: "river" | "railway" | "motorway"; path: string }[];
  neighbours: { x: number; y: number; label: string }[];
  marks: Mark[];
}

export interface GroupAnswer {
  group_id: string;
  map: SmallMap | null;
  rows: Change[];
}

/** A spelling of a street that is known for every list: in plain letters. */
export interface RememberedSpelling {
  written: string;
  postcode: string;
  street: string;
  street_postcode: string;
}

export interface Spelling {
  key: string;
  written: string;
  offer: string;
  why: string;
  interpolated: boolean;
  rows: number;
}

export interface ListAnswer {
  file: string;
  sheet: string;
  columns: { part: string; head: string }[];
  rows: number;
  counts: { exact: number; likely: number; none: number };
  interpolated: number;
  reasons: { why: string; rows: number }[];
  spellings: Spelling[];
  more: number;
}

export interface TakenAnswer {
  sentences: string[];
  grid: { plan_id: string; plan: string; files: string[]; sentences: string[]; findings: Finding[] };
}

export interface ReadAnswer {
  sentences?: string[];
  findings?: Finding[];
  problem?: Problem;
  /** Ways to read the coordinates, in words. */
  offers?: { code: string; title: string }[];
}

/** What jobs of this page leave behind. */
export interface AddressResult {
  register?: ReadAnswer;
  address_list?: ListAnswer;
  addresses_taken?: TakenAnswer;
}

export function resultOf(job: Job | null): AddressResult {
  return job && job.state === "done" ? (job.result as unknown as AddressResult) : {};
}
