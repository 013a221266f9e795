"""What a delivery on another geography may become: counts. Shares, averages and the like are said and left out."""

from __future__ import annotations

import re
from dataclasses import replace

from sozialraum.base import _, plural
from sozialraum.carrying.measures import instead_of, why_not
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.keys import Units
from sozialraum.deliveries.recipe import KeyRule, Recipe, ValueRule
from sozialraum.deliveries.table import Table

# What the head of a column says it measures; the first that fits holds.
_SAYS = (
    ("median", re.compile(r"(?i)\bmedian|zentralwert")),
    ("rank", re.compile(r"(?i)\brang\b|rangplatz|rangfolge")),
    ("index", re.compile(r"(?i)\bindex\b|indexwert|indizes")),
    ("mean", re.compile(r"(?i)durchschnitt|\bmittel(?:wert)?\b|mittlere[rs]?\b|ø")),
    ("share", re.compile(r"(?i)%|prozent|anteil|\bv\. ?h\.")),
    ("rate", re.compile(r"(?i)quote\b|\bje 1[.0 ]*00|\bpro 1[.0 ]*00|(?<!zu)rate\b")),
)


def measure_of(value: ValueRule, head: str) -> str:
    """'count', or what a column of numbers measures instead; '' where only a person can say.

    A weighted average is a sum by the time it is carried.
    """
    said = next((measure for measure, pattern in _SAYS if pattern.search(head)), "")
    if value.weight:
        return "count"
    if value.measure:
        return "count" if value.known_as == "estimated" and not said else said
    return said if said in ("median", "rank", "index", "mean") else "count"


def only_counts(recipe: Recipe, key: KeyRule, table: Table, units: Units, log: Collector) -> Recipe:
    """The recipe without the values that cannot be carried from a source geography; each is a warning with its reason.

    An error where nothing remains. Recipes for the project's own units stay as they are.
    """
    if key.kind != "geography":
        return recipe
    kept = []
    for value in recipe.values:
        head = table.heads[value.column] if value.column else ""
        measure = measure_of(value, head)
        if measure == "count" or not value.feature:
            kept.append(value)
            continue
        text = _("„{head}“ wird nicht übertragen. {why}").format(head=head, why=why_not(measure))
        log.add("warning", text, sheet=table.sheet, column=head, todo=instead_of(measure),
                code=f"carry_{measure or 'unknown'}")  # fmt: skip
    if not any(value.feature for value in kept):
        log.add("error", _("Keine Spalte zählt Fälle, die übertragen werden können."), sheet=table.sheet,
                code="carry_nothing")  # fmt: skip
    _say_residual(units, table, log)
    return replace(recipe, values=tuple(kept))


def _say_residual(units: Units, table: Table, log: Collector) -> None:
    number = int(units.are("residual").sum())
    if number:
        text = plural(
            "1 Zeile ohne Ortsangabe wird keinem Gebiet zugeordnet.",
            "{count} Zeilen ohne Ortsangabe werden keinem Gebiet zugeordnet.",
            number,
        )
        todo = _("Sie zählen nur in den Summen der Gemeinde und der Region.")
        log.add("note", text.format(count=number), sheet=table.sheet, todo=todo, code="carry_residual")
