/** A key for everything. Letters act only where nobody is writing. */

import type { Desk } from "./desk";
import { toggleLock } from "./desk_acts";
import type { Tool } from "./desk_state";
import type { Arrow } from "./selection";

export const TOOL_KEYS: Record<Tool, string> = { click: "K", brush: "P", lasso: "U", rectangle: "R" };

const LETTERS: Record<string, (desk: Desk) => unknown> = {
  k: (desk) => desk.useTool("click"),
  p: (desk) => desk.useTool("brush"),
  u: (desk) => desk.useTool("lasso"),
  r: (desk) => desk.useTool("rectangle"),
  v: (desk) => desk.move(),
  n: (desk) => desk.newArea(),
  t: (desk) => desk.split(),
  m: (desk) => desk.merge(),
  s: (desk) => toggleLock(desk),
  b: (desk) => desk.snapToBarriers(),
};

const WRITES = new Set(["INPUT", "SELECT", "TEXTAREA"]);

/** True when the key was meant for the editor. `large` switches the projector mode. */
export function pressed(desk: Desk, event: KeyboardEvent, large: () => void): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.closest("dialog")) return false;
  const writing = target !== null && isWriting(target);
  if ((event.ctrlKey || event.metaKey) && !event.altKey) return !writing && withControl(desk, event);
  if (event.altKey) return false;
  if (event.key === "Escape") {
    desk.leave();
    return true;
  }
  if (writing) return false;
  const key = event.key.toLowerCase();
  if (key === "g") large();
  else if (LETTERS[key]) LETTERS[key](desk);
  else return false;
  return true;
}

function isWriting(target: HTMLElement): boolean {
  if (target instanceof HTMLInputElement && target.type === "checkbox") return false;
  return WRITES.has(target.tagName) || target.isContentEditable;
}

function withControl(desk: Desk, event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) void desk.undo();
  else if (key === "y" || key === "z") void desk.redo();
  else return false;
  return true;
}

/** Keys on the map itself: arrows go from block to block, Enter and Space choose, Enter takes a shown step. */
export function pressedOnMap(desk: Desk, event: KeyboardEvent, zoom: (by: number) => void): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key.startsWith("Arrow")) desk.walk(event.key as Arrow);
  else if ((event.key === "Enter" || event.key === " ") && desk.state.focus >= 0) {
    desk.pick(desk.state.focus, { add: true, remove: false });
  } else if (event.key === "+") zoom(0.5);
  else if (event.key === "-") zoom(-0.5);
  else return false;
  return true;
}
