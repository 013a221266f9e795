/** What is known of the blocks of one municipality without their shapes: inhabitants, neighbours, barriers, a point inside. */

/** The barrier along a common border, in the low bits of `kinds`. */
export const BARRIERS = ["", "river", "railway", "motorway"] as const;
const KIND = 7;
const CROSSING = 8;
const CONNECTION = 16;
const OPEN_LAND = 1;
const TOO_FEW = 2;

/** m pairs of neighbours, first < second; metres of common border (0 for a mere connection). */
export interface Pairs {
  first: Int32Array;
  second: Int32Array;
  metres: Float32Array;
  kinds: Uint8Array;
}

/** n blocks in ground order. The neighbours of block b are `beside[start[b]] … beside[start[b + 1]]`. */
export interface Ground {
  ids: readonly string[];
  people: Int32Array;
  flags: Uint8Array;
  pairs: Pairs;
  start: Int32Array;
  beside: Int32Array;
  /** The pair that each entry of `beside` belongs to. */
  pairOf: Int32Array;
  /** x, y of a point inside each block, in the units of the map. */
  inside: Float64Array;
}

export function makeGround(
  ids: readonly string[],
  people: ArrayLike<number>,
  flags: ArrayLike<number>,
  pairs: Pairs,
  inside: Float64Array = new Float64Array(2 * ids.length),
): Ground {
  return {
    ids,
    people: Int32Array.from(people),
    flags: Uint8Array.from(flags),
    pairs,
    inside,
    ...neighbours(ids.length, pairs),
  };
}

function neighbours(blocks: number, { first, second }: Pairs) {
  const start = new Int32Array(blocks + 1);
  for (const ends of [first, second])
    for (const block of ends) start[block + 1] = (start[block + 1] ?? 0) + 1;
  for (let block = 0; block < blocks; block += 1)
    start[block + 1] = (start[block + 1] ?? 0) + (start[block] ?? 0);
  const next = start.slice();
  const beside = new Int32Array(2 * first.length);
  const pairOf = new Int32Array(2 * first.length);
  const put = (block: number, other: number, pair: number) => {
    const place = next[block] ?? 0;
    beside[place] = other;
    pairOf[place] = pair;
    next[block] = place + 1;
  };
  for (let pair = 0; pair < first.length; pair += 1) {
    put(first[pair] ?? 0, second[pair] ?? 0, pair);
    put(second[pair] ?? 0, first[pair] ?? 0, pair);
  }
  return { start, beside, pairOf };
}

export function neighboursOf(ground: Ground, block: number): Int32Array {
  return ground.beside.subarray(ground.start[block] ?? 0, ground.start[block + 1] ?? 0);
}

/** Nobody lives there. */
export function isOpenLand(ground: Ground, block: number): boolean {
  return ((ground.flags[block] ?? 0) & OPEN_LAND) !== 0;
}

/** Too few inhabitants for social data. */
export function hasTooFew(ground: Ground, block: number): boolean {
  return ((ground.flags[block] ?? 0) & TOO_FEW) !== 0;
}

/** "railway" where a barrier without a crossing runs along the common border of a pair, "" elsewhere. */
export function barrierOf(ground: Ground, pair: number): (typeof BARRIERS)[number] {
  const kind = ground.pairs.kinds[pair] ?? 0;
  return kind & CROSSING ? "" : (BARRIERS[kind & KIND] ?? "");
}

/** The line along the common border, crossed or not. */
export function lineOf(ground: Ground, pair: number): (typeof BARRIERS)[number] {
  return BARRIERS[(ground.pairs.kinds[pair] ?? 0) & KIND] ?? "";
}

/** A pair without a common border: a bridge, a ferry, an island. */
export function isConnection(ground: Ground, pair: number): boolean {
  return ((ground.pairs.kinds[pair] ?? 0) & CONNECTION) !== 0;
}

export function peopleOf(ground: Ground, blocks: Iterable<number>): number {
  let sum = 0;
  for (const block of blocks) sum += ground.people[block] ?? 0;
  return sum;
}
