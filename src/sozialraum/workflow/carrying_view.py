"""What the page "Übertragung" and the command show: ways, errors, what lies outside, the weights of one unit."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sozialraum.base import UsageError, _, plural
from sozialraum.base.numbers import count, decimal, percent
from sozialraum.base.value import Status
from sozialraum.carrying import Matrix, class_name, compose, method_name, onto_plan
from sozialraum.indicators import features
from sozialraum.indicators.carried_notes import carried_of
from sozialraum.project import Project
from sozialraum.project.geographies import PREFIX
from sozialraum.protection import Rules, default_rules
from sozialraum.workflow.carrying_choice import Way, ways_of
from sozialraum.workflow.geographies import features_by_geography

SHOWN = ("observed", "rounded", "estimated", "uncertain")


@dataclass(frozen=True)
class Errors:
    """How far the carried values of one feature may be off, over the areas of the last results.

    carried, areas : how many areas have a carried value that is shown, of how many. low, middle, high : estimated
    errors in percent, None where none is told.
    """

    feature: str
    title: str
    carried: int
    areas: int
    low: int | None
    middle: int | None
    high: int | None


@dataclass(frozen=True)
class Outside:
    """What of one feature and date lies in no area. text : a number, bounds, or the word that stands instead."""

    feature: str
    title: str
    period: str
    text: str
    share: str


@dataclass(frozen=True)
class Weight:
    """The part of a unit that lies in an area (or block, without a plan); area '' = outside."""

    area: str
    name: str
    part: float


def title_of(feature: str) -> str:
    """What people call a feature; '' is every other one."""
    known = features()
    if not feature:
        return _("alle anderen Merkmale")
    return known[feature].title if feature in known else feature


def ways(project: Project, code: str) -> tuple[Way, ...]:
    """How the features of a geography with values are divided; the first is that of all others."""
    used = features_by_geography(project.observations()).get(code, ())
    return ways_of(project, code, project.plan(), used)


def matrix_sentences(matrix: Matrix) -> list[str]:
    """What a set of weights does, how sure it is, and what it leaves out."""
    divided = int((~matrix.is_whole).sum())
    said = [
        plural("1 Einheit wird geteilt", "{count} Einheiten werden geteilt", divided).format(count=count(divided))
        + (f" ({method_name(matrix.kind)})" if divided else "")
        + "."
    ]
    if divided:
        said.append(_("Klasse {said}.").format(said=class_name(matrix.error_class)))
    if matrix.by_ground:
        text = plural(
            "Bei 1 Einheit zählt die Fläche, weil dort niemand gezählt ist.",
            "Bei {count} Einheiten zählt die Fläche, weil dort niemand gezählt ist.", len(matrix.by_ground),
        )  # fmt: skip
        said.append(text.format(count=count(len(matrix.by_ground))))
    away = int((matrix.outside > 1e-9).sum())
    if away:
        text = plural(
            "1 Einheit liegt ganz oder zum Teil außerhalb.",
            "{count} Einheiten liegen ganz oder zum Teil außerhalb.", away,
        )  # fmt: skip
        said.append(text.format(count=count(away)))
    return said


def errors_of(project: Project, code: str) -> tuple[Errors, ...]:
    """Errors of the carried values of a geography, by feature, from what was released last; () before that."""
    rows = project.results("released_counts")
    used = features_by_geography(project.observations()).get(code, ())
    own = rows[(rows["level"] == "area") & rows["feature"].isin(used)]
    return tuple(_errors(feature, own[own["feature"] == feature]) for feature in used if feature in set(own["feature"]))


def _errors(feature: str, rows: pd.DataFrame) -> Errors:
    last = rows[rows["period"] == rows["period"].max()]
    shown = last[last["status"].isin(SHOWN)]
    notes = [note for note in map(carried_of, shown["note"]) if note is not None]
    found = sorted(note.error for note in notes if note.error is not None)
    low, middle, high = (found[0], found[len(found) // 2], found[-1]) if found else (None, None, None)
    return Errors(feature, title_of(feature), len(notes), len(last), low, middle, high)


def outside_of(project: Project, code: str) -> tuple[Outside, ...]:
    """What of a geography lies in no area, of the last results; small counts stay hidden."""
    rows = (project.record("carrying") or {}).get("outside", ())
    rules = default_rules()
    own = [row for row in rows if row["geography"] == PREFIX + code]
    return tuple(_outside(row, rules) for row in sorted(own, key=lambda row: (row["feature"], row["period"])))


def _outside(row: dict[str, object], rules: Rules) -> Outside:
    feature, period = str(row["feature"]), str(row["period"])
    low, high, whole = (_number(row[name]) for name in ("low", "high", "of"))
    least = rules.profile_of(feature).minimum
    if row["status"] == Status.SUPPRESSED.value or high < least or whole - low < least:
        return Outside(feature, title_of(feature), period, _("verborgen"), "")
    if low != low or row["status"] not in SHOWN:  # no number
        return Outside(feature, title_of(feature), period, _("nicht geliefert"), "")
    return Outside(feature, title_of(feature), period, decimal(high, 1), percent(high / whole) if whole else "")


def _number(value: object) -> float:
    return float("nan") if value is None else float(str(value))


def weights_of_unit(project: Project, code: str, feature: str, unit: str) -> tuple[Weight, ...]:
    """Where the parts of a unit lie, largest first; by area of the current plan, else by block.

    Raises UsageError for a unit or geography that is not known.
    """
    plan = project.plan()
    way = next(way for way in ways_of(project, code, plan, [feature] if feature else [])[::-1])
    matrix = way.matrix if plan is None else compose(way.matrix, onto_plan(plan))
    if unit not in matrix.sources:
        raise UsageError(_("Die Einheit „{unit}“ gibt es nicht.").format(unit=unit))
    rows = matrix.rows()
    own = rows[(rows["source"] == unit) & (rows["weight"] > 0)]
    names: dict[str, str] = {}
    if plan is not None:
        named = plan.areas[["area_id", "code", "name"]].itertuples(index=False, name=None)
        names = {area: f"{short} {name}".strip() for area, short, name in named}
    found = [
        Weight(target, names.get(target, target) if target else _("außerhalb"), float(weight))
        for target, weight in own[["target", "weight"]].itertuples(index=False, name=None)
    ]
    return tuple(sorted(found, key=lambda one: (-one.part, one.area)))


def part_text(part: float) -> str:
    """'71,4 %'; a whole unit is 'ganz'."""
    return _("ganz") if part >= 1 - 1e-9 else percent(part)
