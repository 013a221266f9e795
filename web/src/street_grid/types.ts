/** What the server says about the street grid (/api/street-grid). */

import { type Problem, upload } from "../api";

export interface GridTown {
  ags: string;
  name: string;
  viertel: number;
  people: number;
  smallest: number | null;
  streets: number;
  lines: number;
}

export interface GridArea {
  area_id: string;
  label: string;
  people: number;
}

export interface GridGroup {
  state: "confirmed" | "proposed";
  town: string;
  key: string;
  people: number;
  areas: (GridArea & { small: boolean })[];
  partners: GridArea[];
}

export interface GridColumn {
  field: string;
  title: string;
}

export interface GridForm {
  separator: string;
  encoding: string;
  header: boolean;
  line_end: string;
  last: string;
  zu_file: string;
  ra_file: string;
  zu: GridColumn[];
  ra: GridColumn[];
}

export interface Choice {
  value: string;
  label: string;
}

export interface FormAnswer {
  now: GridForm;
  guess: GridForm;
  changed: boolean;
  separators: Choice[];
  encodings: Choice[];
  zu_fields: Choice[];
  ra_fields: Choice[];
}

export interface GridAnswer {
  missing: Problem | null;
  plan: { plan_id: string; title: string; status: string } | null;
  plans: { plan_id: string; title: string; status: string }[];
  form: FormAnswer;
  levels: { chosen: string; groupings: Choice[] };
  sentences: string[];
  towns: GridTown[];
  groups: GridGroup[];
  findings: { sentence: string; severity: string }[];
  written: string;
}

export interface WrittenAnswer {
  plan_id: string;
  files: { name: string; bytes: number; lines: number }[];
}

export interface CheckFinding {
  file: string;
  row: number | null;
  column: string;
  severity: "error" | "warning" | "note";
  what: string;
  todo: string;
}

export interface CheckAnswer {
  files: string[];
  findings: CheckFinding[];
}

export function check(files: File[]): Promise<CheckAnswer> {
  return upload("street-grid/check", "files", files) as unknown as Promise<CheckAnswer>;
}
