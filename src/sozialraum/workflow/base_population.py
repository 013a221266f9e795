"""Numbers of inhabitants side by side, and the one base population each edition counts by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from sozialraum.base import InputRefused, UsageError, _, name_key
from sozialraum.base.numbers import day
from sozialraum.indicators import base_features, current_catalogue, definitions
from sozialraum.indicators.carrying import DAYS_APART
from sozialraum.indicators.estimating import BASES, BY_BLOCKS, OFFICIAL, REGISTER, inhabitants_by_group
from sozialraum.project import Project
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.workflow.catalogue import counting_as
from sozialraum.workflow.versions import observations_for

SETTING = "base_population"
# Features that count inhabitants besides those of the catalogue: the official number, and cells of the censuses.
OFFICIAL_FEATURE = "population_official"
CENSUS_FEATURES = ("c22_population", "c11_population")
SOURCES = (REGISTER, OFFICIAL, "census", BY_BLOCKS)
# From here on two numbers of the same date are told apart in words.
WORTH_SAYING = 0.005


@dataclass(frozen=True, slots=True)
class Number:
    """Inhabitants of a municipality by one source. number : None where nothing was delivered. period : '' = unknown.

    difference : to the base of the edition, None where one is missing or it is the base. reasons : why they differ.
    """

    source: str
    number: float | None
    period: str = ""
    difference: float | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A base that may be chosen. why_not : why it cannot be, '' = it can. effect : what it does."""

    base: str
    title: str
    effect: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class EditionBase:
    """An edition with its base, the choices, and all numbers: municipality (AGS, name) -> numbers by source."""

    period: str
    base: str
    chosen: bool
    choices: tuple[Choice, ...]
    rows: tuple[tuple[str, str, tuple[Number, ...]], ...]
    dates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Populations:
    """titles : source -> words. editions : newest first. dates_differ : sentences on numerators and denominators."""

    titles: Mapping[str, str]
    editions: tuple[EditionBase, ...]
    dates_differ: tuple[str, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def titles() -> dict[str, str]:
    """The sources in words."""
    return {
        REGISTER: _("Melderegister"),
        OFFICIAL: _("amtliche Einwohnerzahl"),
        "census": _("Zensus, Summe der Gitterzellen"),
        BY_BLOCKS: _("Einwohner der Bausteine"),
    }


def populations_side_by_side(project: Project) -> Populations:
    """All numbers of inhabitants by municipality and edition. Raises InputRefused before there are areas."""
    with counting_as(project):
        plan = project.plan()
        if plan is None:
            raise InputRefused(_("Es gibt noch keine Gebiete."), (), _("Rechnen Sie zuerst einen Vorschlag."))
        observations = observations_for(project, plan)[0]
        towns = project.municipalities().sort_values("name", key=lambda names: names.map(name_key))
        names = dict(zip(towns["ags"].astype(str), towns["name"].astype(str), strict=True))
        blocks = project.blocks().set_index("block_id")
        found = _numbers(observations, blocks, str(project.settings.get("population_date", "")))
        chosen = dict(project.settings.get(SETTING) or {})
        editions = [
            _edition(period, chosen, found, names, observations) for period in sorted(_editions(project), reverse=True)
        ]
        return Populations(titles(), tuple(editions), other_dates(project))


def choose_base_population(project: Project, edition: str, base: str, role: str = DEFAULT_ROLE) -> None:
    """Count an edition by another base from now on; results are old until they are computed again.

    Raises UsageError for an unknown edition or base, or one that cannot be used.
    """
    found = {one.period: one for one in populations_side_by_side(project).editions}
    if edition not in found:
        raise UsageError(_("Die Ausgabe „{edition}“ gibt es nicht.").format(edition=edition))
    choices = {choice.base: choice for choice in found[edition].choices}
    if base not in choices:
        raise UsageError(_("„{base}“ ist keine Einwohnerbasis; es gibt {known}.").format(
            base=base, known=", ".join(BASES)))  # fmt: skip
    if choices[base].why_not:
        raise UsageError(choices[base].why_not)
    project.settings[SETTING] = {**(project.settings.get(SETTING) or {}), edition: base}
    project.log(
        _("Einwohnerbasis für {day}: {title}").format(day=day(edition), title=choices[base].title), role or DEFAULT_ROLE
    )


def other_dates(project: Project) -> tuple[str, ...]:
    """Sentences on indicators whose numerator and denominator have different dates, for pages and people."""
    values = project.results("indicator_values")
    odd = values[values["note"].str.contains("dates_differ=", regex=False)]
    with counting_as(project):
        names = {one.id: one.title for one in definitions()}
    found: dict[tuple[str, str, str], None] = {}
    for indicator, note in odd[["indicator", "note"]].itertuples(index=False, name=None):
        for code in note.split(";"):
            if code.startswith("dates_differ="):
                of_count, _slash, of_base = code.removeprefix("dates_differ=").partition("/")
                found[(names.get(indicator, indicator), of_count, of_base)] = None
    return tuple(
        _("{title}: Zähler vom {count}, Nenner vom {base}.").format(title=title, count=day(count), base=day(base))
        for title, count, base in sorted(found)
    )


def _editions(project: Project) -> tuple[str, ...]:
    record = project.record("release") or {}
    return tuple(project.settings.get("editions") or record.get("editions") or ())


def _numbers(
    observations: pd.DataFrame, blocks: pd.DataFrame, counted_on: str
) -> dict[tuple[str, str], list[tuple[str, float]]]:
    """(source, AGS) -> (date, inhabitants), only numbers that are known exactly.

    Persons without an address that could be placed are left out: how few they are is nobody's to know.
    """
    town = blocks["municipality"].astype(str)
    found: dict[tuple[str, str], list[tuple[str, float]]] = {
        (BY_BLOCKS, str(ags)): [(counted_on, float(number))]
        for ags, number in blocks["population"].groupby(town).sum().items()
    }
    register = base_features(current_catalogue().population)
    wanted = {REGISTER: (register, "block"), "census": (CENSUS_FEATURES, "block")}
    if set(register) & set(CENSUS_FEATURES):
        wanted.pop(REGISTER)
    for source, (codes, geography) in wanted.items():
        rows = observations[(observations["geography"] == geography) & observations["feature"].isin(codes)]
        sums = rows.assign(town=rows["unit"].map(town)).groupby(["town", "period"])["low"].sum().reset_index()
        for ags, period, number in sums.itertuples(index=False, name=None):
            found.setdefault((source, str(ags)), []).append((str(period), float(number)))
    official = observations[
        (observations["geography"] == "municipality")
        & observations["feature"].isin([OFFICIAL_FEATURE, current_catalogue().population])
        & (observations["low"] == observations["high"])
    ]
    for ags, period, number in official[["unit", "period", "low"]].itertuples(index=False, name=None):
        found.setdefault((OFFICIAL, str(ags)), []).append((str(period), float(number)))
    return found


def _edition(
    period: str,
    chosen: Mapping[str, str],
    found: Mapping[tuple[str, str], Sequence[tuple[str, float]]],
    names: Mapping[str, str],
    observations: pd.DataFrame,
) -> EditionBase:
    base = chosen.get(period, REGISTER)
    rows = []
    for ags, name in names.items():
        numbers = {source: _nearest(period, found.get((source, ags), ())) for source in SOURCES}
        against = numbers[base]
        rows.append((ags, name, tuple(_number(source, numbers[source], against, base, period) for source in SOURCES)))
    by_age = _by_age(observations)
    choices = tuple(_choice(code, period, rows, by_age) for code in BASES)
    return EditionBase(period, base, period in chosen, choices, tuple(rows), _dates(rows, base))


def _nearest(period: str, known: Sequence[tuple[str, float]]) -> tuple[str, float] | None:
    """The number of the nearest date, whatever the distance; a number without date stands for every date."""

    def apart(one: tuple[str, float]) -> tuple[int, str]:
        if len(one[0]) < 10:
            return 0, one[0]
        return abs((date.fromisoformat(one[0]) - date.fromisoformat(period)).days), one[0]

    return min(known, key=apart, default=None)


def _number(
    source: str, own: tuple[str, float] | None, against: tuple[str, float] | None, base: str, period: str
) -> Number:
    if own is None:
        return Number(source, None, reasons=(_("nicht geliefert"),))
    if source == base or against is None:
        return Number(source, own[1], own[0], reasons=tuple(_other_day(own[0], period)))
    difference = own[1] - against[1]
    return Number(source, own[1], own[0], difference, tuple(_reasons(source, own, against, base, difference, period)))


def _other_day(own: str, period: str) -> list[str]:
    return [_("anderer Stichtag: {day}").format(day=day(own))] if own and own != period else []


def _reasons(
    source: str, own: tuple[str, float], against: tuple[str, float], base: str, difference: float, period: str
) -> list[str]:
    """Why two numbers of inhabitants may differ, in words."""
    found = _other_day(own[0], period)
    if difference == 0:
        return found
    pair = {source, base}
    if "census" in pair:
        found.append(_("Zahlen der Gitterzellen wurden vor der Veröffentlichung leicht verändert"))
        found.append(_("Gitterzellen am Rand liegen in zwei Gemeinden"))
    if pair == {REGISTER, OFFICIAL} and abs(difference) > WORTH_SAYING * max(against[1], 1):
        found.append(_("das Melderegister kann Nebenwohnungen enthalten, die amtliche Zahl nur Hauptwohnungen"))
    if REGISTER in pair:
        found.append(_("Personen ohne zuordenbare Anschrift sind im Melderegister hier nicht mitgezählt"))
    if BY_BLOCKS in pair:
        found.append(_("die Bausteine haben einen eigenen Stand"))
    return found


def _by_age(observations: pd.DataFrame) -> dict[str, set[str]]:
    """AGS -> dates at which the municipality has a number for every group of age and sex."""
    groups = inhabitants_by_group()
    rows = observations[(observations["geography"] == "municipality") & observations["feature"].isin(groups)]
    known = rows[rows["low"].notna()].groupby(["unit", "period"])["feature"].nunique().reset_index()
    found: dict[str, set[str]] = {}
    for ags, period, number in known.itertuples(index=False, name=None):
        if groups and number == len(groups):
            found.setdefault(str(ags), set()).add(str(period))
    return found


def _choice(
    base: str, period: str, rows: Sequence[tuple[str, str, tuple[Number, ...]]], by_age: Mapping[str, set[str]]
) -> Choice:
    number = sum(_counts_inhabitants(one.denominator_features) for one in definitions())
    known = titles()[base]
    if base == REGISTER:
        effect = _(
            "Gezählt nach Baustein; Lücken werden aus der Zahl der Gemeinde geschätzt, wo es sie nach Alter gibt."
        )
        there = any(one.number is not None for _ags, _name, numbers in rows for one in numbers if one.source == base)
        return Choice(base, known, effect, "" if there else _("Es liegt kein Melderegister vor."))
    if base == OFFICIAL:
        effect = _("Die Zahl der Gemeinde wird nach Einwohnern der Bausteine verteilt; {count} Indikatoren sind dann "
                   "geschätzt.").format(count=number)  # fmt: skip
    else:
        effect = _("Die Anteile nach Alter der Gemeinde gelten für die Einwohner der Bausteine; {count} Indikatoren "
                   "sind dann geschätzt.").format(count=number)  # fmt: skip
    near = any(_is_near(period, dates) for dates in by_age.values())
    why = "" if near else _("Für keine Gemeinde liegt zu diesem Stichtag eine Zahl nach Alter vor.")
    return Choice(base, known, effect, why)


def _counts_inhabitants(codes: Sequence[str]) -> bool:
    return bool(set(codes) & set(inhabitants_by_group()))


def _is_near(period: str, dates: set[str]) -> bool:
    wanted = date.fromisoformat(period)
    return any(len(one) == 10 and abs((date.fromisoformat(one) - wanted).days) <= DAYS_APART for one in dates)


def _dates(rows: Sequence[tuple[str, str, tuple[Number, ...]]], base: str) -> tuple[str, ...]:
    """The dates of the base population, each once."""
    return tuple(sorted({one.period for _ags, _name, numbers in rows for one in numbers
                         if one.source == base and one.period}))  # fmt: skip
