/** The routes of the editor. Everything may raise Refused with what, where and what to do. */

import { get, post, Refused } from "../api";
import type {
  Background,
  BestCut,
  Colouring,
  Comment,
  Conflict,
  Disclosure,
  DraftDelta,
  DraftState,
  EditorSettings,
  EditorStart,
  Effect,
  Hit,
  NewComment,
  Stale,
  Suggestions,
  ViewName,
} from "./answers";
import type { Edit } from "./edit";

export interface NewDraftFields {
  role: string;
  base?: string;
  title?: string;
  branch_of?: string;
  branch_at?: number;
}

/** What the desk asks; tests hand in another. */
export interface EditorServer {
  start(): Promise<EditorStart>;
  background(): Promise<Background>;
  search(text: string): Promise<Hit[]>;
  colouring(by: string, view: ViewName): Promise<Colouring>;
  begin(fields: NewDraftFields): Promise<DraftState>;
  draft(id: string): Promise<DraftState>;
  preview(id: string, state: string, edit: Edit, view: ViewName): Promise<Effect>;
  write(id: string, state: string, edit: Edit): Promise<DraftDelta>;
  undo(id: string, state: string): Promise<DraftDelta>;
  redo(id: string, state: string): Promise<DraftDelta>;
  changeStep(
    id: string,
    state: string,
    number: number,
    change: { public?: boolean; why?: string },
  ): Promise<DraftDelta>;
  bestCut(id: string, state: string, area: string): Promise<BestCut>;
  improve(id: string, state: string, area: string): Promise<Suggestions>;
  heal(id: string, state: string, area: string): Promise<Suggestions>;
  disclosure(id: string, state: string, edit: Edit | null): Promise<Disclosure>;
  comments(): Promise<Comment[]>;
  comment(fields: NewComment): Promise<Comment>;
  changeComment(id: string, change: { state?: string; answer?: string; public?: boolean }): Promise<Comment>;
  reopen(id: string, state: string, role: string): Promise<DraftState>;
  submit(id: string, state: string, role: string): Promise<DraftState>;
  adopt(id: string, state: string, body: string, decidedOn: string, role: string): Promise<unknown>;
  settings(fields: EditorSettings): Promise<EditorStart>;
}

export function serverOf(ags: string): EditorServer {
  const draft = (id: string, act: string) => `editor/drafts/${id}/${act}`;
  return {
    start: () => get(`editor/${ags}`),
    background: () => get(`editor/${ags}/background`),
    search: (text) => get(`editor/${ags}/search?text=${encodeURIComponent(text)}`),
    colouring: (by, view) => get(`editor/${ags}/colouring?by=${encodeURIComponent(by)}&view=${view}`),
    begin: (fields) => post(`editor/${ags}/drafts`, fields),
    draft: (id) => get(`editor/drafts/${id}`),
    preview: (id, state_id, edit, view) => post(draft(id, "preview"), { state_id, edit, view }),
    write: (id, state_id, edit) => post(draft(id, "edits"), { state_id, edit }),
    undo: (id, state_id) => post(draft(id, "undo"), { state_id }),
    redo: (id, state_id) => post(draft(id, "redo"), { state_id }),
    changeStep: (id, state_id, number, change) => post(draft(id, `steps/${number}`), { state_id, ...change }),
    bestCut: (id, state_id, area) => post(draft(id, "best-cut"), { state_id, area }),
    improve: (id, state_id, area) => post(draft(id, "improve"), { state_id, area }),
    heal: (id, state_id, area) => post(draft(id, "heal"), { state_id, area }),
    disclosure: (id, state_id, edit) => post(draft(id, "disclosure"), { state_id, edit }),
    comments: () => get(`editor/${ags}/comments`),
    comment: (fields) => post(`editor/${ags}/comments`, fields),
    changeComment: (id, change) => post(`editor/comments/${id}`, change),
    reopen: (id, state_id, role) => post(draft(id, "reopen"), { state_id, role }),
    submit: (id, state_id, role) => post(draft(id, "submit"), { state_id, role }),
    adopt: (id, state_id, body, decided_on, role) =>
      post(draft(id, "adopt"), { state_id, body, decided_on, role }),
    settings: (fields) => post(`editor/${ags}/settings`, fields),
  };
}

/** Both sides when somebody else changed the draft meanwhile, null for every other refusal. */
export function conflictIn(error: unknown): Conflict | null {
  if (!(error instanceof Refused) || !("conflict" in error.problem)) return null;
  return (error.problem as Stale).conflict;
}
