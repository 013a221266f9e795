/** The working place: takes what a person does, keeps the state, asks the server. Knows no map and no page. */

import { type Problem, Refused } from "../api";
import { decimal } from "../numbers";
import { plural, t } from "../words";
import type { DraftDelta, DraftState } from "./answers";
import { keepColours } from "./area_colours";
import type { Limits } from "./checks";
import { canEdit, canRedo, type DeskState, type Mode, reasonOf, type Tool } from "./desk_state";
import { type Edit, makeEdit } from "./edit";
import { peopleOf } from "./ground";
import { applyEdit, areaIdOf, blocksIn, makePlan, type Plan, placeOf } from "./plan";
import { areasBeside, isPossible, mainArea, moveEdit, previewOf, splitEdit } from "./preview";
import {
  type Arrow,
  cutByHand,
  NOTHING,
  type Point,
  type Selection,
  stepTo,
  toggle,
  withAll,
  without,
} from "./selection";
import { blocksAndPeople, headingOf, impossibleSentence } from "./sentences";
import { conflictIn, type EditorServer } from "./server";
import { snap } from "./snap";

const SOON = 120; // milliseconds until the server is asked about a preview
const LATER = 700; // and about disclosure

export class Desk {
  private readonly listeners = new Set<() => void>();
  private asked = 0;
  private soon: ReturnType<typeof setTimeout> | undefined;
  private later: ReturnType<typeof setTimeout> | undefined;

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

  // ---- choosing -------------------------------------------------------------------------------

  useTool(tool: Tool): void {
    this.set({ tool, mode: "select", note: "" });
  }

  useMode(mode: Mode): void {
    this.set({ mode, note: "" });
  }

  /** A block was clicked, or Enter pressed on it. */
  pick(block: number, keys: { add: boolean; remove: boolean } = { add: false, remove: false }): void {
    if (block < 0) return;
    if (this.state.mode === "target") {
      this.aim(areaIdOf(this.state.plan, block));
      return;
    }
    const { selection } = this.state;
    this.select(keys.remove ? without(selection, [block]) : toggle(selection, block), block);
  }

  addBlocks(blocks: readonly number[], keys: { add?: boolean; remove?: boolean }, joined = false): void {
    const { selection } = this.state;
    if (keys.remove) this.select(without(selection, blocks), -1, joined);
    else this.select(keys.add || joined ? withAll(selection, blocks) : new Set(blocks), -1, joined);
  }

  /** `joined`: part of the same stroke as the selection before. */
  select(selection: Selection, focus = -1, joined = false): void {
    const before = this.state;
    if (joined && selection.size === before.selection.size) return;
    const earlier = joined ? before.earlier : [...before.earlier, before.selection];
    const target = before.preview?.edit.kind === "move" ? before.preview.edit.area : "";
    this.set({
      selection,
      earlier,
      area: "",
      help: null,
      note: "",
      ...(focus >= 0 && { focus }),
      said: this.selectionWords(selection),
    });
    this.preview(target && selection.size > 0 ? moveEdit(before.plan, selection, target, before.role) : null);
  }

  private selectionWords(selection: Selection): string {
    if (selection.size === 0) return t("Nichts ausgewählt.");
    return t("Ausgewählt: {amount}.", {
      amount: blocksAndPeople(selection.size, peopleOf(this.state.ground, selection)),
    });
  }

  chooseArea(area: string): void {
    if (this.state.mode === "target") this.aim(area);
    else this.set({ area: this.state.area === area ? "" : area, note: "" });
  }

  walk(arrow: Arrow): void {
    const { ground, plan, area, focus, selection } = this.state;
    const first = [...selection][0] ?? (area ? blocksIn(plan, placeOf(plan, area))[0] : 0) ?? 0;
    const next = focus < 0 ? first : stepTo(ground, focus, arrow);
    this.set({ focus: next, said: this.blockWords(next) });
  }

  blockWords(block: number): string {
    const { plan, ground, selection, colouring, view } = this.state;
    const area = plan.areas[plan.area[block] ?? 0];
    const people = ground.people[block] ?? 0;
    const words = [
      t("Baustein {block}", { block: plan.ids[block] ?? "" }),
      t("Gebiet {code}", { code: area?.code ?? "" }),
      plural("{count} Person", "{count} Personen", people, { count: people }),
    ];
    const value = view === "internal" ? colouring?.values?.[block] : null;
    if (value !== null && value !== undefined) words.push(`${colouring?.title}: ${decimal(value)}`);
    if (selection.has(block)) words.push(t("ausgewählt"));
    if (plan.locks.has(block)) words.push(t("gesperrt"));
    return words.join(", ");
  }

