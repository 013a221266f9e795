"""Differences to the delivery before that a person has to decide on: jumps, rows that are gone, notes on the method."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sozialraum.base import Finding, _, plural
from sozialraum.base.numbers import count
from sozialraum.deliveries import Reading, Recipe
from sozialraum.deliveries.differences import JUMP_COUNT, JUMP_SHARE, bounds
from sozialraum.indicators import features
from sozialraum.project import Project

if TYPE_CHECKING:
    from sozialraum.deliveries.differences import Difference

NAMED_AT_MOST = 10
# An observation says where it stood: "Blatt Tabelle 1, D8", in a text file "Zeile 8, Spalte D".
_PLACE = re.compile(r"(?: (?P<letters>[A-Z]{1,3})(?P<row>\d+)|(?P<line>\d+)\D* (?P<place>[A-Z]{1,3}))$")


def waiting_differences(
    project: Project, reading: Reading, earlier: str, differences: Sequence[Difference]
) -> dict[str, Finding]:
    """Findings of the differences that wait for a decision, by keys that stay in every language.

    earlier : delivery the differences are told from. A key holds the facts: another jump is another finding.
    """
    waiting = [one for one in differences if one.severity == "warning"]
    found = dict(_jumps(project, reading, earlier, [one for one in waiting if one.kind == "jump"]))
    said = any(one.code in ("incomplete", "truncated") for one in reading.findings)
    for one in waiting:
        if one.kind == "rows_gone" and not said:
            gone = _key("incomplete", *sorted(set(project.shape_of(earlier).get("keys", ())) - set(reading.shape.keys)))
            todo = _("Bitte prüfen, ob Zeilen fehlen oder doppelt sind.")
            found[gone] = Finding(f"{one.sentence[:1].upper()}{one.sentence[1:]}.", todo=todo, code="incomplete",
                                  severity="warning")  # fmt: skip
        elif one.kind in ("note_new", "note_gone"):
            what = f"{one.where}: {one.sentence}".rstrip(".") + "."
            found[_key("note", one.kind, one.found)] = Finding(what, code="note", severity="warning")
    return found


def _key(code: str, *facts: str) -> str:
    return "d" + hashlib.sha256("\n".join((code, *facts)).encode()).hexdigest()[:12]


def _jumps(
    project: Project, reading: Reading, earlier: str, sums: Sequence[Difference]
) -> Iterator[tuple[str, Finding]]:
    """One finding per feature whose sum or areas jumped, those that changed most first; the last one tells the rest."""
    units = _jumped(project.area_values(earlier), _areas(reading.observations))
    totals = {one.found: one.sentence for one in sums}
    changed = units.groupby("feature")["change"].sum().sort_values(ascending=False, kind="stable")
    wanted = list(dict.fromkeys((*changed.index, *totals)))
    for feature in wanted[:NAMED_AT_MOST]:
        rows = units[units["feature"] == feature]
        facts = [f"{row.unit} {row.low} {row.high} {row.old_low} {row.old_high}" for row in rows.itertuples()]
        facts += [_numbers(reading, feature)] if feature in totals else []
        yield _key("jump", feature, *facts), _jump(project, reading, feature, rows, totals.get(feature, ""))
    rest = wanted[NAMED_AT_MOST:]
    if rest:
        what = plural("{count} weiteres Merkmal hat sich so stark verändert.",
                      "{count} weitere Merkmale haben sich so stark verändert.", len(rest))  # fmt: skip
        facts = [f"{feature} {_numbers(reading, feature)}" for feature in rest]
        yield _key("jump", *facts), Finding(what.format(count=count(len(rest))), code="jump", severity="warning",
                                            todo=_todo())  # fmt: skip


def _numbers(reading: Reading, feature: str) -> str:
    return str(reading.shape.sums.get(feature, ""))


def _jump(project: Project, reading: Reading, feature: str, rows: pd.DataFrame, total: str) -> Finding:
    names = _names(project)
    change = _("{now}, vorher {before}")
    parts = [_("Summe {change}").format(change=total)] if total else []
    named = rows.head(NAMED_AT_MOST)[["unit", "low", "high", "old_low", "old_high"]]
    parts += [
        f"{names.get(unit, unit)} " + change.format(now=bounds(low, high), before=bounds(old_low, old_high))
        for unit, low, high, old_low, old_high in named.itertuples(index=False, name=None)
    ]
    more = len(rows) - NAMED_AT_MOST
    if more > 0:
        parts.append(plural("{count} weiteres Gebiet", "{count} weitere Gebiete", more).format(count=count(more)))
    letters, row = _place(str(rows["cell"].iloc[0])) if len(rows) == 1 else ("", None)
    return Finding(
        f"{title_of(feature, reading.recipe)}: {'; '.join(parts)}.", sheet=reading.shape.sheet,
        cell=f"{letters}{row}" if row else "", row=row, todo=_todo(), code="jump", severity="warning",
    )  # fmt: skip


def _place(cell: str) -> tuple[str, int | None]:
    """Letters of the column and number of the row of an observation; '' and None where it came from several."""
    found = _PLACE.search(cell)
    if found is None:
        return "", None
    return found["letters"] or found["place"], int(found["row"] or found["line"])


def _todo() -> str:
    return _("Bitte prüfen, ob die Veränderung stimmt.")


def _names(project: Project) -> Mapping[str, str]:
    """Names of areas and municipalities by key."""
    towns = project.municipalities()
    found: dict[str, Any] = dict(zip(towns["ags"], towns["name"], strict=True))
    plan = project.plan()
    return found | ({} if plan is None else dict(zip(plan.areas["area_id"], plan.areas["name"], strict=True)))


def title_of(feature: str, recipe: Recipe) -> str:
    """What people call a feature: its title, else the head of the column it comes from."""
    known = features().get(feature)
    if known is not None:
        return known.title
    for value in recipe.values:
        if feature in recipe.features_of(value) and value.column in recipe.columns:
            return recipe.columns[value.column].called.replace(" | ", ", ")
    return feature


def _areas(observations: pd.DataFrame) -> pd.DataFrame:
    """The values of areas at the latest date of each feature; where there are none, those of municipalities."""
    values = observations[observations["geography"] != "block"]
    areas = values[values["geography"].str.startswith("plan:")]
    values = values[values["geography"].isin(("municipality", "region"))] if areas.empty else areas
    return values[values["period"] == values.groupby("feature")["period"].transform("max")]


def _jumped(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Values that changed for sure by more than a quarter and more than twenty, the greatest change first.

    The columns of `now` and old_low, old_high, change. A value without a number proves nothing.
    """
    old = _areas(before).rename(columns={"low": "old_low", "high": "old_high"})
    keys = ["geography", "unit", "feature"]
    both = now.merge(old[[*keys, "old_low", "old_high"]].drop_duplicates(keys), on=keys)
    both = both.assign(low=both["low"].fillna(0.0), old_low=both["old_low"].fillna(0.0),
                       high=both["high"].fillna(np.inf), old_high=both["old_high"].fillna(np.inf))  # fmt: skip
    more, less = both["low"] - both["old_high"], both["old_low"] - both["high"]
    grown = (more > JUMP_COUNT) & (both["low"] > (1 + JUMP_SHARE) * both["old_high"])
    shrunk = (less > JUMP_COUNT) & (both["high"] < (1 - JUMP_SHARE) * both["old_low"])
    change = more.where(grown, less)
    return both.assign(change=change)[grown | shrunk].sort_values("change", ascending=False, kind="stable")
