"""Areas that change step by step: sums, single moves, contiguity."""

from __future__ import annotations

from sozialraum.delineation.kernels.compiling import compiled


@compiled
def recount(graph, areas, area):  # type: ignore[no-untyped-def]
    """Compute the sums of one area anew (area -1: of all), in the order of the units."""
    label, mean = areas.label, areas.mean
    for a in range(len(areas.units)):
        if area < 0 or a == area:
            areas.units[a] = 0
            areas.person[a] = 0.0
            areas.weight[a] = 0.0
            areas.lock[a] = -1
            mean[a, :] = 0.0
    for i in range(len(label)):
        a = label[i]
        if area >= 0 and a != area:
            continue
        areas.units[a] += 1
        areas.person[a] += graph.person[i]
        areas.weight[a] += graph.weight[i]
        if graph.lock[i] >= 0:
            areas.lock[a] = graph.lock[i]
        for j in range(mean.shape[1]):
            mean[a, j] += graph.weight[i] * graph.value[i, j]
    for a in range(len(areas.units)):
        if (area < 0 or a == area) and areas.weight[a] > 0.0:
            for j in range(mean.shape[1]):
                mean[a, j] /= areas.weight[a]


@compiled
def objective(graph, areas):  # type: ignore[no-untyped-def]
    """Spread inside + cost of cut edges + price of change, from nothing but labels and means."""
    total = 0.0
    for i in range(len(areas.label)):
        a = areas.label[i]
        if graph.weight[i] > 0.0:
            total += graph.weight[i] * away(graph, areas, i, a)
        for e in range(graph.first[i], graph.first[i + 1]):
            j = graph.near[e]
            if j > i and areas.label[j] != a:
                total += graph.cost[e]
        if graph.home[i] >= 0 and graph.home[i] != a:
            total += graph.stay[i]
    return total


@compiled
def away(graph, areas, i, a):  # type: ignore[no-untyped-def]
    """Squared distance of unit i from the mean of area a."""
    total = 0.0
    for j in range(graph.value.shape[1]):
        gap = graph.value[i, j] - areas.mean[a, j]
        total += gap * gap
    return total


@compiled
def change(graph, areas, i, b):  # type: ignore[no-untyped-def]
    """How the objective changes when unit i goes to area b."""
    a = areas.label[i]
    w = graph.weight[i]
    total = 0.0
    if w > 0.0:
        rest = areas.weight[a] - w
        if rest > 0.0:
            total -= w * areas.weight[a] / rest * away(graph, areas, i, a)
        if areas.weight[b] > 0.0:
            total += w * areas.weight[b] / (areas.weight[b] + w) * away(graph, areas, i, b)
    for e in range(graph.first[i], graph.first[i + 1]):
        if graph.cost[e] != 0.0:
            other = areas.label[graph.near[e]]
            if other == a:
                total += graph.cost[e]
            elif other == b:
                total -= graph.cost[e]
    if graph.home[i] >= 0:
        if graph.home[i] == a:
            total += graph.stay[i]
        elif graph.home[i] == b:
            total -= graph.stay[i]
    return total


@compiled
def move(graph, areas, i, b):  # type: ignore[no-untyped-def]
    """Move unit i to area b; says nothing about contiguity or bounds."""
    a = areas.label[i]
    w = graph.weight[i]
    areas.label[i] = b
    areas.units[a] -= 1
    areas.units[b] += 1
    areas.person[a] -= graph.person[i]
    areas.person[b] += graph.person[i]
    if w > 0.0:
        rest, more = areas.weight[a] - w, areas.weight[b] + w
        areas.weight[a], areas.weight[b] = rest, more
        for j in range(graph.value.shape[1]):
            x = graph.value[i, j]
            if rest > 0.0:
                areas.mean[a, j] += w / rest * (areas.mean[a, j] - x)
            areas.mean[b, j] += w / more * (x - areas.mean[b, j])


@compiled
def stays_connected(graph, label, i, seen, queue, stamp, limit):  # type: ignore[no-untyped-def]
    """Whether the area of unit i is still connected without it; after `limit` steps the answer is no.

    A search from one of its neighbours there until the others are met. seen : int64 (n,), values below
    stamp; the numbers stamp and stamp + 1 are used. queue : int64 (n,).
    """
    a = label[i]
    wanted = 0
    head = -1
    for e in range(graph.first[i], graph.first[i + 1]):
        j = graph.near[e]
        if label[j] == a:
            wanted += 1
            seen[j] = stamp
            head = j
    if wanted <= 1:
        return wanted == 1
    seen[i] = stamp + 1
    seen[head] = stamp + 1
    queue[0] = head
    wanted -= 1
    at, end = 0, 1
    while at < end:
        u = queue[at]
        at += 1
        for e in range(graph.first[u], graph.first[u + 1]):
            j = graph.near[e]
            if label[j] == a and seen[j] != stamp + 1:
                if seen[j] == stamp:
                    wanted -= 1
                    if wanted == 0:
                        return True
                seen[j] = stamp + 1
                queue[end] = j
                end += 1
        if at > limit:
            return False
    return False


@compiled
def fault(person, low, high):  # type: ignore[no-untyped-def]
    """Persons by which an area misses its bounds; 0 within."""
    if person < low:
        return low - person
    return person - high if person > high else 0.0


@compiled
def faults(areas, low, high):  # type: ignore[no-untyped-def]
    """Persons out of bounds in all areas."""
    total = 0.0
    for a in range(len(areas.person)):
        total += fault(areas.person[a], low, high)
    return total
