"""How far divided counts are off: a law with one number, the spread, measured where the truth is known.

The people of a unit are not placed one by one: what makes a part of the unit unusual moves many of them together.
Their number x in a part with weight w is therefore taken as Dirichlet-multinomial (Mosimann 1962, Biometrika 49,
65-82): variance x·w·(1 − w)·(1 + (x − 1)·spread). A spread of 0 is chance alone, 1 means all live on one side of the
border. Units that stay whole have no error, and neither has a count of 0. Where a unit reaches several targets and
everything that was counted in it lies in one, its weights of 0 and 1 are not certain: in the error they count as EDGE
and 1 − EDGE (a convention, not measured). The spread is the smallest for which squared errors divided by
their variance are at most 1 on average (Paule and Mandel 1982, J. Res. NBS 87, 377-385) and 95 % of the known counts
lie within 1.96 standard errors: errors of carrying have longer tails than chance.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sozialraum.base import Finding, InputRefused, _
from sozialraum.blocks.layers import some
from sozialraum.carrying.matrix import KINDS, WHOLE, Floats, Matrix
from sozialraum.carrying.naming import method_name

HALVINGS = 60
WITHIN, COVERED = 1.96, 0.95
EDGE = 0.05
FEWEST = 3  # divided targets with known counts


@dataclass(frozen=True)
class ErrorModel:
    """spread : of units divided by what the matrix counts; ground : of units it had to divide by ground.

    of_feature : spread of features whose truth was known; the others have `spread`, that of all of them together.
    measured_on : where the spread comes from, a text for people. compared : counts with known truth behind it, 0 for
    the usual one.
    """

    spread: float
    ground: float
    of_feature: Mapping[str, float] = field(default_factory=dict)
    measured_on: str = ""
    compared: int = 0

    def errors(self, matrix: Matrix, weights: csr_array, cases: Floats, features: Sequence[str]) -> Floats:
        """Standard errors by (targets, groups) of cases by (sources, groups) divided by weights (sources, targets).

        features : of the groups.
        """
        ground = np.isin(np.array(matrix.sources, dtype=object), list(matrix.by_ground))[:, None]
        own = np.array([self.of_feature.get(feature, self.spread) for feature in features])
        spread = np.where(ground, np.maximum(own, self.ground), own)
        apart = cases + cases * np.maximum(cases - 1, 0.0) * spread
        return np.sqrt(np.asarray(_with_edges(weights, matrix.is_whole).T @ apart))


def _product(weights: csr_array) -> csr_array:
    """w·(1 − w) of every entry."""
    share = weights.copy()
    share.data = np.maximum(weights.data * (1 - weights.data), 0.0)
    return share


def _with_edges(weights: csr_array, whole: NDArray[np.bool_]) -> csr_array:
    """w·(1 − w), with weights of 0 and 1 of divided units no nearer to these than EDGE."""
    share = _product(weights)
    divided = np.repeat(~whole, np.diff(weights.indptr))
    edge = divided & ((weights.data <= WHOLE) | (weights.data >= 1 - WHOLE))
    share.data = np.where(edge, EDGE * (1 - EDGE), share.data)
    return share


@cache
def _measured() -> tuple[Mapping[str, float], frozenset[str]]:
    """Spread by kind, and the kinds for which `benchmarks/carrying.py --real` measured it."""
    content = tomllib.loads((files("sozialraum") / "carrying" / "spreads.toml").read_text("utf-8"))
    return {kind: float(spread) for kind, spread in content["spread"].items()}, frozenset(content["measured"])


def _usual() -> Mapping[str, float]:
    return _measured()[0]


def usual_errors(matrix: Matrix) -> ErrorModel:
    """The errors to expect where no truth is known: the spreads of the kinds in the chain add up, to 1 at most."""
    spreads = _usual()
    spread = min(sum(spreads[kind] for kind in matrix.steps), 1.0)
    return ErrorModel(spread, max(spread, spreads["area"]), measured_on=_where(matrix))


def _where(matrix: Matrix) -> str:
    """On what the spreads of the kinds in a chain were measured, and which of them were not."""
    place = _("Berlin-Neukölln, Einwohnerregister 2017")
    borrowed = [kind for kind in KINDS if kind in set(matrix.steps) - _measured()[1]]
    if not borrowed:
        return place
    text = _("{methods} nicht gemessen; angenommen wie nach Einwohnerzahl ({place})")
    return text.format(methods=", ".join(method_name(kind) for kind in borrowed), place=place)


def estimate_errors(matrix: Matrix, on_sources: pd.DataFrame, on_targets: pd.DataFrame) -> ErrorModel:
    """The spread of a matrix from counts that are known on both geographies at the same date.

    on_sources, on_targets : `unit, feature, value` (exact counts, each unit and feature once). Take features as unlike
        the weights as those to be carried: the spread of all inhabitants says little about a small group.
    Targets that are reached by whole units or with weights of 0 and 1 alone say nothing and are left out, and so are
    those reached by a unit without a count.
    Raises InputRefused when fewer than three divided targets can be compared, or units are not known.
    """
    shared = sorted(set(on_sources["feature"]) & set(on_targets["feature"]))
    cases, truth = _wide(on_sources, matrix.sources, shared), _wide(on_targets, matrix.targets, shared)
    everything = _compared(matrix, cases, truth)
    if len(everything) < FEWEST:
        what = _("Zu wenige geteilte Gebiete mit bekannten Zahlen.")
        raise InputRefused(_("Der Fehler kann nicht geschätzt werden."), [Finding(what)])
    single = {name: _compared(matrix, cases[:, [at]], truth[:, [at]]) for at, name in enumerate(shared)}
    of_feature = {name: _spread(found) for name, found in single.items() if len(found) >= FEWEST}
    spread = _spread(everything)
    ground = max(spread, _usual()["area"])
    return ErrorModel(spread, ground, of_feature, _("bekannte Zahlen dieser Region"), len(everything))


def _wide(table: pd.DataFrame, units: tuple[str, ...], features: list[str]) -> Floats:
    unknown = sorted(set(table["unit"].astype(str)) - set(units))
    if unknown:
        what = _("Einheiten, deren Lage zu den Zielen nicht bekannt ist: {names}.").format(names=some(unknown))
        raise InputRefused(_("Der Fehler kann nicht geschätzt werden."), [Finding(what, column="unit")])
    wide = table.pivot(index="unit", columns="feature", values="value")
    return wide.reindex(index=list(units), columns=features).to_numpy(dtype=float)


@dataclass(frozen=True, eq=False)
class _Compared:
    """Squared errors of divided targets, and their variance by chance and per unit of spread."""

    squared: Floats
    chance: Floats
    together: Floats

    def __len__(self) -> int:
        return len(self.squared)

    def over_variance(self, spread: float) -> Floats:
        return np.asarray(self.squared / (self.chance + spread * self.together))


def _compared(matrix: Matrix, cases: Floats, truth: Floats) -> _Compared:
    share = _product(matrix.weights)
    known = np.isfinite(cases)
    x = np.where(known, cases, 0.0)
    chance = np.asarray(share.T @ x)
    together = np.asarray(share.T @ (x * np.maximum(x - 1, 0.0)))
    pattern = matrix.weights.copy()
    pattern.data = (pattern.data > 0).astype(float)
    whole_known = np.asarray(pattern.T @ (~known).astype(float)) == 0
    use = (chance > 0) & np.isfinite(truth) & whole_known
    squared = (np.where(use, truth, 0.0) - np.asarray(matrix.weights.T @ x)) ** 2
    return _Compared(squared[use], chance[use], together[use])


def _spread(found: _Compared) -> float:
    """The smallest spread that satisfies both laws of the module; between 0 and 1."""

    def is_enough(spread: float) -> bool:
        over = found.over_variance(spread)
        return bool(over.mean() <= 1 and (over <= WITHIN**2).mean() >= COVERED)

    if is_enough(0.0):
        return 0.0
    low, high = 0.0, 1.0
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high
