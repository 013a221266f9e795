"""Weights that bring counts from one geography onto another, where they come from and how far they can be trusted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal, cast

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array, csr_array

Floats = NDArray[np.float64]
Kind = Literal["key", "points", "addresses", "dwellings", "inhabitants", "area"]
ErrorClass = Literal["A", "B", "C"]

# In order of preference (METHODS, section 11); the class is what a value carried by this kind of weight gets.
CLASS_OF: dict[Kind, ErrorClass] = {
    "key": "A",
    "points": "A",
    "addresses": "B",
    "dwellings": "B",
    "inhabitants": "B",
    "area": "C",
}
KINDS = tuple(CLASS_OF)
WHOLE = 1e-12  # a weight that differs from 1 by less is 1
SUMS_TO_ONE = 1e-9
MOST_STEPS = 2  # matrices that divide units, one after the other


@dataclass(frozen=True, eq=False)
class Matrix:
    """Which part of each source unit lies in which target unit.

    source, target : names of the geographies ('grid100', 'block', 'plan:<plan_id>').
    kind : what the weights count; of chained matrices the least preferred one.
    sources, targets : keys of the units, sorted text. weights : (sources, targets), not negative. A weight of 0 that
        is stored says that the unit reaches there with nothing to be counted: its part is 0 and not missing, and the
        unit is divided, for it is not certain that nobody is there.
    outside : by source, the part that lies in no target; weights and outside of a source sum to 1.
    error_class : of values of divided units. built_on : ISO date the weights hold for, '' when it is not known.
    builder : the step that made it. inputs : check sum of what it was made from.
    by_ground : sources whose weights had to be taken from the ground, as nothing could be counted in them (class C).
    covered : by target, the part of its ground that the sources cover; NaN where that was not measured.
    steps : kinds of the matrices that divide units, one for each in a chain; () when every unit stays whole.
    known : by source, the share of its cells whose number is known; NaN where no cell is secret or none was counted.
    Raises ValueError when the parts contradict each other.
    """

    source: str
    target: str
    kind: Kind
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    weights: csr_array
    outside: Floats
    error_class: ErrorClass
    built_on: str = ""
    builder: str = ""
    inputs: str = ""
    by_ground: tuple[str, ...] = ()
    covered: Floats = field(default_factory=lambda: np.empty(0))
    steps: tuple[Kind, ...] = ()
    known: Floats = field(default_factory=lambda: np.empty(0))

    def __post_init__(self) -> None:
        if not len(self.covered) and len(self.targets):
            object.__setattr__(self, "covered", np.full(len(self.targets), np.nan))
        if not len(self.known) and len(self.sources):
            object.__setattr__(self, "known", np.full(len(self.sources), np.nan))
        for units in (self.sources, self.targets):
            if any(one >= other for one, other in pairwise(units)):
                raise ValueError("keys of units must be sorted and different")
        if self.weights.shape != (len(self.sources), len(self.targets)):
            raise ValueError("the weights do not have the shape of the units")
        if len(self.outside) != len(self.sources) or len(self.covered) != len(self.targets):
            raise ValueError("one number outside for each source and one covered part for each target")
        if not (self.weights.data >= 0).all() or not (self.outside >= 0).all():
            raise ValueError("weights must be numbers that are not negative")
        if not (np.abs(self.weights.sum(axis=1) + self.outside - 1) <= SUMS_TO_ONE).all():
            raise ValueError("the weights of a source must sum to 1")
        if not self.steps and not self.is_whole.all():  # one that was kept when a weight of 1 counted as whole
            object.__setattr__(self, "steps", (self.kind,))

    @property
    def is_whole(self) -> NDArray[np.bool_]:
        """By source: whether it reaches one target alone, or lies outside, without being divided.

        A source that reaches several targets is divided whatever its weights, also when all but one of them are 0.
        """
        reached = np.diff(self.weights.indptr)
        inside = np.asarray(self.weights.sum(axis=1)) >= 1 - WHOLE
        return np.where(reached == 0, self.outside >= 1 - WHOLE, (reached == 1) & inside)

    @property
    def row_classes(self) -> NDArray[np.str_]:
        """By source: 'A' when it stays whole, else the class of its weights."""
        ground = np.isin(np.array(self.sources, dtype=object), list(self.by_ground))
        return np.where(self.is_whole, "A", np.where(ground, "C", self.error_class))

    def fingerprint(self) -> str:
        """Twelve characters that change with any weight or key: which matrix a carried value came through."""
        whole = json.dumps(self.content(), sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()[:12]

    def rows(self) -> pd.DataFrame:
        """The weights to look at: `source, target, weight`, sorted; target '' = outside."""
        entries = self.weights.tocoo()
        away = np.flatnonzero(self.outside > 0)
        frame = pd.DataFrame(
            {
                "source": np.array(self.sources, dtype=object)[np.append(entries.row, away)],
                "target": np.append(np.array(self.targets, dtype=object)[entries.col], [""] * len(away)),
                "weight": np.append(entries.data, self.outside[away]),
            }
        )
        return frame.sort_values(["source", "target"], ignore_index=True)

    def content(self) -> dict[str, Any]:
        """Everything as text and numbers, to be kept; `from_content` gives the same matrix back."""
        return {
            **{name: getattr(self, name) for name in _PLAIN},
            **{name: list(getattr(self, name)) for name in _LISTS},
            "data": self.weights.data.tolist(),
            "indices": self.weights.indices.tolist(),
            "indptr": self.weights.indptr.tolist(),
            "outside": self.outside.tolist(),
            "covered": _or_none(self.covered),
            **({} if np.isnan(self.known).all() else {"known": _or_none(self.known)}),
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Matrix:
        """A matrix that was kept. Raises ValueError or KeyError when the content is not whole."""
        shape = len(content["sources"]), len(content["targets"])
        parts = tuple(np.array(content[name], dtype=kind) for name, kind in _SPARSE)
        plain: dict[str, Any] = {name: content[name] for name in _PLAIN}
        lists: dict[str, Any] = {name: tuple(content[name]) for name in _LISTS}
        return cls(
            **plain,
            **lists,
            weights=csr_array(parts, shape=shape),
            outside=np.array(content["outside"], dtype=float),
            covered=_or_nan(content["covered"]),
            known=_or_nan(content.get("known", [])),
        )


def _or_none(parts: Floats) -> list[float | None]:
    return [None if np.isnan(part) else part for part in parts.tolist()]


def _or_nan(parts: Iterable[float | None]) -> Floats:
    return np.array([np.nan if part is None else part for part in parts], dtype=float)


_PLAIN = ("source", "target", "kind", "error_class", "built_on", "builder", "inputs")
_LISTS = ("sources", "targets", "by_ground", "steps")
_SPARSE = (("data", float), ("indices", np.int32), ("indptr", np.int32))


@dataclass(frozen=True)
class Origin:
    """What a matrix says about itself: names of the geographies, kind, date, step and check sum."""

    source: str
    target: str
    kind: Kind
    builder: str
    built_on: str = ""
    inputs: str = ""


def make_matrix(
    origin: Origin,
    sources: Sequence[str],
    targets: Sequence[str],
    entries: tuple[ArrayLike, ArrayLike, ArrayLike],
    outside: ArrayLike,
    *,
    error_class: ErrorClass | None = None,
    by_ground: Iterable[str] = (),
    covered: ArrayLike | None = None,
    steps: tuple[Kind, ...] | None = None,
) -> Matrix:
    """A matrix from entries in any order: units are sorted, entries of one pair added, rows brought to a sum of 1.

    entries : row positions, column positions, weights. outside : by source, in the same measure as the weights.
    error_class : the class of the kind unless given. steps : the kind itself unless given.
    Raises ValueError for a source whose weights and outside are all 0.
    """
    by_source = np.argsort(np.array(sources, dtype=object), kind="stable")
    by_target = np.argsort(np.array(targets, dtype=object), kind="stable")
    rows, columns, numbers = (np.asarray(part) for part in entries)
    row, column = _rank(by_source)[rows.astype(int)], _rank(by_target)[columns.astype(int)]
    order = np.lexsort((numbers, column, row))  # sums do not depend on the order of the entries
    shape = (len(by_source), len(by_target))
    weights = coo_array((numbers[order].astype(float), (row[order], column[order])), shape=shape).tocsr()
    weights.sort_indices()
    away = np.asarray(outside, dtype=float)[by_source]
    total = weights.sum(axis=1) + away
    if not (total > 0).all():
        raise ValueError("a source without any weight")
    weights.data = weights.data / np.repeat(total, np.diff(weights.indptr))
    names = tuple(str(sources[place]) for place in by_source.tolist())
    matrix = Matrix(
        origin.source, origin.target, origin.kind, names,
        tuple(str(targets[place]) for place in by_target.tolist()),
        weights, _rest(weights, away / total), error_class or CLASS_OF[origin.kind], origin.built_on,
        origin.builder, origin.inputs, tuple(sorted(by_ground)),
        np.empty(0) if covered is None else np.asarray(covered, dtype=float)[by_target],
        (origin.kind,) if steps is None else steps,
    )  # fmt: skip
    return _without_steps(matrix) if matrix.is_whole.all() else matrix


def positions(units: Sequence[str], keys: Iterable[str]) -> NDArray[np.intp]:
    """Where keys stand among units, -1 = nowhere."""
    wanted = pd.Index(keys) if isinstance(keys, pd.Series) else pd.Index(list(keys))
    return pd.Index(list(units)).get_indexer(wanted)


def _without_steps(matrix: Matrix) -> Matrix:
    object.__setattr__(matrix, "steps", ())
    return matrix


def _rank(order: NDArray[np.intp]) -> NDArray[np.intp]:
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rank


def _rest(weights: csr_array, away: Floats) -> Floats:
    """What is left to 1, so that sums are exact; rounding noise of a unit that lies wholly inside is 0."""
    return cast(Floats, np.where(away > WHOLE, np.maximum(1 - weights.sum(axis=1), 0.0), 0.0))
