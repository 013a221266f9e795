"""Inhabitants of blocks: counted at addresses, else a known total shared out and called so, else missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sozialraum.base import Finding, _, plural
from sozialraum.base.numbers import count
from sozialraum.blocks.building.faces import inside
from sozialraum.blocks.layers import some
from sozialraum.blocks.tessellation import whole_persons


@dataclass(frozen=True)
class People:
    """population : (n,) Int64, NA = unknown. how : see Built.people. notes : what was estimated or is missing."""

    population: pd.Series
    how: Literal["counted", "shared", "given", "missing"]
    notes: tuple[Finding, ...]


def place_people(
    shapes: np.ndarray,
    town: np.ndarray,
    municipalities: gpd.GeoDataFrame,
    addresses: gpd.GeoDataFrame | None,
    at_block: np.ndarray,
    buildings: gpd.GeoDataFrame | None,
) -> People:
    """Inhabitants of the blocks.

    shapes, town : (n,) blocks and the position of their municipality. at_block : block of each address, -1 = none.
    Addresses with a column `population` are added up; a block with an address of unknown number is NA. Without it the
    municipalities' `population` is shared equally among its addresses, without addresses among its buildings by their
    ground; both are estimates.
    """
    if addresses is not None and "population" in addresses.columns and len(addresses):
        return _counted(len(shapes), addresses, at_block)
    if "population" not in municipalities.columns:
        return _missing(len(shapes))
    if addresses is not None and len(addresses):
        weight = np.bincount(at_block[at_block >= 0], minlength=len(shapes)).astype(float)
        return _shared(weight, town, municipalities, _("gleichmäßig auf die Anschriften"))
    if buildings is not None and len(buildings):
        houses = buildings[buildings["kind"] == "building"] if "kind" in buildings.columns else buildings
        middle = inside(shapely.point_on_surface(houses.geometry.to_numpy()), shapes)
        ground = houses.geometry.area.to_numpy()
        weight = np.bincount(middle[middle >= 0], ground[middle >= 0], minlength=len(shapes))
        return _shared(weight, town, municipalities, _("nach der Grundfläche der Gebäude"))
    return _missing(len(shapes))


def _counted(size: int, addresses: gpd.GeoDataFrame, at_block: np.ndarray) -> People:
    unknown, placed = unknown_numbers(addresses), at_block >= 0
    without = int((unknown & placed).sum())
    notes = []
    if without:
        text = plural(
            "Bei 1 Anschrift steht keine brauchbare Einwohnerzahl; die ihres Bausteins ist darum unbekannt.",
            "Bei {count} Anschriften steht keine brauchbare Einwohnerzahl; die ihrer Bausteine ist darum unbekannt.",
            without,
        )
        todo = _("Tragen Sie die Zahlen nach; wo niemand wohnt, eine 0.")
        what = text.format(count=count(without))
        notes.append(Finding(what, column="population", todo=todo, severity="warning"))
    persons = np.where(unknown, 0.0, _numbers(addresses))
    lost = round(float(persons[~placed].sum()))
    if lost:
        text = plural(
            "1 Einwohner/-in wohnt außerhalb aller Gemeinden und steht in keinem Baustein.",
            "{count} Einwohner/-innen wohnen außerhalb aller Gemeinden und stehen in keinem Baustein.",
            lost,
        )
        notes.append(Finding(text.format(count=count(lost)), severity="warning"))
    total = whole_persons(np.bincount(at_block[placed], persons[placed], minlength=size))
    population = pd.Series(total, dtype="Int64")
    # what the other addresses hold would be a lower bound that later steps take for a count
    population.iloc[np.unique(at_block[placed & unknown])] = pd.NA
    return People(population, "counted", tuple(notes))


def unknown_numbers(addresses: gpd.GeoDataFrame) -> np.ndarray:
    """Which addresses have no usable number of inhabitants: none, no number, or one below zero."""
    numbers = _numbers(addresses)
    return ~(np.isfinite(numbers) & (numbers >= 0))


def _numbers(addresses: gpd.GeoDataFrame) -> np.ndarray:
    numbers: np.ndarray = pd.to_numeric(addresses["population"], errors="coerce").to_numpy(dtype=float)
    return numbers


def _shared(weight: np.ndarray, town: np.ndarray, municipalities: gpd.GeoDataFrame, by: str) -> People:
    population = pd.Series(np.zeros(len(weight), dtype=np.int64), dtype="Int64")
    totals = pd.to_numeric(municipalities["population"], errors="coerce").to_numpy(dtype=float)
    without = []
    for number, total in enumerate(totals.tolist()):
        own = np.flatnonzero(town == number)
        among = weight[own].sum()
        if np.isnan(total) or (total > 0 and not among):
            population.iloc[own] = pd.NA
            without.append(str(municipalities["name"].iloc[number]))
        elif among:
            population.iloc[own] = whole_persons(weight[own] / among * round(total))
    what = _("Geschätzt: Die Einwohnerzahl jeder Gemeinde wurde {by} verteilt.").format(by=by)
    notes = [Finding(what, todo=_("Genauer sind Anschriften mit Einwohnerzahl."), severity="warning")]
    if without:
        what = _("Einwohnerzahlen fehlen für: {names}.").format(names=some(without))
        notes.append(Finding(what, severity="warning"))
    return People(population, "shared", tuple(notes))


def _missing(size: int) -> People:
    todo = _("Ergänzen Sie Anschriften mit Einwohnerzahl oder die Einwohnerzahl je Gemeinde (Spalte „Einwohner“).")
    note = Finding(_("Einwohnerzahlen fehlen."), todo=todo, severity="warning")
    return People(pd.Series([pd.NA] * size, dtype="Int64"), "missing", (note,))


def people_at_addresses(addresses: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Addresses with `population`: the inhabitants of each block shared out evenly over its addresses, an estimate.

    blocks : `population`. Inhabitants of a block without an address stand at a point inside it, in a row without a
    street, so that nobody is lost. Addresses in no block have none. In the coordinate system of the blocks.
    """
    addresses = addresses.to_crs(blocks.crs) if addresses.crs != blocks.crs else addresses
    shapes, people = blocks.geometry.to_numpy(), blocks["population"].to_numpy(dtype=np.int64)
    home = inside(addresses.geometry.to_numpy(), shapes)
    houses = np.bincount(home[home >= 0], minlength=len(blocks))
    rank = pd.Series(home).groupby(home).cumcount().to_numpy()
    among = np.maximum(houses, 1)[home]
    placed = addresses.assign(population=np.where(home >= 0, people[home] // among + (rank < people[home] % among), 0))
    lonely = np.flatnonzero((houses == 0) & (people > 0))
    if not len(lonely):
        return placed
    points = shapely.point_on_surface(shapes[lonely])
    more = gpd.GeoDataFrame({"population": people[lonely]}, geometry=points, crs=blocks.crs)
    return gpd.GeoDataFrame(pd.concat([placed, more], ignore_index=True), crs=blocks.crs)


def more_than(population: pd.Series, number: int) -> np.ndarray:
    """Which blocks are known to have more inhabitants than a number."""
    return population.fillna(0).to_numpy(dtype=np.int64) > number
