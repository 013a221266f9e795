/** What the server says about gaps, requests, queries and the catalogue (/api/gaps, /api/requests, /api/catalogue). */

import type { Problem } from "../api";
import type { LetterParts } from "./downloads";

export type GapState = "there" | "late" | "missing" | "coming" | "unavailable";

export interface GapCell {
  data_set: string;
  ags: string;
  year: string;
  state: GapState;
  owner: string;
  due: string;
  note: string;
  days_late: number;
  /** How many deliveries in force cover it. */
  deliveries: number;
}

export interface DataSet {
  data_set_id: string;
  source_id: string;
  title: string;
  theme: string;
  geography: string;
  rhythm: number;
  terms: string;
  threshold: string;
  visible_to: string;
  recipe: string;
  counts: string;
  /** False: only deliveries speak of it, nobody entered it yet. */
  entered: boolean;
  geography_text: string;
  rhythm_text: string;
  counts_text: string;
  visible_text: string;
}

export interface Rhythm {
  years: number;
  first: number;
  reference: string;
  due: string;
  sentence: string;
  coming: { year: number; reference: string; due: string }[];
}

export interface GapsAnswer {
  today: string;
  years: string[];
  municipalities: { ags: string; name: string }[];
  data_sets: DataSet[];
  cells: GapCell[];
  counts: Record<GapState, number>;
  words: Record<GapState, string>;
  rhythm: Rhythm;
  sender: string[];
}

export interface RequestAnswer {
  request_id: string;
  data_set: string;
  title: string;
  towns: string[];
  period: string;
  due: string;
  to: string[];
  created: string;
  columns: string[];
  rows: number;
  files?: Record<string, string>;
  letter?: LetterParts;
}

export interface Question {
  number: number;
  finding: string;
  question: string;
  sheet: string;
  row: number | null;
  key: string;
  name: string;
  column: string;
  view: string;
  answer: string;
  /** "" while open, "answered", "corrected", or the reason somebody gave. */
  closed: string;
}

export interface Query {
  query_id: string;
  review_id: string;
  file_name: string;
  title: string;
  to: string[];
  due: string;
  created: string;
  state: "open" | "answered" | "closed";
  state_text: string;
  questions: Question[];
  left: { sentence: string; severity: string }[];
}

export interface AnswersRead {
  files: { file: string; query: Query | null; problem: Problem | null }[];
}

export interface Source {
  source_id: string;
  holder: string;
  contact: string;
  legal_basis: string;
  note: string;
  entered: boolean;
}

export interface CatalogueAnswer {
  sources: Source[];
  data_sets: DataSet[];
  catalogues: { catalogue: string; provider: string; entries: number }[];
  choices: Record<"geography" | "counts" | "visible_to" | "recipe", Record<string, string>>;
}

export interface Entry {
  catalogue: string;
  code: string;
  title: string;
  period: string;
  provider: string;
}

export interface SearchAnswer {
  words: string;
  count: number;
  entries: Entry[];
}

export interface ImportAnswer {
  files: { file: string; sentences: string[]; problem: Problem | null }[];
}

export interface Change {
  kind: "new" | "changed" | "gone";
  title: string;
  what: string;
}

/** A name of a benefit with its period of validity (/api/benefits). */
export interface BenefitName {
  code: string;
  title: string;
  de: string;
  en: string;
  /** First and last day as entered, "" = from the beginning, until the next name. */
  since: string;
  until: string;
  /** The last day that follows from the next name, "" = still valid. */
  ends: string;
  validity: string;
}

export interface BenefitsAnswer {
  names: BenefitName[];
  /** Titles of the indicators whose texts name a benefit, by its code. */
  used: Record<string, string[]>;
}
