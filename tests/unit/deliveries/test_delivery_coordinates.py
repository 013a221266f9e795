"""A list whose coordinates fit another system than its recipe names is refused in one sentence, not placed wrongly."""

from __future__ import annotations

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
