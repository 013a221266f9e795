"""Blocks built from borders and lines: faces, keys, remainders, barriers, line ends, inhabitants, doubtful places."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from drawn_town import CRS, EAST, NORTH, addresses, box, lines, place, towns
from sozialraum.base import InputRefused
from sozialraum.blocks import check_blocks
from sozialraum.blocks.building import BuildingRule, Built, build_blocks

CROSS = (("street", "Querstraße", [(0, 500), (1000, 500)]), ("street", "Hochstraße", [(500, 0), (500, 1000)]))


def at(built: Built, x: float, y: float) -> pd.Series:
    """The block at a place of the town."""
    found = built.blocks[built.blocks.intersects(place(x, y))]
    assert len(found) == 1
    return found.iloc[0]


def kinds(built: Built) -> list[str]:
    return [one.kind for one in built.doubtful]


def test_without_lines_a_municipality_is_one_block() -> None:
    built = build_blocks(towns(), lines())
    assert list(built.blocks["block_id"]) == ["05999001-B0001"]
    assert built.blocks.geometry.iloc[0].equals(box(0, 0, 1000, 1000))


def test_faces_between_lines_are_blocks_with_keys_from_north_west() -> None:
    built = build_blocks(towns(), lines(*CROSS))
    assert [at(built, x, y)["block_id"][-5:] for y in (900, 100) for x in (100, 900)] == [
        "B0001", "B0002", "B0003", "B0004",
    ]  # fmt: skip
    assert check_blocks(built.blocks, towns()) == ()
    assert list(built.blocks.columns) == [
        "block_id", "municipality", "population", "quarter", "street", "land", "geometry",
    ]  # fmt: skip


def test_the_order_of_rows_does_not_matter() -> None:
    drawn = lines(*CROSS, ("railway", "", [(0, 200), (1000, 300)]))
    doors = addresses((100, 100, 5), (600, 600, 7), (600, 601, 9))
    one = build_blocks(towns(), drawn, addresses=doors)
    other = build_blocks(towns(), drawn[::-1], addresses=doors[::-1])
    assert one.blocks.drop(columns="geometry").equals(other.blocks.drop(columns="geometry"))
    assert shapely.equals_identical(one.blocks.geometry.to_numpy(), other.blocks.geometry.to_numpy()).all()
    assert one.doubtful == other.doubtful


def test_the_street_with_the_longest_front_names_a_block() -> None:
    built = build_blocks(towns(), lines(*CROSS, ("street", "Gasse", [(500, 800), (600, 800), (600, 1000)])))
    assert at(built, 550, 900)["street"] == "Gasse"
    assert at(built, 100, 100)["street"] == "Hochstraße"  # equal fronts: the first by name


@pytest.mark.parametrize(
    ("strip", "why"),
    [
        ([(0, 506), (1000, 506)], "schmaler als 8 m"),
        ([(0, 530), (30, 500)], "kleiner als 1.000 m²"),
    ],
)
def test_small_and_narrow_faces_go_to_a_neighbour_and_into_the_protocol(
    strip: list[tuple[float, float]], why: str
) -> None:
    built = build_blocks(towns(), lines(*CROSS, ("street", "", strip)))
    assert len(built.blocks) == 4
    assert set(built.merged["why"]) == {why}
    assert set(built.merged["into"]) <= set(built.blocks["block_id"])
    assert check_blocks(built.blocks, towns()) == ()


def test_a_remainder_goes_to_the_neighbour_with_the_longest_common_border() -> None:
    # 20 m wide, 40 m high: 40 m of border to the west, 20 m to the north, the rest is the town's border
    built = build_blocks(
        towns(), lines(("street", "", [(980, 0), (980, 1000)]), ("street", "", [(980, 40), (1000, 40)]))
    )
    assert at(built, 990, 20)["block_id"] == at(built, 500, 500)["block_id"] != at(built, 990, 500)["block_id"]


@pytest.mark.parametrize("kind", ["river", "railway", "motorway"])
def test_nothing_is_merged_across_a_barrier(kind: str) -> None:
    # the long border of the strip is the barrier, its short one a street
    drawn = lines((kind, "", [(0, 500), (1000, 500)]), ("street", "", [(0, 506), (994, 506), (994, 1000)]))
    built = build_blocks(towns(), drawn)
    assert at(built, 500, 503)["block_id"] == at(built, 500, 900)["block_id"] != at(built, 500, 100)["block_id"]
    crossing = BuildingRule(barriers=())
    free = build_blocks(towns(), lines((kind, "", [(0, 500), (1000, 500)]), ("street", "", [(0, 6), (1000, 6)])),
                        rule=crossing)  # fmt: skip
    assert len(free.blocks) == 2


def test_an_inhabited_remainder_between_barriers_stays_and_is_doubtful() -> None:
    tracks = lines(("railway", "", [(0, 500), (1000, 500)]), ("railway", "", [(0, 505), (1000, 505)]))
    empty = build_blocks(towns(), tracks)
    assert len(empty.blocks) == 2
    assert empty.merged["why"].iloc[0] == "schmaler als 8 m; liegt zwischen zwei Trennlinien"
    lived_in = build_blocks(towns(), tracks, addresses=addresses((500, 502, 3)))
    assert len(lived_in.blocks) == 3
    assert kinds(lived_in) == ["enclosed"]
    assert lived_in.doubtful[0].block_id == at(lived_in, 500, 502)["block_id"]


def test_municipalities_never_share_a_block() -> None:
    two = towns(("05999001", "Drauf", (0, 0, 500, 1000)), ("05999002", "Dran", (500, 0, 1000, 1000)))
    built = build_blocks(two, lines(("street", "", [(496, 0), (496, 1000)])))
    assert list(built.blocks["municipality"]) == ["05999001", "05999002"]
    assert check_blocks(built.blocks, two) == ()


@pytest.mark.parametrize(("gap", "blocks", "found"), [(4, 2, ["closed"]), (12, 1, ["open_end"]), (40, 1, [])])
def test_line_ends_that_nearly_meet_are_joined_or_named(gap: float, blocks: int, found: list[str]) -> None:
    street = lines(("street", "Sackweg", [(0, 500), (1000 - gap, 500)]))
    built = build_blocks(towns(), street, addresses=addresses((100, 100, 2)), rule=BuildingRule(open_from=0))
    assert len(built.blocks) == blocks
    assert kinds(built) == found
    if found:
        assert "„Sackweg“" in built.doubtful[0].sentence
        assert built.doubtful[0].point.equals(place(1000 - gap, 500))


def test_a_stub_does_not_miss_the_street_it_branches_off() -> None:
    built = build_blocks(towns(), lines(*CROSS, ("street", "", [(250, 500), (250, 504)])))
    assert len(built.blocks) == 4
    assert kinds(built) == []


def test_two_ends_that_face_each_other_are_one_gap() -> None:
    built = build_blocks(
        towns(), lines(("street", "", [(0, 500), (498, 500)]), ("street", "", [(501, 500), (1000, 500)]))
    )
    assert len(built.blocks) == 2
    assert kinds(built) == ["closed"]


def test_a_barrier_that_ends_inside_a_block_is_named() -> None:
    built = build_blocks(towns(), lines(("river", "Lohe", [(0, 500), (600, 500)])))
    assert [one.sentence for one in built.doubtful] == ["„Lohe“ endet mitten in einem Baustein."]


def test_streets_that_end_in_a_row_bound_blocks() -> None:
    drawn = lines(
        ("street", "Weg", [(0, 300), (1000, 300)]),
        *(("street", "", [(x, 300), (x, 420)]) for x in (100, 200, 300, 400)),
    )
    built = build_blocks(towns(), drawn)
    assert len(built.blocks) == 5
    assert at(built, 150, 350)["block_id"] != at(built, 250, 350)["block_id"] != at(built, 250, 900)["block_id"]
    assert len(build_blocks(towns(), drawn, rule=BuildingRule(row_of_ends=0)).blocks) == 2
    assert any("3 Verbindungen" in note.what for note in built.notes)


def test_no_row_is_drawn_across_a_line() -> None:
    drawn = lines(
        ("railway", "", [(0, 500), (1000, 500)]),
        ("street", "", [(500, 0), (500, 460)]),
        ("street", "", [(500, 540), (500, 1000)]),
    )
    assert len(build_blocks(towns(), drawn).blocks) == 2


def test_in_large_faces_settlement_ends_behind_the_last_houses() -> None:
    row = addresses(*((x, 510, 2) for x in range(300, 700, 20)), (900, 900, 1))
    built = build_blocks(towns(), lines(CROSS[0]), addresses=row)
    home = at(built, 500, 510)
    assert home["population"] == 40
    assert home.geometry.bounds == pytest.approx((EAST + 275, NORTH + 500, EAST + 705, NORTH + 535), abs=3)
    assert at(built, 900, 900)["population"] == 1  # the lonely house stays in the open land
    assert len(build_blocks(towns(), lines(CROSS[0]), addresses=row, rule=BuildingRule(open_from=0)).blocks) == 2
    assert check_blocks(built.blocks, towns()) == ()


def test_open_land_is_cut_into_squares_of_the_grid() -> None:
    county = towns(("05999001", "Drauf", (-100, -300, 2300, 2100)))
    built = build_blocks(county, lines())
    # nine squares of a kilometre and their cut-off strips; strips under an eighth of a square go to a neighbour
    assert [round(area) for area in built.blocks.area / 10_000] == [121, 110, 33, 110, 100, 39, 33, 30]
    assert set(built.merged["why"]) <= {"Rest eines Quadrats im offenen Land"}
    assert check_blocks(built.blocks, county) == ()
    assert len(build_blocks(county, lines(), rule=BuildingRule(open_square=0)).blocks) == 1


def test_inhabitants_are_counted_at_addresses() -> None:
    built = build_blocks(towns(), lines(*CROSS), addresses=addresses((100, 100, 5), (120, 100, 4), (700, 700, None)))
    assert built.people == "counted"
    assert at(built, 100, 100)["population"] == 9
    assert built.blocks["population"].tolist() == [0, pd.NA, 9, 0]
    assert [note.severity for note in built.notes] == ["warning"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [(None, "Hofweg 1: Die Einwohnerzahl fehlt."), (-3, "Hofweg 1: „-3“ ist keine Einwohnerzahl."),
     ("k. A.", "Hofweg 1: „k. A.“ ist keine Einwohnerzahl."), ("inf", "Hofweg 1: „inf“ ist keine Einwohnerzahl.")],
)  # fmt: skip
def test_a_block_with_an_address_of_unknown_inhabitants_is_unknown_and_settled_and_named(
    given: object, sentence: str
) -> None:
    doors = addresses((700, 700, 0), (720, 700, 4), (100, 100, 5))
    doors["population"] = pd.Series([given, 4, 5], dtype=object)
    built = build_blocks(towns(), lines(*CROSS), addresses=doors)
    block = at(built, 700, 700)
    assert (block["population"], block["land"]) == (pd.NA, "settlement")
    assert [(one.sentence, one.point, one.block_id) for one in built.doubtful if one.kind == "uncounted"] == [
        (sentence, place(700, 700), block["block_id"])
    ]
    assert [note.what for note in built.notes] == [
        "Bei 1 Anschrift steht keine brauchbare Einwohnerzahl; die ihres Bausteins ist darum unbekannt."
    ]
    assert at(built, 100, 100)["population"] == 5


def test_a_lonely_address_makes_a_block_settled_though_nobody_lives_there() -> None:
    built = build_blocks(towns(), lines(*CROSS), addresses=addresses((700, 700, 0)))
    assert (at(built, 700, 700)["population"], at(built, 700, 700)["land"]) == (0, "settlement")
    assert at(built, 100, 100)["land"] == "open"


def test_without_counts_the_known_total_is_shared_and_called_an_estimate() -> None:
    doors = addresses((100, 100, None), (120, 100, None), (700, 700, None)).drop(columns="population")
    built = build_blocks(towns(population=[100]), lines(*CROSS), addresses=doors)
    assert built.people == "shared"
    assert list(built.blocks["population"]) == [0, 33, 67, 0]
    assert any("Geschätzt" in note.what for note in built.notes)


def test_without_addresses_buildings_share_the_total_by_their_ground() -> None:
    houses = gpd.GeoDataFrame(
        {"kind": ["building", "building", "church"]},
        geometry=[box(100, 100, 110, 130), box(700, 700, 710, 710), box(50, 50, 90, 90)],
        crs=CRS,
    )
    built = build_blocks(towns(population=[40]), lines(*CROSS), buildings=houses)
    assert (at(built, 100, 100)["population"], at(built, 700, 700)["population"]) == (30, 10)


def test_unknown_inhabitants_are_missing_and_not_zero() -> None:
    built = build_blocks(towns(), lines(*CROSS))
    assert built.people == "missing"
    assert built.blocks["population"].isna().all()
    partly = build_blocks(towns(population=[None]), lines(*CROSS), addresses=addresses((1, 1, 1))[["geometry"]])
    assert partly.blocks["population"].isna().all()


def test_addresses_outside_and_on_borders_are_named() -> None:
    built = build_blocks(towns(), lines(*CROSS), addresses=addresses((1500, 100, 3), (500.2, 100, 4)))
    assert [(one.kind, one.sentence) for one in built.doubtful] == [
        ("on_line", "Hofweg 2 liegt auf der Grenze zweier Bausteine."),
        ("outside", "Hofweg 1 liegt in keiner Gemeinde."),
    ]
    assert any("3 Einwohner/-innen wohnen außerhalb" in note.what for note in built.notes)


def test_a_block_with_very_many_inhabitants_is_named() -> None:
    built = build_blocks(towns(), lines(*CROSS), addresses=addresses((100, 100, 2001)))
    assert kinds(built) == ["crowded"]


def test_blocks_never_cross_the_border_of_a_given_unit() -> None:
    units = gpd.GeoDataFrame(
        {"unit": ["0102", "0101"], "name": ["Süd", "Nord"]},
        geometry=[box(0, 0, 1000, 300), box(0, 300, 1000, 1000)],
        crs=CRS,
    )
    built = build_blocks(towns(), lines(*CROSS, ("street", "", [(0, 304), (1000, 304)])), nesting=units)
    assert len(built.blocks) == 6
    assert at(built, 100, 302)[["unit", "quarter"]].tolist() == ["0101", "Nord"]
    for _row, block in built.blocks.iterrows():
        unit = units.set_index("unit").geometry[block["unit"]]
        assert unit.buffer(0.01).covers(block.geometry)


def test_a_unit_that_reaches_into_the_neighbour_gives_its_blocks_no_key_there() -> None:
    two = towns(("05999001", "Drauf", (0, 0, 500, 1000)), ("05999002", "Dran", (500, 0, 1000, 1000)))
    units = gpd.GeoDataFrame({"unit": ["a", "b"]}, geometry=[box(0, 0, 503, 1000), box(503, 0, 1000, 1000)], crs=CRS)
    built = build_blocks(two, lines(), nesting=units)
    assert built.blocks[["municipality", "unit"]].to_numpy().tolist() == [["05999001", "a"], ["05999002", "b"]]


def test_overlapping_municipalities_are_named() -> None:
    two = towns(("05999001", "Drauf", (0, 0, 520, 1000)), ("05999002", "Dran", (500, 0, 1000, 1000)))
    built = build_blocks(two, lines())
    assert "überlappen sich auf 20.000 m²" in built.notes[0].what


def test_wrong_inputs_are_refused_all_at_once() -> None:
    twice = towns(("05999001", "Drauf", (0, 0, 1, 1)), ("05999001", "Dran", (1, 0, 2, 1)))
    with pytest.raises(InputRefused) as refused:
        build_blocks(twice, lines(*CROSS).set_crs(None, allow_override=True))
    assert [finding.sheet for finding in refused.value.findings] == ["municipalities", "lines"]
    with pytest.raises(InputRefused, match="Längen- und Breitengrade"):
        build_blocks(towns().to_crs("EPSG:4326"), lines())
    with pytest.raises(InputRefused, match="fehlt"):
        build_blocks(towns().drop(columns="ags"), lines())


def test_lines_in_another_coordinate_system_are_converted() -> None:
    built = build_blocks(towns(), lines(*CROSS).to_crs("EPSG:4326"))
    assert np.allclose(built.blocks.area, 250_000, atol=1)


def test_the_rule_is_said_in_one_sentence() -> None:
    assert BuildingRule(row_of_ends=0, open_from=0).sentence() == (
        "Flächen unter 1.000 m² oder unter 8 m mittlerer Breite kommen zum Nachbarn mit der längsten gemeinsamen "
        "Grenze, nie über Fluss, Bahn, Autobahn oder Gemeindegrenze hinweg; Linien, die sich um höchstens 5 m "
        "verfehlen, gelten als verbunden."
    )
    assert "in Flächen ab 10 ha endet die Siedlung 25 m hinter den letzten Häusern" in BuildingRule().sentence()


def test_a_rule_with_negative_numbers_or_unknown_barriers_is_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        BuildingRule(smallest_area=-1, snapping=float("nan"), barriers=("hedge",))
    assert [finding.column for finding in refused.value.findings] == ["smallest_area", "snapping", "barriers"]


def test_empty_shapes_and_heights_do_no_harm() -> None:
    drawn = lines(*CROSS)
    drawn.loc[len(drawn)] = ["street", "nirgends", None]
    drawn.loc[len(drawn)] = ["street", "leer", shapely.LineString()]
    drawn.loc[len(drawn)] = ["street", "Punkt", place(5, 5)]
    drawn.geometry = shapely.force_3d(drawn.geometry.to_numpy(), 70)
    doors = addresses((100, 100, 3), (700, 700, 4))
    doors.geometry = [place(100, 100), shapely.Point()]
    high = towns()
    high.geometry = shapely.force_3d(high.geometry.to_numpy(), 70)
    built = build_blocks(high, drawn, addresses=doors)
    assert len(built.blocks) == 4
    assert not shapely.has_z(built.blocks.geometry.to_numpy()).any()
    assert built.blocks["population"].sum() == 3


def test_outlines_of_water_bound_blocks_like_lines() -> None:
    lake = gpd.GeoDataFrame({"kind": ["river"]}, geometry=[box(200, 200, 400, 400)], crs=CRS)
    assert len(build_blocks(towns(), lake).blocks) == 2


def test_lines_of_another_system_and_without_a_shape_are_told() -> None:
    away = build_blocks(towns(population=[1]), lines(*CROSS).set_crs(4647, allow_override=True))
    assert "2 Linien liegen weit außerhalb der Gemeinden und teilen nichts." in [note.what for note in away.notes]
    drawn = lines(*CROSS)
    drawn.loc[0, "geometry"] = None
    part = build_blocks(towns(), drawn)
    assert "1 Linie hat keinen Verlauf und fehlt." in [note.what for note in part.notes]


def test_lines_that_lie_beside_the_town_or_are_none_at_all_are_not_told() -> None:
    beside = lines(
        *CROSS, ("street", "Ausfallstraße", [(2000, 0), (9000, 0)]), ("river", "Fluss", [(-100, 500), (90_000, 500)])
    )
    for drawn in (beside, lines(*CROSS), lines(*CROSS)[:0]):
        assert [note.what for note in build_blocks(towns(), drawn).notes] == ["Einwohnerzahlen fehlen."]
