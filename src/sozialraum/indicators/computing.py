"""Indicator values with count, base, share, interval and comparison with the region.

Everything here is computed from released counts, so nothing can know more than was let out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sozialraum.base import _, code_key, intervals
from sozialraum.base.numbers import day
from sozialraum.base.value import STRENGTH, WEAKEST_FIRST, Status
from sozialraum.carrying import PlanLike
from sozialraum.indicators import rates
from sozialraum.indicators.carried_notes import CODE, carried_of, carried_sentence, join_notes, ratio, without_carried
from sozialraum.indicators.carrying import BLOCKED
from sozialraum.indicators.registry import Definition, current_catalogue, definitions

INDICATOR = [
    "indicator", "level", "unit", "period", "count_low", "count_high", "base_low", "base_high",
    "share_low", "share_high", "status", "ci_low", "ci_high", "versus", "scope", "note",
]  # fmt: skip
KEY = ["level", "unit", "period"]
BASE_FOR_A_SHARE = 20
BASE_FOR_A_SURE_SHARE = 50
OTHER_DATE = "other_date="
SUPPRESSED, UNCERTAIN = STRENGTH[Status.SUPPRESSED.value], STRENGTH[Status.UNCERTAIN.value]


def compute(released: pd.DataFrame, plan: PlanLike, chosen: Sequence[Definition] | None = None) -> pd.DataFrame:
    """Indicator values of areas, municipalities and the region from released counts.

    released : the values of a release (or any counts with declared sums, for tests).
    chosen : definitions, default all of the catalogue.
    Shares are between 0 and 1 (a rate of cases may exceed 1). Status is the weakest of count and
    base; blocked, note `base_zero` or `few_cases`, when the base is under 20; uncertain, note
    `small_base`, when it is under 50. A hidden count or base has no interval and no comparison.
    The intervals are Wilson's for shares, exact Poisson or Byar's for rates (METHODS 5).
    """
    kept = released[released["level"].isin(["area", "municipality", "region"])]
    frames = [_one(kept, definition) for definition in (definitions() if chosen is None else chosen)]
    values = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=INDICATOR)
    return values[INDICATOR].reset_index(drop=True) if len(values) else values


def _one(counts: pd.DataFrame, definition: Definition) -> pd.DataFrame:
    columns = [*KEY, "low", "high", "status", "scope", "note"]
    count = counts.loc[counts["feature"] == definition.numerator, columns]
    base = counts.loc[counts["feature"] == definition.denominator, columns]
    rows = count.merge(base, on=KEY, how="inner", suffixes=("", "_base"))
    rows = rows.rename(
        columns={"low": "count_low", "high": "count_high", "low_base": "base_low", "high_base": "base_high"}
    )
    rows["rank"] = np.minimum(rows["status"].map(STRENGTH), rows["status_base"].map(STRENGTH)).astype(int)
    notes = zip(rows["note"], rows["note_base"], rows["period"], strict=True)
    rows["note"] = [both_notes(count, base, period) for count, base, period in notes]
    if any(_is_noisy(code) for code in (*definition.numerator_features, *definition.denominator_features)):
        known = rows["rank"] > BLOCKED
        rows.loc[known, "note"] = [join_notes((note, "own_sum")) for note in rows.loc[known, "note"]]
    rows = _same_scope(rows, counts, definition)
    if definition.kind == "share":
        rows = _inside_base(_with_rest(rows, counts, definition))
    rows = _shares(rows, definition)
    rows = _versus(rows)
    rows["status"] = np.array([status.value for status in WEAKEST_FIRST])[rows["rank"].to_numpy(int)]
    order = {"area": 0, "municipality": 1, "region": 2}
    rows = rows.assign(indicator=definition.id, place=rows["level"].map(order))
    rows["code"] = rows["unit"].map(code_key)
    return rows.sort_values(["period", "place", "code"], kind="stable")[INDICATOR]


def _is_noisy(code: str) -> bool:
    """Whether the holder of a feature altered its counts, so that our sums of them differ from published ones."""
    feature = current_catalogue().features.get(code)
    return feature is not None and feature.source.noise != ""


def both_notes(of_count: str, of_base: str, period: str) -> str:
    """The notes of count and base together; different dates are one note, `dates_differ=<count>/<base>`."""
    dates = [_other_date(note) or period for note in (of_count, of_base)]
    share = ratio(carried_of(of_count), carried_of(of_base))
    joined = join_notes((without_carried(of_count), without_carried(of_base), share.code() if share else ""))
    if dates[0] == dates[1]:
        return joined
    others = [code for code in joined.split(";") if code and not code.startswith(OTHER_DATE)]
    return join_notes((*others, f"dates_differ={'/'.join(dates)}"))


def _other_date(note: str) -> str:
    found = [code for code in note.split(";") if code.startswith(OTHER_DATE)]
    return found[0].removeprefix(OTHER_DATE) if found else ""


def _same_scope(rows: pd.DataFrame, counts: pd.DataFrame, definition: Definition) -> pd.DataFrame:
    """Take from the region's base whoever is left out of its count, and the other way round."""
    members = counts[counts["level"] == "municipality"]
    region = rows["level"] == "region"
    changed = [_one_scope(row, members, definition) for row in rows[region].to_dict("records")]
    if not changed:
        return rows
    kept = pd.DataFrame(changed, index=rows.index[region])
    return pd.concat([rows[~region], kept[rows.columns]]).astype({"rank": int})


