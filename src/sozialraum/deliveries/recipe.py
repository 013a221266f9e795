"""A recipe says how one kind of file is read; it is data (recipes/*.toml), never a program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sozialraum.deliveries.facility_rules import FacilityRule

FileFormat = Literal["csv", "zip+csv", "gz+csv", "xlsx", "xls", "ods", "parquet", "gpkg", "shp", "geojson"]
UnitKind = Literal["block", "area", "agency", "grid", "municipality", "district", "geography"]
PeriodForm = Literal["day", "month_end", "year", "year_end"]
Protection = Literal["personal", "restricted", "public"]
Noise = Literal["", "cell_key"]
Counted = Literal["persons", "households", "cases", "units"]
Severity = Literal["error", "warning"]
TotalOf = Literal["", "municipality", "region"]

# Another program or a packed file does not make another source.
_SAME: Mapping[str, tuple[str, ...]] = {
    "csv": ("csv", "gz+csv", "zip+csv"),
    "xlsx": ("xlsx", "xls", "ods"),
    "xls": ("xlsx", "xls", "ods"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its short name in the recipe and its head in the file.

    head : the head as printed; heads of several rows joined by ' | '.
    like : a pattern instead of a fixed head, for heads that change with the file.
    also : other heads the source has used for the same column.
    letter : where the column stands ('B') when the source leaves its head empty.
    many : the head stands above several columns (one per year or month); all of them are read.
    title : name of its numbers where the head says too little ('Anzahl').
    """

    name: str
    head: str
    like: re.Pattern[str] | None = None
    also: tuple[str, ...] = ()
    many: bool = False
    letter: str = ""
    title: str = ""

    @property
    def called(self) -> str:
        """The title, else the head."""
        return self.title or self.shown

    @property
    def shown(self) -> str:
        """The head for people; of a pattern one head that could stand there."""
        return self.head or (example_of(self.like) if self.like else "") or self.letter or self.name


_YEAR = re.compile(r"\(\?:19\|20\)(?:\\d\\d|\\d\{2\})|\\d\{4\}")
_OPTIONAL_ANY = re.compile(r"\((?:\?:)?[^()]*\.[*+][^()]*\)\?")
_ALTERNATIVES = re.compile(r"\((?:\?:)?([^()|]*)(?:\|[^()|]*)*\)\??")


def example_of(pattern: re.Pattern[str]) -> str:
    """A text the pattern stands for, to be read by people: first alternatives, '…' for anything, 2025 for a year."""
    text = _YEAR.sub("2025", pattern.pattern.removeprefix("(?i)"))
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:  # an escaped sign stands for itself
        kept.append(found[1])
        return f"\x00{len(kept) - 1}\x01"

    text = re.sub(r"\\([^\w])", keep, text)
    text = _OPTIONAL_ANY.sub("", text)
    while (shorter := _ALTERNATIVES.sub(r"\1", text)) != text:
        text = shorter
    text = re.sub(r"\.[*+]\??", "…", re.sub(r"\\d(?:\{\d+(?:,\d*)?\}|[*+])?", "1", text))
    text = re.sub(r"\\s[*+?]?", " ", re.sub(r"\\[bB]|[\^$?*+]", "", text))
    text = re.sub("\x00(\\d+)\x01", lambda found: kept[int(found[1])], text)
    return " ".join(re.sub(r"\s*\|\s*", " | ", text).split())


