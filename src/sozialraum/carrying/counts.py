"""Counts brought onto other units: y = Wᵀx, hidden parts as bounds, with status, class and estimated error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sozialraum.base import Finding, Status, _
from sozialraum.base.value import STRENGTH, WEAKEST_FIRST
from sozialraum.blocks.layers import some
from sozialraum.carrying.checking import KEY, countable, refuse_rows
from sozialraum.carrying.errors import ErrorModel, usual_errors
from sozialraum.carrying.matrix import KINDS, Floats, Matrix, positions
from sozialraum.carrying.naming import provenance_of

COLUMNS = ("unit", *KEY, "low", "high", "status", "provenance", "carried", "method", "error_class", "error", "steps")
ESTIMATED, BLOCKED = STRENGTH[Status.ESTIMATED.value], STRENGTH[Status.BLOCKED.value]
SUPPRESSED = STRENGTH[Status.SUPPRESSED.value]
STATUSES = np.array([status.value for status in WEAKEST_FIRST], dtype=object)
CLASSES = np.array(["A", "B", "C"], dtype=object)
METHODS = np.array(["whole", *KINDS], dtype=object)
KIND_RANK = {name: rank for rank, name in enumerate(METHODS.tolist())}
COVERED_ENOUGH = 0.99
LARGEST = 4_000_000  # numbers held at once: sources times features and dates


@dataclass(frozen=True, eq=False)
class Carried:
    """Counts on the units of the target.

    values : `unit, feature, period, low, high, status, provenance, carried, method, error_class, error, steps`, sorted.
        carried : True where a share of a divided unit is in it. method : 'whole' when nothing was divided, else the
        kind of the weights. error_class : A, B, C. error : standard error in cases, 0 where nothing was divided, NaN
        without a number or an upper bound. steps : how many matrices that divide units it came through.
    outside : what lies in no target, a row for each feature and date in the same columns, unit ''.
    refused : findings. An error names a feature that was left out and could be carried if it came otherwise; a warning
        one that was carried and looks wrong; a note what is left out by its nature or missing on the ground.
    """

    values: pd.DataFrame
    outside: pd.DataFrame
    refused: tuple[Finding, ...] = ()


def carry(
    counts: pd.DataFrame,
    matrix: Matrix,
    measures: Mapping[str, str],
    errors: ErrorModel | None = None,
    *,
    gaps: Literal["missing", "uncertain"] = "missing",
) -> Carried:
    """Bring counts onto the target of the matrix; totals stay. Bounds of a hidden count are divided with care.

    counts : `unit, feature, period, low, high, status`; with a column `geography`, rows of 'residual' are refused.
        Values that were carried before keep their columns `steps, method, error_class, error`: errors add up squared,
        as if they had nothing to do with each other, and the weaker method and class hold.
    measures : feature -> 'count', 'share', 'rate', 'mean', 'median', 'rank', 'index'; all but counts are refused,
        and so is a feature that is not named.
    errors : how far divided counts are off (`estimate_errors`); by default what was measured on real data.
    gaps : what a source unit without a row or a number does to the targets it reaches: they are `missing`; or, for
        cells of a grid of which many are secret, they hold the sum of the known ones, `uncertain`, with the number of
        the others in the provenance (`missing` where none is known).
    A divided value is `estimated`, or weaker. Of a hidden count that is divided each part lies between 0 and the upper
    end of the whole, and stays `suppressed`; the sum of the parts then holds the total between its ends. A count of 0
    is 0 everywhere.
    Raises InputRefused for units the matrix does not know, units twice, a number that cannot be one of cases (none,
    below 0, low above high), values that would be divided a third time. ValueError for a status that does not exist.
    """
    rows, refused = countable(counts, measures)
    refuse_rows(rows, matrix)
    model = errors or usual_errors(matrix)
    groups = sorted(rows[KEY].drop_duplicates().itertuples(index=False, name=None))
    if not groups:
        nothing = pd.DataFrame(columns=list(COLUMNS))
        return Carried(nothing, nothing.copy(), refused)
    known_alone, away = gaps == "uncertain", csr_array(matrix.outside[:, None])
    at = positions(matrix.sources, rows["unit"].astype(str))
    column = pd.MultiIndex.from_tuples(groups).get_indexer(pd.MultiIndex.from_frame(rows[KEY]))
    inside, outside = [], []
    width = max(1, LARGEST // max(1, len(matrix.sources)))
    for start in range(0, len(groups), width):
        now = (column >= start) & (column < start + width)
        some_groups = groups[start : start + width]
        x = _Columns.of(rows[now], at[now], column[now] - start, (len(matrix.sources), len(some_groups)))
        aim = _Aim(matrix.targets, some_groups, Status.MISSING, known_alone)
        inside.append(_carried(x, matrix.weights, matrix, model, aim))
        outside.append(_carried(x, away, matrix, model, replace(aim, units=("",), unreached=Status.OBSERVED)))
    values = pd.concat(inside, ignore_index=True).sort_values(["unit", *KEY], kind="stable", ignore_index=True)
    return Carried(values, pd.concat(outside, ignore_index=True), refused + _uncovered(matrix))


@dataclass(frozen=True, eq=False)
class _Columns:
    """Values as (sources, groups): ends with 0 where there is no number or no bound, and how each is known.

    steps, error, kind, letter : of values that were carried before (see `Carried`); kind and letter as positions from 1
    in KINDS and from 0 in CLASSES, all 0 for the others.
    """

    low: Floats
    high: Floats
    unbounded: NDArray[np.bool_]
    rank: NDArray[np.int64]
    steps: NDArray[np.int64]
    error: Floats
    kind: NDArray[np.int64]
    letter: NDArray[np.int64]

    @classmethod
    def of(cls, rows: pd.DataFrame, at: NDArray[np.intp], column: NDArray[np.intp], shape: tuple[int, int]) -> _Columns:
        low, high, error = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        rank = np.full(shape, STRENGTH[Status.MISSING.value])
        rank[at, column] = rows["status"].map(STRENGTH).to_numpy(dtype=np.int64)
        low[at, column], high[at, column] = rows["low"].to_numpy(dtype=float), rows["high"].to_numpy(dtype=float)
        none = rank <= BLOCKED
        unbounded = np.isinf(high) & ~none
        steps, kind, letter = (np.zeros(shape, dtype=np.int64) for _mark in range(3))
        steps[at, column] = rows["steps"].to_numpy(dtype=np.int64)
        before = (rows["steps"] > 0).to_numpy()
        if before.any():
            told = rows[before]
            spot = at[before], column[before]
            error[spot] = told["error"].to_numpy(dtype=float) if "error" in told else np.nan
            kind[spot] = told["method"].map(KIND_RANK).fillna(0).astype(int) if "method" in told else 0
            letter[spot] = (
                told["error_class"].map(CLASSES.tolist().index) if "error_class" in told else len(CLASSES) - 1
            )
            error = np.where(none, 0.0, error)
        return cls(
            np.where(none, 0.0, low), np.where(none | unbounded, 0.0, high), unbounded, rank, steps, error, kind, letter
        )  # fmt: skip


@dataclass(frozen=True)
class _Aim:
    """Units and (feature, period) of the result.

    unreached : how the count of a unit is known that nothing reaches. known_alone : gaps leave the sum of the others.
    """

    units: tuple[str, ...]
    groups: list[tuple[str, str]]
    unreached: Status
    known_alone: bool


def _carried(x: _Columns, weights: csr_array, matrix: Matrix, model: ErrorModel, aim: _Aim) -> pd.DataFrame:
    reach = weights.copy()
    reach.data = np.ones_like(weights.data)  # a weight of 0 reaches as well: nobody knows that nobody is there
    divided = ~matrix.is_whole[:, None] & ((x.high > 0) | x.unbounded)
    carried = _any(reach, divided | (x.steps > 0))
    rank, lost = _weakest(x.rank, reach), np.zeros((len(aim.units), len(aim.groups)), dtype=np.int64)
    if aim.known_alone:
        rank, lost = _beside_gaps(x.rank, reach)
    rank = np.where(carried, np.minimum(rank, ESTIMATED), rank)
    rank = np.where(rank == len(WEAKEST_FIRST), STRENGTH[aim.unreached.value], rank)
    none = rank <= BLOCKED
    low, high = _ends(x, weights, reach, divided & (x.rank == SUPPRESSED))
    features = [feature for feature, _period in aim.groups]
    error = np.where(np.isinf(high), np.nan, _errors(x, weights, matrix, model, features))
    kind = _strongest(np.maximum(x.kind, divided * KIND_RANK[matrix.kind]), reach)
    method = METHODS[np.where(carried, kind, 0)]
    letter = np.maximum(x.letter, divided * np.searchsorted(CLASSES.tolist(), matrix.row_classes)[:, None])
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.array(aim.units, dtype=object), len(aim.groups)),
            "feature": features * len(aim.units),
            "period": [period for _feature, period in aim.groups] * len(aim.units),
            "low": np.where(none, np.nan, low).ravel(),
            "high": np.where(none, np.nan, high).ravel(),
            "status": STATUSES[rank].ravel(),
            "provenance": "",
            "carried": carried.ravel(),
            "method": method.ravel(),
            "error_class": CLASSES[_strongest(letter, reach)].ravel(),
            "error": np.where(none, np.nan, error).ravel(),
            "steps": _strongest(x.steps + divided * len(matrix.steps), reach).ravel(),
        }
    )
    said = zip(frame["method"], np.where(none, 0, lost).ravel().tolist(), strict=True)
    return frame.assign(provenance=[provenance_of(name, matrix.source, number) for name, number in said])


def _ends(x: _Columns, weights: csr_array, reach: csr_array, hidden: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Both ends by target: weighted, and of a divided hidden count from nobody to all of them."""
    low = np.asarray(weights.T @ np.where(hidden, 0.0, x.low))
    high = np.asarray(weights.T @ np.where(hidden, 0.0, x.high)) + np.asarray(reach.T @ np.where(hidden, x.high, 0.0))
    return low, np.where(_any(reach, x.unbounded), np.inf, high)


