/** The core of the desk: the state, what the server is asked about it, and how steps are written. */

import { type Problem, Refused } from "../api";
import { t } from "../words";
import type { DraftDelta, DraftState } from "./answers";
import { keepColours } from "./area_colours";
import type { Limits } from "./checks";
import { canEdit, type DeskState, leastTold } from "./desk_state";
import type { Edit } from "./edit";
import { applyEdit, areaIdOf, makePlan, type Plan, samePlan } from "./plan";
import { isPossible, previewOf } from "./preview";
import { NOTHING } from "./selection";
import { headingOf, impossibleSentence } from "./sentences";
import { conflictIn, type EditorServer } from "./server";

const SOON = 120; // milliseconds until the server is asked about a preview
const LATER = 700; // and about disclosure

export class DeskCore {
  private readonly listeners = new Set<() => void>();
  private asked = 0;
  private soon: ReturnType<typeof setTimeout> | undefined;
  private later: ReturnType<typeof setTimeout> | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(
    public state: DeskState,
    readonly server: EditorServer,
  ) {}

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  set(change: Partial<DeskState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  get limits(): Limits {
    const { size_low, size_high } = this.state.start.municipality;
    return { low: size_low, high: size_high };
  }

  tell(note: string): void {
    this.set({ note, said: note });
  }

  /** Any step: names, keys, suggestions. null takes the preview away. */
  preview(edit: Edit | null): void {
    clearTimeout(this.soon);
    clearTimeout(this.later);
    this.asked += 1;
    if (!edit) {
      this.set({ preview: null, effect: null, warnings: [] });
      return;
    }
    const { plan, ground } = this.state;
    const found = previewOf(plan, ground, this.limits, edit);
    if (!isPossible(found)) {
      const note = impossibleSentence(found.impossible, found.subjects, plan);
      this.set({ preview: null, effect: null, warnings: [], note, said: note });
      return;
    }
    const colours = keepColours(found.after, ground, this.state.colours);
    const said = headingOf(edit, plan, ground, leastTold(this.state));
    this.set({ done: "", preview: found, colours, effect: null, warnings: [], note: "", said });
    const mine = this.asked;
    this.soon = setTimeout(() => void this.askEffect(edit, mine), SOON);
    this.later = setTimeout(() => void this.askDisclosure(edit, mine), LATER);
  }

  private async askEffect(edit: Edit, mine: number): Promise<void> {
    const { draft, view } = this.state;
    try {
      const effect = await this.server.preview(draft.info.draft_id, draft.stateId, edit, view);
      if (mine === this.asked) this.set({ effect });
    } catch (error) {
      if (mine === this.asked) this.refused(error);
    }
  }

  /** A warning that may come late and never stands in the way. */
  private async askDisclosure(edit: Edit, mine: number): Promise<void> {
    const { draft } = this.state;
    try {
      const { findings } = await this.server.disclosure(draft.info.draft_id, draft.stateId, edit);
      if (mine === this.asked) this.set({ warnings: findings });
    } catch {
      // Without an answer there is no warning; the check before publication stays.
    }
  }

  discard(): void {
    this.preview(null);
    this.set({
      selection: NOTHING,
      earlier: [],
      help: null,
      naming: false,
      mode: "select",
      note: "",
      why: { usual: "", own: "" },
    });
  }

  /** One thing at a time: what is asked for while something is written or computed follows when that is done. */
  private inTurn<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    const done = this.waiting > 0 ? this.last.then(act) : act();
    this.waiting += 1;
    const end = () => {
      this.waiting -= 1;
    };
    this.last = done.then(end, end);
    return done;
  }

  /** Write a step: the map shows it at once, the server has the last word. */
  write(step: Edit): Promise<boolean> {
    return this.inTurn(() => this.writeNow(step));
  }

  private async writeNow(step: Edit): Promise<boolean> {
    if (!canEdit(this.state)) return false;
    const before = this.state;
    const edit = { ...step, case: before.about.caseNumber.trim(), person: before.about.person.trim() };
    clearTimeout(this.soon);
    clearTimeout(this.later);
    this.asked += 1;
    const plan = applyEdit(before.plan, edit);
    this.set({
      plan,
      colours: keepColours(plan, before.ground, before.colours),
      busy: "writing",
      problem: null,
    });
    try {
      const delta = await this.server.write(before.draft.info.draft_id, before.draft.stateId, edit);
      this.applied(delta);
      this.discard();
      const { area, plan: now, draft } = this.state;
      // Whoever worked on an area goes on looking at it; one that joined another is followed there.
      const next = area && edit.kind === "merge" && area === edit.area ? edit.into : area;
      const stays = now.areas.some((one) => one.area_id === next);
      const done = draft.steps[draft.info.position - 1]?.sentence ?? "";
      this.set({ area: stays ? next : "", done, said: t("Übernommen. Alles ist gesichert.") });
      return true;
    } catch (error) {
      this.set({ plan: before.plan, busy: "" });
      this.refused(error);
      return false;
    }
  }

