"""What the page "Übertragung" and the command show: ways, errors, what lies outside, the weights of one unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from sozialraum.base import UsageError, _, plural
from sozialraum.base.numbers import count, decimal, percent
from sozialraum.carrying import Matrix, class_name, compose, onto_plan
from sozialraum.delineation import Plan
from sozialraum.indicators import features
from sozialraum.indicators.carried_notes import carried_of
from sozialraum.project import Project
from sozialraum.project.geographies import PREFIX
from sozialraum.protection import default_rules
from sozialraum.workflow.carrying_choice import Way, ways_of
from sozialraum.workflow.catalogue import counting_as
from sozialraum.workflow.jumps import title_of

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


def titles(project: Project, codes: Iterable[str]) -> dict[str, str]:
    """What people call features: their title, else the head of the column they come from; '' is every other one."""
    found = {"": _("alle anderen Merkmale")}
    with counting_as(project):
        recipes = project.recipes()
        for code in sorted(set(codes) - {""}):
            recipe = next((one for one in recipes if code in one.features()), None)
            known = features().get(code)
            found[code] = title_of(code, recipe) if recipe else known.title if known else code
    return found


def ways(project: Project, code: str) -> tuple[Way, ...]:
    """How the features of a geography with values are divided among areas (blocks, without a plan).

    The first is that of all others. Raises UsageError for a geography that is not known.
    """
    plan = project.plan()
    used = project.geography_features().get(code, ())
    return tuple(replace(way, matrix=_on_areas(way.matrix, plan)) for way in ways_of(project, code, plan, used))


def _on_areas(matrix: Matrix, plan: Plan | None) -> Matrix:
    return matrix if plan is None else compose(matrix, onto_plan(plan))


def matrix_sentences(matrix: Matrix) -> list[str]:
    """What a set of weights does, how sure it is, and what it leaves out."""
    divided = int((~matrix.is_whole).sum())
    said = [
        plural(
            "{part} von 1 Einheit wird geteilt.", "{part} von {count} Einheiten werden geteilt.", len(matrix.sources)
        ).format(part=count(divided), count=count(len(matrix.sources)))
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
    used = project.geography_features().get(code, ())
    own = rows[(rows["level"] == "area") & rows["feature"].isin(used)]
    named = titles(project, used)
    there = set(own["feature"])
    return tuple(_errors(one, named[one], own[own["feature"] == one]) for one in used if one in there)


def _errors(feature: str, title: str, rows: pd.DataFrame) -> Errors:
    last = rows[rows["period"] == rows["period"].max()]
    shown = last[last["status"].isin(SHOWN)]
    notes = [note for note in map(carried_of, shown["note"]) if note is not None]
    found = sorted(note.error for note in notes if note.error is not None)
    low, middle, high = (found[0], found[len(found) // 2], found[-1]) if found else (None, None, None)
    return Errors(feature, title, len(notes), len(last), low, middle, high)


def outside_of(project: Project, code: str) -> tuple[Outside, ...]:
    """What of a geography lies in no area, of the last results; small counts stay hidden."""
    rows = (project.record("carrying") or {}).get("outside", ())
    own = [row for row in rows if row["geography"] == PREFIX + code]
    named = titles(project, {row["feature"] for row in own})
    with counting_as(project):
        rules = default_rules()
        ordered = sorted(own, key=lambda row: (row["feature"], row["period"]))
        return tuple(_outside(row, named[row["feature"]], rules.profile_of(row["feature"]).minimum) for row in ordered)


def _outside(row: dict[str, object], title: str, least: int) -> Outside:
    """least : counts below it are hidden, and so are those that leave less than it inside."""
    feature, period = str(row["feature"]), str(row["period"])
    low, high, whole = (_number(row[name]) for name in ("low", "high", "of"))
    if row["status"] not in SHOWN or high < least or whole - low < least:
        return Outside(feature, title, period, _("verborgen"), "")
    return Outside(feature, title, period, decimal(high, 1), percent(high / whole) if whole else "")


def _number(value: object) -> float:
    return float("nan") if value is None else float(str(value))


def weights_of_unit(project: Project, code: str, feature: str, unit: str) -> tuple[Weight, ...]:
    """Where the parts of a unit lie, largest first; by area of the current plan, else by block.

    Raises UsageError for a unit or geography that is not known.
    """
    plan = project.plan()
    way = next(way for way in ways_of(project, code, plan, [feature] if feature else [])[::-1])
    matrix = _on_areas(way.matrix, plan)
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


def ended(sentence: str) -> str:
    """A sentence with its full stop; reasons are typed without one."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def part_text(part: float) -> str:
    """'71,4 %'; a whole unit is 'ganz'."""
    return _("ganz") if part >= 1 - 1e-9 else percent(part)
