/** The working place: takes what a person does, keeps the state, asks the server. Knows no map and no page. */

import { decimal } from "../numbers";
import { t } from "../words";
import { DeskCore } from "./desk_core";
import { canRedo, type DialogName, leastTold, type Mode, reasonOf, type Tool } from "./desk_state";
import { makeEdit } from "./edit";
import { peopleOf } from "./ground";
import { areaIdOf, blockPlace, blocksIn, placeOf } from "./plan";
import { areasBeside, mainArea, moveEdit, splitEdit } from "./preview";
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
import { blocksAndPeople, peopleWords } from "./sentences";
import { snap } from "./snap";

export class Desk extends DeskCore {
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
    if (this.state.mode === "pin") {
      const { inside } = this.state.ground;
      this.pinAt([inside[2 * block] ?? 0, inside[2 * block + 1] ?? 0], block);
      return;
    }
    const { selection } = this.state;
    this.select(keys.remove ? without(selection, [block]) : toggle(selection, block), block);
  }

  /** Where a remark is to stand; block -1 beside all blocks. */
  pinAt(point: Point, block: number): void {
    this.set({ pin: { point, block } });
  }

  /** The whole municipality again, and nothing marked. */
  showAll(): void {
    this.set({ found: null, shownAll: this.state.shownAll + 1 });
  }

  /** Only the dialog that says so: another may have been opened by a key while it was closing. */
  closeDialog(closing: DialogName): void {
    if (this.state.dialog === closing) this.set({ dialog: "" });
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
      done: "",
      ...(focus >= 0 && { focus }),
      said: this.selectionWords(selection),
    });
    this.preview(target && selection.size > 0 ? moveEdit(before.plan, selection, target, before.role) : null);
  }

  private selectionWords(selection: Selection): string {
    if (selection.size === 0) return t("Nichts ausgewählt.");
    return t("Ausgewählt: {amount}.", {
      amount: blocksAndPeople(selection.size, peopleOf(this.state.ground, selection), leastTold(this.state)),
    });
  }

  chooseArea(area: string): void {
    if (this.state.mode === "target") this.aim(area);
    else this.set({ area: this.state.area === area ? "" : area, naming: false, note: "", done: "" });
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
    const words = [
      t("Baustein {block}", { block: plan.ids[block] ?? "" }),
      t("Gebiet {code}", { code: area?.code ?? "" }),
    ];
    if (view === "internal") words.push(peopleWords(ground.people[block] ?? 0, 0));
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
      const { plan, role } = this.state;
      const blocks = new Set(
        cut.blocks.map((block) => blockPlace(plan.ids, block)).filter((block) => block >= 0),
      );
      const help = { kind: "cut" as const, area, sentence: cut.sentence, suggestions: [] };
      this.set({ selection: blocks, earlier: [], area, help });
      this.preview({ ...cut.edit, role });
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

  // ---- steps ----------------------------------------------------------------------------------

  /** Take the previewed step, with its reason. */
  async take(): Promise<void> {
    const { preview } = this.state;
    if (!preview || this.state.busy === "writing") return; // the button says that it is being written
    const why = reasonOf(this.state);
    if (!why) {
      this.tell(t("Nennen Sie einen Grund. Er bleibt intern, bis Sie ihn freigeben."));
      return;
    }
    await this.write({ ...preview.edit, why });
  }

  /** Undo: first the last choice of blocks, then the last step. */
  async undo(): Promise<void> {
    const { earlier, preview, busy } = this.state;
    const last = earlier[earlier.length - 1];
    const step = () =>
      this.step(
        (id, state) => this.server.undo(id, state),
        () => this.state.draft.info.position > 0,
      );
    if (busy === "writing") await step();
    else if (last && this.state.selection.size + last.size > 0) {
      this.select(last);
      this.set({ earlier: earlier.slice(0, -1) });
    } else if (preview) this.discard();
    else await step();
  }

  async redo(): Promise<void> {
    await this.step(
      (id, state) => this.server.redo(id, state),
      () => canRedo(this.state),
    );
  }
}
