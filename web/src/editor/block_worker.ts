/** Fetches, reads and paints the ground beside the page, so that the page itself never stands still. */

import type { Background } from "./answers";
import { decode, type Shapes } from "./geometry";
import type { Ground } from "./ground";
import type { Fills } from "./map_adapter";
import {
  type Outlines,
  outlinesOf,
  type PaintView,
  type Pen,
  paintBlocks,
  paintChosen,
  toUnits,
} from "./paint_blocks";
import {
  type BackgroundPaths,
  backgroundPaths,
  type MarkPaths,
  type Marks,
  markPaths,
  paintBackground,
  paintMarks,
} from "./paint_lines";

export interface Loaded {
  ground: Ground;
  shapes: Shapes;
  /** Milliseconds until the answer was here, until it was read, and until it could be painted. */
  took: { answer: number; read: number; prepared: number };
}

export type Ask =
  | { load: string }
  | { fills: Fills }
  | { marks: Marks }
  | { background: Background }
  | { view: PaintView };
export type Told = { loaded: Loaded } | { failed: number } | { picture: ImageBitmap; view: PaintView };

let shapes: Shapes | null = null;
let outlines: Outlines | null = null;
let fills: Fills | null = null;
let view: PaintView | null = null;
let background: BackgroundPaths | null = null;
let marks: { marks: Marks; paths: MarkPaths } | null = null;
/** Blocks and background as painted last: a new selection needs only what lies over them. */
let below: OffscreenCanvas | null = null;
let stale = true;

async function load(address: string): Promise<void> {
  const begun = performance.now();
  const answer = await fetch(address, { headers: { "X-Sozialraum": "1" } });
  if (!answer.ok) {
    tell({ failed: answer.status });
    return;
  }
  const bytes = await answer.arrayBuffer();
  const here = performance.now();
  const found = decode(bytes);
  const read = performance.now();
  shapes = found.shapes;
  outlines = outlinesOf(shapes, found.ground.ids.length);
  const took = { answer: here - begun, read: read - here, prepared: performance.now() - read };
  tell({ loaded: { ...found, took } });
}

function tell(told: Told, transfer: Transferable[] = []): void {
  postMessage(told, { transfer });
}

function paint(): void {
  if (!outlines || !fills || !view) return;
  const ground = painted(outlines, fills, view);
  const canvas = new OffscreenCanvas(view.width, view.height);
  const pen = canvas.getContext("2d");
  if (!pen || !ground) return;
  pen.drawImage(ground, 0, 0);
  if (marks) {
    toUnits(pen, view);
    paintChosen(pen, outlines, marks.marks.selection);
    paintMarks(pen, marks.paths, view);
  }
  const picture = canvas.transferToImageBitmap();
  tell({ picture, view }, [picture]);
}

function painted(blocks: Outlines, colours: Fills, seen: PaintView): OffscreenCanvas | null {
  if (below && !stale) return below;
  if (below?.width !== seen.width || below.height !== seen.height) {
    below = new OffscreenCanvas(seen.width, seen.height);
  }
  const pen: Pen | null = below.getContext("2d");
  if (!pen) return null;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, seen.width, seen.height);
  paintBlocks(pen, blocks, colours, seen);
  if (background) paintBackground(pen, background, seen);
  stale = false;
  return below;
}

let waiting = false;

/** Several wishes in a row make one picture. */
function paintSoon(): void {
  if (waiting) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    paint();
  });
}

addEventListener("message", (event: MessageEvent<Ask>) => {
  const ask = event.data;
  if ("load" in ask) {
    void load(ask.load).catch(() => tell({ failed: 0 }));
    return;
  }
  if ("marks" in ask) {
    const now = { ...ask.marks, area: ask.marks.area ?? marks?.marks.area ?? null };
    if (shapes) marks = { marks: now, paths: markPaths(shapes, now, marks) };
  } else {
    stale = true;
    if ("fills" in ask) fills = ask.fills;
    else if ("background" in ask) background = backgroundPaths(ask.background);
    else view = ask.view;
  }
  paintSoon();
});