  /** Write a step without a preview; what is impossible is said instead. */
  tryWrite(edit: Edit): Promise<boolean> {
    return this.inTurn(async () => {
      const found = previewOf(this.state.plan, this.state.ground, this.limits, edit);
      if (isPossible(found)) return this.writeNow(edit);
      this.tell(impossibleSentence(found.impossible, found.subjects, this.state.plan));
      return false;
    });
  }

  /** Change the steps that are written; `still`: whether that has a sense when its turn comes. */
  step(act: (id: string, state: string) => Promise<DraftDelta>, still = () => true): Promise<boolean> {
    return this.inTurn(async () => still() && this.stepNow(act));
  }

  private async stepNow(act: (id: string, state: string) => Promise<DraftDelta>): Promise<boolean> {
    const { draft } = this.state;
    this.set({ busy: "writing", problem: null });
    try {
      this.applied(await act(draft.info.draft_id, draft.stateId));
      const { area, plan } = this.state;
      this.set({ busy: "", done: "", area: plan.areas.some((one) => one.area_id === area) ? area : "" });
      return true;
    } catch (error) {
      this.set({ busy: "" });
      this.refused(error);
      return false;
    }
  }

  private applied(delta: DraftDelta): void {
    const { plan: before, ground, colours, role } = this.state;
    const changed = new Map(delta.changed);
    const told = makePlan(
      before.ags,
      before.ids,
      (_id, block) => changed.get(block) ?? areaIdOf(before, block),
      delta.areas,
      delta.locks,
    );
    // A step that was shown at once is drawn only once.
    const plan = samePlan(before, told) ? before : told;
    this.set({
      plan,
      draft: {
        info: delta.draft,
        stateId: delta.state_id,
        rows: delta.areas,
        steps: delta.steps,
        usedIds: delta.used_ids,
        allowed: delta.allowed,
      },
      colours: keepColours(plan, ground, colours),
      role: role || delta.draft.role,
      busy: "",
      preview: null,
      effect: null,
      earlier: [],
      selection: NOTHING,
    });
  }

  /** The whole state anew: after opening another draft or after a conflict. */
  open(found: DraftState): void {
    const { ground, colours } = this.state;
    const plan = planOf(found, this.state.plan.ids);
    this.set({
      plan,
      draft: draftOf(found),
      colours: keepColours(plan, ground, colours),
      selection: NOTHING,
      earlier: [],
      preview: null,
      effect: null,
      help: null,
      naming: false,
      area: "",
      submittedOn: "",
      conflict: null,
      busy: "",
      note: "",
    });
  }

  /** Something that takes a moment and needs the present state. */
  async compute(act: (id: string, state: string) => Promise<void>): Promise<void> {
    if (this.state.busy === "computing") return; // the page says that it computes
    await this.inTurn(() => this.computeNow(act));
  }

  private async computeNow(act: (id: string, state: string) => Promise<void>): Promise<void> {
    const { draft } = this.state;
    this.set({ busy: "computing", problem: null, note: "" });
    try {
      await act(draft.info.draft_id, draft.stateId);
    } catch (error) {
      this.refused(error);
    }
    this.set({ busy: "" });
  }

  /** A refusal is shown at its place; a conflict with both sides. */
  refused(error: unknown): void {
    const conflict = conflictIn(error);
    if (conflict) this.set({ conflict, problem: null });
    else this.set({ problem: problemOf(error) });
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  return { headline: t("Das hat nicht funktioniert."), findings: [], todo: String(error) };
}

export function planOf(found: DraftState, ids: readonly string[]): Plan {
  const areas = found.areas;
  return makePlan(
    found.draft.ags,
    ids,
    (_id, block) => areas[found.assignment[block] ?? 0]?.area_id ?? "",
    areas,
    found.locks,
  );
}

export function draftOf(found: DraftState): DeskState["draft"] {
  return {
    info: found.draft,
    stateId: found.state_id,
    rows: found.areas,
    steps: found.steps,
    usedIds: found.used_ids,
    allowed: found.allowed,
  };
}
