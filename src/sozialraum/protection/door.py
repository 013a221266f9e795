"""The one door: released counts are made here and nowhere else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sozialraum.base import ReleaseRefused, _, plural
from sozialraum.base.numbers import day
from sozialraum.base.value import Status
from sozialraum.indicators import combine, features
from sozialraum.indicators.carried_notes import without_carried
from sozialraum.protection.held_back import held_back
from sozialraum.protection.hiding import Pattern, hide
from sozialraum.protection.residuals import settle
from sozialraum.protection.rules import Rules, default_rules
from sozialraum.protection.system import PRINTED, System, build

RELEASED = ["level", "unit", "feature", "period", "low", "high", "status", "provenance", "scope", "note", "reason"]
_KEY = object()
# Letters and digits that cannot be mistaken for one another when read aloud.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Release:
    """What may leave the house: released counts with the rules they were made by.

    Only `release` builds one. `values` hands out a copy each time, so nobody can change what was
    released; `fingerprint` (the printed Prüfnummer) changes with any value or rule.
    """

    __slots__ = ("_rules", "_summary", "_values")
    _values: pd.DataFrame
    _rules: Rules
    _summary: dict[str, int]

    def __init__(self, key: object, values: pd.DataFrame, rules: Rules, summary: Mapping[str, int]) -> None:
        if key is not _KEY:
            raise TypeError("a release is made by protection.release alone")
        object.__setattr__(self, "_values", values)
        object.__setattr__(self, "_rules", rules)
        object.__setattr__(self, "_summary", dict(summary))

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"a release cannot be changed: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a release cannot be changed: {name}")

    def __repr__(self) -> str:
        return f"<Release {self.fingerprint} of {len(self._values)} counts, {self.hidden} hidden>"

    @property
    def values(self) -> pd.DataFrame:
        """Released counts of docs/architecture.md; a fresh copy."""
        return self._values.copy()

    @property
    def rules(self) -> Rules:
        return self._rules

    @property
    def summary(self) -> dict[str, int]:
        """Number of counts by reason: shown, source, primary, secondary."""
        return dict(self._summary)

    @property
    def hidden(self) -> int:
        """Number of hidden counts."""
        return sum(number for reason, number in self._summary.items() if reason != "shown")

    @property
    def fingerprint(self) -> str:
        """The Prüfnummer, as '7K2M-94QD', from values and rules."""
        return fingerprint(self._values, self._rules)


def release(
    counts: pd.DataFrame, rules: Rules | None = None, municipality_of: Mapping[str, str] | None = None
) -> Release:
    """Protect counts and release them: the only way from counts to any output.

    counts : area counts as `indicators.carry` makes them, residual rows included.
    rules : thresholds per source, default `default_rules()`.
    municipality_of : area_id -> AGS; by default the part of the area key before the first '-'.
    Declared sums of features (all children under six) are added before anything is hidden, so that
    every printed count and every sum between printed counts is seen. A hidden count leaves with the
    interval a reader can compute, status suppressed and a reason (source, primary, secondary) for
    internal use; outputs show one mark. Residual rows do not leave, and totals contain them only where
    none of them is small (see residuals.settle).
    Raises ReleaseRefused when there is nothing to release or a cell cannot be protected.
    """
    if not len(counts):
        raise ReleaseRefused(
            _("Es gibt keine Zahlen, die freigegeben werden könnten. Lesen Sie zuerst Lieferungen ein.")
        )
    rules = default_rules() if rules is None else rules
    rows = combine(held_back(counts, rules))
    areas = rows.loc[rows["level"] == "area", "unit"].unique()
    homes = {str(area): str(area).split("-")[0] for area in areas} | dict(municipality_of or {})
    rows = settle(rows, homes, rules)
    rows = rows.sort_values(["level", "unit", "feature", "period"], kind="stable", ignore_index=True)
    system = build(rows, homes, rules)
    pattern = hide(system)
    _refuse_disclosed(system, pattern)
    values = _released(rows, system, pattern)
    reasons = values["reason"].replace("", "shown").value_counts()
    summary = {reason: int(reasons.get(reason, 0)) for reason in ("shown", "source", "primary", "secondary")}
    return Release(_KEY, values, rules, summary)


def _refuse_disclosed(system: System, pattern: Pattern) -> None:
    """A count that nothing can protect stops the release; its number is not said."""
    if pattern.disclosed:
        titles = {code: feature.title for code, feature in features().items()}
        places = sorted(
            f"{titles.get(feature, feature)}: {unit}, {day(period)}"
            for _level, unit, feature, period in (system.keys[cell] for cell in pattern.disclosed)
        )
        headline = plural(
            "Die Freigabe ist nicht möglich: {count} kleine Zahl ließe sich zurückrechnen ({places}).",
            "Die Freigabe ist nicht möglich: {count} kleine Zahlen ließen sich zurückrechnen ({places}).",
            len(places),
        ).format(count=len(places), places="; ".join(places[:5]))
        raise ReleaseRefused(f"{headline} {_('Fassen Sie Gebiete zusammen oder lassen Sie das Merkmal weg.')}")


def _released(rows: pd.DataFrame, system: System, pattern: Pattern) -> pd.DataFrame:
    reason = pattern.reason[: len(rows)].astype(str)
    low, high = rows["low"].to_numpy(float).copy(), rows["high"].to_numpy(float).copy()
    for cell, (least, most) in pattern.spans.items():
        if cell < len(rows) and reason[cell]:
            low[cell], high[cell] = _outwards(least, most)
    hidden = reason != ""
    values = rows.assign(
        low=low,
        high=high,
        status=np.where(hidden, Status.SUPPRESSED.value, rows["status"]),
        provenance=np.where(hidden, "", rows["provenance"]),
        note=np.where(hidden, rows["note"].map(without_carried), rows["note"]),  # an error would tell the count
        reason=reason,
    )
    shown = values[values["level"].isin(PRINTED)]
    order = {level: place for place, level in enumerate(PRINTED)}
    shown = shown.assign(place=shown["level"].map(order))
    return shown.sort_values(["place", "unit", "feature", "period"], kind="stable", ignore_index=True)[RELEASED]


def _outwards(low: float, high: float) -> tuple[float, float]:
    """Bounds of solvers carry noise in the last digits; it must not enter values or the Prüfnummer."""
    return max(0.0, float(np.round(low, 6))), float(np.round(high, 6))


def fingerprint(values: pd.DataFrame, rules: Rules) -> str:
    """Eight letters and digits from a hash of the values and the rules; order of rows irrelevant."""
    ordered = values[RELEASED].sort_values(["level", "unit", "feature", "period"], kind="stable")
    text = ordered.to_csv(index=False, float_format="%.6f", lineterminator="\n")
    text += json.dumps(rules.as_record(), sort_keys=True)
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:5])
    letters = "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(7, -1, -1))
    return f"{letters[:4]}-{letters[4:]}"
