"""A list whose coordinates fit another system than its recipe names is refused in one sentence, not placed wrongly."""

from __future__ import annotations

import gzip

import deliveries_specimens as specimens
import pytest
from pyproj import Transformer

from sozialraum.base import InputRefused
from sozialraum.deliveries import find_recipe, read_delivery

HEAD = (
    "Schuljahr,Schulform,Amtlicher Gemeindeschlüssel,Schulnummer,Amtliche Bezeichnung 1,Anzahl,Sozialindex,"
    "latitude,longitude"
)


def schools(folder, crs, *, swapped=False):
    """Three schools whose columns lat and lon hold numbers of a system."""
    rows = []
    for block in range(3):
        middle = specimens.blocks().geometry.iloc[block].centroid
        x, y = Transformer.from_crs(25832, crs, always_xy=True).transform(middle.x, middle.y)
        x, y = (y, x) if swapped else (x, y)
        rows.append(f"2024/25,Grundschule,05999004,10000{block},Am Markt,100,4,{y:.7f},{x:.7f}")
    return specimens.write(folder, "schulen.csv", "\n".join([HEAD, *rows]) + "\n", encoding="utf-8")


def refusal(path):
    with pytest.raises(InputRefused) as refused:
        read_delivery(path, find_recipe(path), specimens.places())
    return [finding for finding in refused.value.findings if finding.code == "coordinates"]


def test_right_coordinates_are_placed(tmp_path):
    path = schools(tmp_path, 4326)
    assert (read_delivery(path, find_recipe(path), specimens.places()).facilities["block_id"] != "").all()


def test_metres_in_columns_of_degrees(tmp_path):
    found = refusal(schools(tmp_path, 4647))
    assert [finding.what for finding in found] == [
        "Die Koordinaten beginnen mit der Zonennummer 32, angegeben ist EPSG:4326."
    ]
    assert found[0].offer == "EPSG:4647"


def test_swapped_columns(tmp_path):
    found = refusal(schools(tmp_path, 4326, swapped=True))
    assert [finding.what for finding in found] == ["Länge und Breite sind vertauscht."]
    assert "Vertauschen Sie im Rezept die beiden Spalten" in found[0].todo


CELLS = (
    "GITTER_ID_100m;x;y;AGS;GEN;wohnungen_summe;wohnflaeche_m2_geschaetzt;einwohner_geschaetzt;auslaender;unter10;ab80;"
    "wohnungen_3bis6;wohnungen_7bis12;wohnungen_13plus;wohnungen_baujahr_vor1919;wohnungen_leer;alleinerz_hh"
)


def cells(folder, crs):
    """Two grid cells whose columns x and y hold numbers of a system, though the recipe expects the European grid."""
    rows = []
    for block in range(2):
        middle = specimens.blocks().geometry.iloc[block].centroid
        x, y = Transformer.from_crs(25832, crs, always_xy=True).transform(middle.x, middle.y)
        rows.append(f"100m{block};{x:.0f};{y:.0f};05999004;Altstadt;7;600;12.5;3;4;0;0;0;0;0;0;0")
    path = folder / "bausteine.csv.gz"
    path.write_bytes(gzip.compress("\n".join([CELLS, *rows, ""]).encode()))
    return path


def test_grid_cells_in_another_system(tmp_path):
    path = cells(tmp_path, 3035)
    assert not read_delivery(path, find_recipe(path), specimens.places()).observations.empty
    (found,) = refusal(cells(tmp_path, 25832))
    assert found.what == "Die Zahlen sind UTM-Koordinaten, Zone 32 (EPSG:25832), angegeben ist EPSG:3035."
    assert (found.offer, found.column) == ("EPSG:25832", "x")
