/** The cheapest cut between two sets of nodes of a small undirected graph (Dinic's method). */

export interface Edges {
  from: number[];
  to: number[];
  cost: number[];
}

/** Nodes on the side of the source, for the cut that lies nearest to the source among the cheapest. */
export function minimumCut(nodes: number, edges: Edges, source: number, sink: number): Uint8Array {
  const net = makeNet(nodes, edges);
  for (let level = levels(net, source); (level[sink] ?? -1) >= 0; level = levels(net, source)) {
    const next = net.start.slice();
    while (push(net, level, next, source, sink) > 0) {
      // until no more fits through this layering
    }
  }
  return Uint8Array.from(levels(net, source), (level) => (level >= 0 ? 1 : 0));
}

interface Net {
  start: Int32Array;
  head: Int32Array;
  left: Float64Array;
  back: Int32Array;
}

function makeNet(nodes: number, { from, to, cost }: Edges): Net {
  const start = new Int32Array(nodes + 1);
  for (const ends of [from, to]) for (const node of ends) start[node + 1] = (start[node + 1] ?? 0) + 1;
  for (let node = 0; node < nodes; node += 1) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
  const next = start.slice();
  const net: Net = {
    start,
    head: new Int32Array(2 * from.length),
    left: new Float64Array(2 * from.length),
    back: new Int32Array(2 * from.length),
  };
  from.forEach((a, edge) => {
    const b = to[edge] ?? 0;
    const [there, here] = [next[a] ?? 0, next[b] ?? 0];
    next[a] = there + 1;
    next[b] = here + 1;
    net.head[there] = b;
    net.head[here] = a;
    net.left[there] = cost[edge] ?? 0;
    net.left[here] = cost[edge] ?? 0;
    net.back[there] = here;
    net.back[here] = there;
  });
  return net;
}

const TINY = 1e-9;

function levels(net: Net, source: number): Int32Array {
  const level = new Int32Array(net.start.length - 1).fill(-1);
  level[source] = 0;
  const queue = [source];
  for (let place = 0; place < queue.length; place += 1) {
    const node = queue[place] ?? 0;
    for (let arc = net.start[node] ?? 0; arc < (net.start[node + 1] ?? 0); arc += 1) {
      const other = net.head[arc] ?? 0;
      if ((net.left[arc] ?? 0) <= TINY || (level[other] ?? 0) >= 0) continue;
      level[other] = (level[node] ?? 0) + 1;
      queue.push(other);
    }
  }
  return level;
}

/** One path from source to sink; how much went through it. Without recursion: areas may be long. */
function push(net: Net, level: Int32Array, next: Int32Array, source: number, sink: number): number {
  const path: number[] = [];
  let node = source;
  while (node !== sink) {
    const arc = following(net, level, next, node);
    if (arc >= 0) {
      path.push(arc);
      node = net.head[arc] ?? 0;
    } else {
      const last = path.pop();
      if (last === undefined) return 0;
      node = net.head[net.back[last] ?? 0] ?? 0;
      next[node] = (next[node] ?? 0) + 1;
    }
  }
  const flow = Math.min(...path.map((arc) => net.left[arc] ?? 0));
  for (const arc of path) {
    net.left[arc] = (net.left[arc] ?? 0) - flow;
    const back = net.back[arc] ?? 0;
    net.left[back] = (net.left[back] ?? 0) + flow;
  }
  return flow;
}

function following(net: Net, level: Int32Array, next: Int32Array, node: number): number {
  for (; (next[node] ?? 0) < (net.start[node + 1] ?? 0); next[node] = (next[node] ?? 0) + 1) {
    const arc = next[node] ?? 0;
    const down = level[net.head[arc] ?? 0] === (level[node] ?? 0) + 1;
    if (down && (net.left[arc] ?? 0) > TINY) return arc;
  }
  return -1;
}
