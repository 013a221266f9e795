"""The street grid of a plan: what will be written, and the way back from each key to its areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from sozialraum.base import Finding, _
from sozialraum.delineation import Plan
from sozialraum.street_grid.format import Format
from sozialraum.street_grid.groups import AT_LEAST
from sozialraum.street_grid.levels import Unit, group_unit, make_units
from sozialraum.street_grid.records import Record, make_records


@dataclass(frozen=True)
class StreetGrid:
    """Everything the two files hold.

    units : rows of `zu`, sorted by key. records : rows of `ra`. keys : area_id -> key, of its group if it is in one.
    findings : what the register or the plan leaves unclear. form : how it is written.
    """

    plan_id: str
    units: tuple[Unit, ...]
    records: tuple[Record, ...] = field(repr=False)
    keys: Mapping[str, str]
    findings: tuple[Finding, ...]
    form: Format

    @property
    def way_back(self) -> dict[str, str]:
        """Key handed over -> area_id, or the joined areas of a delivery group."""
        return {unit.key: group_unit(unit.areas) for unit in self.units if unit.areas}

    @property
    def small(self) -> tuple[Unit, ...]:
        """Viertel below 1,000 inhabitants, which the agency does not accept."""
        return tuple(unit for unit in self.units if unit.level == "viertel" and (unit.inhabitants or 0) < AT_LEAST)


def make_street_grid(
    plan: Plan,
    addresses: pd.DataFrame,
    towns: Mapping[str, str],
    people: Mapping[str, int],
    form: Format,
    *,
    groups: Iterable[Iterable[str]] = (),
    bezirke: Mapping[str, str] | None = None,
    bezirk_names: Mapping[str, str] | None = None,
) -> StreetGrid:
    """The street grid of a plan.

    addresses : layer of addresses. towns : AGS -> name. people : area_id -> inhabitants on 31.12. groups : confirmed
    delivery groups. bezirke, bezirk_names : area_id -> Bezirk and its name, where a grouping gives the middle level.
    Each address that lies in an area falls into exactly one record, and by its key back into its area (or into its
    delivery group), unless its house number lies in several; those are findings with all areas named.
    """
    units = make_units(plan, towns, people, groups, bezirke, bezirk_names)
    keys = {area: unit.key for unit in units for area in unit.areas}
    key = addresses["block_id"].map(plan.assignment).map(keys).fillna("").astype(str)
    records, findings = make_records(addresses.assign(key=key), unit_labels(units), form.last)
    findings += _without_address(units, {record.key for record in records})
    return StreetGrid(plan.plan_id, tuple(units), tuple(records), keys, tuple(findings), form)


def unit_labels(units: Iterable[Unit]) -> dict[str, str]:
    """What people read for a key: 'Merzenrath 3a Altstadt'."""
    return {unit.key: f"{unit.municipality_name} {unit.name}" for unit in units if unit.level == "viertel"}


def _without_address(units: Iterable[Unit], there: set[str]) -> list[Finding]:
    findings = []
    labels = unit_labels(units)
    for unit in units:
        if unit.level == "viertel" and unit.key not in there and unit.inhabitants:
            what = _("{area}: Im Adressregister gibt es keine einzige Anschrift.").format(area=labels[unit.key])
            todo = _("Ohne Anschrift kann die Agentur dort niemanden zuordnen. Prüfen Sie das Adressregister.")
            findings.append(Finding(what, severity="warning", todo=todo))
    return findings
