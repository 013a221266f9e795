"""Areas, municipalities and the region by key: which level a key is of, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from sozialraum.base import _
from sozialraum.delineation import Plan


class UnitNames:
    """Part of a ground that has a plan and `towns` (AGS -> name)."""

    if TYPE_CHECKING:
        plan: Plan
        towns: Mapping[str, str]

    @cached_property
    def area_names(self) -> dict[str, str]:
        """area_id -> 'Musterdorf, Gebiet 3 Nordfeld'."""
        rows = self.plan.areas[["area_id", "code", "name", "municipality"]].itertuples(index=False, name=None)
        return {area: area_name(self.towns.get(ags, ags), code, name) for area, code, name, ags in rows}

    def level_of(self, unit: str) -> str:
        """area, municipality or region; '' for a unit that is not known."""
        if unit == "region":
            return "region"
        if unit in self.towns:
            return "municipality"
        return "area" if unit in self.area_names else ""

    def name_of(self, unit: str) -> str:
        """The unit in words."""
        if unit == "region":
            return _("Kreis insgesamt")
        return self.towns.get(unit) or self.area_names.get(unit, unit)


def area_name(town: str, code: str, name: str) -> str:
    """'Musterdorf, Gebiet 3 Nordfeld'."""
    return _("{town}, Gebiet {code} {name}").format(town=town, code=code, name=name).strip()
