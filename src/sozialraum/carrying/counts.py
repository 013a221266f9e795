"""Counts brought onto other units: y = Wᵀx for both ends of every value, with status, class and estimated error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sozialraum.base import Finding, InputRefused, Status, _
from sozialraum.base.value import STRENGTH, WEAKEST_FIRST
from sozialraum.blocks.layers import some
from sozialraum.carrying.errors import ErrorModel, usual_errors
from sozialraum.carrying.matrix import Floats, Matrix, positions
from sozialraum.carrying.measures import RESIDUAL, refused_feature, refused_residual
from sozialraum.carrying.naming import not_onto, provenance_of

KEY = ["feature", "period"]
COLUMNS = ("unit", *KEY, "low", "high", "status", "provenance", "carried", "method", "error_class", "error")
ESTIMATED, BLOCKED = STRENGTH[Status.ESTIMATED.value], STRENGTH[Status.BLOCKED.value]
STATUSES = np.array([status.value for status in WEAKEST_FIRST], dtype=object)
CLASSES = np.array(["A", "B", "C"], dtype=object)
COVERED_ENOUGH = 0.99
LARGEST = 4_000_000  # numbers held at once: sources times features and dates


@dataclass(frozen=True, eq=False)
class Carried:
    """Counts on the units of the target.

    values : `unit, feature, period, low, high, status, provenance, carried, method, error_class, error`, sorted.
        carried : True where a share of a divided unit is in it. method : 'whole' when nothing was divided, else the
        kind of the weights. error_class : A, B, C. error : standard error in cases, 0 where nothing was divided, NaN
        without a number or an upper bound.
    outside : what lies in no target, a row for each feature and date in the same columns, unit ''.
    refused : why values were not carried, and notes.
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
    """Bring counts onto the target of the matrix; totals stay, for both ends of every value.

    counts : `unit, feature, period, low, high, status`; with a column `geography`, rows of 'residual' are refused.
    measures : feature -> 'count', 'share', 'rate', 'mean', 'median', 'rank', 'index'; all but counts are refused,
        and so is a feature that is not named.
    errors : how far divided counts are off (`estimate_errors`); by default what was measured on real data.
    gaps : what a source unit without a row or a number does to the targets it reaches: they are `missing`; or, for
        cells of a grid of which many are secret, they hold the sum of the known ones, `uncertain`, with the number of
        the others in the provenance (`missing` where none is known).
    A divided value is `estimated`, or weaker; a hidden one keeps its bounds times the weight and stays `suppressed`. A
    count of 0 is 0 everywhere.
    Raises InputRefused for units the matrix does not know, units twice, or a status that does not exist.
    """
    rows, refused = _countable(counts, measures)
    _refuse_rows(rows, matrix)
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


def _countable(counts: pd.DataFrame, measures: Mapping[str, str]) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    rows = counts.assign(feature=counts["feature"].astype(str), period=counts["period"].astype(str))
    findings = []
    if "geography" in rows:
        residual = rows["geography"].astype(str) == RESIDUAL
        named = rows.loc[residual, ["unit", "feature"]].drop_duplicates().sort_values(["unit", "feature"])
        findings += [refused_residual(str(unit), feature) for unit, feature in named.itertuples(index=False)]
        rows = rows[~residual]
    others = [feature for feature in sorted(rows["feature"].unique()) if measures.get(feature, "") != "count"]
    findings += [refused_feature(feature, measures.get(feature, "")) for feature in others]
    return rows[~rows["feature"].isin(others)], tuple(findings)


def _refuse_rows(rows: pd.DataFrame, matrix: Matrix) -> None:
    findings = []
    unknown = sorted(set(rows["unit"].astype(str).unique()) - set(matrix.sources))
    if unknown:
        what = _("Einheiten, deren Lage zu den Zielen nicht bekannt ist: {names}.").format(names=some(unknown))
        findings.append(Finding(what, column="unit"))
    twice = sorted(set(rows.loc[rows.duplicated(["unit", *KEY]), "unit"].astype(str)))
    if twice:
        findings.append(Finding(_("Mehrere Werte für eine Einheit: {names}.").format(names=some(twice)), column="unit"))
    odd = sorted(set(rows["status"].unique()) - set(STRENGTH))
    if odd:
        raise ValueError(f"unknown status {odd}")
    if findings:
        headline = not_onto(matrix.target)
        raise InputRefused(headline, findings)