def _one_scope(row: dict[Any, Any], members: pd.DataFrame, definition: Definition) -> dict[Any, Any]:
    of_count, of_base = _names(row["scope"]), _names(row["scope_base"])
    here = members[members["period"] == row["period"]]
    for missing, feature, name in (
        (of_count - of_base, definition.denominator, "base"),
        (of_base - of_count, definition.numerator, "count"),
    ):
        away = here[(here["feature"] == feature) & here["unit"].isin(missing)]
        row[f"{name}_low"] = max(row[f"{name}_low"] - float(away["high"].sum()), 0.0)
        row[f"{name}_high"] = row[f"{name}_high"] - float(away["low"].sum())
        if (away["status"] == Status.SUPPRESSED.value).any():
            row["rank"] = min(row["rank"], SUPPRESSED)
    row["scope"] = ",".join(sorted(of_count | of_base))
    return row


def _names(scope: str) -> set[str]:
    return {ags for ags in scope.split(",") if ags}


def _with_rest(rows: pd.DataFrame, counts: pd.DataFrame, definition: Definition) -> pd.DataFrame:
    """What the base holds besides the count, where both are sums of the same features; NaN elsewhere.

    Only for rows whose count and base cover the same municipalities.
    """
    others = set(definition.denominator_features) - set(definition.numerator_features)
    of_base = set(definition.numerator_features) <= set(definition.denominator_features)
    there = counts[counts["feature"].isin(others)] if of_base else counts.iloc[:0]
    groups = there.groupby(KEY)
    rest = pd.DataFrame({name: groups[name].sum(min_count=len(others)) for name in ("low", "high")})
    rest = rest.rename(columns={"low": "rest_low", "high": "rest_high"})
    rows = rows.join(rest, on=KEY)
    rows.loc[rows["scope"] != "", ["rest_low", "rest_high"]] = np.nan
    return rows


def _inside_base(rows: pd.DataFrame) -> pd.DataFrame:
    """The base holds at least the count, and the count at most the base; contradictions stay as delivered."""
    fits = rows["count_low"] <= rows["base_high"]
    rows["base_low"] = rows["base_low"].where(~fits, rows[["base_low", "count_low"]].max(axis=1))
    rows["count_high"] = rows["count_high"].where(~fits, rows[["count_high", "base_high"]].min(axis=1))
    return rows


def _bounds(rows: pd.DataFrame, definition: Definition) -> tuple[pd.Series, pd.Series]:
    """Lowest and highest share or rate that the bounds allow, see base.intervals."""
    count, base = (rows["count_low"], rows["count_high"]), (rows["base_low"], rows["base_high"])
    if definition.kind != "share":
        low, high = intervals.rate(count, base)
        return pd.Series(low, rows.index), pd.Series(high, rows.index)
    low, high = intervals.share_of_base(count, base)
    narrow_low, narrow_high = intervals.share_of_rest(count, (rows["rest_low"], rows["rest_high"]))
    narrower = ~np.isnan(narrow_low) & (low < high) & (np.maximum(low, narrow_low) <= np.minimum(high, narrow_high))
    low = np.where(narrower, np.maximum(low, narrow_low), low)
    high = np.where(narrower, np.minimum(high, narrow_high), high)
    return pd.Series(low, rows.index), pd.Series(high, rows.index)


