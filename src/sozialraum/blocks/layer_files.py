"""Files of layers: which layers they hold, read as they stand, and where they should lie."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from sozialraum.base import Finding, InputRefused, _, quoted
from sozialraum.blocks.coordinates import Reading, check_coordinates, read_as
from sozialraum.blocks.regions import Region, region_of, region_of_keys

PLACES = ("addresses", "buildings", "places")


def open_layers(
    path: Path, blocks_layer: str = "blocks", readings: Mapping[str, str] | None = None
) -> tuple[dict[str, gpd.GeoDataFrame], dict[str, gpd.GeoDataFrame], str]:
    """The layers of a file as they stand in it, unchecked: the three, those of places, and the file's name.

    Raises InputRefused when there is no such file or layer, UsageError for a reading that is not known.
    """
    path = Path(path)
    there = _layer_names(path)
    wanted = {"municipalities": "municipalities", "blocks": blocks_layer}
    findings = [_no_such_layer(path, layer, there) for layer in wanted.values() if layer not in there]
    if findings:
        raise InputRefused(_("Die Datei „{file}“ kann nicht übernommen werden.").format(file=path.name), findings)
    frames = {kind: pyogrio.read_dataframe(path, layer=layer) for kind, layer in wanted.items()}
    frames["lines"] = pyogrio.read_dataframe(path, layer="lines") if "lines" in there else no_lines(frames["blocks"])
    more = {kind: pyogrio.read_dataframe(path, layer=kind) for kind in PLACES if kind in there}
    for kind, code in (readings or {}).items():
        for group in (frames, more):
            if isinstance(group.get(kind), gpd.GeoDataFrame):
                group[kind] = read_as(group[kind], Reading.of(code))
    return frames, more, path.name


def expected_region(municipalities: pd.DataFrame) -> Region | None:
    """Where layers of these municipalities lie: around them, or in the states of their keys if they lie elsewhere."""
    if "ags" not in municipalities.columns or not isinstance(municipalities, gpd.GeoDataFrame):
        return None
    state = region_of_keys(municipalities["ags"].astype(str))
    if check_coordinates(municipalities, state, "municipalities").faults:
        return state
    return region_of(municipalities, _("bei den Gemeinden"))


def _layer_names(path: Path) -> list[str]:
    if not path.is_file():
        raise InputRefused(
            _("Die Datei „{file}“ gibt es nicht.").format(file=path), todo=_("Bitte prüfen Sie Ordner und Dateinamen.")
        )
    try:
        return [str(name) for name, _kind in pyogrio.list_layers(path)]
    except pyogrio.errors.DataSourceError as error:
        raise InputRefused(
            _("Die Datei „{file}“ ist keine lesbare Datei mit Kartenebenen.").format(file=path.name),
            todo=_("Erwartet wird ein GeoPackage (Endung .gpkg)."),
        ) from error


def _no_such_layer(path: Path, layer: str, there: list[str]) -> Finding:
    names = ", ".join(quoted(name) for name in there) or _("keine")
    return Finding(
        what=_("Die Ebene „{layer}“ gibt es in der Datei nicht.").format(layer=layer),
        file=path.name,
        todo=_("Vorhandene Ebenen: {names}.").format(names=names),
    )


def no_lines(blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"kind": [], "name": []}, geometry=[], crs=blocks.crs)
