/** What the server tells of consultations. */

import type { SizeWord } from "../editor/checks";

export interface TownRow {
  ags: string;
  name: string;
  package_id: string | null;
  answers: number;
}

export interface OverviewAnswer {
  plan: { plan_id: string; title: string } | null;
  municipalities: TownRow[];
}

export type Standing = "single" | "agreement" | "conflict";

export interface Verdict {
  decision: "accepted" | "rejected";
  reason: string;
  role: string;
  when: string;
}

export interface Voice {
  answer_id: string;
  role: string;
  item: string;
  why: string;
}

/** One touched area; before or after is null where it does not exist. */
export interface TouchedArea {
  area_id: string;
  code: string;
  name: string;
  people_before: number | null;
  people_after: number | null;
  word_before: SizeWord | null;
  word_after: SizeWord | null;
}

/** What accepting would do to the draft as it is. */
export interface Outlook {
  areas: TouchedArea[];
  low: number;
  /** null = no upper bound. */
  high: number | null;
  checks: { severity: "look" | "error"; sentence: string }[];
  /** A rule is broken that stands in the way of a decision. */
  hard: boolean;
}

export interface Suggestion {
  key: string;
  kind: string;
  state: Standing;
  sentence: string;
  standing: string;
  blocks: string[];
  voices: Voice[];
  against: string[];
  verdict: Verdict | null;
  /** The step it became still stands in the draft. */
  in_draft: boolean;
  /** Why it cannot be accepted as things stand; "" when it can. */
  obstacle: string;
  outlook: Outlook | null;
}

export interface BlockView {
  block_id: string;
  state: Standing;
  targets: { target: string; roles: string[] }[];
}

export interface RemarkRow {
  answer_id: string;
  role: string;
  number: number;
  text: string;
  area: string;
  home: string;
  x: number | null;
  y: number | null;
  verdict: Verdict | null;
}

export interface AnswerRow {
  answer_id: string;
  role: string;
  written: string;
  received: string;
  file_name: string;
  edits: number;
  comments: number;
}

export interface ConsultationView {
  package_id: string;
  title: string;
  written: string;
  outdated: boolean;
  draft: { draft_id: string; title: string; status: string } | null;
  answers: AnswerRow[];
  suggestions: Suggestion[];
  blocks: BlockView[];
  comments: RemarkRow[];
}

export interface TownAnswer {
  municipality: { ags: string; name: string };
  plan: string;
  drafts: { draft_id: string; title: string; steps: number }[];
  packages: { package_id: string; title: string; written: string }[];
  newest: ConsultationView | null;
}

export interface ReadFiles {
  files: {
    sentence: string;
    problem: { headline: string; findings: { sentence: string; severity: string }[]; todo: string } | null;
  }[];
}
