"""Join the separate parts of a locked group through free blocks, so that each group starts as one connected piece."""

from __future__ import annotations

import heapq

import numpy as np

from sozialraum.delineation.problem import Problem


def glue_of(problem: Problem) -> np.ndarray:
    """Per block the locked group it starts with, -1 for free ones (int64 (n,)).

    Parts of a group are joined along the ways with the fewest persons through free blocks. A group that finds
    its way barred by another one goes first in the next attempt; one that never finds a way stays in parts.
    """
    groups = sorted(set(problem.locks[problem.locks >= 0].tolist()))
    if not groups:
        return problem.locks.copy()
    beside: list[list[int]] = [[] for _block in problem.locks]
    for a, b in problem.edges.tolist():
        beside[a].append(b)
        beside[b].append(a)
    glue, barred = _joined(problem, beside, groups)
    for _attempt in range(3 * len(groups)):
        if barred is None:
            break
        groups = [barred, *(group for group in groups if group != barred)]
        glue, barred = _joined(problem, beside, groups)
    return glue


def _joined(problem: Problem, beside: list[list[int]], groups: list[int]) -> tuple[np.ndarray, int | None]:
    """All groups joined in this order, and the first that stays in parts."""
    glue, barred = problem.locks.copy(), None
    for group in groups:
        while way := _way_to_next_part(problem, beside, glue, group):
            glue[way] = group
        own = np.flatnonzero(glue == group)
        if barred is None and len(_part(int(own[0]), beside, glue, group)) < len(own):
            barred = group
    return glue, barred


def _way_to_next_part(problem: Problem, beside: list[list[int]], glue: np.ndarray, group: int) -> list[int]:
    """Free blocks on the cheapest way from the first part of a group to another one, [] when there is none."""
    own = np.flatnonzero(glue == group).tolist()
    first = _part(own[0], beside, glue, group)
    if len(first) == len(own):
        return []
    cost = dict.fromkeys(first, 0.0)
    came: dict[int, int] = {}
    queue = [(0.0, 0, block) for block in sorted(first)]
    while queue:
        spent, steps, block = heapq.heappop(queue)
        if spent > cost[block]:
            continue
        if glue[block] == group and block not in first:
            return _walk_back(block, came, first)
        for other in beside[block]:
            if glue[other] not in (-1, group):
                continue
            more = spent + float(problem.population[other]) + 1e-6
            if more < cost.get(other, np.inf):
                cost[other] = more
                came[other] = block
                heapq.heappush(queue, (more, steps + 1, other))
    return []


def _part(block: int, beside: list[list[int]], glue: np.ndarray, group: int) -> set[int]:
    part, queue = {block}, [block]
    for node in queue:
        for other in beside[node]:
            if glue[other] == group and other not in part:
                part.add(other)
                queue.append(other)
    return part


def _walk_back(block: int, came: dict[int, int], first: set[int]) -> list[int]:
    way = []
    while block in came and block not in first:
        way.append(block)
        block = came[block]
    return way
