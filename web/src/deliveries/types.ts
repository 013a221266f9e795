/** What the server says about deliveries and their reviews (/api/reviews, /api/deliveries). */

import type { Problem } from "../api";

export type ReviewState = "unchanged" | "refused" | "questions" | "findings" | "ready" | "taken";
export type Severity = "error" | "warning" | "note";
export type Role = "key" | "name" | "head" | "value" | "hidden" | "total" | "text" | "unread";
export type RowMeans = "skip" | "total" | "residual";

/** A review as the list shows it. */
export interface ReviewRow {
  review_id: string;
  file_name: string;
  title: string;
  received_at: string;
  state: ReviewState;
  headline: string;
  errors: number;
  warnings: number;
  questions: number;
}

export interface ReviewFinding {
  id: string;
  severity: Severity;
  code: string;
  title: string;
  /** "Zelle E12", "Zeile 7", '' where the finding is about the whole file. */
  place: string;
  what: string;
  todo: string;
  sheet: string;
  row: number | null;
  cell: string;
  found: string;
  offer: string;
  /** The offer in words: the name of the area, the head of the column. */
  offer_title: string;
  decision: string;
  reason: string;
  /** The letter that asks about it; '' = none. */
  asked: string;
}

export interface PreviewRow {
  number: number;
  texts: string[];
  roles: Role[];
}

export interface Preview {
  sheet: string;
  sheets: string[];
  letters: string[];
  rows: PreviewRow[];
  left_out: number;
  /** What stands above each column, joined over the rows of the head; [] where no head was found. */
  heads: string[];
}

export interface Difference {
  kind: string;
  where: string;
  sentence: string;
  found: string;
  offer: string;
  severity: Severity;
}

export interface Question {
  id: string;
  sentence: string;
  options: Choice[];
  cell: string;
  /** The answer that holds unless another is given; '' where one must be given. */
  usual: string;
  /** "day" where a date may be typed instead of choosing. */
  typed: "" | "day";
}

export interface Choice {
  value: string;
  title: string;
}

export interface Corrections {
  heads: Record<string, string>;
  keys: Record<string, string>;
  rows: Record<string, RowMeans>;
  signs: string[];
  /** The date given by hand, ISO day or year; '' = as the file says. */
  period: string;
  /** The sheet that is read, where several hold the table; '' = the only one. */
  sheet: string;
}

/** What a person may say a column of an unknown file is. */
export type ColumnUse = "key" | "value" | "day" | "name" | "skip";

/** What a delivery is: protection, purpose, legal basis, date of deletion, data set. */
export interface About {
  protection: string;
  purpose: string;
  legal_basis: string;
  delete_on: string;
  data_set: string;
}

export interface Review extends ReviewRow {
  recipe: string;
  recipe_known: boolean;
  known_recipes: Choice[];
  /** The source was chosen by hand. */
  chosen: boolean;
  columns: Choice[];
  /** The file is read by a draft: its head and what a column is may be clicked. */
  drafting: boolean;
  /** In which form a date may be given by hand; '' where it would change nothing. */
  date_form: "" | "day" | "month_end" | "year" | "year_end";
  columns_read: { letter: string; head: string; use: ColumnUse | "town" | "" }[];
  /** What was answered or clicked so far, as sentences. */
  answered: { name: string; sentence: string }[];
  kept: boolean;
  questions_open: Question[];
  /** What a draft takes for certain. */
  said: string[];
  findings: ReviewFinding[];
  differences: Difference[];
  earlier: string;
  preview: Preview | null;
  periods: string[];
  rows_read: number;
  sentences: string[];
  corrections: Corrections;
  /** Titles of what keys and columns were corrected to. */
  titles: Record<string, string>;
  about: About;
  data_sets: Choice[];
  replaces: string;
  answers_to: string;
  answers_file: string;
  /** Waiting files that this one can be said to correct. */
  correctable: Choice[];
  /** Whom a letter would go to; '' where no source is known. */
  holder: string;
}

export interface Affected {
  indicators: { id: string; title: string }[];
  index: boolean;
  need: boolean;
  pages: number;
  report: boolean;
}

export interface Taken {
  review_id: string;
  delivery_id: string;
  title: string;
  when: string;
  sentences: string[];
  replaced: string[];
  affected: Affected;
}

export interface Delivery {
  delivery_id: string;
  file_name: string;
  title: string;
  received_at: string;
  periods: string[];
  /** Names of the municipalities it holds numbers for. */
  towns: string[];
  rows_read: number;
  rows_skipped: number;
  assumed: string[];
  sentences: string[];
  findings: { sentence: string; severity: string }[];
  /** Titles of the columns that heads were said to be. */
  titles: Record<string, string>;
  state: "in_force" | "replaced" | "withdrawn";
  withdrawn_on: string;
  withdrawn_why: string;
  withdrawn_by: string;
  replaced_by: string;
  decisions: { sentence: string; reason: string; role: string }[];
  corrections: Corrections;
  about: About;
  deleted_on: string;
}

/** How one dropped file was received. */
export interface Received {
  file: string;
  review_id: string;
  state: ReviewState | "";
  headline: string;
  problem: Problem | null;
}
