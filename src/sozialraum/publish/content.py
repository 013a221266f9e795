"""What a report is made of: released tables, the areas' shapes, and words about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd

from sozialraum.base import _
from sozialraum.indicators.registry import Definition
from sozialraum.need.rules import rules
from sozialraum.need.supplying import Target
from sozialraum.publish.change_words import Change


@dataclass(frozen=True)
class SupplyWords:
    """What the supply table is about, in words, and how its nine fields are cut.

    group, places, unit : 'Kinder unter 6 Jahren', 'Plätze in Kindertageseinrichtungen', 'Plätze je 100 Kinder'.
    indicator : id of the indicator whose share is the need axis. target : places per child aimed at, NaN = none;
        then no missing or free places are printed. note : sentence on what the two counts are, '' for none.
    need_cuts, supply_cuts : the two limits of the fields on each axis (shares, and places per child); may be empty.
    rules : rule name of the impulses -> the rule as a sentence, with `{area}` where the area is named.
    """

    group: str
    places: str
    unit: str
    indicator: str = ""
    target: float = float("nan")
    need_cuts: tuple[float, ...] = ()
    supply_cuts: tuple[float, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


def daycare_words(target: Target, indicator_values: pd.DataFrame, edition: str) -> SupplyWords:
    """The words for children under six and daycare places; limits from the target and the region's share of need."""
    chosen = indicator_values[
        (indicator_values["indicator"] == target.need)
        & (indicator_values["level"] == "region")
        & (indicator_values["period"] == edition)
    ]
    share = float(chosen["share_low"].iloc[0]) if len(chosen) else float("nan")
    rate = float("nan") if target.rate is None else target.rate
    return SupplyWords(
        group=_("Kinder unter 6 Jahren"),
        places=_("Plätze in Kindertageseinrichtungen"),
        unit=_("Plätze je 100 Kinder"),
        indicator=target.need,
        target=rate,
        need_cuts=(share, share) if share == share else (),
        supply_cuts=(rate * (1 - target.margin), rate * (1 + target.margin)) if rate == rate else (),
        rules={rule.id: rule.sentence("{area}") for rule in rules(target.group)},
    )


@dataclass(frozen=True)
class Comparison:
    """One municipality before and after an edit of its areas.

    municipality : its name. title_before, title_after : 'Vorschlag vom 13.09.2021', 'Beschlossen am 03.02.2022'.
    blocks : GeoDataFrame `block_id, population, before, after, geometry`; before and after are area codes.
    names : code -> name of the area, both versions. lead : one or two sentences on what changed.
    changes : DataFrame `from_area, to_area, blocks, population, why, role, when`, one row per move, in print order
        (area codes; population may be NaN = not to be told; when an ISO date).
    populations : DataFrame `code, before, after` of inhabitants per area, NaN where the area does not exist; or None.
    """

    municipality: str
    title_before: str
    title_after: str
    blocks: gpd.GeoDataFrame
    names: Mapping[str, str]
    lead: str
    changes: pd.DataFrame
    populations: pd.DataFrame | None = None


@dataclass(frozen=True, eq=False)
class ReportContent:
    """Everything a report says, frozen; the same content gives the same files.

    Numbers come from released tables only. Frames have the columns of docs/architecture.md.

    region_name : 'Kreis Auenland'. title : 'Sozialbericht 2026'.
    notice : short mark printed on every page and map ('Beispielzahlen – erfundener Kreis'); '' for none.
    language : 'de' or 'en'.
    edition : ISO date of the edition reported. editions : all editions, ISO dates in order.
    municipalities : GeoDataFrame `ags, name, geometry`.
    areas : GeoDataFrame `area_id, code, name, municipality, population, institutions, geometry` in metres;
        institutions is the sentence about a care home or the like, '' for none; municipality an AGS. A column
        `population_status` (a status) may stand besides; without it populations count as observed.
    definitions : the indicators in print order. themes : theme id -> title; empty = the catalogue's titles.
    indicator_values, index_values, supply_values : results of the released tables; the last two may be None.
    index_record : the record of the index (indicators, ddof, fewest_inhabitants, editions with left_out), or None.
    impulses : confirmed impulses only; empty frame for none. impulses_note : a sentence in place of them, or ''.
    pyramid : released counts of the features `pop_<age>_<sex>`, all levels, or None.
    comparison : before and after of one municipality, or None.
    supply_words : words and limits for supply_values; needed when supply_values is given.
    sources : dicts `title, holder, file, period, licence`.
    data_status : DataFrame, first column theme, then one column per municipality name, cells are words of state.
    hidden_cells : number of hidden cells by reason (source, primary, secondary); 'shown' is not counted.
    check_number : the Prüfnummer of the release. created_on : ISO date.
    limits : sentences on what the report does not say. method : pairs (heading, paragraph) for 'Wie gerechnet?' that
        are added to the general ones. map_source : the line under each map.
    region_population : released inhabitants of the region, with persons no area could be given; None = sum of areas.
    state : state of the release when it is not published ('Entwurf', 'Abstimmung'), else ''.
    missing : pairs (what, reason) of what a reader would expect and the report does not have.
    proposed : the areas are nobody's Sozialräume but a proposal; the report calls them Gebiete.
    changes : why values changed since the edition before, by (indicator, level, unit); those told in the report.
    """

    region_name: str
    title: str
    notice: str
    language: str
    edition: str
    editions: tuple[str, ...]
    municipalities: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame
    definitions: tuple[Definition, ...]
    indicator_values: pd.DataFrame
    index_values: pd.DataFrame | None
    index_record: Mapping[str, Any] | None
    supply_values: pd.DataFrame | None
    impulses: pd.DataFrame
    pyramid: pd.DataFrame | None
    comparison: Comparison | None
    sources: tuple[Mapping[str, str], ...]
    data_status: pd.DataFrame | None
    hidden_cells: Mapping[str, int]
    check_number: str
    created_on: str
    limits: tuple[str, ...]
    supply_words: SupplyWords | None = None
    impulses_note: str = ""
    method: tuple[tuple[str, str], ...] = ()
    map_source: str = ""
    themes: Mapping[str, str] = field(default_factory=dict)
    region_population: float | None = None
    state: str = ""
    missing: tuple[tuple[str, str], ...] = ()
    proposed: bool = False
    changes: Mapping[tuple[str, str, str], Change] = field(default_factory=dict)
