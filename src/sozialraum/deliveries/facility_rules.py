"""How a list of facilities is read: places, positions, and what is protected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlacesRule:
    """A column of capacities, the group it serves and the kinds of facility it holds for.

    only : texts of the kind column it holds for, () = all. rounded_to : the holder rounded to multiples
    of this, so a number stands for the whole numbers nearest to it; 1 = exact.
    """

    column: str
    group: str
    kinds: tuple[str, ...]
    signs: str
    only: tuple[str, ...] = ()
    rounded_to: int = 1


@dataclass(frozen=True, slots=True)
class PositionRule:
    """Facilities placed by coordinates: columns (decimal point), their coordinate system, column of the AGS.

    Rows of municipalities the project does not have are left out. municipality : '' where the list has no
    key; then the coordinate alone decides.
    """

    x: str
    y: str
    crs: str
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class FacilityRule:
    """A list of facilities: one row each, placed by its block (a key) or by its position.

    protection : column of the mark, '' when the list has none.
    kinds : text in the file -> kind. every : the kind of all rows, where the list has no column for it.
    always_protected : beginnings (any case) of kinds that are always protected.
    protected, open : texts of the protection column. withheld : columns nothing is ever read from.
    """

    number: str
    name: str
    kind: str
    block: str
    protection: str
    kinds: Mapping[str, str]
    always_protected: tuple[str, ...]
    protected: tuple[str, ...]
    open: tuple[str, ...]
    withheld: tuple[str, ...]
    places: tuple[PlacesRule, ...]
    position: PositionRule | None = None
    every: str = ""
