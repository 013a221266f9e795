"""The two records all kernels work on: a graph that never changes and areas that do."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Graph(NamedTuple):
    """Units with their neighbours in one flat list.

    first : int64 (n + 1,), neighbours of unit i stand at first[i]:first[i + 1] of `near`. cost : float64, of
    cutting that edge. person : float64 (n,). weight : float64 (n,), scaled so that the spread of the whole is 100.
    value : float64 (n, d). lock : int64 (n,), -1 free. home : int64 (n,), area of the start plan or -1.
    stay : float64 (n,), price of leaving `home`.
    """

    first: np.ndarray
    near: np.ndarray
    cost: np.ndarray
    person: np.ndarray
    weight: np.ndarray
    value: np.ndarray
    lock: np.ndarray
    home: np.ndarray
    stay: np.ndarray


class Areas(NamedTuple):
    """A partition with its sums: label (n,), units, person, weight, lock (k,), mean (k, d)."""

    label: np.ndarray
    units: np.ndarray
    person: np.ndarray
    weight: np.ndarray
    lock: np.ndarray
    mean: np.ndarray


class Room(NamedTuple):
    """Scratch space and chance, made once for a search (n units, k areas, d attributes).

    state : the generator. table : waiting times. ends : unit each entry of `near` belongs to.
    best, before, side, seen, queue, parent, place, heap, order, depth : int64 (n,). key : float64 (n,).
    sums : float64 (n, 6 + d). total : float64 (6 + d,). locked : int64 (n, 2).
    heads : int64 (k,). stays : float64 (k,). place : -1 for a unit without a place in the heap.
    """

    state: np.ndarray
    table: np.ndarray
    ends: np.ndarray
    best: np.ndarray
    before: np.ndarray
    side: np.ndarray
    seen: np.ndarray
    queue: np.ndarray
    key: np.ndarray
    parent: np.ndarray
    place: np.ndarray
    heap: np.ndarray
    order: np.ndarray
    depth: np.ndarray
    sums: np.ndarray
    total: np.ndarray
    locked: np.ndarray
    heads: np.ndarray
    stays: np.ndarray


def make_room(graph: Graph, areas: int, state: np.ndarray, table: np.ndarray) -> Room:
    """Scratch space for this graph and number of areas."""
    units, attributes = graph.value.shape

    def whole() -> np.ndarray:
        return np.zeros(units, dtype=np.int64)

    return Room(
        state=state,
        table=table,
        ends=np.repeat(np.arange(units), np.diff(graph.first)),
        best=whole(),
        before=whole(),
        side=whole(),
        seen=whole(),
        queue=whole(),
        key=np.zeros(units),
        parent=whole(),
        place=np.full(units, -1, dtype=np.int64),
        heap=whole(),
        order=whole(),
        depth=whole(),
        sums=np.zeros((units, 6 + attributes)),
        total=np.zeros(6 + attributes),
        locked=np.zeros((units, 2), dtype=np.int64),
        heads=np.zeros(areas, dtype=np.int64),
        stays=np.zeros(areas),
    )


def make_areas(graph: Graph, label: np.ndarray, number: int) -> Areas:
    """Areas with room for their sums, which `recount` fills."""
    return Areas(
        label.astype(np.int64),
        np.zeros(number, dtype=np.int64),
        np.zeros(number),
        np.zeros(number),
        np.full(number, -1, dtype=np.int64),
        np.zeros((number, graph.value.shape[1])),
    )