  /** Escape: the innermost thing first. */
  leave(): void {
    const { mode, preview, selection, help, area } = this.state;
    if (mode !== "select") this.set({ mode: "select", note: "" });
    else if (preview || help) this.discard();
    else if (selection.size > 0)
      this.set({ selection: NOTHING, earlier: [], note: "", said: t("Nichts ausgewählt.") });
    else if (area) this.set({ area: "" });
  }

  snapToBarriers(): void {
    const { plan, ground, selection } = this.state;
    if (selection.size === 0) {
      this.tell(t("Wählen Sie zuerst Bausteine aus."));
      return;
    }
    const snapped = snap(plan, ground, selection);
    const same = snapped.size === selection.size && [...snapped].every((block) => selection.has(block));
    if (same) {
      this.tell(t("In der Nähe liegt kein Fluss, keine Bahnlinie und keine Autobahn."));
      return;
    }
    this.select(snapped);
  }

  tell(note: string): void {
    this.set({ note, said: note });
  }

  // ---- a step before it is taken ---------------------------------------------------------------

  /** V: towards the neighbour with the longest common border; again: towards the next one. */
  move(): void {
    const { plan, ground, selection, preview } = this.state;
    if (selection.size === 0) {
      this.tell(t("Wählen Sie zuerst Bausteine aus, dann ihr neues Gebiet."));
      return;
    }
    const beside = areasBeside(plan, ground, selection);
    const at = preview?.edit.kind === "move" ? beside.indexOf(preview.edit.area) : -1;
    const target = beside[(at + 1) % Math.max(1, beside.length)];
    if (target) this.aim(target);
    else this.tell(t("Klicken Sie auf das Gebiet, zu dem die Auswahl gehören soll."));
    this.set({ mode: "target" });
  }

  /** The selection is to go to this area; or, without one, the chosen area joins it. */
  aim(target: string): void {
    const { plan, selection, role, area, preview } = this.state;
    if (selection.size > 0) this.preview(moveEdit(plan, selection, target, role));
    else if (preview?.edit.kind === "merge") this.mergeInto(preview.edit.area, target);
    else this.mergeInto(area, target);
  }

  /** N: the selection becomes an area of its own. */
  newArea(): void {
    const { plan, ground, selection, role, draft } = this.state;
    if (selection.size === 0) {
      this.tell(t("Wählen Sie zuerst die Bausteine des neuen Gebiets aus."));
      return;
    }
    const area = mainArea(plan, ground, selection);
    this.preview(splitEdit(plan, area, selection, role, draft.usedIds));
  }

  /** The area that splitting, merging and locking mean: the one chosen, else that of the selection or the focus. */
  meant(): string {
    const { area, plan, ground, selection, focus } = this.state;
    if (area) return area;
    if (selection.size > 0) return mainArea(plan, ground, selection);
    return focus >= 0 ? areaIdOf(plan, focus) : "";
  }

  /** T: the engine's best cut of the area. */
  async split(): Promise<void> {
    const area = this.meant();
    if (!area) {
      this.tell(t("Wählen Sie zuerst ein Gebiet: in der Liste oder durch einen seiner Bausteine."));
      return;
    }
    await this.compute(async (id, state) => {
      const cut = await this.server.bestCut(id, state, area);
      const { plan, role, draft } = this.state;
      const blocks = new Set(
        cut.blocks.map((block) => plan.ids.indexOf(block)).filter((block) => block >= 0),
      );
      this.set({
        selection: blocks,
        earlier: [],
        area,
        help: { kind: "cut", area, sentence: cut.sentence, suggestions: [] },
      });
      this.preview(splitEdit(plan, area, blocks, role, draft.usedIds));
    });
  }

  /** A line drawn by hand through the area that is to be split. */
  cut(line: readonly Point[]): void {
    const { plan, ground, role, draft, preview } = this.state;
    const area = preview?.edit.kind === "split" ? preview.edit.area : this.meant();
    if (!area) {
      this.tell(t("Wählen Sie zuerst ein Gebiet: in der Liste oder durch einen seiner Bausteine."));
      return;
    }
    const part = cutByHand(ground, blocksIn(plan, placeOf(plan, area)), line);
    if (part.length === 0) {
      this.tell(t("Die Linie teilt das Gebiet nicht. Ziehen Sie sie quer durch das Gebiet."));
      return;
    }
    this.set({ selection: new Set(part), earlier: [], area, mode: "select", help: null });
    this.preview(splitEdit(plan, area, part, role, draft.usedIds));
  }

