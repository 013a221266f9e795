/** What the server says about other geographies (/api/carrying). */

import type { Job, Problem } from "../api";

export interface GeographyRow {
  code: string;
  title: string;
  kind: string;
  valid_on: string;
  units: number;
  features: { code: string; title: string }[];
}

export interface CarryingAnswer {
  blocks: number;
  addresses: number;
  geographies: GeographyRow[];
}

export interface LookAnswer {
  file: string;
  /** A table: nothing has to be chosen. */
  table: boolean;
  columns: string[];
  key: string;
  name: string;
}

export interface Alternative {
  kind: string;
  method: string;
  what: string;
}

export interface Way {
  /** '' = every other feature. */
  feature: string;
  title: string;
  kind: string;
  method: string;
  error_class: string;
  reason: string;
  /** The reason with its full stop. */
  sentence: string;
  chosen: boolean;
  sentences: string[];
  alternatives: Alternative[];
}

export interface ErrorRow {
  feature: string;
  title: string;
  carried: number;
  areas: number;
  low: number | null;
  middle: number | null;
  high: number | null;
}

export interface OutsideRow {
  feature: string;
  title: string;
  period: string;
  text: string;
  share: string;
}

export interface GeographyAnswer {
  code: string;
  title: string;
  units: { key: string; name: string }[];
  ways: Way[];
  errors: ErrorRow[];
  outside: OutsideRow[];
  stale: boolean;
}

export interface UnitMap {
  width: number;
  height: number;
  areas: { path: string; step: number; label: string; x: number; y: number }[];
  unit: string;
  lines: { kind: string; path: string }[];
}

export interface UnitAnswer {
  unit: string;
  weights: { name: string; part: string; outside: boolean }[];
  map: UnitMap | null;
}

export interface Added {
  code?: string;
  units?: number;
  findings?: { sentence: string; severity: string }[];
  problem?: Problem;
  offers?: string[];
}

/** What taking a geography in gave, once its job is done. */
export function addedOf(job: Job | null): Added | undefined {
  if (job?.state !== "done") return undefined;
  return (job.result as { geography?: Added }).geography;
}
