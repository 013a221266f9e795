"""Rows before they are carried: which can be, which are refused, and what looks wrong in them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sozialraum.base import Finding, InputRefused, Status, _
from sozialraum.base.value import HAS_NO_NUMBER, STRENGTH
from sozialraum.blocks.layers import some
from sozialraum.carrying.matrix import MOST_STEPS, Matrix, positions
from sozialraum.carrying.measures import RESIDUAL, refused_feature, refused_residual
from sozialraum.carrying.naming import not_onto

KEY = ["feature", "period"]
WITHOUT_NUMBER = frozenset(status.value for status in HAS_NO_NUMBER)


def countable(counts: pd.DataFrame, measures: Mapping[str, str]) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """The rows that are counts of a place, and why the others are left out; features with broken numbers are named."""
    rows = counts.assign(feature=counts["feature"].astype(str), period=counts["period"].astype(str))
    findings = []
    if "geography" in rows:
        residual = rows["geography"].astype(str) == RESIDUAL
        named = rows.loc[residual, ["unit", "feature"]].drop_duplicates().sort_values(["unit", "feature"])
        findings += [refused_residual(str(unit), feature) for unit, feature in named.itertuples(index=False)]
        rows = rows[~residual]
    others = [feature for feature in sorted(rows["feature"].unique()) if measures.get(feature, "") != "count"]
    findings += [refused_feature(feature, measures.get(feature, "")) for feature in others]
    rows = rows[~rows["feature"].isin(others)]
    return rows.assign(steps=_steps(rows)), tuple(findings + _fractions(rows))


def _steps(rows: pd.DataFrame) -> pd.Series:
    """Dividing matrices each row came through; the most there may be for a carried one that does not say."""
    if "steps" in rows:
        return rows["steps"].fillna(0).astype(int)
    carried = rows["carried"].eq(True) if "carried" in rows else pd.Series(False, index=rows.index)
    return carried.astype(int) * MOST_STEPS


def _fractions(rows: pd.DataFrame) -> list[Finding]:
    low = rows["low"].to_numpy(dtype=float)
    broken = rows["status"].eq(Status.OBSERVED.value).to_numpy() & np.isfinite(low)
    broken &= np.abs(low - np.round(np.where(np.isfinite(low), low, 0.0))) > 1e-6
    what = _("Zahlen mit Bruchteilen; gezählte Fälle haben keine: {names}.")
    todo = _("Bitte prüfen Sie, ob es Anteile oder Durchschnitte sind; diese lassen sich nicht übertragen.")
    found = rows[broken]
    return [
        Finding(what.format(names=some(sorted(set(found.loc[found["feature"] == feature, "unit"].astype(str))))),
                column=feature, todo=todo, severity="warning", code="carry_fraction")
        for feature in sorted(found["feature"].unique())
    ]  # fmt: skip


def refuse_rows(rows: pd.DataFrame, matrix: Matrix) -> None:
    """Raises InputRefused, all at once: unknown units, units twice, impossible numbers, a third division."""
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
    findings += _impossible(rows) + _third(rows, matrix)
    if findings:
        raise InputRefused(not_onto(matrix.target), findings)


def _impossible(rows: pd.DataFrame) -> list[Finding]:
    numbered = ~rows["status"].isin(WITHOUT_NUMBER).to_numpy()
    low, high = rows["low"].to_numpy(dtype=float), rows["high"].to_numpy(dtype=float)
    none = np.isnan(low) | np.isnan(high)
    findings = []
    for mask, text in (
        (none, _("Ohne Zahl, aber nicht als fehlend gekennzeichnet: {names}.")),
        (low < 0, _("Negative Zahl von Fällen: {names}.")),
        (~none & (low > high), _("Die untere Grenze liegt über der oberen: {names}.")),
    ):
        found = rows[mask & numbered]
        for feature in sorted(found["feature"].unique()):
            units = sorted(set(found.loc[found["feature"] == feature, "unit"].astype(str)))
            findings.append(Finding(text.format(names=some(units)), column=feature, code="carry_impossible"))
    return findings


def _third(rows: pd.DataFrame, matrix: Matrix) -> list[Finding]:
    """Values that would be divided once more than `MOST_STEPS` times."""
    counted = ~rows["status"].isin(WITHOUT_NUMBER).to_numpy() & (rows["high"].to_numpy(dtype=float) > 0)
    again = rows["steps"].to_numpy() > 0
    too_many = counted & again & (rows["steps"].to_numpy() + len(matrix.steps) > MOST_STEPS)
    found = rows[too_many]
    at = positions(matrix.sources, found["unit"].astype(str))
    found = found[(at >= 0) & ~matrix.is_whole[at]]
    return [third_step(", ".join(sorted(found["feature"].unique())))] if len(found) else []


def third_step(column: str = "") -> Finding:
    """The finding on values that already came through two matrices that divide units."""
    what = _("Diese Werte sind schon zweimal übertragen; ein drittes Mal wäre zu ungenau.")
    todo = _("Übertragen Sie die gelieferten Werte unmittelbar.")
    return Finding(what, column=column, todo=todo, code="carry_steps")
