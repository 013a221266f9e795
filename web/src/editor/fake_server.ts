/** A server for tests: keeps a draft in memory and answers as the real one does. */

import { Refused } from "../api";
import type { AreaRow, DraftDelta, DraftState, EditorStart, Step } from "./answers";
import { keepColours } from "./area_colours";
import { figuresOf, movedBlocks } from "./checks";
import { Desk } from "./desk";
import { draftOf, planOf } from "./desk_core";
import { freshState } from "./desk_state";
import { type Edit, makeEdit } from "./edit";
import { type Ground, makeGround } from "./ground";
import { add, begin, type History, redo, stateOf, undo } from "./history";
import { areaIdOf, makePlan, type Plan } from "./plan";
import type { EditorServer } from "./server";

export const SIDE = 6;
export const at = (column: number, row: number) => row * SIDE + column;

/** 6 by 6 blocks of 100 people, 10 units wide; a railway after a column, with crossings in some rows. */
export function squareTown(railAfter = 2, crossings: number[] = []): Ground {
  const pairs: [number, number, number][] = [];
  for (let row = 0; row < SIDE; row += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      const rail = column === railAfter ? (crossings.includes(row) ? 2 + 8 : 2) : 0;
      if (column + 1 < SIDE) pairs.push([at(column, row), at(column + 1, row), rail]);
      if (row + 1 < SIDE) pairs.push([at(column, row), at(column, row + 1), 0]);
    }
  }
  const blocks = SIDE * SIDE;
  return makeGround(
    Array.from({ length: blocks }, (_block, place) => `b${String(place).padStart(2, "0")}`),
    new Array(blocks).fill(100),
    new Array(blocks).fill(0),
    {
      first: Int32Array.from(pairs, (pair) => pair[0]),
      second: Int32Array.from(pairs, (pair) => pair[1]),
      metres: new Float32Array(pairs.length).fill(100),
      kinds: Uint8Array.from(pairs, (pair) => pair[2]),
    },
    Float64Array.from({ length: 2 * blocks }, (_number, place) => {
      const block = place >> 1;
      return 10 * (place % 2 ? Math.floor(block / SIDE) : block % SIDE) + 5;
    }),
  );
}

const LIMITS = { low: 700, high: 8500 };

/** Two areas: the two western columns, and the rest. */
export class FakeServer {
  readonly ground = squareTown();
  history: History;
  readonly calls: string[] = [];

  constructor() {
    const areas = [
      { area_id: "T-01", code: "1", name: "West" },
      { area_id: "T-02", code: "2", name: "Ost" },
    ];
    const plan = makePlan("T", this.ground.ids, (_id, block) => (block % SIDE < 2 ? "T-01" : "T-02"), areas);
    this.history = begin(plan);
  }

  get plan(): Plan {
    return stateOf(this.history);
  }

  private get stateId(): string {
    return `s${JSON.stringify(this.history.edits.slice(0, this.history.position)).length}`;
  }

  private rows(): AreaRow[] {
    return figuresOf(this.plan, this.ground, LIMITS).map(({ parts: _parts, ...row }) => ({
      ...row,
      likeness: 70,
      compactness: 0.5,
    }));
  }

  private steps(): Step[] {
    return this.history.edits.map((edit, place) => ({
      number: place + 1,
      kind: edit.kind,
      sentence: `${edit.kind} ${edit.area}`,
      why: edit.why,
      role: edit.role,
      case: "",
      person: "",
      when: "2026-11-28T09:00:00",
      public: edit.public,
      undone: place >= this.history.position,
      blocks: edit.blocks,
      areas: [edit.area],
    }));
  }

  private common() {
    const { edits, position } = this.history;
    return {
      draft: {
        draft_id: "d1",
        ags: "T",
        base: "p1",
        title: "Fassung 1",
        status: "in_revision" as const,
        position,
        steps: edits.length,
        created: "2026-11-28T08:00:00",
        role: "Sozialplanung",
        branch_of: "",
        branch_at: 0,
        base_title: "Vorschlag",
        base_superseded: false,
        body: "",
        decided_on: "",
      },
      state_id: this.stateId,
      areas: this.rows(),
      locks: [...this.plan.locks],
      steps: this.steps(),
      used_ids: [...new Set(edits.flatMap((edit) => [edit.area, edit.into]))].filter(Boolean),
      allowed: { submit: true, adopt: false, why: [] },
    };
  }

