"""Grids of two censuses: other ids, other signs; a long file is read without being held."""

import deliveries_specimens as specimens
import pytest
from pyproj import Transformer
from shapely.geometry import Point

from sozialraum.base import InputRefused
from sozialraum.deliveries import files, find_recipe, read_delivery

SIZE = 100
TO_GRID = Transformer.from_crs("EPSG:25832", "EPSG:3035", always_xy=True)


def corner(block, size=SIZE):
    """The lower left corner of the cell the middle of a block of the village lies in (blocks in a row)."""
    x, y = TO_GRID.transform(specimens.WEST + 200 * block + 100, specimens.SOUTH + 100)
    return int(x // size) * size, int(y // size) * size


def cell(block, number, size=SIZE, name=None):
    x, y = corner(block, size)
    name = name or f"CRS3035RES{size}mN{y:07d}E{x:07d}"
    return f"{name};{x + size // 2};{y + size // 2};{number}"


def grid(folder, *rows, head="GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner"):
    return specimens.write(folder, "Zensus2022_Bevoelkerungszahl.csv", "\n".join([head, *rows]) + "\n", "utf-8")


def counts(reading, unit):
    (row,) = reading.observations.query("unit == @unit").to_dict("records")
    return row["low"], row["status"]


def test_inhabitants_of_2022_by_block(tmp_path):
    path = grid(tmp_path, cell(0, 12), cell(1, "–"), cell(2, 7))
    recipe = find_recipe(path)
    assert recipe.code == "census2022_population"
    reading = read_delivery(path, recipe, specimens.places())
    assert counts(reading, "05999004-0001")[0] == 12
    assert counts(reading, "05999004-0002")[1] == "missing"  # the en dash is no zero
    assert any("verändert Anzahlen ein wenig" in line for line in reading.assumed)


def test_an_id_that_names_another_place_than_its_coordinates_is_an_error(tmp_path):
    x, y = corner(0)
    wrong = f"CRS3035RES100mN{y + 300:07d}E{x:07d}"
    path = grid(tmp_path, cell(0, 12, name=wrong), cell(2, 7))
    with pytest.raises(InputRefused) as caught:
        read_delivery(path, find_recipe(path), specimens.places())
    (finding,) = caught.value.findings
    assert finding.what == "Die Kennung der Gitterzelle passt nicht zu ihrer Koordinate."
    assert (finding.cell, finding.found) == ("A2", wrong)


def test_an_id_of_2011_in_a_file_of_2022_is_an_error(tmp_path):
    path = grid(tmp_path, cell(0, 12, name="100mN30662E40519"))
    with pytest.raises(InputRefused, match="hat nicht die erwartete Form"):
        read_delivery(path, find_recipe(path), specimens.places())


def test_large_cells_give_municipalities_and_no_blocks(tmp_path):
    path = grid(tmp_path, cell(0, 1234, size=1000), head="GITTER_ID_1km;x_mp_1km;y_mp_1km;Einwohner")
    places = specimens.places()
    x, y = corner(0, 1000)
    around = TO_GRID.transform(x + 500, y + 500, direction="INVERSE")
    places.blocks.loc[0, "geometry"] = places.blocks.geometry[0].union(Point(around).buffer(9))
    reading = read_delivery(path, find_recipe(path), places)
    assert reading.observations[["geography", "unit", "feature", "low"]].to_numpy().tolist() == [
        ["municipality", "05999004", "c22_population_1km", 1234]
    ]


def test_a_grid_too_long_to_be_held_gives_the_same_values(tmp_path, monkeypatch):
    far = [f"CRS3035RES100mN2689100E{4337000 + 100 * i:07d};{4337050 + 100 * i};2689150;3" for i in range(500)]
    path = grid(tmp_path, *far, cell(0, 12), cell(2, 7))
    whole = read_delivery(path, find_recipe(path), specimens.places())
    monkeypatch.setattr(files, "HELD", 1_000)
    parts = read_delivery(path, find_recipe(path), specimens.places())
    assert parts.observations.drop(columns="cell").equals(whole.observations.drop(columns="cell"))
    assert "500 Zeilen außerhalb des Projektgebiets." in parts.skipped
