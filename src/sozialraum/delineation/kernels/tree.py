"""Cut one area, or two neighbours taken together, in two along a tree of similar neighbours.

Method: minimum spanning tree on the distance of attributes (blurred by chance when wished), sums of every
subtree in one pass, the best edge whose two sides keep the bounds. Exact on that tree, about m log m steps.
"""

from __future__ import annotations

from sozialraum.delineation.kernels.areas import fault
from sozialraum.delineation.kernels.chance import share
from sozialraum.delineation.kernels.compiling import compiled

LEAST_GAP = 1e-9  # between units without any difference, so that chance can tell their edges apart


@compiled
def grow_tree(graph, label, a, b, head, blur, room):  # type: ignore[no-untyped-def]
    """Spanning tree over the units of areas a and b from unit `head` (Prim). Returns how many it reached.

    blur : distances are multiplied by 1 + blur x chance. room.order receives the units in the order they were
    reached, room.parent the unit each was reached from. Units locked to the same area are close to each other.
    """
    key, parent, place, heap, order = room.key, room.parent, room.place, room.heap, room.order
    size, count = 1, 0
    heap[0] = head
    place[head] = 0
    key[head] = 0.0
    parent[head] = -1
    while size > 0:
        u = heap[0]
        size -= 1
        heap[0] = heap[size]
        place[heap[0]] = 0
        sink(heap, key, place, 0, size)
        place[u] = -2
        order[count] = u
        count += 1
        for e in range(graph.first[u], graph.first[u + 1]):
            v = graph.near[e]
            if (label[v] != a and label[v] != b) or place[v] == -2:
                continue
            gap = 0.0
            for j in range(graph.value.shape[1]):
                difference = graph.value[u, j] - graph.value[v, j]
                gap += difference * difference
            gap += LEAST_GAP
            if blur > 0.0:
                gap *= 1.0 + blur * share(room.state)
            if graph.lock[u] >= 0 and graph.lock[u] == graph.lock[v]:
                gap = 0.0
            if place[v] == -1:
                place[v] = size
                heap[size] = v
                size += 1
            elif gap >= key[v]:
                continue
            key[v] = gap
            parent[v] = u
            rise(heap, key, place, place[v])
    for t in range(count):
        place[order[t]] = -1
    return count


@compiled
def rise(heap, key, place, at):  # type: ignore[no-untyped-def]
    """Move an entry of the heap up to its place; ties go to the smaller unit."""
    while at > 0:
        up = (at - 1) // 2
        u, v = heap[at], heap[up]
        if key[v] < key[u] or (key[v] == key[u] and v < u):
            return
        heap[at], heap[up] = v, u
        place[u], place[v] = up, at
        at = up


@compiled
def sink(heap, key, place, at, size):  # type: ignore[no-untyped-def]
    """Move an entry of the heap down to its place."""
    while True:
        low = 2 * at + 1
        if low >= size:
            return
        if low + 1 < size:
            u, v = heap[low], heap[low + 1]
            if key[v] < key[u] or (key[v] == key[u] and v < u):
                low += 1
        u, v = heap[at], heap[low]
        if key[u] < key[v] or (key[u] == key[v] and u < v):
            return
        heap[at], heap[low] = v, u
        place[u], place[v] = low, at
        at = low


@compiled
def subtree_sums(graph, label, a, b, count, room):  # type: ignore[no-untyped-def]
    """Sums of every subtree: persons, weight, cut cost, stay in a, stay in b, locked, then weight x value.

    sums : float64 (n, 6 + d). An edge that closes a cycle leaves the cut at the lowest common ancestor.
    """
    parent, order, depth, sums = room.parent, room.order, room.depth, room.sums
    d = graph.value.shape[1]
    for t in range(count):
        u = order[t]
        depth[u] = 0 if parent[u] < 0 else depth[parent[u]] + 1
        sums[u, 0] = graph.person[u]
        sums[u, 1] = graph.weight[u]
        sums[u, 2] = 0.0
        sums[u, 3] = graph.stay[u] if graph.home[u] == a else 0.0
        sums[u, 4] = graph.stay[u] if graph.home[u] == b else 0.0
        sums[u, 5] = 0.0
        for j in range(d):
            sums[u, 6 + j] = graph.weight[u] * graph.value[u, j]
    for t in range(count):
        u = order[t]
        for e in range(graph.first[u], graph.first[u + 1]):
            v = graph.near[e]
            if graph.cost[e] == 0.0 or (label[v] != a and label[v] != b):
                continue
            sums[u, 2] += graph.cost[e]
            if u < v:
                x, y = u, v
                while x != y:
                    if depth[x] < depth[y]:
                        y = parent[y]
                    else:
                        x = parent[x]
                sums[x, 2] -= 2.0 * graph.cost[e]
    for t in range(count - 1, 0, -1):
        u = order[t]
        for j in range(6 + d):
            sums[parent[u], j] += sums[u, j]
    room.total[:] = sums[order[0]]