def _errors(x: _Columns, weights: csr_array, matrix: Matrix, model: ErrorModel, features: list[str]) -> Floats:
    """Standard errors of dividing, and of what was not exact before."""
    own = model.errors(matrix, weights, x.high, features)
    if not (x.steps > 0).any():
        return own
    squared = weights.copy()
    squared.data = weights.data**2
    return np.sqrt(own**2 + np.asarray(squared.T @ x.error**2))


def _beside_gaps(rank: NDArray[np.int64], reach: csr_array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The weakest status of sources with a number, at best uncertain beside one without; and how many are without."""
    found = _weakest(np.where(rank <= BLOCKED, len(WEAKEST_FIRST), rank), reach)
    lost = np.rint(np.asarray(reach.T @ (rank <= BLOCKED).astype(float))).astype(np.int64)
    nothing = (lost > 0) & (found == len(WEAKEST_FIRST))
    beside = np.where(lost > 0, np.minimum(found, STRENGTH[Status.UNCERTAIN.value]), found)
    return np.where(nothing, _weakest(rank, reach), beside), lost


def _strongest(mark: NDArray[np.int64], reach: csr_array) -> NDArray[np.int64]:
    """By target and group the largest mark that reaches it; 0 where nothing does."""
    found = np.zeros((reach.shape[1], mark.shape[1]), dtype=np.int64)
    for level in range(1, int(mark.max(initial=0)) + 1):
        found[_any(reach, mark == level)] = level
    return found


def _weakest(rank: NDArray[np.int64], reach: csr_array) -> NDArray[np.int64]:
    """By target and group the weakest status that reaches it; one above all where nothing does."""
    found = np.full((reach.shape[1], rank.shape[1]), len(WEAKEST_FIRST))
    for level in reversed(range(len(WEAKEST_FIRST))):
        if (rank == level).any():
            found[_any(reach, rank == level)] = level
    return found


def _any(reach: csr_array, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(reach.T @ mask.astype(float)) > 0


def _uncovered(matrix: Matrix) -> tuple[Finding, ...]:
    part = [
        unit for unit, covered in zip(matrix.targets, matrix.covered.tolist(), strict=True) if covered < COVERED_ENOUGH
    ]
    if not part:
        return ()
    what = _("Die Quelle kennt nur einen Teil der Fläche von: {names}.").format(names=some(part))
    todo = _("Was dort fehlt, ist nicht mitgezählt.")
    return (Finding(what, severity="note", todo=todo, code="carry_covered"),)
