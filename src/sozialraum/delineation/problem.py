"""The task of one municipality in plain arrays, and the errors of a task without a plan."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sozialraum.base import NoPlan, UsageError, _

EFFORTS = ("draft", "standard", "thorough", "exact")
MOST_PERSONS = 1e12  # of a block
LARGEST, SMALLEST = 1e60, 1e-60  # of other numbers (0 apart), so that no product leaves the range of float64
ROUNDING = 1e-9  # relative; sums of populations that are not whole numbers


class DelineationError(NoPlan):
    """There is no plan: proven (NoPlanPossible) or not found (NoPlanFound)."""


class NoPlanPossible(DelineationError):
    """It is proven that no plan keeps the rules; `reasons` are sentences, all of them."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join([_("Unter diesen Vorgaben ist kein Gebietszuschnitt möglich:"), *self.reasons]))


class NoPlanFound(DelineationError):
    """The search ended without a plan that keeps the rules; there may still be one.

    labels : int (n,), the best try. areas_out_of_bounds : its areas with too few or too many inhabitants.
    reasons : the same in sentences.
    """

    def __init__(self, labels: np.ndarray, areas_out_of_bounds: Sequence[int], reasons: Sequence[str] = ()) -> None:
        self.labels, self.areas_out_of_bounds = labels, tuple(areas_out_of_bounds)
        self.reasons = tuple(reasons)
        super().__init__(
            "\n".join([_("Es wurde kein Gebietszuschnitt gefunden, der alle Vorgaben einhält:"), *self.reasons])
        )


@dataclass(frozen=True)
class Problem:
    """Cut one graph of n blocks into `areas` connected areas within bounds, as similar inside as possible.

    edges : int64 (m, 2), i < j, sorted, each once. population : float64 (n,), persons, >= 0.
    values : float64 (n, d), standardised. weights : float64 (n,), >= 0, weight in the objective.
    areas : how many. low, high : persons allowed per area, both included (high may be infinite).
    locks : int64 (n,), -1 free, else blocks with the same number belong together.
    start : int64 (n,) numbers of an existing plan, or None. edge_costs : float64 (m,), the objective's unit.
    change_cost : per person in another area than in `start`. seed, effort : of the search.
    name, blocks, centres : for sentences only; centres (n, 2) or None.
    """

    edges: np.ndarray
    population: np.ndarray
    values: np.ndarray
    weights: np.ndarray
    areas: int
    low: float
    high: float
    locks: np.ndarray
    start: np.ndarray | None
    edge_costs: np.ndarray
    change_cost: float = 0.0
    seed: int = 0
    effort: str = "standard"
    name: str = ""
    blocks: Sequence[str] = field(default_factory=list)
    centres: np.ndarray | None = None

    @property
    def slack(self) -> float:
        """How far a sum of persons may be off a bound by rounding alone."""
        return ROUNDING * max(1.0, float(self.population.sum()))

    def within(self, persons: float) -> bool:
        """Whether an area with so many persons keeps the bounds."""
        return self.low - self.slack <= persons <= self.high + self.slack


def make_problem(
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
    seed: int = 0,
    effort: str = "standard",
    name: str | None = None,
    blocks: Sequence[str] = (),
    centres: np.ndarray | None = None,
) -> Problem:
    """Arrays of the right kind and shape, the number of areas decided; UsageError names every fault."""
    people = np.asarray(population, dtype=np.float64).reshape(-1)
    number = len(people)
    _refuse_lengths(number, edges, values, edge_costs, weights, locks, start, bounds)
    pairs, costs = _clean_edges(edges, edge_costs)
    problem = Problem(
        edges=pairs,
        population=people,
        values=np.ascontiguousarray(np.asarray(values, dtype=np.float64).reshape(number, -1)),
        weights=people.copy() if weights is None else np.asarray(weights, dtype=np.float64).reshape(-1),
        areas=how_many(float(people.sum()), number, areas, bounds, target),
        low=float(bounds[0]),
        high=float(bounds[1]),
        locks=np.full(number, -1, dtype=np.int64) if locks is None else np.asarray(locks, dtype=np.int64).reshape(-1),
        start=None if start is None else np.asarray(start, dtype=np.int64).reshape(-1),
        edge_costs=costs,
        change_cost=float(change_cost),
        seed=int(seed),
        effort=effort,
        name=name or "",
        blocks=blocks,
        centres=centres,
    )
    _refuse_faults(problem)
    return problem


