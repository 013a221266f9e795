"""A proven lower bound of the objective where the possible areas cannot be listed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sozialraum.base import _
from sozialraum.blocks import pieces
from sozialraum.delineation.exact.units import Units, make_units
from sozialraum.delineation.problem import Problem
from sozialraum.delineation.score import numbered, score

MOST_PAIRED = 6_000  # blocks with weight; all pairs of more would need over 300 MiB
MOST_SPECTRAL = 2_500  # eigenvalues of a dense matrix of more take minutes
STEPS = 400
SAFE = 1e-6  # subtracted: far more than rounding can do


@dataclass(frozen=True)
class Bound:
    """value : no plan has a smaller objective. name : a sentence saying what this rests on."""

    value: float
    name: str


@dataclass(frozen=True, eq=False)
class Weighty:
    """The n units with weight: mass (n,), points (n, d) minus the mean, borders (n, n) >= 0 cost of cutting.

    part : (n,) lock group or -1; piece : (n,) connected part of the graph. scale : 100 / total spread.
    whole : the objective of a single area. free : what borders of negative cost give at most (<= 0).
    areas : how many. certain : whether each area has weight for sure. lightest, heaviest : weight of an area.
    """

    mass: np.ndarray
    points: np.ndarray
    borders: np.ndarray
    part: np.ndarray
    piece: np.ndarray
    scale: float
    whole: float
    free: float
    areas: int
    certain: bool
    lightest: float
    heaviest: float


def lower_bound(problem: Problem, labels: np.ndarray | None = None) -> Bound:
    """A number that no plan's objective is below, with a sentence saying why; far below the best plan is normal.

    labels : a known plan (n,), only used to choose steps well. Contiguity counts through the costs of borders and
    the parts of the graph alone, a price of change not at all (it is never negative). Needs 8 bytes per pair of
    blocks. The best of two bounds: `partners_bound` and `directions_bound`.
    """
    units = make_units(problem)
    weighty = weighty_units(problem, units)
    aim = 100.0 if labels is None else score(problem, numbered(problem, labels)).objective
    bounds = [
        Bound(weighty.free, _("Kein Zuschnitt hat weniger als keine Unterschiede.")),
        Bound(
            directions_bound(weighty),
            _("So viele Gebiete können höchstens so viele Richtungen der Unterschiede erklären; Grenzen kosten."),
        ),
    ]
    if len(weighty.mass) <= MOST_PAIRED and len(weighty.mass):
        value = partners_bound(weighty, aim)
        bounds.append(Bound(value, _("Jeder Baustein teilt sein Gebiet mit genügend anderen, die ihm ähneln müssten.")))
    best = max(bounds, key=lambda bound: bound.value)
    return Bound(math.floor((best.value - SAFE) * 1e6) / 1e6, best.name)


def weighty_units(problem: Problem, units: Units) -> Weighty:
    """Leave out units without weight and say how heavy an area can be."""
    heavy = units.mass > 0
    mass = np.ascontiguousarray(units.mass[heavy])
    lightest, heaviest, certain = _area_weights(problem, units, mass)
    return Weighty(
        mass=mass,
        points=np.ascontiguousarray(units.sums[heavy] / mass[:, None]),
        borders=_borders(units, heavy),
        part=np.ascontiguousarray(units.groups[heavy]),
        piece=np.ascontiguousarray(pieces(units.number, units.edges)[heavy].astype(np.int64)),
        scale=units.scale,
        whole=100.0 if units.scale > 0 else 0.0,
        free=float(np.minimum(units.costs, 0.0).sum()),
        areas=problem.areas,
        certain=certain,
        lightest=lightest,
        heaviest=heaviest,
    )


def _area_weights(problem: Problem, units: Units, mass: np.ndarray) -> tuple[float, float, bool]:
    """Least and largest weight of an area that has any, and whether every area has some."""
    whole, lightest = float(mass.sum()), float(mass.min(initial=np.inf))
    lived = units.persons > 0
    each = units.mass[lived] / units.persons[lived]
    low, high = problem.low - problem.slack, problem.high + problem.slack
    from_low = low * float(each.min(initial=np.inf)) if low > 0 and lived.any() else 0.0
    certain = from_low > 0 or bool((units.mass > 0).all())
    lightest = max(lightest, from_low)
    heaviest = whole
    if math.isfinite(high) and lived.any():
        heaviest = min(whole, high * float(each.max()) + float(units.mass[~lived].sum()))
    if certain:
        others = problem.areas - 1
        lightest, heaviest = max(lightest, whole - others * heaviest), min(heaviest, whole - others * lightest)
    return lightest, heaviest, certain


def _borders(units: Units, heavy: np.ndarray) -> np.ndarray:
    """Costs of cutting between units with weight, float64 (n, n); costs below 0 count as 0."""
    costs = np.maximum(units.costs, 0.0)
    if not costs.any() or units.number > MOST_PAIRED:
        return np.zeros((int(heavy.sum()),) * 2 if heavy.sum() <= MOST_PAIRED else (0, 0))
    from sozialraum.delineation.exact import bound_kernels  # numba is only needed here

    matrix = np.zeros((units.number, units.number))
    matrix[units.edges[:, 0], units.edges[:, 1]] = costs
    matrix[units.edges[:, 1], units.edges[:, 0]] = costs
    bound_kernels.without_empty(matrix, ~heavy)
    return np.ascontiguousarray(matrix[heavy][:, heavy])


def directions_bound(weighty: Weighty) -> float:
    """k areas explain at most the spread along k - 1 directions, less what borders along them cost.

    With unit vectors v_a of the areas (orthogonal, root of the weights inside) the objective is
    100 - sum of v_a' (G - P_a / 2 L) v_a with G = spread, L = Laplacian of the border costs scaled by the weights,
    and P_a >= lightest: at least 100 minus the k - 1 largest eigenvalues of G - lightest / 2 L beside the mean.
    Two areas share one direction, whose borders cost P (W - P) / W instead.
    """
    if not len(weighty.mass) or weighty.areas < 2:
        return weighty.whole + weighty.free
    root = np.sqrt(weighty.mass)
    rows = root[:, None] * weighty.points * math.sqrt(weighty.scale)
    directions = weighty.areas - 1
    if len(root) > MOST_SPECTRAL or not weighty.borders.any() or not weighty.certain:
        values = np.linalg.eigvalsh(rows.T @ rows) if rows.shape[1] else np.zeros(0)
        return weighty.whole - float(np.maximum(values, 0.0)[-directions:].sum()) + weighty.free
    laplacian = np.diag(weighty.borders.sum(axis=1)) - weighty.borders
    matrix = rows @ rows.T - _border_share(weighty) * laplacian / root[:, None] / root[None, :]
    mean = root / math.sqrt(float(weighty.mass.sum()))
    away = 1.0 + float(np.abs(matrix).sum(axis=1).max())  # below every eigenvalue: the mean is not counted
    values = np.linalg.eigvalsh(matrix - 2.0 * away * np.outer(mean, mean))
    return weighty.whole - float(values[-directions:].sum()) + weighty.free


def _border_share(weighty: Weighty) -> float:
    if weighty.areas > 2:
        return 0.5 * weighty.lightest
    whole = float(weighty.mass.sum())
    return min(weight * (whole - weight) / whole for weight in (weighty.lightest, weighty.heaviest))


def partners_bound(weighty: Weighty, aim: float, steps: int = STEPS) -> float:
    """Every block shares its area with the whole weight of that area; similar partners are scarce.

    With Z_ij = 1 / (weight of the area) for two blocks of one area, else 0, and z_i = Z_ii: spread inside is
    sum over pairs w_i w_j |x_i - x_j|^2 Z_ij; sum_j w_j Z_ij = 1; Z_ij <= (z_i + z_j) / 2; sum w_i z_i = k;
    1 / heaviest <= z_i <= 1 / lightest; a cut border costs at least lightest x ((z_i + z_j) / 2 - Z_ij) of its
    price. Any prices u_i of the second rule give a valid bound, solved by sorting; a subgradient ascent towards
    `aim` makes it large. Blocks of different parts or lock groups never share.
    """
    from sozialraum.delineation.exact import bound_kernels as kernels  # numba is only needed here

    mass, size = weighty.mass, len(weighty.mass)
    lightest = weighty.lightest
    base = 0.5 * lightest * weighty.borders.sum(axis=1)
    costs = weighty.borders.copy()
    kernels.pair_costs(weighty.points, mass, costs, lightest, weighty.piece, weighty.scale)
    _never_share(costs, weighty.part)
    fewest = weighty.areas if weighty.certain else 1
    prices = _first_prices(weighty, costs)
    best, best_prices, length, idle = -math.inf, prices, 1.0, 0
    own, shares, lack, way = np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(size)
    for _step in range(steps):
        kernels.own_costs(prices, mass, costs, base, own)
        order = np.argsort(own / mass, kind="stable")
        kernels.cheapest_shares(
            own, mass, order, float(fewest), float(weighty.areas), 1.0 / weighty.heaviest, 1.0 / lightest, shares
        )
        value = float((mass * prices).sum() + (own * shares).sum())
        if value > best + 1e-4:
            best, best_prices, idle = value, prices, 0
        else:
            idle += 1
        if idle >= 8:
            length, idle, prices = 0.6 * length, 0, best_prices
            way[:] = 0.0
            continue
        kernels.lacking(prices, mass, costs, shares, lack)
        way = 0.6 * way + lack
        reach = max(float((mass * lack * way).sum()), 0.3 * float((mass * way * way).sum()))
        if reach <= 1e-12:
            break
        prices = prices + length * max(aim - weighty.free - value, 1e-3) / reach * way
    return best + weighty.free


def _never_share(costs: np.ndarray, part: np.ndarray) -> None:
    for group in np.unique(part[part >= 0]).tolist():
        costs[np.ix_(part == group, (part >= 0) & (part != group))] = np.inf


def _first_prices(weighty: Weighty, costs: np.ndarray) -> np.ndarray:
    """Half the squared distance at which a block has met as much weight as an area has on average."""
    mean = float(weighty.mass.sum()) / weighty.areas
    prices = np.zeros(len(weighty.mass))
    for block in range(len(prices)):
        row = np.concatenate([costs[block, :block], [0.0], costs[block + 1 :, block]])
        away = row / (weighty.mass * weighty.mass[block])
        order = np.argsort(away, kind="stable")
        met = int(np.searchsorted(np.cumsum(weighty.mass[order]), mean))
        reached = away[order][: met + 1]
        prices[block] = 0.5 * max(0.0, float(reached[np.isfinite(reached)].max(initial=0.0)))
    return prices
