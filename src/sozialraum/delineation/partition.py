"""Cut one graph of blocks into areas: the reasons against it, the search, the proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sozialraum.base import _
from sozialraum.delineation.exact import improve_pairs, lower_bound, prove, small_enough
from sozialraum.delineation.problem import NoPlanFound, NoPlanPossible, Problem, make_problem
from sozialraum.delineation.reasons import no_plan_sentence, reasons_against
from sozialraum.delineation.score import numbered, score

PAIRS_PROVEN = "no pair of neighbouring areas can be improved"
TINY, TINY_SETS = 60, 50_000
PAIR_WORK = {"standard": 200_000, "thorough": 20_000_000, "exact": 20_000_000}  # steps of the exact cut of pairs


@dataclass(frozen=True, eq=False)
class Partition:
    """The areas of one municipality and what they are worth.

    labels : int64 (n,), numbered 0..k-1 by the smallest block of each area, or with the numbers of `start`
    (new areas above its largest). ssd : weighted sum of squared deviations from the area means, percent of
    the total (one single area has 100). cut_cost : sum of the costs of all edges between areas.
    changed_persons : persons in another area than in `start`. objective : ssd + cut_cost + change_cost x
    changed_persons. lower_bound : no plan has a smaller objective (None unless proven).
    gap : (objective - lower_bound) / objective, None where objective <= 0 or nothing is proven.
    proof : 'optimal', 'no pair of neighbouring areas can be improved' or 'none'.
    report : how the plan was found, figures by name.
    """

    labels: np.ndarray
    ssd: float
    cut_cost: float
    changed_persons: float
    objective: float
    lower_bound: float | None
    gap: float | None
    proof: str
    report: dict[str, Any]


def partition(
    edges: np.ndarray,
    population: Sequence[float] | np.ndarray,
    values: np.ndarray,
    *,
    areas: int | tuple[int, int] | None,
    bounds: tuple[float, float],
    target: float | None = None,
    weights: np.ndarray | None = None,
    locks: np.ndarray | None = None,
    start: np.ndarray | None = None,
    edge_costs: np.ndarray | None = None,
    change_cost: float = 0.0,
    name: str | None = None,
    seed: int = 0,
    effort: str = "standard",
    blocks: Sequence[str] = (),
    centres: np.ndarray | None = None,
) -> Partition:
    """Cut a graph of n blocks into connected areas within the bounds, as similar inside as possible.

    edges : int (m, 2), i < j. population : (n,) persons >= 0. values : (n, d) standardised, without gaps.
    areas : a number, a (fewest, most) pair, or None with `target` persons per area. bounds : (low, high)
    persons per area, both included; (0, inf) = none. weights : (n,) weight in the objective, default population.
    locks : (n,) int, -1 free; blocks with the same number stay together and apart from other numbers.
    start : (n,) labels of an existing plan. edge_costs : (m,) cost of separating two neighbours in percent of
    the spread, negative along a barrier. change_cost : per person whose area differs from `start`.
    effort : 'draft', 'standard', 'thorough', 'exact'. name, blocks, centres (n, 2) : for the sentences.
    The same input, seed and effort give the same labels on every machine.
    Raises NoPlanPossible (proven, every reason), NoPlanFound (the search gave up), UsageError (wrong arrays).
    """
    problem = make_problem(
        edges, population, values, areas=areas, bounds=bounds, target=target, weights=weights, locks=locks,
        start=start, edge_costs=edge_costs, change_cost=change_cost, seed=seed, effort=effort, name=name,
        blocks=blocks, centres=centres,
    )  # fmt: skip
    reasons = reasons_against(problem)
    if reasons:
        raise NoPlanPossible(reasons)
    return solved(problem)


def solved(problem: Problem) -> Partition:
    """Search, improve and prove as far as the effort asks for."""
    from sozialraum.delineation.search import search  # loads the compiler

    proving = problem.effort == "exact" or (problem.effort == "standard" and tiny(problem))
    try:
        # where the best plan of all is listed anyway, a short search is enough to begin with
        found = search(problem, "draft" if proving and tiny(problem) else None)
    except NoPlanFound as error:
        return _by_listing(problem, error)
    labels, report, kind = found.labels, found.report, "none"
    if problem.effort != "draft":
        labels, proven, steps = improve_pairs(problem, labels, most_work=PAIR_WORK[problem.effort])
        report |= {f"pairs_{key}": value for key, value in steps.items()}
        kind = PAIRS_PROVEN if proven else "none"
    if proving:
        return _proven(problem, labels, kind, report)
    return finish(problem, labels, None, kind, report)


def tiny(problem: Problem) -> bool:
    """Whether the best plan of all costs less time to prove than to search for."""
    few = len(problem.population) <= TINY
    return few and problem.areas > 1 and small_enough(problem, most_sets=TINY_SETS, most_steps=4 * TINY_SETS)


def _proven(problem: Problem, labels: np.ndarray, kind: str, report: dict[str, Any]) -> Partition:
    """The best plan of all where every possible area can be listed, else a bound for the plan found."""
    proof = prove(problem, labels)
    report |= {f"proof_{key}": value for key, value in proof.report.items()}
    if proof.kind == "impossible":  # only by a search that broke a rule; the proof is right
        raise NoPlanPossible([no_plan_sentence(problem)])
    if proof.kind == "optimal" and proof.labels is not None:
        return finish(problem, proof.labels, proof.lower_bound, "optimal", report)
    bound = lower_bound(problem, labels)
    report["bound"] = bound.name
    value = bound.value
    if proof.lower_bound is not None and proof.lower_bound > value:
        value, report["bound"] = proof.lower_bound, _("Alle möglichen Gebiete wurden gezählt.")
    return finish(problem, labels if proof.labels is None else proof.labels, value, kind, report)


def _by_listing(problem: Problem, error: NoPlanFound) -> Partition:
    """Where the search gave up on a small problem: the best plan among all, or the proof that there is none."""
    if not small_enough(problem):
        raise error
    proof = prove(problem, None)
    if proof.kind == "impossible":
        raise NoPlanPossible([no_plan_sentence(problem)])
    if proof.labels is None:
        raise error
    optimal = proof.kind == "optimal"
    return finish(problem, proof.labels, proof.lower_bound, "optimal" if optimal else "none", dict(proof.report))


def finish(
    problem: Problem, labels: np.ndarray, lower_bound: float | None, proof: str, report: dict[str, Any]
) -> Partition:
    """Number the areas and measure them from nothing."""
    named = numbered(problem, labels)
    worth = score(problem, named)
    gap = None
    if lower_bound is not None and worth.objective > 0:
        gap = max(0.0, (worth.objective - lower_bound) / worth.objective)
    return Partition(
        named, worth.ssd, worth.cut_cost, worth.changed_persons, worth.objective, lower_bound, gap, proof, report
    )
