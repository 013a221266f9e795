"""Where a number comes from: back from a printed figure to the places in the delivered files.

The chain follows what is stored: definition, released count, what carried it to the area, observations, delivery.
Outside the internal view it shows released numbers and names of places alone: it is the same whatever numbers stand
behind a hidden one.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from sozialraum import need
from sozialraum.base import UsageError, _
from sozialraum.base.numbers import day, decimal
from sozialraum.indicators import Definition, definitions, features, note_sentences
from sozialraum.indicators.benefit_names import naming_on
from sozialraum.project import Project
from sozialraum.publish.words import need_for_action
from sozialraum.workflow.catalogue import counting_as
from sozialraum.workflow.trace_counts import count_chain, row_of
from sozialraum.workflow.trace_ground import TraceGround, ground_of
from sozialraum.workflow.trace_parts import Listing
from sozialraum.workflow.trace_steps import Trace, TraceStep, leveled
from sozialraum.workflow.trace_words import share, shown

KINDS = ("indicator", "count", "index", "supply")
LISTED, FEW = 20, 5


def trace(
    project: Project,
    kind: str,
    name: str,
    unit: str,
    period: str = "",
    *,
    internal: bool = False,
    limit: int | None = LISTED,
) -> Trace:
    """Where a figure comes from.

    kind : indicator (name = its id), count (name = a feature), index or supply (name = ''). unit : area_id, AGS or
        'region'. period : ISO date, '' = the latest. internal : also show the numbers of parts and what is hidden,
        with bounds; not for others. limit : how many places of one figure are listed, None = all.
    Raises ReleaseRefused before anything was computed, UsageError for a figure that does not exist.
    """
    with counting_as(project) as catalogue:
        ground = ground_of(project, catalogue)
        if kind not in KINDS:
            raise UsageError(_("Zu „{kind}“ gibt es keine Zahlen; es gibt {known}.").format(
                kind=kind, known=", ".join(KINDS)))  # fmt: skip
        if not ground.level_of(unit):
            raise UsageError(_("Das Gebiet „{unit}“ gibt es nicht.").format(unit=unit))
        listing = Listing(internal, limit)
        makers: dict[str, Callable[..., tuple[str, tuple[TraceStep, ...]]]] = {
            "indicator": _indicator, "count": _count, "index": _index, "supply": _supply,
        }  # fmt: skip
        sentence, steps = makers[kind](ground, name, unit, period, listing)
        return Trace(
            sentence, leveled(steps), tuple(_warnings(ground)), internal, listing.found, listing.found - listing.listed
        )


def _indicator(
    ground: TraceGround, name: str, unit: str, period: str, listing: Listing
) -> tuple[str, tuple[TraceStep, ...]]:
    definition = _definition(name)
    row = row_of(ground.values, unit, period, indicator=name)
    value = share(definition, row["share_low"], row["share_high"], row["status"])
    sentence = _("{title}, {unit}, {day}: {value}").format(
        title=definition.title, unit=ground.name_of(unit), day=day(row["period"]), value=value
    )
    return sentence, _definition_steps(ground, definition, row, listing)


def _definition_steps(
    ground: TraceGround, definition: Definition, row: pd.Series, listing: Listing
) -> tuple[TraceStep, ...]:
    """Definition, notes, numerator and denominator of one indicator value."""
    with naming_on(str(row["period"])):
        measured = definition.measured
    formula = _("Zähler geteilt durch Nenner: {measured}. Festlegung „{title}“, Fassung {version}.").format(
        measured=measured, title=definition.title, version=definition.version
    )
    notes = [TraceStep(sentence) for sentence in note_sentences(str(row["note"] or ""))]
    parts = []
    for word, feature in ((_("Zähler"), definition.numerator), (_("Nenner"), definition.denominator)):
        title = features()[feature].title
        head, children = count_chain(ground, feature, row["unit"], row["period"], str(row["scope"]), listing)
        parts.append(TraceStep(_("{word}: {title}.").format(word=word, title=title), head, children=children))
    return (TraceStep(formula), *notes, *parts)


def _count(
    ground: TraceGround, name: str, unit: str, period: str, listing: Listing
) -> tuple[str, tuple[TraceStep, ...]]:
    known = features()
    if name not in known:
        raise UsageError(_("Das Merkmal „{name}“ gibt es nicht.").format(name=name))
    row = row_of(ground.released, unit, period, feature=name)
    head, children = count_chain(ground, name, unit, row["period"], "", listing)
    sentence = _("{title}, {unit}, {day}: {value}").format(
        title=known[name].title, unit=ground.name_of(unit), day=day(row["period"]), value=head
    )
    notes = [TraceStep(text) for text in note_sentences(str(row["note"] or ""))]
    return sentence, (*notes, *children)


def _index(
    ground: TraceGround, name: str, unit: str, period: str, listing: Listing
) -> tuple[str, tuple[TraceStep, ...]]:
    row = row_of(ground.index, unit, period)
    word = need_for_action(int(row["status_class"]))
    sentence = _("{title}, {unit}, {day}: {value}").format(
        title=_("Handlungsbedarf"), unit=ground.name_of(unit), day=day(row["period"]), value=word
    )
    used = [definition for definition in definitions() if definition.in_index]
    how = _("Diese Indikatoren gehen mit gleichem Gewicht ein, gemessen am Durchschnitt aller Gebiete.")
    steps = [TraceStep(how)]
    if row["reason"]:
        steps.append(TraceStep(str(row["reason"])))
    for definition in used:
        own = row_of(ground.values, unit, row["period"], indicator=definition.id)
        value = share(definition, own["share_low"], own["share_high"], own["status"])
        few = Listing(listing.internal, None if listing.limit is None else FEW)
        children = _definition_steps(ground, definition, own, few)
        listing.found, listing.listed = listing.found + few.found, listing.listed + few.listed
        steps.append(TraceStep(f"{definition.title}:", value, children=children))
    return sentence, tuple(steps)


def _supply(
    ground: TraceGround, name: str, unit: str, period: str, listing: Listing
) -> tuple[str, tuple[TraceStep, ...]]:
    values, target = ground.project.results("supply_values"), ground.project.settings.get("target")
    row = row_of(values, unit, period)
    aim = need.Target(**target) if target else None
    text = shown(row["coverage_low"] * 100, row["coverage_high"] * 100, _weakest_word(row))
    sentence = _("Plätze je 100 Kinder, {unit}, {day}: {value}").format(
        unit=ground.name_of(unit), day=day(row["period"]), value=text
    )
    steps = []
    if aim is not None and aim.rate is not None:
        steps.append(TraceStep(_("Zielwert: {rate} Plätze je 100 Kinder; {source}, {day}.").format(
            rate=decimal(100 * float(aim.rate), 0), source=aim.source, day=day(aim.date))))  # fmt: skip
    for feature in (aim.children, aim.places) if aim is not None else ():
        head, below = count_chain(ground, feature, unit, row["period"], str(row["scope"]), listing)
        steps.append(TraceStep(f"{features()[feature].title}:", head, children=below))
    return sentence, tuple(steps)


def _weakest_word(row: pd.Series) -> str:
    return str(row["status"]) if pd.notna(row["coverage_low"]) else "missing"


def _warnings(ground: TraceGround) -> list[str]:
    if not ground.stale:
        return []
    return [
        _("Seit der Rechnung haben sich Lieferungen, Gebiete oder Einstellungen geändert. "
          "Die Zahl ist die alte, der Weg zeigt, was heute vorliegt.")
    ]  # fmt: skip


def _definition(name: str) -> Definition:
    found = {definition.id: definition for definition in definitions()}
    if name not in found:
        raise UsageError(_("Den Indikator „{name}“ gibt es nicht; es gibt {known}.").format(
            name=name, known=", ".join(found)))  # fmt: skip
    return found[name]


__all__ = ["KINDS", "LISTED", "Trace", "TraceStep", "trace"]
