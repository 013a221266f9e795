"""First plan: merge the two most similar neighbours again and again, never above the upper bound.

Method: Ward's criterion on a graph, with a heap whose outdated entries are dropped when met and lists of
neighbours that are cleaned when read. About m log m steps for m edges.
"""

from __future__ import annotations

import numpy as np

from sozialraum.delineation.kernels.compiling import compiled


@compiled
def before(heap, x, y):  # type: ignore[no-untyped-def]
    """Whether entry x comes before entry y: cheaper, else smaller numbers."""
    key, one, other, _stamp = heap
    if key[x] != key[y]:
        return key[x] < key[y]
    if one[x] != one[y]:
        return one[x] < one[y]
    return other[x] < other[y]


@compiled
def swap(heap, x, y):  # type: ignore[no-untyped-def]
    key, one, other, stamp = heap
    key[x], key[y] = key[y], key[x]
    one[x], one[y] = one[y], one[x]
    other[x], other[y] = other[y], other[x]
    stamp[x], stamp[y] = stamp[y], stamp[x]


@compiled
def sift_up(heap, place):  # type: ignore[no-untyped-def]
    while place > 0:
        above = (place - 1) // 2
        if not before(heap, place, above):
            return
        swap(heap, place, above)
        place = above


@compiled
def sift_down(heap, place, size):  # type: ignore[no-untyped-def]
    while True:
        least = 2 * place + 1
        if least >= size:
            return
        if least + 1 < size and before(heap, least + 1, least):
            least += 1
        if not before(heap, least, place):
            return
        swap(heap, place, least)
        place = least


@compiled
def root(top, i):  # type: ignore[no-untyped-def]
    while top[i] != i:
        top[i] = top[top[i]]
        i = top[i]
    return i


@compiled
def rise(weight, mean, a, b, cost):  # type: ignore[no-untyped-def]
    """How much the objective rises when clusters a and b become one."""
    p, q = weight[a], weight[b]
    if p <= 0.0 or q <= 0.0:
        return -cost
    total = 0.0
    for j in range(mean.shape[1]):
        gap = mean[a, j] - mean[b, j]
        total += gap * gap
    return p * q / (p + q) * total - cost


@compiled
def clean(top, first_of, next_of, target, cost, a, mark, stamp):  # type: ignore[no-untyped-def]
    """Read the neighbours of cluster a: inner and doubled entries leave the list, costs are added up."""
    previous = -1
    e = first_of[a]
    while e >= 0:
        b = root(top, target[e])
        after = next_of[e]
        if b == a or mark[b] >= stamp:
            if b != a:
                cost[mark[b] - stamp] += cost[e]
            if previous < 0:
                first_of[a] = after
            else:
                next_of[previous] = after
        else:
            target[e] = b
            mark[b] = stamp + e
            previous = e
        e = after


@compiled
def join(weight, person, mean, lock, units, a, b):  # type: ignore[no-untyped-def]
    """Add the sums of cluster b to those of cluster a."""
    total = weight[a] + weight[b]
    if total > 0.0:
        part = weight[b] / total
        for j in range(mean.shape[1]):
            mean[a, j] += part * (mean[b, j] - mean[a, j])
    weight[a] = total
    person[a] += person[b]
    units[a] += units[b]
    if lock[b] >= 0:
        lock[a] = lock[b]


@compiled
def link(first_of, next_of, a, b):  # type: ignore[no-untyped-def]
    """Append the list of neighbours of b to that of a."""
    if first_of[b] < 0:
        return
    if first_of[a] < 0:
        first_of[a] = first_of[b]
    else:
        e = first_of[a]
        while next_of[e] >= 0:
            e = next_of[e]
        next_of[e] = first_of[b]


