"""What the pages look up: values by key, names of areas, the editions, and the pictures drawn so far."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from sozialraum.base import _, code_key, name_key, plural
from sozialraum.base.numbers import count, day, noun
from sozialraum.indicators.computing import note_sentences as sentences_of_note
from sozialraum.indicators.registry import Definition, sources, themes
from sozialraum.publish import svg
from sozialraum.publish.content import ReportContent
from sozialraum.publish.svg_charts import Spread
from sozialraum.publish.value_cells import has_number
from sozialraum.publish.words import MARK_OF_STATUS

REGION = "region"
AGE_FEATURE = r"pop_\d\d_(\d\d|up)_[fm]"


@dataclass(frozen=True, slots=True)
class Area:
    """An area as the report names it."""

    id: str
    code: str
    name: str
    town: str
    population: float
    population_status: str
    institutions: str


@dataclass
class Facts:
    """Lookups over one content; the only thing that grows is `pictures` (key -> SVG)."""

    content: ReportContent
    pictures: dict[str, str] = field(default_factory=dict)
    spreads: dict[str, Spread | None] = field(default_factory=dict)

    @cached_property
    def previous(self) -> str:
        """The edition before the one reported, '' if there is none."""
        earlier = [edition for edition in self.content.editions if edition < self.content.edition]
        return max(earlier, default="")

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """All areas by municipality name, then code (2, 2a, 2b, 10)."""
        frame = self.content.areas
        status = frame["population_status"] if "population_status" in frame else pd.Series("observed", frame.index)
        rows = zip(
            frame["area_id"],
            frame["code"].astype(str),
            frame["name"].fillna("").astype(str),
            frame["municipality"],
            frame["population"].astype(float),
            status,
            frame["institutions"].fillna("").astype(str),
            strict=True,
        )
        areas = [Area(*row) for row in rows]
        return tuple(sorted(areas, key=lambda area: (name_key(self.town(area.town)), area.town, code_key(area.code))))

    @cached_property
    def area(self) -> dict[str, Area]:
        return {area.id: area for area in self.areas}

    @cached_property
    def town_names(self) -> dict[str, str]:
        frame = self.content.municipalities
        return dict(zip(frame["ags"], frame["name"], strict=True))

    def town(self, ags: str) -> str:
        """The name of a municipality."""
        return str(self.town_names.get(ags, ags))

    @cached_property
    def towns(self) -> tuple[str, ...]:
        """AGS of the municipalities that have areas or not, by name."""
        return tuple(sorted(self.town_names, key=lambda ags: (name_key(self.town(ags)), ags)))

    @cached_property
    def population(self) -> float:
        """Inhabitants of the region: the released number, else the sum of the areas that have one."""
        if self.content.region_population is not None:
            return self.content.region_population
        return math.fsum(area.population for area in self.areas if math.isfinite(area.population))

    def areas_of(self, ags: str) -> tuple[Area, ...]:
        """The areas of a municipality by code."""
        return tuple(area for area in self.areas if area.town == ags)

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        """Two letters for each municipality, all different: 'EH' for Ehrlingen."""
        taken: dict[str, str] = {}
        for ags in self.towns:
            letters = [letter for letter in self.town(ags) if letter.isalpha()] or ["X"]
            tries = [f"{letters[0]}{letter}".upper() for letter in (*letters[1:], *"ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
            taken[ags] = next(two for two in tries if two not in taken.values())
        return taken

    def area_word(self, number: float) -> str:
        """'Sozialraum' or 'Sozialräume'; 'Gebiet' or 'Gebiete' where they are only proposed."""
        if self.content.proposed:
            return noun(_("Gebiet"), _("Gebiete"), number)
        return noun(_("Sozialraum"), _("Sozialräume"), number)

    def in_areas(self, number: int) -> str:
        """The number of areas after 'in': '1 Sozialraum', '16 Sozialräumen' ('16 Gebieten')."""
        if self.content.proposed:
            return plural("1 Gebiet", "{n} Gebieten", number).format(n=count(number))
        return plural("1 Sozialraum", "{n} Sozialräumen", number).format(n=count(number))

    def short(self, area: Area) -> str:
        """'EH 6': the municipality's letters and the code."""
        return f"{self.abbreviations[area.town]}\u00a0{area.code}"

    def label(self, area: Area) -> str:
        """'EH 6 Bahnhofsviertel'."""
        return f"{self.short(area)} {area.name}".strip()

    @cached_property
    def values(self) -> dict[tuple[str, str, str, str], Any]:
        """Indicator values by (indicator, level, unit, period)."""
        frame = self.content.indicator_values
        return {(row.indicator, row.level, row.unit, row.period): row for row in rows_of(frame)}

    @cached_property
    def periods(self) -> dict[str, tuple[str, str]]:
        """For each indicator its period in this edition and the one before ('' if none).

        Indicators with a date of their own (a census) have their latest date, the others the edition's.
        """
        dated = self.content.indicator_values.groupby("indicator")["period"].unique()
        found = {}
        for definition in self.content.definitions:
            periods = sorted(dated.get(definition.id, []))
            now = self.content.edition
            if definition.period == "latest" and periods:
                now = periods[-1]
            earlier = [period for period in periods if period < now]
            found[definition.id] = (now, self.previous if now == self.content.edition else max(earlier, default=""))
        return found

    def theme(self, definition: Definition) -> str:
        """The title of an indicator's theme."""
        titles = {theme.id: theme.title for theme in themes()} | dict(self.content.themes)
        return str(titles.get(definition.theme, definition.theme))

    def source(self, definition: Definition) -> str:
        """Who counted it."""
        known_sources = sources()
        return known_sources[definition.source].title if definition.source in known_sources else definition.source

    def value(self, indicator: str, level: str, unit: str, period: str | None = None) -> Any | None:
        """One indicator value, None when there is no row; without period that of this edition."""
        return self.values.get((indicator, level, unit, self.periods[indicator][0] if period is None else period))

    def before(self, indicator: str, level: str, unit: str) -> Any | None:
        """The value of the edition before, None when there is none."""
        period = self.periods[indicator][1]
        return self.value(indicator, level, unit, period) if period else None

    def area_values(self, indicator: str, period: str | None = None) -> list[tuple[Area, Any | None]]:
        """The value of each area in print order, None where there is no row."""
        return [(area, self.value(indicator, "area", area.id, period)) for area in self.areas]

    def scope_name(self, scope: str) -> str:
        """'Kreis', or 'Kreis ohne Fahrenhorst' when municipalities are left out."""
        left_out = [self.town(ags.strip()) for ags in str(scope or "").split(",") if ags.strip()]
        if not left_out:
            return _("Kreis")
        return _("Kreis ohne {towns}").format(towns=listed(sorted(left_out, key=name_key)))

    @cached_property
    def supply(self) -> dict[tuple[str, str, str], Any]:
        frame = self.content.supply_values
        if frame is None:
            return {}
        return {(row.level, row.unit, row.period): row for row in rows_of(frame)}

    def supply_of(self, level: str, unit: str) -> Any | None:
        """The supply row of a unit at the edition reported."""
        return self.supply.get((level, unit, self.content.edition))

    @cached_property
    def index(self) -> dict[str, Any]:
        """Index values of the edition reported by area."""
        frame = self.content.index_values
        if frame is None:
            return {}
        now = frame[frame["period"] == self.content.edition]
        return {row.unit: row for row in rows_of(now)}

    @cached_property
    def impulses_of(self) -> dict[str, list[Any]]:
        """Confirmed impulses by area."""
        found: dict[str, list[Any]] = {}
        for row in rows_of(self.content.impulses):
            found.setdefault(row.area_id, []).append(row)
        return found

    def shown(self, indicator: str) -> list[tuple[Area, Any]]:
        """The areas whose value may be printed as a number, in print order."""
        return [(area, row) for area, row in self.area_values(indicator) if row is not None and has_number(row)]

    def spread(self, indicator: str) -> Spread | None:
        """Smallest, quarters and largest released value of the areas, None below three values; worked out once."""
        if indicator not in self.spreads:
            self.spreads[indicator] = self._spread(indicator)
        return self.spreads[indicator]

    def _spread(self, indicator: str) -> Spread | None:
        shares = np.array([row.share_low for _area, row in self.shown(indicator)], dtype=float)
        if len(shares) < 3:
            return None
        region = self.value(indicator, REGION, REGION)
        middle = float(region.share_low) if region is not None and has_number(region) else math.nan
        quarter, three = np.quantile(shares, [0.25, 0.75])
        return Spread(float(shares.min()), float(quarter), float(three), float(shares.max()), middle)

    @cached_property
    def ages(self) -> dict[tuple[str, str], dict[tuple[str, str], float]]:
        """Released counts by (level, unit), then (age, sex); NaN where a count is not one printed number."""
        found: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
        frame = self.content.pyramid
        if frame is None:
            return found
        for row in rows_of(
            frame[(frame["period"] == self.content.edition) & frame["feature"].str.fullmatch(AGE_FEATURE)]
        ):
            exact = row.status not in MARK_OF_STATUS and row.low == row.high
            found.setdefault((row.level, row.unit), {})[row.feature[4:9], row.feature[-1]] = (
                float(row.low) if exact else math.nan
            )
        return found

    def draw(self, key: str, picture: str) -> str:
        """Keep a picture under its key and return the key."""
        self.pictures[key] = picture
        return key

    def swatch(self, fill: str = "#ffffff", hatching: str = "", ring: bool = False, sign: str = "") -> str:
        """The key of a legend swatch, drawn once."""
        extra = ("-ring" if ring else "") + (f"-{ord(sign[0])}" if sign else "")
        key = f"swatch-{fill.strip('#')}-{hatching or 'plain'}{extra}"
        if key not in self.pictures:
            self.pictures[key] = svg.swatch(fill, hatching, ring, sign)
        return key

    def map_line(self) -> str:
        """The line under each map: source, date, state of areas."""
        source, date = self.content.map_source.rstrip("."), day(self.content.edition)
        dated = "" if date in source else _("Stichtag {day}").format(day=date)
        return " · ".join(part for part in (source, dated, self.content.notice) if part)


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table as named tuples."""
    yield from frame.itertuples(index=False)


def listed(names: Sequence[str]) -> str:
    """'A', 'A und B', 'A, B und C'."""
    if len(names) < 2:
        return "".join(names)
    return _("{first} und {last}").format(first=", ".join(names[:-1]), last=names[-1])


def note_sentences(facts: Facts, rows: Iterable[tuple[str, Any | None]]) -> list[str]:
    """Footnotes from the note codes of values: rows are (name of the unit or measure, value)."""
    found: dict[str, list[str]] = {}
    for name, row in rows:
        for code in str(getattr(row, "note", "") or "").split(";"):
            if code.strip() and name not in found.setdefault(code.strip(), []):
                found[code.strip()].append(name)
    return [f"{', '.join(names)}: {note_words(code)}" for code, names in found.items()]


def scope_sentences(facts: Facts, definitions: Iterable[Definition]) -> list[str]:
    """'Kreis ohne Fahrenhorst bei: Arbeitslose, Beschäftigung' for the measures whose region is not complete."""
    found: dict[str, list[str]] = {}
    for definition in definitions:
        scope = str(getattr(facts.value(definition.id, REGION, REGION), "scope", "") or "")
        if scope:
            found.setdefault(scope, []).append(definition.title)
    return [
        _("{scope} bei: {names}").format(scope=facts.scope_name(scope), names=", ".join(names))
        for scope, names in found.items()
    ]


def note_words(code: str) -> str:
    """A note code as words without full stop; unknown codes stand as they are."""
    try:
        return " ".join(sentences_of_note(code)).rstrip(".")
    except KeyError:
        return code
