"""Given units and grid cells taken as blocks: keys kept, what they leave and where they reach over."""

import geopandas as gpd
import pandas as pd
import pyproj
import pytest

from drawn_town import CRS, EAST, NORTH, addresses, box, towns
from sozialraum.base import InputRefused
from sozialraum.blocks import check_blocks
from sozialraum.blocks.building import Built, cells_as_blocks, units_as_blocks

TWO = (("05999001", "Drauf", (0, 0, 500, 1000)), ("05999002", "Dran", (500, 0, 1000, 1000)))


def units(*squares: tuple[str, tuple[float, float, float, float]], **columns: list[object]) -> gpd.GeoDataFrame:
    frame = {"NR": [one[0] for one in squares], "TEXT": [f"Bezirk {one[0]}" for one in squares]} | columns
    return gpd.GeoDataFrame(frame, geometry=[box(*one[1]) for one in squares], crs=CRS)


def keys(built: Built) -> list[str]:
    return built.blocks["block_id"].tolist()


def test_units_that_tile_a_municipality_are_its_blocks_with_their_keys() -> None:
    built = units_as_blocks(
        units(("02", (0, 0, 1000, 400)), ("01", (0, 400, 1000, 1000)), population=[30, 20]), "NR", "TEXT", towns()
    )
    assert keys(built) == ["01", "02"]
    assert built.blocks["quarter"].tolist() == ["Bezirk 01", "Bezirk 02"]
    assert (built.people, built.blocks["population"].tolist()) == ("given", [20, 30])
    assert (built.doubtful, built.notes, len(built.merged)) == ((), (), 0)


def test_what_no_unit_covers_is_open_land_and_named() -> None:
    built = units_as_blocks(units(("a", (0, 0, 1000, 600))), "NR", "TEXT", towns())
    assert keys(built) == ["05999001-frei-01", "a"]
    assert built.blocks["land"].tolist() == ["open", "settlement"]
    assert [(one.kind, one.sentence) for one in built.doubtful] == [
        ("uncovered", "Drauf: 400.000 m² gehören zu keiner Einheit.")
    ]
    assert check_blocks(built.blocks, towns()) == ()


def test_slivers_that_units_leave_go_to_a_neighbour() -> None:
    built = units_as_blocks(units(("a", (0, 0, 1000, 599)), ("b", (0, 600, 1000, 1000))), "NR", "", towns())
    assert keys(built) == ["a", "b"]
    assert built.blocks["quarter"].tolist() == ["", ""]
    assert len(built.merged) == 1


def test_small_units_stay_what_they_are() -> None:
    built = units_as_blocks(units(("a", (0, 0, 1000, 995)), ("b", (0, 995, 1000, 1000))), "NR", "TEXT", towns())
    assert keys(built) == ["a", "b"]


def test_a_unit_in_two_municipalities_becomes_two_blocks_with_its_people_at_their_addresses() -> None:
    drawn = units(("a", (0, 0, 700, 1000)), ("b", (700, 0, 1000, 1000)), population=[10, 5])
    doors = addresses((100, 100, None), (120, 100, None), (200, 100, None), (600, 100, None))
    built = units_as_blocks(drawn, "NR", "TEXT", towns(*TWO), addresses=doors)
    assert built.blocks[["block_id", "municipality", "population"]].to_numpy().tolist() == [
        ["a", "05999001", 8], ["a-05999002", "05999002", 2], ["b", "05999002", 5],
    ]  # fmt: skip
    assert [(one.kind, one.block_id) for one in built.doubtful] == [("crossing", "a-05999002")]
    unknown = units_as_blocks(drawn, "NR", "TEXT", towns(*TWO))
    assert unknown.blocks["population"].isna().tolist() == [True, True, False]
    assert [note.what for note in unknown.notes] == ["Einwohnerzahlen fehlen für: a."]


def test_overlapping_units_are_named_and_the_ground_counts_once() -> None:
    drawn = units(("a", (0, 0, 1000, 600)), ("b", (0, 500, 1000, 1000)))
    built = units_as_blocks(drawn, "NR", "TEXT", towns())
    assert built.blocks.set_index("block_id").area.round().to_dict() == {"a": 600_000, "b": 400_000}
    assert "überlappen sich auf 100.000 m²; die Fläche zählt zu a." in built.doubtful[0].sentence


def test_units_outside_are_named() -> None:
    built = units_as_blocks(
        units(("a", (0, 0, 1000, 1000)), ("far", (5000, 0, 6000, 1000)), ("under", (10, 10, 200, 200))),
        "NR", "TEXT", towns(),
    )  # fmt: skip
    assert keys(built) == ["a"]
    assert "far, under" in built.notes[0].what


def test_units_without_their_columns_or_with_keys_twice_are_refused() -> None:
    with pytest.raises(InputRefused, match=r"„ID“ fehlt[^\n]*NR, TEXT") as refused:
        units_as_blocks(units(("a", (0, 0, 1, 1))), "ID", "TEXT", towns())
    assert len(refused.value.findings) == 1
    with pytest.raises(InputRefused, match="mehrfach"):
        units_as_blocks(units(("a", (0, 0, 1, 1)), ("a", (1, 0, 2, 1))), "NR", "TEXT", towns())


def test_inhabited_cells_go_to_the_municipality_with_most_of_their_ground() -> None:
    x, y = pyproj.Transformer.from_crs(CRS, "EPSG:3035", always_xy=True).transform(EAST + 480, NORTH + 500)
    x, y = x // 100 * 100 + 50, y // 100 * 100 + 50
    cells = pd.DataFrame(
        {"cell_id": ["one", "two", "far"], "x": [x, x - 200, x + 9000], "y": [y, y, y], "population": [7, 4, 1]}
    )
    built = cells_as_blocks(cells, towns(*TWO))
    assert built.blocks["population"].sum() == 11
    assert check_blocks(built.blocks, towns(*TWO)) == ()
    assert set(built.blocks["municipality"]) == {"05999001", "05999002"}
    assert [note.what for note in built.notes] == ["Diese Zellen liegen in keiner Gemeinde: far."]


def test_a_unit_with_an_address_of_unknown_inhabitants_is_unknown_and_named() -> None:
    given = units(("a", (0, 0, 1000, 500)), ("b", (0, 500, 1000, 1000)))
    doors = addresses((100, 100, None), (120, 100, 4), (100, 700, 5))
    built = units_as_blocks(given, "NR", "", towns(), addresses=doors)
    assert built.blocks["population"].tolist() == [pd.NA, 5]
    assert [(one.kind, one.block_id) for one in built.doubtful] == [("uncounted", "a")]