@compiled
def lock_sums(graph, count, one, other, room):  # type: ignore[no-untyped-def]
    """Locked units of the two groups in every subtree."""
    parent, order, locked = room.parent, room.order, room.locked
    for t in range(count):
        u = order[t]
        locked[u, 0] = 1 if one >= 0 and graph.lock[u] == one else 0
        locked[u, 1] = 1 if other >= 0 and graph.lock[u] == other else 0
    for t in range(count - 1, 0, -1):
        u = order[t]
        locked[parent[u], 0] += locked[u, 0]
        locked[parent[u], 1] += locked[u, 1]


@compiled
def locks_allow(locked, u, head):  # type: ignore[no-untyped-def]
    """Whether the subtree of u keeps each locked group whole and two groups apart."""
    ones, others = locked[head, 0], locked[head, 1]
    x, y = locked[u, 0], locked[u, 1]
    if (x != 0 and x != ones) or (y != 0 and y != others):
        return False
    return not (ones > 0 and others > 0 and (x > 0) == (y > 0))


@compiled
def gain(sums, total, u, d):  # type: ignore[no-untyped-def]
    """How much the objective falls when the subtree of u becomes an area of its own (change apart)."""
    p, q = sums[u, 1], total[1] - sums[u, 1]
    fall = 0.0
    if p > 0.0 and q > 0.0:
        for j in range(d):
            gap = sums[u, 6 + j] / p - (total[6 + j] - sums[u, 6 + j]) / q
            fall += gap * gap
        fall *= p * q / (p + q)
    return fall - sums[u, 2]


@compiled
def best_cut(graph, areas, a, b, low, high, blur, room):  # type: ignore[no-untyped-def]
    """The best cut of areas a and b together (b without units, or b == a: of a alone), along one tree.

    Returns (unit, fault, gain, swapped, units): the subtree of `unit` is one side, -1 when there is no cut; fault in
    persons of both sides; gain : fall of the objective against one undivided area, price of change included;
    swapped : the subtree should be called b (else a) to change fewest.
    """
    order, sums, total, locked = room.order, room.sums, room.total, room.locked
    count = grow_tree(graph, areas.label, a, b, room.heads[a], blur, room)
    subtree_sums(graph, areas.label, a, b, count, room)
    lock_sums(graph, count, areas.lock[a], areas.lock[b] if b != a else -1, room)
    best, least, most, turned = -1, 0.0, 0.0, False
    d = graph.value.shape[1]
    for t in range(1, count):
        u = order[t]
        out = fault(sums[u, 0], low, high) + fault(total[0] - sums[u, 0], low, high)
        if best >= 0 and out > least:
            continue
        if not locks_allow(locked, u, order[0]):
            continue
        as_a, as_b = sums[u, 3], total[3] - sums[u, 3]
        if b != a:
            as_a += total[4] - sums[u, 4]
            as_b += sums[u, 4]
        fall = gain(sums, total, u, d) + max(as_a, as_b) - total[3]
        if best < 0 or out < least or fall > most:
            best, least, most, turned = u, out, fall, as_b > as_a
    return best, least, most, turned, count


@compiled
def take_side(label, unit, count, inside, outside, room):  # type: ignore[no-untyped-def]
    """Give the subtree of `unit` to area `inside` and the other units of the tree to `outside`."""
    parent, order, side = room.parent, room.order, room.side
    for t in range(count):
        u = order[t]
        if u == unit:
            side[u] = 1
        elif parent[u] < 0:
            side[u] = 0
        else:
            side[u] = side[parent[u]]
    for t in range(count):
        u = order[t]
        label[u] = inside if side[u] == 1 else outside
