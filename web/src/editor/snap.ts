/** "An Grenze schnappen": let the edge of a selection run along the next river, railway or motorway. */

import { barrierOf, type Ground, neighboursOf } from "./ground";
import { minimumCut } from "./mincut";
import type { Plan } from "./plan";
import type { Selection } from "./selection";

/** How many blocks the edge may move, outwards or inwards. */
export const REACH = 3;
const ALONG = 0.04; // a metre along a barrier costs what four centimetres elsewhere do

/**
 * The selection with its edge moved to barriers where one is near; the same selection where there is none.
 * Area by area: what lies deeper inside than `reach` stays chosen, what lies farther outside stays out, and
 * between them the cheapest edge is found, in which metres along barriers cost almost nothing.
 */
export function snap(plan: Plan, ground: Ground, selection: Selection, reach: number = REACH): Selection {
  const places = new Set([...selection].map((block) => plan.area[block] ?? 0));
  const found = new Set<number>();
  for (const place of places) {
    for (const block of snapIn(plan, ground, selection, place, reach)) found.add(block);
  }
  return found;
}

function snapIn(plan: Plan, ground: Ground, all: Selection, place: number, reach: number): number[] {
  const own = (block: number) => plan.area[block] === place;
  const blocks: number[] = [];
  for (let block = 0; block < plan.area.length; block += 1) if (own(block)) blocks.push(block);
  const chosen = blocks.filter((block) => all.has(block));
  if (chosen.length === 0 || chosen.length === blocks.length) return chosen;
  const rest = blocks.filter((block) => !all.has(block));
  const core = deep(ground, chosen, rest, own, reach);
  const far = deep(ground, rest, chosen, own, reach);
  const node = new Map(blocks.map((block, index) => [block, index]));
  const [source, sink] = [blocks.length, blocks.length + 1];
  const edges = { from: [] as number[], to: [] as number[], cost: [] as number[] };
  const add = (a: number, b: number, cost: number) => {
    edges.from.push(a);
    edges.to.push(b);
    edges.cost.push(cost);
  };
  for (const block of core) add(source, node.get(block) ?? 0, Number.MAX_SAFE_INTEGER);
  for (const block of far) add(node.get(block) ?? 0, sink, Number.MAX_SAFE_INTEGER);
  for (const block of blocks) {
    const from = ground.start[block] ?? 0;
    neighboursOf(ground, block).forEach((other, step) => {
      const there = node.get(other);
      if (there === undefined || other < block) return;
      const pair = ground.pairOf[from + step] ?? 0;
      const metres = Math.max(1, ground.pairs.metres[pair] ?? 0);
      add(node.get(block) ?? 0, there, barrierOf(ground, pair) ? ALONG * metres : metres);
    });
  }
  const side = minimumCut(blocks.length + 2, edges, source, sink);
  const snapped = blocks.filter((_block, index) => side[index] === 1);
  const better = alongBarriers(ground, new Set(snapped), own) > alongBarriers(ground, new Set(chosen), own);
  return better ? snapped : chosen;
}

/** Metres of the edge of some blocks, inside their area, that run along barriers. */
function alongBarriers(ground: Ground, inside: Selection, own: (block: number) => boolean): number {
  let metres = 0;
  for (const block of inside) {
    const from = ground.start[block] ?? 0;
    neighboursOf(ground, block).forEach((other, step) => {
      const pair = ground.pairOf[from + step] ?? 0;
      if (own(other) && !inside.has(other) && barrierOf(ground, pair))
        metres += ground.pairs.metres[pair] ?? 0;
    });
  }
  return metres;
}

/** Blocks at least `reach` steps away from the other side; where nothing is so deep, the deepest. */
function deep(
  ground: Ground,
  mine: readonly number[],
  others: readonly number[],
  own: (block: number) => boolean,
  reach: number,
): number[] {
  const distance = new Map<number, number>(others.map((block) => [block, 0]));
  let edge = [...others];
  for (let step = 1; edge.length > 0; step += 1) {
    const next: number[] = [];
    for (const block of edge) {
      for (const other of neighboursOf(ground, block)) {
        if (!own(other) || distance.has(other)) continue;
        distance.set(other, step);
        next.push(other);
      }
    }
    edge = next;
  }
  const depth = (block: number) => distance.get(block) ?? Number.POSITIVE_INFINITY;
  const deepest = mine.reduce((most, block) => Math.max(most, depth(block)), 0);
  return mine.filter((block) => depth(block) > Math.min(reach, deepest - 1));
}
