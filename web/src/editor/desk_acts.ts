/** What happens less often at the desk: help of the engine, comments, versions, colours, search, conflict. */

import { t } from "../words";
import type { Hit, ViewName } from "./answers";
import type { Desk } from "./desk";
import type { DeskState, Help } from "./desk_state";
import { type Edit, makeEdit } from "./edit";
import { applyEdit, blockPlace, blocksIn, Impossible, isLocked, placeOf } from "./plan";
import type { Point } from "./selection";

/** S: the selection, or else the chosen area, is locked; locked ones are unlocked. */
export async function toggleLock(desk: Desk): Promise<void> {
  const { plan, selection, role, area } = desk.state;
  if (selection.size > 0) {
    const blocks = [...selection].map((block) => plan.ids[block] ?? "");
    const locked = [...selection].every((block) => plan.locks.has(block));
    await desk.tryWrite(makeEdit({ kind: locked ? "unlock" : "lock", role, blocks }));
    return;
  }
  const meant = area || desk.meant();
  if (!meant) {
    desk.tell(t("Wählen Sie zuerst Bausteine oder ein Gebiet."));
    return;
  }
  const kind = isLocked(plan, placeOf(plan, meant)) ? "unlock" : "lock";
  await desk.tryWrite(makeEdit({ kind, role, area: meant }));
}

/** Suggestions of the engine, best first. */
export async function askHelp(desk: Desk, kind: "improve" | "heal", area: string): Promise<void> {
  await desk.compute(async (id, state) => {
    const found =
      kind === "heal" ? await desk.server.heal(id, state, area) : await desk.server.improve(id, state, area);
    const help: Help = { kind, area, sentence: found.sentence, suggestions: found.suggestions };
    desk.set({ help, said: found.sentence });
  });
}

/** One click on a suggestion: it is shown like a step of one's own. */
export function showSuggestion(desk: Desk, edit: Edit): void {
  const { plan, role } = desk.state;
  const blocks = new Set(edit.blocks.map((id) => blockPlace(plan.ids, id)).filter((block) => block >= 0));
  desk.set({ selection: blocks, earlier: [], area: "" });
  desk.preview({ ...edit, role });
}

export async function colourBy(desk: Desk, by: string, view: ViewName = desk.state.view): Promise<void> {
  if (!by) {
    desk.set({ by: "", colouring: null, view });
    return;
  }
  try {
    const colouring = await desk.server.colouring(by, view);
    desk.set({ by, colouring, view });
  } catch (error) {
    desk.refused(error);
  }
}

export async function writeComment(
  desk: Desk,
  text: string,
  at: { area: string; block: number; point: Point | null },
) {
  const { draft, plan, role } = desk.state;
  await attempt(desk, async () => {
    await desk.server.comment({
      text,
      role,
      draft_id: draft.info.draft_id,
      area_id: at.area,
      block_id: at.block >= 0 ? (plan.ids[at.block] ?? "") : "",
      x: at.point?.[0] ?? null,
      y: at.point?.[1] ?? null,
    });
    desk.set({ comments: await desk.server.comments(), mode: "select", said: t("Anmerkung gesichert.") });
  });
}

export async function changeComment(
  desk: Desk,
  id: string,
  change: { state?: "open" | "resolved"; answer?: string; public?: boolean },
): Promise<void> {
  await attempt(desk, async () => {
    await desk.server.changeComment(id, change);
    desk.set({ comments: await desk.server.comments() });
  });
}

/** Go to something found and mark it. */
export function goTo(desk: Desk, hit: Hit): void {
  const found = { id: "found", x: hit.x, y: hit.y, title: hit.title, kind: "found" as const };
  const { inside } = desk.state.ground;
  const off = (block: number) =>
    Math.hypot((inside[2 * block] ?? 0) - hit.x, (inside[2 * block + 1] ?? 0) - hit.y);
  const [nearest = -1] = [...hit.blocks].sort((a, b) => off(a) - off(b));
  desk.set({ found, focus: nearest, said: hit.title });
  const { plan, preview, selection } = desk.state;
  const area = plan.areas[plan.area[nearest] ?? -1];
  // Who searches wants to know the area; who is choosing blocks does not want to lose them.
  if (area && !preview && selection.size === 0) desk.set({ area: area.area_id });
}

