/** What the server answers, and how it is asked. */

import type { FeatureCollection } from "geojson";
import type { Received, Taken } from "./deliveries/types";
import type { Town, Wishes } from "./propose_wishes";
import type { Step } from "./steps";
import { currentLanguage, t } from "./words";

export interface ProjectInfo {
  name: string;
  folder: string;
  notice: string;
  language: string;
  municipalities: number;
  areas: number;
  plan: string;
  period: string;
}

export interface Problem {
  headline: string;
  findings: { sentence: string; severity: string }[];
  todo: string;
}

export interface Job {
  id: string;
  title: string;
  state: "running" | "done" | "stopped" | "refused" | "failed";
  stage: string;
  done: number;
  total: number;
  seconds: number;
  stopping: boolean;
  lines: string[];
  result: {
    sentences?: string[];
    received?: Received[];
    taken?: Taken[];
    release_id?: string;
    areas?: number;
  };
  problem: Problem | null;
}

export interface LoggedEvent {
  when: string;
  what: string;
  role: string;
}

export interface State {
  home: string;
  project: ProjectInfo | null;
  steps: Step[];
  events: LoggedEvent[];
  job: Job | null;
}

export interface MunicipalityRow {
  ags: string;
  name: string;
  kind: string;
  size_low: number;
  size_high: number;
  areas: number | null;
}

export interface AreaRow {
  area_id: string;
  code: string;
  name: string;
  municipality: string;
  origin: string;
  population: number | null;
}

export interface PlanChange {
  from_area: string;
  to_area: string;
  blocks: string[];
  population: number;
  why: string;
  role: string;
  when: string;
}

export interface AreasAnswer {
  municipalities: MunicipalityRow[];
  plan: { plan_id: string; title: string; status: string; created: string; valid_from: string } | null;
  areas: AreaRow[];
  changes: PlanChange[];
  notes: string[];
}

/** One area of an alternative; path, x, y and room in the units of the sheet that all small maps share. */
export interface DrawnArea {
  code: string;
  name: string;
  population: number;
  path: string;
  x: number;
  y: number;
  room: number;
  beside: string[];
  like: string;
}

export interface AlternativeFigures {
  areas: number;
  smallest: number;
  largest: number;
  below_1000: number;
  likeness: Record<string, number>;
  likeness_all: number | null;
  compactness: number | null;
  barriers_crossed: number;
  crossed_metres: number;
  along_barriers_km: number;
  bridges: number;
  changed_percent: number | null;
  proof: string;
  gap: number | null;
}

export interface Alternative {
  key: string;
  title: string;
  sentence: string;
  /** What planners should know of this division, as sentences. */
  notes: string[];
  figures: AlternativeFigures;
  areas: DrawnArea[];
  /** Present borders that this alternative gives up, as a path. */
  left: string;
  /** Against the present plan; null where there is none. */
  moved: { people: number; same: boolean } | null;
}

export interface Ground {
  width: number;
  height: number;
  outline: string;
  empty: string;
  lines: { kind: "river" | "railway" | "motorway"; path: string }[];
}

export interface ProposalsAnswer {
  municipality: Town;
  wishes: Wishes;
  computed: boolean;
  present: { areas: number; adopted: boolean; path: string } | null;
  /** Number of areas before the last step, null where it cannot be undone here. */
  before: number | null;
  /** False while the other municipalities have no areas yet. */
  takeable: boolean;
  ground: Ground;
  alternatives: Alternative[];
}

export interface Definition {
  kind: "share" | "rate";
  why: string;
  in_index: boolean;
  id: string;
  theme: string;
  title: string;
  measured: string;
  /** What it measures as it was called at a date, where that is another name than today's. */
  measured_on?: Record<string, string>;
  unit: string;
  direction: number;
  breaks: number[];
  source: string;
}

export interface IndicatorsAnswer {
  definitions: Definition[];
  themes: { id: string; title: string }[];
  periods: Record<string, string[]>;
}

export interface ValueRow {
  indicator: string;
  level: "area" | "municipality" | "region";
  unit: string;
  period: string;
  count_low: number | null;
  count_high: number | null;
  base_low: number | null;
  base_high: number | null;
  share_low: number | null;
  share_high: number | null;
  status: string;
  ci_low: number | null;
  ci_high: number | null;
  versus: string;
  scope: string;
  notes: string[];
  /** Brought from other boundaries. */
  carried?: boolean;
}

export interface IndexRow {
  unit: string;
  period: string;
  score_low: number | null;
  score_high: number | null;
  status_class: number;
  change_low: number | null;
  change_high: number | null;
  dynamics: string;
  certain: boolean;
  reason: string;
}

export interface SupplyRow {
  level: string;
  unit: string;
  period: string;
  children_low: number | null;
  children_high: number | null;
  places_low: number | null;
  places_high: number | null;
  status: string;
  coverage_low: number | null;
  coverage_high: number | null;
  gap_low: number | null;
  gap_high: number | null;
  need_class: string;
  supply_class: string;
  field: string;
  scope: string;
}

type Bounds = Record<string, number | null>;

export interface ImpulseFigures {
  period: string;
  target: { rate: number | null; source: string; date: string };
  supply: Bounds;
  need: Bounds;
  region: Bounds;
}

export interface Target {
  /** Places wanted per child; null where nobody set a target. */
  rate: number | null;
  source: string;
  date: string;
}

export interface Impulse {
  impulse_id: string;
  area_id: string;
  field: string;
  rule: string;
  rule_version: string;
  figures: ImpulseFigures;
  sentence: string;
  state: "arisen" | "confirmed" | "rejected";
  role: string;
  decided_on: string;
  reason: string;
}

export interface Profile {
  area: AreaRow;
  values: ValueRow[];
  index: IndexRow[];
  supply: SupplyRow[];
  impulses: Impulse[];
}

export interface Release {
  release_id: string;
  created: string;
  check_number: string;
  files?: string[];
}

export class Refused extends Error {
  problem: Problem;
  /** The status of the answer; 0 where none came. */
  status: number;
  constructor(problem: Problem, status = 0) {
    super(problem.headline);
    this.problem = problem;
    this.status = status;
  }
}

async function ask<Answer>(path: string, options: RequestInit = {}): Promise<Answer> {
  const headers = new Headers(options.headers);
  headers.set("X-Sozialraum", "1");
  headers.set("X-Sozialraum-Language", currentLanguage());
  let response: Response;
  try {
    response = await fetch(`/api/${path}`, { ...options, headers });
  } catch {
    throw new Refused(unreachable());
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(problemIn(answer), response.status);
  return answer as Answer;
}

function unreachable(): Problem {
  return {
    headline: t("Die Anwendung antwortet nicht."),
    findings: [],
    todo: t("Wurde ihr Fenster geschlossen? Starten Sie sie neu; der letzte Stand ist gesichert."),
  };
}

function problemIn(answer: unknown): Problem {
  if (answer && typeof answer === "object" && "headline" in answer) return answer as Problem;
  return { headline: t("Das hat nicht funktioniert."), findings: [], todo: "" };
}

export function get<Answer>(path: string): Promise<Answer> {
  return ask<Answer>(path);
}

export function post<Answer>(path: string, body: unknown = {}): Promise<Answer> {
  return ask<Answer>(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
  });
}

export function upload(path: string, field: string, files: File[]): Promise<Job> {
  const form = new FormData();
  for (const file of files) form.append(field, file, file.name);
  return ask<Job>(path, { method: "POST", body: form });
}

export function shapes(name: "areas" | "municipalities" | "lines"): Promise<FeatureCollection> {
  return get<FeatureCollection>(`map/${name}.geojson`);
}