def _refuse_lengths(
    number: int,
    edges: np.ndarray,
    values: np.ndarray,
    edge_costs: np.ndarray | None,
    weights: np.ndarray | None,
    locks: np.ndarray | None,
    start: np.ndarray | None,
    bounds: tuple[float, float],
) -> None:
    """Every array of a wrong length, and bounds that are no numbers, at once."""
    faults = []
    for name, given in (("values", values), ("weights", weights), ("locks", locks), ("start", start)):
        if given is not None and len(given) != number:
            faults.append(f"{name} has {len(given)} rows for {number} blocks.")
    pairs = np.asarray(edges).size // 2
    if edge_costs is not None and len(edge_costs) != pairs:
        faults.append(f"edge_costs has {len(edge_costs)} values for {pairs} edges.")
    if np.isnan(np.asarray(bounds, dtype=float)).any() or len(bounds) != 2:
        faults.append("bounds are two numbers, the upper one may be infinite.")
    if faults:
        raise UsageError(" ".join(faults))


def _clean_edges(edges: np.ndarray, edge_costs: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """Edges sorted and each once; the costs of an edge named twice are added."""
    pairs = np.sort(np.asarray(edges, dtype=np.int64).reshape(-1, 2), axis=1)
    costs = np.zeros(len(pairs)) if edge_costs is None else np.asarray(edge_costs, dtype=np.float64).reshape(-1)
    kept = pairs[:, 0] != pairs[:, 1]
    unique, place = np.unique(pairs[kept], axis=0, return_inverse=True)
    return unique, np.bincount(place.ravel(), costs[kept], len(unique))


def _refuse_faults(problem: Problem) -> None:
    number = len(problem.population)
    faults = []
    if len(problem.edges) and (problem.edges.min() < 0 or problem.edges.max() >= number):
        faults.append(f"edges name blocks outside 0..{number - 1}.")
    for field_name in ("population", "weights"):
        given = getattr(problem, field_name)
        if not np.isfinite(given).all() or (given < 0).any():
            faults.append(f"{field_name} must be finite and not negative.")
    for field_name in ("values", "edge_costs"):
        if not np.isfinite(getattr(problem, field_name)).all():
            faults.append(f"{field_name} must be finite.")
    if (problem.population > MOST_PERSONS).any():
        faults.append(f"population is at most {MOST_PERSONS:g} per block.")
    for field_name in ("weights", "values", "edge_costs", "change_cost"):
        size = np.abs(getattr(problem, field_name))
        if (np.isfinite(size) & (size > 0) & ((size < SMALLEST) | (size > LARGEST))).any():
            faults.append(f"{field_name} must be 0 or between {SMALLEST:g} and {LARGEST:g} in size.")
    if not 0 <= problem.change_cost < math.inf:
        faults.append("change_cost must be finite and not negative.")
    if (problem.locks < -1).any():
        faults.append("locks are -1 (free) or a number from 0.")
    if problem.effort not in EFFORTS:
        faults.append(f"effort is one of {', '.join(EFFORTS)}, not {problem.effort!r}.")
    if faults:
        raise UsageError(" ".join(faults))


def possible_numbers(total: float, low: float, high: float) -> tuple[int, int]:
    """Fewest and most areas that `total` inhabitants can make within the bounds (0 = none)."""
    if high <= 0:
        return (1, 10**9) if total <= 0 else (10**9, 0)
    fewest = 1 if math.isinf(high) else max(1, math.ceil(total / high - ROUNDING))
    most = math.floor(total / low + ROUNDING) if low > 0 else 10**9
    return fewest, most


def how_many(
    total: float,
    blocks: int,
    areas: int | tuple[int, int] | None,
    bounds: tuple[float, float],
    target: float | None,
) -> int:
    """The number of areas: as asked, or the possible one nearest to total / target inside the wish.

    areas : a number, a (fewest, most) pair or None. A pair without target takes the possible number nearest
    to its middle (the smaller at a tie); an impossible pair gives its nearest end, which the reasons then explain.
    """
    if isinstance(areas, int | np.integer):
        return int(areas)
    fewest, most = possible_numbers(total, float(bounds[0]), float(bounds[1]))
    most = min(most, blocks)
    if areas is None:
        if not target or target <= 0:
            raise UsageError("Either areas or target must be given.")
        return max(1, min(max(_nearest(total / target), fewest), most))
    first, last = int(areas[0]), int(areas[1])
    if first > last:
        raise UsageError(f"areas: the fewest ({first}) are more than the most ({last}).")
    wish = _nearest(total / target) if target else math.ceil((first + last) / 2 - 0.5)
    return max(1, min(max(min(max(wish, fewest), most), first), last))


def _nearest(number: float) -> int:
    return math.floor(number + 0.5)