@compiled
def bounded_ward(graph, glue, number, high):  # type: ignore[no-untyped-def]
    """Merge neighbours by the smallest rise of the objective while they stay within `high`, until `number` are left.

    glue : int64 (n,), -1 or a number; neighbours with the same number are merged first. Clusters with
    different locks are never merged. Returns (label (n,), clusters): more than `number` are left only when no
    two neighbours fit together any more.
    """
    n, ends = len(graph.person), len(graph.near)
    top = np.arange(n)
    weight, person, lock = graph.weight.copy(), graph.person.copy(), graph.lock.copy()
    mean, units, version = graph.value.copy(), np.ones(n, np.int64), np.zeros(n, np.int64)
    first_of, next_of = np.full(n, -1), np.full(ends, -1)
    target, cost, mark = graph.near.copy(), graph.cost.copy(), np.full(n, -1)
    for i in range(n):
        if graph.first[i] < graph.first[i + 1]:
            first_of[i] = graph.first[i]
            for e in range(graph.first[i], graph.first[i + 1] - 1):
                next_of[e] = e + 1
    left, stamp = n, 0
    for i in range(n):
        for e in range(graph.first[i], graph.first[i + 1]):
            a, b = root(top, i), root(top, graph.near[e])
            if glue[i] >= 0 and glue[i] == glue[graph.near[e]] and a != b:
                left -= 1
                merge(top, first_of, next_of, weight, person, mean, lock, units, version, min(a, b), max(a, b))
    capacity = 2 * ends + 64
    heap = (
        np.empty(capacity),
        np.empty(capacity, np.int64),
        np.empty(capacity, np.int64),
        np.empty(capacity, np.int64),
    )
    size = 0
    for a in range(n):
        if top[a] == a:
            clean(top, first_of, next_of, target, cost, a, mark, stamp)
            stamp += ends
            e = first_of[a]
            while e >= 0:
                if a < target[e]:
                    size = push(heap, size, rise(weight, mean, a, target[e], cost[e]), a, target[e], version)
                e = next_of[e]
    while left > number and size > 0:
        a, b, sign = heap[1][0], heap[2][0], heap[3][0]
        size -= 1
        swap(heap, 0, size)
        sift_down(heap, 0, size)
        if top[a] != a or top[b] != b or sign != version[a] + version[b]:
            continue
        if person[a] + person[b] > high or (lock[a] >= 0 and lock[b] >= 0 and lock[a] != lock[b]):
            continue
        left -= 1
        if units[b] > units[a]:
            a, b = b, a
        merge(top, first_of, next_of, weight, person, mean, lock, units, version, a, b)
        clean(top, first_of, next_of, target, cost, a, mark, stamp)
        stamp += ends
        e = first_of[a]
        while e >= 0:
            if size == capacity:
                size = forget_outdated(heap, size, top, version)
                if 2 * size > capacity:
                    capacity *= 2
                    heap = grown(heap, capacity)
            b = target[e]
            size = push(heap, size, rise(weight, mean, a, b, cost[e]), min(a, b), max(a, b), version)
            e = next_of[e]
    return numbered(top)


@compiled
def merge(top, first_of, next_of, weight, person, mean, lock, units, version, a, b):  # type: ignore[no-untyped-def]
    """Cluster b becomes part of cluster a; heap entries of both are outdated."""
    top[b] = a
    version[a] += version[b] + 1
    join(weight, person, mean, lock, units, a, b)
    link(first_of, next_of, a, b)


@compiled
def push(heap, size, key, a, b, version):  # type: ignore[no-untyped-def]
    heap[0][size], heap[1][size], heap[2][size] = key, a, b
    heap[3][size] = version[a] + version[b]
    sift_up(heap, size)
    return size + 1


@compiled
def forget_outdated(heap, size, top, version):  # type: ignore[no-untyped-def]
    """Drop entries of clusters that have changed since; returns the new size."""
    kept = 0
    for place in range(size):
        a, b = heap[1][place], heap[2][place]
        if top[a] == a and top[b] == b and heap[3][place] == version[a] + version[b]:
            swap(heap, kept, place)
            kept += 1
    for place in range(kept // 2, -1, -1):
        sift_down(heap, place, kept)
    return kept


@compiled
def grown(heap, capacity):  # type: ignore[no-untyped-def]
    """The heap with more room."""
    key, one, other, stamp = heap
    more = capacity - len(key)
    room = np.empty(more, np.int64)
    return (
        np.concatenate((key, np.empty(more))),
        np.concatenate((one, room)),
        np.concatenate((other, room)),
        np.concatenate((stamp, room)),
    )


@compiled
def numbered(top):  # type: ignore[no-untyped-def]
    """Labels 0.. by the smallest unit of each cluster, and their number."""
    n = len(top)
    label, name, found = np.empty(n, np.int64), np.full(n, -1), 0
    for i in range(n):
        a = root(top, i)
        if name[a] < 0:
            name[a] = found
            found += 1
        label[i] = name[a]
    return label, found