  /** M: the chosen area joins the neighbour with the longest common border; again: the next one. */
  merge(): void {
    const { plan, ground, preview } = this.state;
    const area = preview?.edit.kind === "merge" ? preview.edit.area : this.meant();
    if (!area) {
      this.tell(t("Wählen Sie zuerst das Gebiet, das in einem anderen aufgehen soll."));
      return;
    }
    const beside = areasBeside(plan, ground, blocksIn(plan, placeOf(plan, area)));
    const at = preview?.edit.kind === "merge" ? beside.indexOf(preview.edit.into) : -1;
    const into = beside[(at + 1) % Math.max(1, beside.length)];
    if (!into) {
      this.tell(t("Neben diesem Gebiet liegt kein anderes."));
      return;
    }
    this.mergeInto(area, into);
    this.set({ mode: "target" });
  }

  private mergeInto(area: string, into: string): void {
    if (!area) {
      this.tell(t("Wählen Sie zuerst Bausteine aus, dann ihr neues Gebiet."));
      return;
    }
    this.set({ selection: NOTHING, earlier: [], area });
    this.preview(makeEdit({ kind: "merge", role: this.state.role, area, into }));
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
    const said = headingOf(edit, plan, ground);
    this.set({ preview: found, colours, effect: null, warnings: [], note: "", said });
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
      mode: "select",
      note: "",
      why: { usual: "", own: "" },
    });
  }

  // ---- steps ----------------------------------------------------------------------------------

  /** Take the previewed step, with its reason. */
  async take(): Promise<void> {
    const { preview } = this.state;
    if (!preview || this.state.busy) return;
    const why = reasonOf(this.state);
    if (!why) {
      this.tell(t("Nennen Sie einen Grund. Er bleibt intern, bis Sie ihn freigeben."));
      return;
    }
    await this.write({ ...preview.edit, why });
  }

  /** Write a step: the map shows it at once, the server has the last word. */
  async write(edit: Edit): Promise<boolean> {
    if (!canEdit(this.state)) return false;
    const before = this.state;
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
      this.set({ area: "", said: t("Übernommen. Alles ist gesichert.") });
      return true;
    } catch (error) {
      this.set({ plan: before.plan, busy: "" });
      this.refused(error);
      return false;
    }
  }

  /** Write a step without a preview; what is impossible is said instead. */
  async tryWrite(edit: Edit): Promise<boolean> {
    const found = previewOf(this.state.plan, this.state.ground, this.limits, edit);
    if (isPossible(found)) return this.write(edit);
    this.tell(impossibleSentence(found.impossible, found.subjects, this.state.plan));
    return false;
  }

  /** Undo: first the last choice of blocks, then the last step. */
  async undo(): Promise<void> {
    const { earlier, preview } = this.state;
    const last = earlier[earlier.length - 1];
    if (last && this.state.selection.size + last.size > 0) {
      this.select(last);
      this.set({ earlier: earlier.slice(0, -1) });
    } else if (preview) this.discard();
    else if (this.state.draft.info.position > 0) await this.step((id, state) => this.server.undo(id, state));
  }

  async redo(): Promise<void> {
    if (canRedo(this.state)) await this.step((id, state) => this.server.redo(id, state));
  }

  async step(act: (id: string, state: string) => Promise<DraftDelta>): Promise<boolean> {
    if (this.state.busy) return false;
    const { draft } = this.state;
    this.set({ busy: "writing", problem: null });
    try {
      this.applied(await act(draft.info.draft_id, draft.stateId));
      this.set({ busy: "" });
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
    const plan = makePlan(
      before.ags,
      before.ids,
      (_id, block) => changed.get(block) ?? areaIdOf(before, block),
      delta.areas,
      delta.locks,
    );
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
      area: "",
      conflict: null,
      busy: "",
      note: "",
    });
  }

  /** Something that takes a moment and needs the present state. */
  async compute(act: (id: string, state: string) => Promise<void>): Promise<void> {
    if (this.state.busy) return;
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
