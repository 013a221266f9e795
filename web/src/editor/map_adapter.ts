/** What the editor asks of a map, whatever draws it. Places are in the units of the ground, y to the north. */

import type { Plan } from "./plan";
import type { Finder, Point, Selection } from "./selection";

/** How a block is filled: red, green, blue and one of PATTERNS, four bytes per block in ground order. */
export type Fills = Uint8Array;
export const PATTERNS = { solid: 255, few: 254, missing: 253, hidden: 252, locked: 251 } as const;

export interface AreaLabel {
  code: string;
  name: string;
  x: number;
  y: number;
  people: number;
  /** In a preview or chosen. */
  strong: boolean;
}

export interface Pin {
  id: string;
  x: number;
  y: number;
  title: string;
  kind: "comment" | "resolved" | "found";
}

export interface View {
  west: number;
  south: number;
  east: number;
  north: number;
}

export type Gesture = "pan" | "brush" | "lasso" | "rectangle" | "cut" | "pin";

export interface PointerHandler {
  /** A click or tap on a place, with the keys held. */
  click(at: Point, block: number, keys: { add: boolean; remove: boolean }): void;
  /** A stroke of the brush from one point to the next; `first` begins a new one. */
  brush(from: Point, to: Point, first: boolean, keys: { remove: boolean }): void;
  /** A line drawn to its end: lasso, rectangle (two corners) or cut. */
  drawn(gesture: "lasso" | "rectangle" | "cut", line: Point[], keys: { add: boolean; remove: boolean }): void;
}

export interface MapAdapter extends Finder {
  setFills(fills: Fills): void;
  /**
   * Borders of the areas of a plan; `chosen` (places in plan.areas) get the outline of a chosen area, the selection
   * its dashes, and the block with the keyboard focus (-1 for none) a frame.
   */
  setMarks(plan: Plan, chosen: readonly number[], selection: Selection, focus: number): void;
  setLabels(labels: readonly AreaLabel[]): void;
  setPins(pins: readonly Pin[], onOpen: (id: string) => void): void;
  setGesture(gesture: Gesture): void;
  onPointer(handler: PointerHandler): void;
  onView(handler: (view: View) => void): void;
  /** Move so that a place is in the middle, near enough to see streets. */
  flyTo(at: Point): void;
  showAll(): void;
  /** Move only when the place is outside the picture. */
  bringIntoView(at: Point): void;
  fit(view: View): void;
  /** Units of the ground per pixel of the screen. */
  unitsPerPixel(): number;
  destroy(): void;
}
