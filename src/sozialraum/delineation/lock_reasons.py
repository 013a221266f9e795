"""Proven reasons against a plan that come from locked blocks."""

from __future__ import annotations

import numpy as np

from sozialraum.base import _, plural
from sozialraum.base.numbers import count
from sozialraum.blocks import pieces
from sozialraum.delineation.problem import Problem


def lock_reasons(problem: Problem) -> list[str]:
    """Groups of locked blocks that are too large, too many, or cannot be joined without crossing another group."""
    groups = sorted(set(problem.locks[problem.locks >= 0].tolist()))
    reasons = []
    if len(groups) > problem.areas:
        text = plural(
            "{groups} Gruppen festgehaltener Bausteine passen nicht in 1 Gebiet.",
            "{groups} Gruppen festgehaltener Bausteine passen nicht in {areas} Gebiete.",
            problem.areas,
        )
        reasons.append(text.format(groups=len(groups), areas=problem.areas))
    free = int((problem.locks < 0).sum())
    if groups and free + len(groups) < problem.areas <= len(problem.locks):
        text = _(
            "Weil Bausteine zusammen festgehalten sind, lassen sich höchstens {most} Gebiete bilden, "
            "verlangt sind {areas}."
        )
        reasons.append(text.format(most=free + len(groups), areas=problem.areas))
    for group in groups:
        reasons += _group_reasons(problem, group)
    return reasons


def _group_reasons(problem: Problem, group: int) -> list[str]:
    own = problem.locks == group
    block = str(problem.blocks[int(np.flatnonzero(own)[0])]) if len(problem.blocks) else str(np.flatnonzero(own)[0] + 1)
    people = float(problem.population[own].sum())
    if people > problem.high + problem.slack and int(own.sum()) > 1:
        text = _(
            "Die festgehaltenen Bausteine um {block} haben zusammen {people} Einwohnerinnen und Einwohner, "
            "mehr als {high}."
        )
        return [text.format(block=block, people=count(people), high=count(problem.high))]
    reach = reachable(problem, group)
    if len(set(reach[own].tolist())) > 1:
        text = _(
            "Die festgehaltenen Bausteine um {block} lassen sich nicht verbinden, ohne andere festgehaltene "
            "Bausteine zu kreuzen."
        )
        return [text.format(block=block)]
    around = float(problem.population[reach == reach[np.flatnonzero(own)[0]]].sum())
    if around < problem.low - problem.slack:
        text = _(
            "Die festgehaltenen Bausteine um {block} kommen auch mit allen freien Bausteinen ringsum nur auf "
            "{people} Einwohnerinnen und Einwohner, weniger als {low}."
        )
        return [text.format(block=block, people=count(around), low=count(problem.low))]
    return []


def reachable(problem: Problem, group: int) -> np.ndarray:
    """Piece of every block when only free blocks and those of `group` may be walked on."""
    open_to = (problem.locks == group) | (problem.locks < 0)
    kept = open_to[problem.edges[:, 0]] & open_to[problem.edges[:, 1]]
    return pieces(len(problem.population), problem.edges[kept])
