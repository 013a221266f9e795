/** Common borders of the blocks, found once from their outlines; lines between any groups of blocks from them. */

export interface Segment {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  /** Places of the blocks at both sides; -1 beyond the border of the municipality. */
  one: number;
  other: number;
}

/** The corners of each ring of a path of relative whole steps ("M1 2l3 4-5 6z"). */
export function ringsOf(path: string): [number, number][][] {
  return [...path.matchAll(/M(-?\d+) (-?\d+)l([^Mz]*)z/g)].map((match) => {
    const numbers = (match[3] ?? "").match(/-?\d+/g) ?? [];
    let [x, y] = [Number(match[1]), Number(match[2])];
    const ring: [number, number][] = [[x, y]];
    for (let place = 0; place + 1 < numbers.length; place += 2) {
      x += Number(numbers[place]);
      y += Number(numbers[place + 1]);
      ring.push([x, y]);
    }
    return ring;
  });
}

export function segmentsOf(paths: readonly string[]): Segment[] {
  const known = new Map<string, Segment>();
  paths.forEach((path, block) => {
    for (const ring of ringsOf(path)) addRing(known, ring, block);
  });
  return [...known.values()];
}

function addRing(known: Map<string, Segment>, ring: [number, number][], block: number): void {
  ring.forEach(([x1, y1], place) => {
    const [x2, y2] = ring[(place + 1) % ring.length] ?? [x1, y1];
    if (x1 === x2 && y1 === y2) return;
    const turned = x1 > x2 || (x1 === x2 && y1 > y2);
    const key = turned ? `${x2} ${y2} ${x1} ${y1}` : `${x1} ${y1} ${x2} ${y2}`;
    const found = known.get(key);
    if (found && found.other < 0 && found.one !== block) found.other = block;
    else if (!found) known.set(key, { x1, y1, x2, y2, one: block, other: -1 });
  });
}

/** The lines where the group changes, as one path; `groupOf(-1)` is asked for the land beyond. */
export function linesBetween(segments: readonly Segment[], groupOf: (block: number) => unknown): string {
  return joined(segments.filter(({ one, other }) => groupOf(one) !== groupOf(other)));
}

/** Segments joined end to end, so that dashes run on and corners are round. */
function joined(segments: readonly Segment[]): string {
  const at = new Map<string, number[]>();
  segments.forEach((segment, place) => {
    for (const end of endsOf(segment)) at.set(end, [...(at.get(end) ?? []), place]);
  });
  const used = new Uint8Array(segments.length);
  /** The points from a place on, as far as exactly two lines meet. */
  const follow = (from: string): string[] => {
    const points: string[] = [];
    for (let point = from; ; ) {
      const here = at.get(point) ?? [];
      const next = here.length === 2 ? here.find((place) => !used[place]) : undefined;
      const segment = next === undefined ? undefined : segments[next];
      if (next === undefined || !segment) return points;
      used[next] = 1;
      const [one, other] = endsOf(segment);
      point = one === point ? other : one;
      points.push(point);
    }
  };
  return segments
    .map((segment, place) => {
      if (used[place]) return "";
      used[place] = 1;
      const [one, other] = endsOf(segment);
      const forward = follow(other);
      return `M${[...follow(one).reverse(), one, other, ...forward].join("L")}`;
    })
    .join("");
}

function endsOf({ x1, y1, x2, y2 }: Segment): [string, string] {
  return [`${x1} ${y1}`, `${x2} ${y2}`];
}