export async function begin(desk: Desk, branchAt: number, title: string): Promise<void> {
  const { draft, role } = desk.state;
  await attempt(desk, async () => {
    const fields = { role, title, branch_of: draft.info.draft_id, branch_at: branchAt };
    desk.open(await desk.server.begin(fields));
    desk.set({ start: await desk.server.start() });
  });
}

export async function openDraft(desk: Desk, id: string): Promise<void> {
  await attempt(desk, async () => desk.open(await desk.server.draft(id)));
}

export async function submit(desk: Desk): Promise<boolean> {
  const { draft, role } = desk.state;
  return attempt(desk, async () => {
    desk.open(await desk.server.submit(draft.info.draft_id, draft.stateId, role));
    desk.set({ submittedOn: today(), said: t("Eingereicht. Alles ist gesichert.") });
  });
}

/** A submitted draft is taken back and can be changed again. */
export async function reopen(desk: Desk): Promise<boolean> {
  const { draft, role } = desk.state;
  return attempt(desk, async () => {
    desk.open(await desk.server.reopen(draft.info.draft_id, draft.stateId, role));
    desk.set({ submittedOn: "", said: t("Die Fassung ist wieder in Überarbeitung.") });
  });
}

/** The day here, as ISO date. */
function today(): string {
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export async function adopt(desk: Desk, body: string, decidedOn: string): Promise<boolean> {
  const { draft, role } = desk.state;
  return attempt(desk, async () => {
    await desk.server.adopt(draft.info.draft_id, draft.stateId, body, decidedOn, role);
    desk.open(await desk.server.draft(draft.info.draft_id));
    desk.set({ start: await desk.server.start() });
  });
}

const SHOWN_FIRST: readonly Edit["kind"][] = ["move", "split", "merge"];

/**
 * "Meine Änderung auf den neuen Stand anwenden": their state is taken and my step shown on it again. Locks, names and
 * numbers have nothing to show: they are written at once.
 */
export async function keepMine(desk: Desk): Promise<void> {
  const { conflict } = desk.state;
  if (!conflict) return;
  const { mine, state } = conflict;
  desk.open(state);
  if (!mine) return;
  if (!SHOWN_FIRST.includes(mine.kind)) {
    await desk.tryWrite(mine);
    return;
  }
  const { plan } = desk.state;
  const blocks = new Set(mine.blocks.map((id) => blockPlace(plan.ids, id)).filter((block) => block >= 0));
  desk.set({ selection: mine.kind === "merge" ? new Set() : blocks, why: { usual: "", own: mine.why } });
  desk.preview(fitted(desk.state, mine));
}

/** My step on their state: a provisional key that they used meanwhile gets another number. */
function fitted({ plan, draft }: DeskState, mine: Edit): Edit {
  if (mine.kind !== "split") return mine;
  try {
    applyEdit(plan, mine);
    return mine;
  } catch (error) {
    if (!(error instanceof Impossible) || error.code !== "key_in_use") return mine;
    const used = [...draft.usedIds, mine.into];
    const free = Math.max(...used.map((id) => Number(id.split("~")[1] ?? 0)), 0) + 1;
    return { ...mine, into: `${plan.ags}~${free}` };
  }
}

export function dropMine(desk: Desk): void {
  const { conflict } = desk.state;
  if (conflict) desk.open(conflict.state);
  desk.discard();
}

/** All blocks of the area looked at, for those who work in the table. */
export function blocksOfArea({ plan }: DeskState, area: string): number[] {
  return area ? blocksIn(plan, placeOf(plan, area)) : plan.ids.map((_id, block) => block);
}

async function attempt(desk: Desk, act: () => Promise<void>): Promise<boolean> {
  desk.set({ problem: null });
  try {
    await act();
    return true;
  } catch (error) {
    desk.refused(error);
    return false;
  }
}

/** The map service of the project; "" switches it off. Nothing is contacted before it is saved. */
export async function saveMapService(desk: Desk, wms: string): Promise<boolean> {
  return attempt(desk, async () => {
    await desk.server.settings({ wms, names_allowed: null });
  });
}

/** Whether a name may stand beside the role in this project. */
export async function allowNames(desk: Desk, names_allowed: boolean): Promise<boolean> {
  return attempt(desk, async () => {
    const start = await desk.server.settings({ wms: null, names_allowed });
    const { about } = desk.state;
    desk.set({ start, about: names_allowed ? about : { ...about, person: "" } });
  });
}
