/** What one expert does with the package: proposals with undo, remarks, the answer file. Plain data, no page. */

import { LONGEST_ROLE, oneLine, plainText } from "../area_text";
import { type AreaFigures, figuresOf, type Limits, sizeWord } from "../editor/checks";
import { EDIT_KINDS, type Edit } from "../editor/edit";
import type { Ground } from "../editor/ground";
import { add, begin, type History, redo, stateOf, undo } from "../editor/history";
import type { Plan } from "../editor/plan";
import type { PackageData } from "./data";

export interface Comment {
  number: number;
  text: string;
  area_id: string;
  block_id: string;
  /** Metres from the upper left corner of the map; null for a remark on an area. */
  x: number | null;
  y: number | null;
}

export interface Work {
  answer_id: string;
  role: string;
  history: History;
  comments: readonly Comment[];
}

export const ANSWER = "sozialraum-answer";
const MAY: readonly string[] = ["move", "split", "merge", "rename"];

export function beginWork(base: Plan, answerId: string): Work {
  return { answer_id: answerId, role: "", history: begin(base), comments: [] };
}

/** Raises Impossible when the proposal cannot be. */
export function propose(work: Work, edit: Edit): Work {
  return { ...work, history: add(work.history, edit) };
}

export function back(work: Work): Work {
  return { ...work, history: undo(work.history) };
}

export function again(work: Work): Work {
  return { ...work, history: redo(work.history) };
}

export function proposals(work: Work): readonly Edit[] {
  return work.history.edits.slice(0, work.history.position);
}

export function planOf(work: Work): Plan {
  return stateOf(work.history);
}

export function withComment(work: Work, comment: Omit<Comment, "number">): Work {
  const number = Math.max(0, ...work.comments.map((one) => one.number)) + 1;
  return { ...work, comments: [...work.comments, { ...comment, number }] };
}

export function withoutComment(work: Work, number: number): Work {
  return { ...work, comments: work.comments.filter((one) => one.number !== number) };
}

export function isEmpty(work: Work): boolean {
  return work.history.position === 0 && work.comments.length === 0;
}

/** Inhabitants of areas of the plan beyond the sum of their rounded blocks; a part split off begins without. */
export function surplus(data: PackageData): Map<string, number> {
  const sums = data.areas.map(() => 0);
  data.blocks.area.forEach((place, block) => {
    sums[place] = (sums[place] ?? 0) + (data.blocks.people[block] ?? 0);
  });
  return new Map(data.areas.map((area, place) => [area.area_id, area.people - (sums[place] ?? 0)]));
}

/** Figures of all areas; inhabitants to the nearest step. */
export function figures(
  plan: Plan,
  ground: Ground,
  limits: Limits,
  extra: ReadonlyMap<string, number>,
): AreaFigures[] {
  return figuresOf(plan, ground, limits).map((area) => {
    const people = Math.max(0, area.people + (extra.get(area.area_id) ?? 0));
    return { ...area, people, word: sizeWord(people, limits), rule_1000: people >= 1000 };
  });
}

export interface AnswerFile {
  format: string;
  version: number;
  answer_id: string;
  package_id: string;
  plan_id: string;
  state_id: string;
  ags: string;
  role: string;
  written: string;
  edits: Edit[];
  comments: Comment[];
}

/** The answer as it is saved; places in the coordinates of the project. */
export function answerOf(work: Work, data: PackageData, written: string): AnswerFile {
  const { package_id, plan_id, state_id, ags, map } = data;
  return {
    format: ANSWER,
    version: 1,
    answer_id: work.answer_id,
    package_id,
    plan_id,
    state_id,
    ags,
    role: oneLine(work.role, LONGEST_ROLE),
    written,
    edits: proposals(work).map((edit) => ({ ...edit, role: oneLine(work.role, LONGEST_ROLE) })),
    comments: work.comments.map((one) => ({
      ...one,
      x: one.x === null ? null : map.west + one.x,
      y: one.y === null ? null : map.north - one.y,
    })),
  };
}

export type Unreadable = "no_answer" | "other_package" | "damaged";

/** The work an answer file stands for, or why it cannot be gone on with. */
export function workOf(text: string, data: PackageData, base: Plan): Work | Unreadable {
  let content: Partial<AnswerFile> | null;
  try {
    content = JSON.parse(text) as Partial<AnswerFile> | null;
  } catch {
    return "no_answer";
  }
  if (content === null || typeof content !== "object" || content.format !== ANSWER) return "no_answer";
  if (content.package_id !== data.package_id) return "other_package";
  try {
    return rebuilt(content, data, base);
  } catch {
    return "damaged";
  }
}

function rebuilt(content: Partial<AnswerFile>, data: PackageData, base: Plan): Work {
  const { answer_id, role = "", edits = [], comments = [] } = content;
  if (typeof answer_id !== "string" || !answer_id) throw new Error("no answer_id");
  if (typeof role !== "string") throw new Error("no role");
  const start: Work = { ...beginWork(base, answer_id), role };
  const done = edits.reduce((work, edit) => {
    if (!EDIT_KINDS.includes(edit.kind) || !MAY.includes(edit.kind)) throw new Error(edit.kind);
    return propose(work, edit);
  }, start);
  return {
    ...done,
    comments: comments.map((one, place) => ({
      number: place + 1,
      text: plainText(String(one.text)),
      area_id: String(one.area_id ?? ""),
      block_id: String(one.block_id ?? ""),
      x: one.x === null ? null : finite(one.x) - data.map.west,
      y: one.y === null ? null : data.map.north - finite(one.y),
    })),
  };
}

function finite(place: unknown): number {
  if (typeof place !== "number" || !Number.isFinite(place)) throw new Error("no place");
  return place;
}

/** "Amt für Soziales" as part of a file name: "amt-fuer-soziales". */
export function fileWord(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss");
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}

export function fileName(work: Work, data: PackageData): string {
  return `antwort-${data.ags}-${fileWord(work.role) || "ohne-rolle"}.json`;
}
