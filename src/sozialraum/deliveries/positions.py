"""Place facilities on blocks by their coordinates; the municipality their row names must agree."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyproj
import shapely

from sozialraum.base import _, plural
from sozialraum.base.numbers import count
from sozialraum.deliveries.collector import Collector
from sozialraum.deliveries.facility_rules import PositionRule
from sozialraum.deliveries.keys import Lookup
from sozialraum.deliveries.reading import Places
from sozialraum.deliveries.table import Table
from sozialraum.deliveries.texts import NotANumber, parse_number
from sozialraum.deliveries.wrong_system import say_wrong_system


class Positions:
    """Finds the block of a row and remembers how many rows belong to other regions."""

    def __init__(self, rule: PositionRule, places: Places, table: Table, log: Collector) -> None:
        self.rule, self.table, self.log = rule, table, log
        self.names = dict(zip(places.municipalities["ags"], places.municipalities["name"], strict=True))
        self.known = Lookup(str(ags) for ags in self.names)
        self.blocks = places.blocks["block_id"].to_numpy(dtype=object)
        self.towns = places.blocks["municipality"].to_numpy(dtype=object)
        self.tree = shapely.STRtree(places.blocks.geometry.to_numpy())
        self.transformer = pyproj.Transformer.from_crs(rule.crs, places.blocks.crs, always_xy=True)
        self.elsewhere = 0
        self._say_wrong_system(places)

    def _say_wrong_system(self, places: Places) -> None:
        """One error where the coordinates of the whole list fit another system than the recipe names."""
        read = [self._numbers({name: str(self.table.cells[name][position]) for name in (self.rule.x, self.rule.y)})
                for position in range(len(self.table.rows))]  # fmt: skip
        points = np.array([pair for pair in read if pair is not None], dtype=float).reshape(-1, 2)
        say_wrong_system(points, self.rule.x, self.rule.crs, places, self.table, self.log)

    def belongs(self, row: Mapping[str, str], position: int) -> bool:
        """Whether the row names a municipality of the project; warns when only its coordinates lie in it."""
        if not self.rule.municipality:
            return self._lies_inside(row)
        text = row[self.rule.municipality]
        if self.known.find(text)[0]:
            return True
        self.elsewhere += 1
        place = self._block(row)
        if place is not None and place >= 0:
            self._warn(
                position,
                _("Der Schlüssel „{key}“ gehört nicht zu diesem Projekt, die Koordinate liegt aber in {town}.").format(
                    key=text, town=self.names[self.towns[place]]
                ),
                _("Die Einrichtung wurde nicht übernommen; bitte Schlüssel und Koordinate prüfen."),
            )
        return False

    def _lies_inside(self, row: Mapping[str, str]) -> bool:
        """Whether the coordinates lie in the project; a row without coordinates is kept, so that it is said."""
        place = self._block(row)
        self.elsewhere += place == -1
        return place != -1

    def block(self, row: Mapping[str, str], position: int) -> str:
        """The block of a row that belongs to the project, '' when its coordinates are not in its municipality."""
        own = self.known.find(row[self.rule.municipality])[0] if self.rule.municipality else ""
        place = self._block(row)
        todo = _("Die Einrichtung zählt nur in den Summen; bitte die Koordinate prüfen.")
        if place is None:
            self._warn(position, _("Die Koordinate fehlt oder ist keine Zahl."), todo)
        elif place < 0:
            self._warn(position, _("Die Koordinate liegt in keinem Baustein."), todo)
        elif own and self.towns[place] != own:
            what = _("Die Koordinate liegt in {there}, der Schlüssel nennt {own}.")
            self._warn(position, what.format(there=self.names[self.towns[place]], own=self.names[own]), todo)
        else:
            return str(self.blocks[place])
        return ""

    def _block(self, row: Mapping[str, str]) -> int | None:
        """Position of the first block under the coordinates, -1 for none of them, None without coordinates."""
        numbers = self._numbers(row)
        if numbers is None:
            return None
        found = self.tree.query(shapely.Point(*self.transformer.transform(*numbers)), predicate="intersects")
        return int(found.min()) if len(found) else -1

    def _numbers(self, row: Mapping[str, str]) -> tuple[float, float] | None:
        try:
            x, y = (parse_number(row[name].strip().replace(",", "."), ".") for name in (self.rule.x, self.rule.y))
        except NotANumber:
            return None
        return x, y

    def _warn(self, position: int, what: str, todo: str) -> None:
        self.log.add(
            "warning", what, **self.table.at(self.rule.municipality or self.rule.x, position), todo=todo,
            code="position",
        )  # fmt: skip

    def say_elsewhere(self) -> None:
        """How many rows belong to municipalities the project does not have."""
        if self.elsewhere:
            self.log.skipped.append(
                plural(
                    "{count} Zeile einer Gemeinde, die nicht zum Projekt gehört.",
                    "{count} Zeilen von Gemeinden, die nicht zum Projekt gehören.",
                    self.elsewhere,
                ).format(count=count(self.elsewhere))
            )
