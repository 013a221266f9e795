"""The index of an edition: status and dynamics of areas, and the record of what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sozialraum.base import _
from sozialraum.carrying import PlanLike
from sozialraum.indicators.registry import Definition, definitions, fingerprint
from sozialraum.indicators.scoring import (
    DYNAMICS_LIMITS,
    ENOUGH,
    STATUS_LIMITS,
    NotComparable,
    Scores,
    dynamics_class,
    score,
    status_class,
)

INDEX = ["unit", "period", "score_low", "score_high", "status_class", "change_low", "change_high",
         "dynamics", "certain", "reason"]  # fmt: skip
INHABITANTS = 300
ODD = "other_date|dates_differ|year_sum"


@dataclass(frozen=True)
class Index:
    """values : index values, one row per area and edition. record : all choices, ready for JSON."""

    values: pd.DataFrame
    record: dict[str, Any]


@dataclass(frozen=True)
class _Edition:
    """Bounds of the shares of one edition, areas x indicators, and which values have another date."""

    period: str
    low: pd.DataFrame
    high: pd.DataFrame
    odd: pd.DataFrame
    inhabitants: pd.Series


def index(
    indicator_values: pd.DataFrame,
    plan: PlanLike,
    populations: pd.Series,
    editions: Iterable[str],
    *,
    chosen: Sequence[Definition] | None = None,
    outliers: Iterable[str] = (),
    inhabitants: int = INHABITANTS,
    ddof: int = 0,
) -> Index:
    """Index of all areas for each edition: status from levels, dynamics from changes.

    indicator_values : values of areas. populations : inhabitants by (unit, period), see `populations`,
        or by unit alone. chosen : definitions with direction, default those marked for the index.
    outliers : areas left out by name (institutions). inhabitants : fewest of the reference set.
    status_class is 0 and `reason` says why when an area has none; `certain` is False when hidden
    values allow several classes or a value has another date. dynamics is '' in the first edition.
    An edition in which an indicator does not vary gets no index; the record says so.
    """
    used = [definition for definition in definitions() if definition.in_index] if chosen is None else list(chosen)
    areas = sorted(plan.areas["area_id"])
    named = frozenset(outliers)
    frames, records = [], []
    before: _Edition | None = None
    for period in sorted(set(editions)):
        edition = _edition(indicator_values, used, areas, populations, period)
        frame, record = _score_edition(edition, before, used, named, inhabitants, ddof)
        frames.append(frame)
        records.append(record)
        before = edition
    values = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=INDEX)
    return Index(values, _choices(used, named, inhabitants, ddof) | {"plan": plan.plan_id, "editions": records})


def _choices(used: Sequence[Definition], named: frozenset[str], inhabitants: int, ddof: int) -> dict[str, Any]:
    return {
        "method": "z values, equal weights, standardised again",
        "indicators": [
            {"id": definition.id, "version": definition.version, "direction": definition.direction, "weight": 1.0}
            for definition in used
        ],
        "definitions": fingerprint(tuple(used)),
        "ddof": ddof,
        "fewest_inhabitants": inhabitants,
        "share_of_indicators_needed": ENOUGH,
        "status_limits": list(STATUS_LIMITS),
        "dynamics_limits": list(DYNAMICS_LIMITS),
        "outliers": sorted(named),
    }


def _edition(
    values: pd.DataFrame, used: Sequence[Definition], areas: list[str], populations: pd.Series, period: str
) -> _Edition:
    names = [definition.id for definition in used]
    rows = values[(values["level"] == "area") & (values["period"] == period) & values["indicator"].isin(names)]
    rows = rows.assign(odd=rows["note"].str.contains(ODD, regex=True))

    def table(column: str) -> pd.DataFrame:
        wide = rows.pivot(index="unit", columns="indicator", values=column)
        return wide.reindex(index=areas, columns=names)

    people = populations
    if populations.index.nlevels == 2:
        at_period = populations.index.get_level_values(1) == period
        people = populations[at_period].droplevel(1)
    low, high = table("share_low").astype(float), table("share_high").astype(float)
    odd = table("odd").fillna(False).astype(bool)
    return _Edition(period, low, high, odd, people.reindex(areas).astype(float))


def _left_out(edition: _Edition, low: pd.DataFrame, named: frozenset[str], inhabitants: int) -> dict[str, str]:
    """Why an area is not in the reference set; the code of the first reason that applies."""
    enough = low.notna().mean(axis=1) >= ENOUGH - 1e-12
    reasons = {}
    for area in low.index:
        people = edition.inhabitants[area]
        if area in named:
            reasons[area] = "outlier"
        elif np.isnan(people):
            reasons[area] = "inhabitants_unknown"
        elif people < inhabitants:
            reasons[area] = "too_small"
        elif not enough[area]:
            reasons[area] = "too_little_data"
    return reasons


def reason_text(code: str, inhabitants: int = INHABITANTS) -> str:
    """Why an area has no class, as a sentence for readers."""
    return {
        "outlier": _("Als Sonderfall benannt (Einrichtungen prägen die Werte)."),
        "inhabitants_unknown": _("Die Zahl der Einwohnerinnen und Einwohner liegt nicht vor."),
        "too_small": _("Weniger als {count} Einwohnerinnen und Einwohner.").format(count=inhabitants),
        "too_little_data": _("Weniger als zwei Drittel der Merkmale liegen vor."),
        "not_comparable": _("Ein Index lässt sich aus den vorliegenden Angaben nicht bilden."),
        "unsure": _("Einstufung unsicher: Verborgene Werte lassen mehrere Klassen zu."),
        "": "",
    }[code]


def _score_edition(
    edition: _Edition, before: _Edition | None, used: Sequence[Definition], named: frozenset[str],
    inhabitants: int, ddof: int,
) -> tuple[pd.DataFrame, dict[str, Any]]:  # fmt: skip
    directions = [definition.direction for definition in used]
    reasons = _left_out(edition, edition.low, named, inhabitants)
    level, refusal = _try_score(edition.low, edition.high, directions, reasons, ddof)
    frame = pd.DataFrame({"unit": edition.low.index, "period": edition.period})
    frame = _with_status(frame, level, reasons, edition, inhabitants)
    frame = frame.assign(change_low=np.nan, change_high=np.nan, dynamics="")
    record = _record(edition.period, level, refusal, reasons, edition.low, used)
    if before is not None and level is not None:
        frame, record["dynamics"] = _with_dynamics(frame, edition, before, used, named, inhabitants, ddof)
    return frame[INDEX], record


def _try_score(
    low: pd.DataFrame, high: pd.DataFrame, directions: list[int], reasons: dict[str, str], ddof: int
) -> tuple[Scores | None, str]:
    reference = ~low.index.isin(list(reasons))
    if not directions:
        return None, _("Für den Index ist kein Merkmal bestimmt.")
    try:
        return score(low.to_numpy(), high.to_numpy(), directions, reference=reference, ddof=ddof), ""
    except NotComparable as refused:
        return None, str(refused)


def _with_status(
    frame: pd.DataFrame, level: Scores | None, reasons: dict[str, str], edition: _Edition, inhabitants: int
) -> pd.DataFrame:
    if level is None:
        nothing = [reason_text(reasons.get(area, "not_comparable"), inhabitants) for area in frame["unit"]]
        return frame.assign(score_low=np.nan, score_high=np.nan, status_class=0, certain=False, reason=nothing)
    out = frame["unit"].isin(list(reasons)).to_numpy()
    low, high = np.where(out, np.nan, level.low), np.where(out, np.nan, level.high)
    at_low, at_high = status_class(low), status_class(high)
    same = at_low == at_high
    without = ["" if sure else "unsure" for sure in same]
    codes = [reasons.get(area, code) for area, code in zip(frame["unit"], without, strict=True)]
    odd = edition.odd.any(axis=1).to_numpy()
    return frame.assign(
        score_low=low,
        score_high=high,
        status_class=np.where(same, at_low, 0),
        certain=same & ~out & ~odd,
        reason=[reason_text(code, inhabitants) for code in codes],
    )


def _with_dynamics(
    frame: pd.DataFrame, edition: _Edition, before: _Edition, used: Sequence[Definition], named: frozenset[str],
    inhabitants: int, ddof: int,
) -> tuple[pd.DataFrame, dict[str, Any]]:  # fmt: skip
    """Change of the shares since the edition before; a value of another date is no change."""
    comparable = ~(edition.odd | before.odd)
    low = (edition.low - before.high).where(comparable)
    high = (edition.high - before.low).where(comparable)
    reasons = _left_out(edition, low, named, inhabitants)
    scores, refusal = _try_score(low, high, [definition.direction for definition in used], reasons, ddof)
    record = _record(edition.period, scores, refusal, reasons, low, used) | {"since": before.period}
    if scores is None:
        return frame, record
    out = low.index.isin(list(reasons))
    change_low, change_high = np.where(out, np.nan, scores.low), np.where(out, np.nan, scores.high)
    at_low, at_high = dynamics_class(change_low), dynamics_class(change_high)
    same = at_low == at_high
    dynamics = np.where(same, at_low, "")
    return frame.assign(change_low=change_low, change_high=change_high, dynamics=dynamics), record


def _record(
    period: str, scores: Scores | None, refusal: str, reasons: dict[str, str], low: pd.DataFrame,
    used: Sequence[Definition],
) -> dict[str, Any]:  # fmt: skip
    inside = [] if scores is None else [str(area) for area in low.index[scores.reference]]
    return {
        "period": period,
        "refused": refusal,
        "reference_set": inside,
        "left_out": {str(area): reason for area, reason in sorted(reasons.items())},
        "scaled": [] if scores is None else [str(area) for area in low.index[scores.scaled & scores.reference]],
        "mean": _numbers(scores.mean, used) if scores else {},
        "spread": _numbers(scores.spread, used) if scores else {},
    }


def _numbers(values: np.ndarray, used: Sequence[Definition]) -> dict[str, float]:
    """Means and spreads by indicator, of the values after direction."""
    return {definition.id: float(value) for definition, value in zip(used, values, strict=True)}
