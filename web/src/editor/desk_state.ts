/** What the editor knows at a moment. Never changed in place. */

import type { Problem } from "../api";
import type {
  Allowed,
  AreaRow,
  Colouring,
  Comment,
  Conflict,
  DraftInfo,
  EditorStart,
  Effect,
  Step,
  Suggestion,
  ViewName,
} from "./answers";
import type { AreaColours } from "./area_colours";
import type { Ground } from "./ground";
import type { Pin } from "./map_adapter";
import type { Plan } from "./plan";
import type { Preview } from "./preview";
import { NOTHING, type Point, type Selection } from "./selection";

/** How blocks are chosen. */
export type Tool = "click" | "brush" | "lasso" | "rectangle";
/** What a click on the map means: choose blocks, name the area to move to, draw a cut, pin a comment. */
export type Mode = "select" | "target" | "cut" | "pin";

/** What stands at the left. */
export type Tab = "areas" | "blocks" | "comments";
export type DialogName = "" | "view" | "role" | "keys" | "print" | "submit" | "adopt" | "steps";

export interface Draft {
  info: DraftInfo;
  stateId: string;
  rows: AreaRow[];
  steps: Step[];
  usedIds: string[];
  allowed: Allowed;
}

export interface Help {
  kind: "improve" | "heal" | "cut";
  area: string;
  sentence: string;
  suggestions: Suggestion[];
}

export interface DeskState {
  start: EditorStart;
  ground: Ground;
  plan: Plan;
  draft: Draft;
  colours: AreaColours;
  tool: Tool;
  mode: Mode;
  selection: Selection;
  /** Selections before the present one, newest last: what "Zurück" takes back first. */
  earlier: readonly Selection[];
  /** Block with the keyboard focus, -1 for none. */
  focus: number;
  /** area_id of the area looked at, "". */
  area: string;
  preview: Preview | null;
  /** The server's figures of the preview, null until they are here. */
  effect: Effect | null;
  warnings: readonly string[];
  why: { usual: string; own: string };
  role: string;
  /** Noted with every step: file number, and a name where the project allows names. */
  about: { caseNumber: string; person: string };
  view: ViewName;
  by: string;
  colouring: Colouring | null;
  help: Help | null;
  comments: readonly Comment[];
  /** The comment opened on the map, "". */
  openComment: string;
  /** Where a remark is being written, null for nowhere. */
  pin: { point: Point; block: number } | null;
  tab: Tab;
  dialog: DialogName;
  /** Name and number of the area looked at are being changed. */
  naming: boolean;
  found: Pin | null;
  /** How often the whole municipality was asked for; the map follows each change. */
  shownAll: number;
  /** The day on which the draft was submitted at this desk, "". */
  submittedOn: string;
  conflict: Conflict | null;
  problem: Problem | null;
  /** Something is being written or computed. */
  busy: "" | "writing" | "computing";
  /** The step just taken, in words, "". */
  done: string;
  /** For those who listen instead of look. */
  said: string;
  /** A sentence at the place of the figures: why something cannot be done. */
  note: string;
}

export function freshState(
  known: Pick<DeskState, "start" | "ground" | "plan" | "draft" | "colours" | "role" | "comments">,
): DeskState {
  return {
    ...known,
    tool: "click",
    mode: "select",
    selection: NOTHING,
    earlier: [],
    focus: -1,
    area: "",
    preview: null,
    effect: null,
    warnings: [],
    why: { usual: "", own: "" },
    about: { caseNumber: "", person: "" },
    view: "workshop",
    by: "",
    colouring: null,
    help: null,
    openComment: "",
    pin: null,
    tab: "areas",
    dialog: "",
    naming: false,
    found: null,
    shownAll: 0,
    submittedOn: "",
    conflict: null,
    problem: null,
    busy: "",
    done: "",
    said: "",
    note: "",
  };
}

/** The reason as it is written down: a usual one, own words, or both. */
export function reasonOf({ why: { usual, own } }: Pick<DeskState, "why">): string {
  return [usual, own.trim()].filter(Boolean).join(": ");
}

/** In the workshop smaller numbers of people are told as "fewer than"; 0 = every number is told. */
export function leastTold({ view, start }: Pick<DeskState, "view" | "start">): number {
  return view === "internal" ? 0 : start.least;
}

/** Only a draft in revision can be changed. */
export function canEdit({ draft }: Pick<DeskState, "draft">): boolean {
  return draft.info.status === "in_revision";
}

export function canUndo({ draft, earlier, preview }: DeskState): boolean {
  return canEdit({ draft }) && (earlier.length > 0 || preview !== null || draft.info.position > 0);
}

export function canRedo({ draft }: DeskState): boolean {
  return canEdit({ draft }) && draft.info.position < draft.info.steps;
}