@dataclass(frozen=True, eq=False)
class _Columns:
    """Values as (sources, groups): ends with 0 where there is no number or no bound, and how each is known."""

    low: Floats
    high: Floats
    unbounded: NDArray[np.bool_]
    rank: NDArray[np.int64]

    @classmethod
    def of(cls, rows: pd.DataFrame, at: NDArray[np.intp], column: NDArray[np.intp], shape: tuple[int, int]) -> _Columns:
        low, high = np.zeros(shape), np.zeros(shape)
        rank = np.full(shape, STRENGTH[Status.MISSING.value])
        rank[at, column] = rows["status"].map(STRENGTH).to_numpy(dtype=np.int64)
        low[at, column], high[at, column] = rows["low"].to_numpy(dtype=float), rows["high"].to_numpy(dtype=float)
        none = rank <= BLOCKED
        unbounded = np.isinf(high) & ~none
        return cls(np.where(none, 0.0, low), np.where(none | unbounded, 0.0, high), unbounded, rank)


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
    positive = weights.copy()
    positive.data = (weights.data > 0).astype(float)
    divided = ~matrix.is_whole[:, None] & ((x.high > 0) | x.unbounded)
    carried = _any(positive, divided) | _bare(weights, positive)
    rank, lost = _weakest(x.rank, positive), np.zeros((len(aim.units), len(aim.groups)), dtype=np.int64)
    if aim.known_alone:
        rank, lost = _beside_gaps(x.rank, positive)
    rank = np.where(carried, np.minimum(rank, ESTIMATED), rank)
    rank = np.where(rank == len(WEAKEST_FIRST), STRENGTH[aim.unreached.value], rank)
    none = rank <= BLOCKED
    low, high = np.asarray(weights.T @ x.low), np.asarray(weights.T @ x.high)
    high = np.where(_any(positive, x.unbounded), np.inf, high)
    features = [feature for feature, _period in aim.groups]
    error = np.where(np.isinf(high), np.nan, model.errors(matrix, weights, x.high, features))
    method = np.where(carried, matrix.kind, "whole").astype(object)
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
            "error_class": _classes(weights, positive, divided, matrix).ravel(),
            "error": np.where(none, np.nan, error).ravel(),
        }
    )
    said = zip(frame["method"], np.where(none, 0, lost).ravel().tolist(), strict=True)
    return frame.assign(provenance=[provenance_of(name, matrix.source, number) for name, number in said])


def _beside_gaps(rank: NDArray[np.int64], positive: csr_array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The weakest status of sources with a number, at best uncertain beside one without; and how many are without."""
    found = _weakest(np.where(rank <= BLOCKED, len(WEAKEST_FIRST), rank), positive)
    lost = np.rint(np.asarray(positive.T @ (rank <= BLOCKED).astype(float))).astype(np.int64)
    nothing = (lost > 0) & (found == len(WEAKEST_FIRST))
    beside = np.where(lost > 0, np.minimum(found, STRENGTH[Status.UNCERTAIN.value]), found)
    return np.where(nothing, _weakest(rank, positive), beside), lost


def _bare(weights: csr_array, positive: csr_array) -> NDArray[np.bool_]:
    """(targets, 1): units reached with nothing but weights of 0, whose 0 is an estimate."""
    reached = np.diff(weights.tocsc().indptr) > 0
    return (reached & ~(positive.sum(axis=0) > 0))[:, None]


def _classes(
    weights: csr_array, positive: csr_array, divided: NDArray[np.bool_], matrix: Matrix
) -> NDArray[np.object_]:
    """The weakest class of what was divided; of a 0 that nobody counted the class of the weights."""
    of_source = matrix.row_classes[:, None]
    weak = _any(positive, divided & (of_source == "B")) * 1
    weak = np.where(_any(positive, divided & (of_source == "C")), 2, weak)
    weak = np.where(_bare(weights, positive), CLASSES.tolist().index(matrix.error_class), weak)
    return CLASSES[weak]


def _weakest(rank: NDArray[np.int64], positive: csr_array) -> NDArray[np.int64]:
    """By target and group the weakest status that reaches it; one above all where nothing does."""
    found = np.full((positive.shape[1], rank.shape[1]), len(WEAKEST_FIRST))
    for level in reversed(range(len(WEAKEST_FIRST))):
        if (rank == level).any():
            found[_any(positive, rank == level)] = level
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
