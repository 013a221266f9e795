"""A recipe says how one kind of file is read; it is data (recipes/*.toml), never a program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

FileFormat = Literal["csv", "zip+csv", "gz+csv", "xlsx"]
UnitKind = Literal["block", "area", "agency", "grid"]
PeriodForm = Literal["day", "month_end", "year"]
Severity = Literal["error", "warning"]
TotalOf = Literal["", "municipality", "region"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its short name in the recipe and its head in the file.

    head : the head as printed; heads of several rows joined by ' | '.
    like : a pattern instead of a fixed head, for heads that change with the file.
    """

    name: str
    head: str
    like: re.Pattern[str] | None = None

    @property
    def shown(self) -> str:
        return self.head or (self.like.pattern if self.like else self.name)


@dataclass(frozen=True, slots=True)
class KeyRule:
    """Which unit a row belongs to.

    kind : block, area, agency (nine-digit key of the agency's grid) or grid (cell placed by its midpoint).
    municipality : column with the AGS that must agree with the key, '' when there is none.
    residual : pattern of keys that name no place ('keine Angabe'); its first group, if any, is the AGS.
    unique : columns that together occur once.
    complete : the list is complete, so a unit that is absent is an observed 0.
    """

    column: str
    kind: UnitKind
    municipality: str = ""
    residual: re.Pattern[str] | None = None
    unique: tuple[str, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """Where the date stands: in a column, in a title row (pattern) or in the file name (pattern).

    fixed : the one date of a source that exists for one date only ('2011-05-09').
    days : what the text found stands for, when it is not itself a date ('2022' -> '2022-05-15').
    """

    form: PeriodForm = "day"
    column: str = ""
    title: re.Pattern[str] | None = None
    file_name: re.Pattern[str] | None = None
    fixed: str = ""
    days: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A property of the counted persons: the texts of its columns, joined by '-', and their codes."""

    name: str
    columns: tuple[str, ...]
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ValueRule:
    """A column of numbers and the feature it becomes.

    feature : may name dimensions, 'pop_{age}_{sex}'; '' when the column is read and not carried (then
        `not_carried` says why, or it serves a check only).
    signs : code of the sign profile. where : codes of dimensions a row must have.
    measure : True for averages, shares and estimates (decimals allowed), False for counts (whole, not negative).
    known_as : status that no number of the column is better than, '' = as read; known_why says why.
    decimal : the decimal sign of the column, ',' or '.'.
    year_in_head : pattern; found in the head, its first group is the year the numbers are summed over.
    """

    column: str
    signs: str
    feature: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    measure: bool = False
    year_in_head: re.Pattern[str] | None = None
    not_carried: str = ""
    known_as: str = ""
    known_why: str = ""
    decimal: str = ","


@dataclass(frozen=True, slots=True)
class SumRule:
    """Rows that are sums: checked against their parts.

    key : pattern; its first group is the beginning of the keys of the parts ('' = all rows).
    residual : whether the rows without a place are part of the sum.
    total : what the sum is the published total of ('municipality', 'region'), taken over as such;
        '' = checked only.
    """

    key: re.Pattern[str]
    residual: bool = True
    severity: Severity = "error"
    total: TotalOf = ""


@dataclass(frozen=True, slots=True)
class AtMostRule:
    """In each row the number in `smaller` is at most the number in `larger`."""

    smaller: str
    larger: str
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class GridRule:
    """Grid cells: columns of the midpoint, its coordinate system, the cell's width in metres.

    mark : column whose codes mark a row's values (code -> status); '' = unmarked.
    """

    x: str
    y: str
    crs: str
    size: float
    mark: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)


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

    Rows of municipalities the project does not have are left out.
    """

    x: str
    y: str
    crs: str
    municipality: str


@dataclass(frozen=True, slots=True)
class FacilityRule:
    """A list of facilities: one row each, placed by its block (a key) or by its position.

    protection : column of the mark, '' when the list has none.
    kinds : text in the file -> kind. never : beginnings (any case) of kinds that are always protected.
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


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one kind of file is read ("Einleseregel").

    formats : csv, zip+csv, gz+csv, xlsx. columns : by short name; together they are the signature by which a
    file is recognised. head_rows : rows the head has. legend : beginnings of lines that end the table.
    """

    code: str
    version: int
    title: str
    source: str
    formats: tuple[FileFormat, ...]
    columns: Mapping[str, Column]
    period: PeriodRule
    key: KeyRule | None = None
    values: tuple[ValueRule, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    sums: tuple[SumRule, ...] = ()
    at_most: tuple[AtMostRule, ...] = ()
    grid: GridRule | None = None
    facilities: FacilityRule | None = None
    head_rows: int = 1
    legend: tuple[str, ...] = ()

    def features(self) -> tuple[str, ...]:
        """Every feature the recipe can give, in the order declared."""
        found: dict[str, None] = {}
        for value in self.values:
            if value.feature:
                found |= dict.fromkeys(self.features_of(value))
        if self.facilities:
            found |= {f"places_{rule.group}": None for rule in self.facilities.places}
        return tuple(found)

    def features_of(self, value: ValueRule) -> tuple[str, ...]:
        """The features of one value rule: its name with every code of the dimensions it names."""
        names = [value.feature]
        for dimension in self.dimensions:
            mark = "{" + dimension.name + "}"
            if mark in value.feature:
                names = [name.replace(mark, code) for name in names for code in dict.fromkeys(dimension.codes.values())]
        return tuple(names)