  state(): DraftState {
    return { ...this.common(), assignment: [...this.plan.area] };
  }

  private check(stateId: string, mine: Edit | null): void {
    if (stateId === this.stateId) return;
    const conflict = { theirs: this.steps(), taken_back: [], mine, state: this.state() };
    throw new Refused({ headline: "inzwischen geändert", findings: [], todo: "", conflict } as never);
  }

  private change(stateId: string, mine: Edit | null, next: (history: History) => History): DraftDelta {
    this.check(stateId, mine);
    const before = this.plan;
    this.history = next(this.history);
    const changed = movedBlocks(before, this.plan).map((block): [number, string] => [
      block,
      areaIdOf(this.plan, block),
    ]);
    return { ...this.common(), changed, effect: null };
  }

  /** Somebody else writes beside the desk. */
  elsewhere(edit: Partial<Edit>): void {
    this.history = add(this.history, makeEdit({ kind: "move", role: "Stadtplanung", ...edit }));
  }

  asServer(): EditorServer {
    const note = <Answer>(name: string, answer: () => Answer) => {
      this.calls.push(name);
      return new Promise<Answer>((resolve) => resolve(answer()));
    };
    const effect = { areas: [], checks: [], groups: [], hard: false, blocks_moved: 0, persons_moved: 0 };
    const unused = () => Promise.reject(new Error("not in this test"));
    return {
      start: unused,
      background: unused,
      search: unused,
      colouring: unused,
      begin: unused,
      draft: () => note("draft", () => this.state()),
      preview: () => note("preview", () => effect),
      write: (_id, state, edit) =>
        note("write", () => this.change(state, edit, (history) => add(history, edit))),
      undo: (_id, state) => note("undo", () => this.change(state, null, undo)),
      redo: (_id, state) => note("redo", () => this.change(state, null, redo)),
      changeStep: unused,
      bestCut: (_id, _state, area) =>
        note("bestCut", () => {
          const blocks = this.ground.ids.filter((_block, place) => place % SIDE >= 4);
          const edit = makeEdit({
            kind: "split",
            role: "",
            area,
            into: "T~1",
            blocks,
            code: "2b",
            rest_code: "2a",
          });
          return { blocks, sentence: "Vorgeschlagener Schnitt", people: [1200, 1200], edit };
        }),
      improve: unused,
      heal: () =>
        note("heal", () => ({
          sentence: "",
          suggestions: [
            {
              edit: makeEdit({
                kind: "move",
                role: "",
                area: "T-01",
                blocks: [this.ground.ids[at(2, 0)] ?? ""],
              }),
              gain: 1.5,
              people: 100,
              sentence: "Baustein b02 nach 1",
            },
          ],
        })),
      disclosure: () =>
        note("disclosure", () => ({ findings: ["Zwischen Alt und Neu liegen wenige Personen."] })),
      comments: () => note("comments", () => []),
      comment: unused,
      changeComment: unused,
      reopen: unused,
      submit: unused,
      adopt: unused,
      settings: unused,
    };
  }
}

export function deskOn(server: FakeServer): Desk {
  const { ground } = server;
  const found = server.state();
  const plan = planOf(found, ground.ids);
  const start: EditorStart = {
    municipality: { ags: "T", name: "Musterstadt", size_low: 700, size_high: 8500, people: 3600, blocks: 36 },
    drafts: [found.draft],
    plan: { plan_id: "p1", title: "Vorschlag", status: "proposal" },
    roles: ["Sozialplanung", "Stadtplanung"],
    reasons: ["Bahnlinie trennt"],
    attributes: [],
    names_allowed: false,
    wms: null,
    least: 5,
  };
  const colours = keepColours(plan, ground, new Map());
  const known = { start, ground, plan, draft: draftOf(found), colours, role: "Sozialplanung", comments: [] };
  return new Desk(freshState(known), server.asServer());
}