def _shares(rows: pd.DataFrame, definition: Definition) -> pd.DataFrame:
    no_number = rows["rank"] <= BLOCKED
    base_low, base_high = rows["base_low"], rows["base_high"]
    zero = ~no_number & (base_high <= 0)
    few = ~no_number & ~zero & (base_low < BASE_FOR_A_SHARE) & (rows["rank"] != SUPPRESSED)
    small = ~no_number & ~zero & ~few & (base_low < BASE_FOR_A_SURE_SHARE)
    blank = no_number | zero | few
    low, high = _bounds(rows, definition)
    rows["share_low"], rows["share_high"] = low.where(~blank), high.where(~blank)
    interval_low, interval_high = _interval(rows, definition)
    without = blank | (rows["rank"] == SUPPRESSED)
    rows["ci_low"], rows["ci_high"] = interval_low.where(~without), interval_high.where(~without)
    rows["rank"] = np.where(zero | few, BLOCKED, np.where(small, np.minimum(rows["rank"], UNCERTAIN), rows["rank"]))
    for mask, code in ((zero, "base_zero"), (few, "few_cases"), (small, "small_base")):
        rows.loc[mask, "note"] = [join_notes((note, code)) for note in rows.loc[mask, "note"]]
    return rows


def _interval(rows: pd.DataFrame, definition: Definition) -> tuple[pd.Series, pd.Series]:
    """Outer limits over the bounds: lowest count on the largest base, and the other way round."""
    count_low, count_high = rows["count_low"].to_numpy(float), rows["count_high"].to_numpy(float)
    base_low, base_high = rows["base_low"].to_numpy(float), rows["base_high"].to_numpy(float)
    if definition.kind == "share":
        low, _high = rates.wilson(np.minimum(count_low, base_high), base_high)
        _low, high = rates.wilson(np.minimum(count_high, base_low), base_low)
    else:
        low, _high = rates.rate(count_low, base_high)
        _low, high = rates.rate(count_high, base_low)
    return pd.Series(low, rows.index), pd.Series(high, rows.index)


def _versus(rows: pd.DataFrame) -> pd.DataFrame:
    """Against the region: only where the whole interval lies on one side of its share."""
    region = rows[rows["level"] == "region"].set_index("period")
    usable = region["share_low"].where(region["rank"] > SUPPRESSED)
    low, high = rows["period"].map(usable), rows["period"].map(region["share_high"].where(region["rank"] > SUPPRESSED))
    other = rows["note"].str.contains("other_date|dates_differ|year_sum", regex=True)
    none = rows["ci_low"].isna() | low.isna() | other | (rows["level"] == "region")
    versus = np.select([none, rows["ci_low"] > high, rows["ci_high"] < low], ["none", "higher", "lower"], "same")
    return rows.assign(versus=versus)


def populations(released: pd.DataFrame) -> pd.Series:
    """Inhabitants of areas by (unit, period), NaN where hidden or missing; for `index`."""
    rows = released[(released["level"] == "area") & (released["feature"] == current_catalogue().population)]
    known = rows["low"].where(rows["low"] == rows["high"])
    return pd.Series(known.to_numpy(), index=pd.MultiIndex.from_frame(rows[["unit", "period"]]), name="population")


def note_sentences(note: str) -> list[str]:
    """The codes of a note as sentences for readers."""
    texts = {
        "year_sum": _("Summe des Jahres, nicht Bestand am Stichtag."),
        "carried": _("Aus einer früheren Gebietsfassung übertragen, geschätzt."),
        "estimated_base": _(
            "Einwohnerzahl nach Alter geschätzt: Zahl der Gemeinde, verteilt nach Einwohnern der Bausteine."
        ),
        "own_sum": _(
            "Eigene Summe aus Zahlen, die zum Schutz von Personen einzeln leicht verändert wurden; sie kann von "
            "veröffentlichten Summen abweichen."
        ),
        "base_zero": _("Die Basis ist null, ein Anteil ist nicht sinnvoll."),
        "few_cases": _("Die Basis ist kleiner als {count}, der Anteil wird nicht ausgewiesen.").format(
            count=BASE_FOR_A_SHARE
        ),
        "small_base": _("Die Basis ist kleiner als {count}, der Anteil ist eingeschränkt aussagekräftig.").format(
            count=BASE_FOR_A_SURE_SHARE
        ),
    }
    found = []
    for code in filter(None, note.split(";")):
        name, _sign, value = code.partition("=")
        if name == "other_date":
            found.append(_("Anderer Stichtag: {day}.").format(day=day(value)))
        elif name == "dates_differ":
            of_count, _slash, of_base = value.partition("/")
            text = _("Zähler und Nenner haben verschiedene Stichtage: {count} und {base}.")
            found.append(text.format(count=day(of_count), base=day(of_base)))
        elif name == CODE and value:
            found.append(carried_sentence(code))
        else:
            found.append(texts[name])
    return found
