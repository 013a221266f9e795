/** A list of edits over a base with a position: undo and redo move the position, a new edit cuts off what was undone. */

import type { Edit } from "./edit";
import { applyEdit, type Plan } from "./plan";

export interface History {
  base: Plan;
  edits: readonly Edit[];
  position: number;
}

export function begin(base: Plan, edits: readonly Edit[] = []): History {
  return { base, edits, position: edits.length };
}

/** Raises Impossible when the edit cannot be applied to the present state; then nothing changed. */
export function add(history: History, edit: Edit): History {
  applyEdit(stateOf(history), edit);
  const edits = [...history.edits.slice(0, history.position), edit];
  return { ...history, edits, position: edits.length };
}

export function undo(history: History): History {
  return { ...history, position: Math.max(0, history.position - 1) };
}

export function redo(history: History): History {
  return { ...history, position: Math.min(history.edits.length, history.position + 1) };
}

/** The plan at the position: the fold of the applied edits over the base. */
export function stateOf({ base, edits, position }: History): Plan {
  return edits.slice(0, position).reduce(applyEdit, base);
}