@dataclass(frozen=True, slots=True)
class KeyRule:
    """Which unit a row belongs to.

    kind : block, area, agency (nine-digit key of the agency's grid), grid (cell placed by its midpoint),
        municipality (AGS of 8 or ARS of 12 digits) or district (Kreis, 5 digits; the whole region). Rows of
        municipalities and districts that do not belong to the project are counted and left out. geography: a unit of
        one of the project's source geographies; its counts are carried onto the areas.
    geography : code of that source geography.
    title : pattern instead of a column: the unit of all rows stands in a row above the table (its group).
    names : units stand there by name instead of key ('Baesweiler, Stadt').
    municipality : column with the AGS that must agree with the key, '' when there is none.
    residual : pattern of keys that name no place ('keine Angabe'); its first group, if any, is the AGS.
    regional : cases without a place may be from any municipality of the region, also where the file names only one.
    unique : columns that together occur once.
    complete : the list is complete, so a unit that is absent is an observed 0.
    every : each unit of the file's municipalities should have a row; absent ones are said.
    """

    column: str
    kind: UnitKind
    title: re.Pattern[str] | None = None
    names: bool = False
    municipality: str = ""
    residual: re.Pattern[str] | None = None
    unique: tuple[str, ...] = ()
    complete: bool = False
    every: bool = False
    geography: str = ""
    regional: bool = False


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """Where the date stands: in a column, in a title row (pattern) or in the file name (pattern).

    form : what stands there: a day, a month (its last day), a year summed over, a year that means its last day.
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
    """A property of the counted persons: the texts of its columns, joined by '-', and their codes.

    bands : ages instead of texts, '6-15' (from, under; open: '80-') -> code.
    born : the column holds days of birth; the age is that on the date of the row.
    otherwise : code of every other text that is not empty, '' = other texts are errors.
    leave_out : rows with other texts are counted and left out (tables that hold more than is wanted).
    """

    name: str
    columns: tuple[str, ...]
    codes: Mapping[str, str] = field(default_factory=dict)
    bands: Mapping[str, str] = field(default_factory=dict)
    born: bool = False
    otherwise: str = ""
    leave_out: bool = False

    def all_codes(self) -> tuple[str, ...]:
        """Every code a row can have, each once, in the order declared."""
        other = (self.otherwise,) if self.otherwise else ()
        return tuple(dict.fromkeys((*self.codes.values(), *self.bands.values(), *other)))


@dataclass(frozen=True, slots=True)
class ValueRule:
    """A column of numbers and the feature it becomes.

    column : '' only for lists of single cases, where each row counts one.
    feature : may name dimensions, 'pop_{age}_{sex}'; '' when the column is read and not carried (then
        `not_carried` says why, or it serves a check only).
    signs : code of the sign profile. own_signs : signs of this very source, before those of the profile, each as a
    line for `sign_lines.own_sign`: '* = 0-2 stated: Werte unter 3'. where : codes of dimensions a row must have.
    measure : True for averages, shares and estimates (decimals allowed), False for counts (whole, not negative).
    weight : column with the number of units an average is over. What is carried then is average times number,
        so that its sums over places divided by those of the number are weighted averages.
    known_as : status that no number of the column is better than, '' = as read; known_why says why.
    decimal : the decimal sign of the column, ',' or '.'.
    most : no number of the column can be above this (100 for shares in per cent), 0 = no limit.
    zero_as : status of a printed 0 where the source writes 0 for 'not known' ('missing'), '' = it is a zero.
    year_in_head : pattern; found in the head, its first group is the year the numbers are summed over.
    day_of_year : '12-31' where the year in the head means that day.
    day_in_head : pattern; its first group is the day the numbers hold for, where a sheet has several dates.
    month_in_head : pattern; its first group is the German name of a month; with the row's year it makes the date.
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
    day_of_year: str = ""
    month_in_head: re.Pattern[str] | None = None
    day_in_head: re.Pattern[str] | None = None
    most: int = 0
    zero_as: Literal["", "missing", "blocked"] = ""
    weight: str = ""
    own_signs: tuple[str, ...] = ()


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
    """In each row the number in `smaller` is at most the number in `larger`.

    units : the two count different things (households and persons), so a breach means that one was taken
        for the other.
    """

    smaller: str
    larger: str
    severity: Severity = "error"
    units: bool = False


@dataclass(frozen=True, slots=True)
class GridRule:
    """Grid cells: columns of the midpoint, its coordinate system, the cell's width in metres.

    to : what cells are added up to, by their midpoint; large cells say nothing about single blocks.
    ids : pattern every id of a cell fits; its groups `n` and `e`, if any, are the lower left corner in
        units of `step` metres, compared with the midpoint.
    mark : column whose codes mark a row's values (code -> status); '' = unmarked.
    """

    x: str
    y: str
    crs: str
    size: float
    mark: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    ids: re.Pattern[str] | None = None
    step: int = 1
    to: Literal["block", "municipality"] = "block"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one kind of file is read ("Einleseregel").

    formats : kinds of file. columns : by short name; together they are the signature by which a file is
    recognised. head_rows : rows the head has. legend : beginnings of lines that end the table.
    specimen : whether it was made from a real file; if not, every reading says so.
    records : one row is one case; rows are counted and not kept.
    protection : class of data protection the delivery has. counts : what a number counts. sheet : the one of several.
    noise : 'cell_key' where the holder changed numbers a little, so parts need not add up.
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
    specimen: bool = True
    records: bool = False
    protection: Protection = "restricted"
    noise: Noise = ""
    counts: Counted = "persons"
    sheet: str = ""

    def reads(self, file_format: str) -> bool:
        """Whether files of this kind are read: a recipe for workbooks or texts takes every form of them."""
        return any(file_format in _SAME.get(each, (each,)) for each in self.formats)

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
                names = [name.replace(mark, code) for name in names for code in dimension.all_codes()]
        return tuple(names)
