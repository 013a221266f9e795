"""Attributes of blocks made comparable: each family counts the same, however many attributes it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from sozialraum.base import _
from sozialraum.base.numbers import counted
from sozialraum.blocks import FAMILIES, attribute_columns


@dataclass(frozen=True)
class Standardised:
    """Standardised attributes of the blocks of one municipality.

    values : float (n, d), mean 0 and spread sqrt(weight of the family / its attributes) by inhabitants.
    columns : names of the d attributes. missing : attribute -> number of inhabited blocks without a value.
    unused : attributes that are the same or unknown everywhere, or whose family was left out.
    """

    values: np.ndarray
    columns: tuple[str, ...]
    missing: dict[str, int]
    unused: tuple[str, ...]


def standardise(blocks: gpd.GeoDataFrame, weights: Mapping[str, float] | None = None) -> Standardised:
    """Standardise the attributes of one municipality with inhabitants as weight.

    Missing values become the mean of the municipality and are counted; attributes without any
    difference are left out. weights : family -> weight, equal by default; a family with 0 is left out.
    """
    weights = weights or {}
    weight = blocks["population"].to_numpy(dtype=float)
    kept: dict[str, np.ndarray] = {}
    missing: dict[str, int] = {}
    unused: list[str] = []
    for column in sorted(attribute_columns(blocks)):
        raw = blocks[column].to_numpy(dtype=float)
        known = np.isfinite(raw)
        gaps = int((~known & (weight > 0)).sum())
        standard = _standard_score(raw, np.where(known, weight, 0.0))
        if standard is None or not weights.get(family_of(column), 1.0):
            unused.append(column)
            continue
        kept[column] = standard
        if gaps:
            missing[column] = gaps
    columns = tuple(kept)
    size = {family: sum(column.startswith(f"{family}_") for column in columns) for family in FAMILIES}
    scaled = [
        kept[column] * np.sqrt(weights.get(family_of(column), 1.0) / size[family_of(column)]) for column in columns
    ]
    values = np.column_stack(scaled) if scaled else np.zeros((len(blocks), 0))
    return Standardised(values, columns, missing, tuple(unused))


def family_of(column: str) -> str:
    """'social_benefits' -> 'social'."""
    return column.split("_")[0]


def _standard_score(raw: np.ndarray, weight: np.ndarray) -> np.ndarray | None:
    """Mean 0 and variance 1 by weight, 0 where unknown; None when there is no difference."""
    total = weight.sum()
    if total <= 0:
        return None
    filled = np.where(np.isfinite(raw), raw, 0.0)
    mean = float((weight * filled).sum() / total)
    variance = float((weight * (filled - mean) ** 2).sum() / total)
    if variance <= 1e-12 * max(1.0, mean * mean):
        return None
    return np.where(np.isfinite(raw), (raw - mean) / np.sqrt(variance), 0.0)


def family_words() -> dict[str, str]:
    """The families as people call them."""
    return {"social": _("Bevölkerung"), "building": _("Bebauung"), "housing": _("Wohnungsmarkt")}


def missing_sentence(name: str, missing: dict[str, int]) -> str:
    """One sentence on values that were replaced by the mean, '' when there were none.

    People know the three families, not the columns: for each, the blocks of its column with most gaps.
    """
    if not missing:
        return ""
    families = family_words()
    most = {
        title: max((number for column, number in missing.items() if column.startswith(f"{family}_")), default=0)
        for family, title in families.items()
    }
    listed = ", ".join(
        _("{family}: {blocks}").format(family=family, blocks=counted(number, _("Baustein"), _("Bausteine")))
        for family, number in most.items()
        if number
    )
    text = _("{name}: unbekannte Angaben wurden durch den Mittelwert der Gemeinde ersetzt ({list}).")
    return text.format(name=name, list=listed)
