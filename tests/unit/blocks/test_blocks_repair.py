"""Chosen faults are mended, others stay; nobody is lost and the protocol tells what was done."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely

from sozialraum.base import InputRefused, UsageError
from sozialraum.blocks import check_ground, repair, ways
from sozialraum.blocks.ground_files import read_ground
from village import AGS, draw_blocks, draw_municipality, village_blocks


def with_shape(letter, geometry, blocks=None):
    blocks = village_blocks() if blocks is None else blocks
    blocks.loc[blocks["block_id"].str.endswith(letter), "geometry"] = geometry
    return blocks


def box(letter):
    return village_blocks().set_index("block_id").geometry[f"{AGS}-{letter}"].bounds


def mended(blocks, wish="", towns=None, only=None):
    """All faults (or those of one kind) mended in one way."""
    towns = draw_municipality() if towns is None else towns
    found = check_ground(blocks, towns)
    wishes = {fault.fault_id: wish for fault in found if only is None or fault.kind == only}
    return repair(blocks, towns, found, wishes)


def areas(blocks):
    return {key[-1]: round(shape.area) for key, shape in zip(blocks["block_id"], blocks.geometry, strict=True)}


def test_an_overlap_stays_with_the_block_of_which_it_is_the_larger_part():
    x0, y0, x1, y1 = box("E")
    inner = (
        village_blocks()
        .iloc[[4]]
        .assign(block_id="X", population=7, geometry=[shapely.box(x0 + 50, y0 + 50, x1 - 50, y1 - 50)])
    )
    blocks = pd.concat([village_blocks(), inner], ignore_index=True)
    done = mended(blocks)
    assert check_ground(done.blocks, draw_municipality()) == ()
    assert areas(done.blocks)["X"] == 10_000
    assert areas(done.blocks)["E"] == 30_000
    assert done.blocks["population"].sum() == 3607
    row = done.protocol.iloc[0]
    assert row["what_was_done"] == "Die Stelle bleibt bei Baustein X; von 05999004-E ist sie abgezogen."
    assert (row["area_before"], row["area_after"]) == (50_000, 40_000)
    assert (row["people_before"], row["people_after"]) == (507, 507)


def test_a_person_may_say_which_block_keeps_an_overlap():
    x0, y0, x1, y1 = box("A")
    blocks = with_shape("A", shapely.box(x0, y0, x1 + 50, y1))
    assert areas(mended(blocks, f"give={AGS}-B").blocks) == areas(village_blocks())
    assert areas(mended(blocks, f"give={AGS}-A").blocks)["B"] == 30_000
    with pytest.raises(InputRefused, match="liegt nicht an dieser Stelle"):
        mended(blocks, f"give={AGS}-L")


def test_a_gap_goes_to_the_longest_common_border_or_becomes_a_block():
    x0, y0, x1, y1 = box("A")
    blocks = with_shape("A", shapely.box(x0, y0, x1, y1 - 50))
    given = mended(blocks)
    assert areas(given.blocks) == areas(village_blocks())
    assert given.protocol["what_was_done"].tolist() == ["Die Lücke kommt zu Baustein 05999004-A."]
    made = mended(blocks, "new").blocks.set_index("block_id")
    assert (made.at[f"{AGS}-L1", "population"], made.at[f"{AGS}-L1", "land"]) == (0, "open")
    assert round(made.geometry[f"{AGS}-L1"].area) == 10_000
    assert pd.isna(made.at[f"{AGS}-L1", "social_benefits"])


def test_nothing_else_is_touched():
    x0, y0, x1, y1 = box("A")
    blocks = with_shape("A", shapely.box(x0 - 20, y0, x1, y1 - 50))
    found = check_ground(blocks, draw_municipality())
    assert sorted(fault.kind for fault in found) == ["gap", "outside"]
    done = mended(blocks, only="gap")
    assert [fault.kind for fault in check_ground(done.blocks, draw_municipality())] == ["outside"]
    assert len(done.protocol) == 1
    assert len(mended(blocks, only="overlap").protocol) == 0


def test_beyond_the_border_is_cut_and_people_stay():
    x0, y0, x1, y1 = box("A")
    done = mended(with_shape("A", shapely.box(x0 - 100, y0, x1, y1)))
    assert areas(done.blocks) == areas(village_blocks())
    assert done.blocks["population"].sum() == 3600


def test_a_border_that_crosses_itself_is_put_in_order():
    x0, y0, x1, y1 = box("A")
    done = mended(with_shape("A", shapely.Polygon([(x0, y0), (x1, y1), (x1, y0), (x0, y1)])), only="invalid")
    assert shapely.is_valid(done.blocks.geometry.iloc[0])
    assert areas(done.blocks)["A"] == 20_000


def test_one_key_at_two_places_becomes_two_keys_or_one_block():
    blocks = village_blocks()
    blocks.loc[1, "block_id"] = f"{AGS}-A"
    assert f"{AGS}-A-2" in set(mended(blocks, "rekey").blocks["block_id"])
    assert f"{AGS}-B" in set(mended(blocks, f"rekey={AGS}-B").blocks["block_id"])
    joined = mended(blocks, "join").blocks
    assert (areas(joined)["A"], joined["population"].iloc[0], len(joined)) == (80_000, 900, 11)
    with pytest.raises(InputRefused, match="schon vergeben"):
        mended(blocks, f"rekey={AGS}-C")


def test_a_row_delivered_twice_counts_once_only_on_request():
    blocks = pd.concat([village_blocks(), village_blocks().iloc[[0]]], ignore_index=True)
    towns = draw_municipality()
    fault = next(one for one in check_ground(blocks, towns) if len(one.blocks) == 1)
    assert [way.code for way in ways(fault, blocks)] == ["once", "rekey", "join"]
    once = repair(blocks, towns, [fault], {fault.fault_id: ""})
    assert (len(once.blocks), once.blocks["population"].sum()) == (12, 3600)
    assert once.protocol[["people_before", "people_after"]].to_numpy().tolist() == [[1000, 500]]
    assert repair(blocks, towns, [fault], {fault.fault_id: "join"}).blocks["population"].sum() == 4100


def test_one_shape_with_two_keys_keeps_all_people():
    blocks = village_blocks()
    done = mended(pd.concat([blocks, blocks.iloc[[4]].assign(block_id="X")], ignore_index=True))
    assert (len(done.blocks), done.blocks["population"].sum()) == (12, 4100)
    assert check_ground(done.blocks, draw_municipality()) == ()


def two_towns():
    towns = pd.concat(
        [draw_municipality("AA.\nAA."), draw_municipality("..B\n..B", ags="05999008", name="Nachbarort")],
        ignore_index=True,
    )
    return draw_blocks("ACB\nACB", {"A": 10, "C": 20, "B": 30}), towns


def test_a_block_in_another_municipality_goes_there():
    blocks, towns = two_towns()
    assert [fault.kind for fault in check_ground(blocks, towns)] == ["gap", "outside"]
    outside = [fault for fault in check_ground(blocks, towns) if fault.kind == "outside"]
    done = repair(blocks, towns, outside, {outside[0].fault_id: ""})
    assert check_ground(done.blocks, towns) == ()
    assert done.protocol["what_was_done"].tolist() == [f"Baustein {AGS}-B gehört nun zu Nachbarort."]


def test_a_block_that_lies_nowhere_leaves_its_people_to_the_nearest():
    x0, y0, _x1, y1 = box("A")
    away = (
        village_blocks()
        .iloc[[0]]
        .assign(block_id="X", population=9, geometry=[shapely.box(x0 - 500, y0, x0 - 400, y1)])
    )
    blocks = pd.concat([village_blocks(), away], ignore_index=True)
    with pytest.raises(InputRefused, match="liegt in keiner Gemeinde"):
        mended(blocks, "move")
    done = mended(blocks, "nearest").blocks.set_index("block_id")
    assert (done.at[f"{AGS}-A", "population"], "X" in done.index) == (509, False)


def test_an_unknown_municipality_is_found_by_place():
    done = mended(village_blocks().assign(municipality="05999099"), "move", only="outside")
    assert set(done.blocks["municipality"]) == {AGS}
    assert check_ground(done.blocks, draw_municipality()) == ()


def test_coordinates_are_read_rightly_on_request():
    blocks = village_blocks().to_crs(4647).set_crs(25832, allow_override=True)
    done = mended(blocks)
    assert check_ground(done.blocks, draw_municipality()) == ()
    assert done.protocol["what_was_done"].str.contains("EPSG:4647").tolist() == [True]


def test_unknown_wishes_are_refused():
    blocks = village_blocks().drop(index=0)
    with pytest.raises(UsageError, match="gibt es nicht"):
        repair(blocks, draw_municipality(), check_ground(blocks, draw_municipality()), {"gap-0": ""})
    with pytest.raises(UsageError, match="Möglich ist: give, new"):
        mended(blocks, "cut")


def zone_before(corners):
    return corners + np.array([32_000_000, 0])


@pytest.mark.parametrize("letters", ["A", "ABCDEFGhi"])
def test_only_the_blocks_of_another_system_are_read_rightly(letters):
    blocks, towns = village_blocks(), draw_municipality()
    own = blocks["block_id"].str[-1].isin(list(letters))
    blocks.loc[own, "geometry"] = shapely.transform(blocks.geometry[own].to_numpy(), zone_before)
    (fault,) = check_ground(blocks, towns)
    assert [way.code for way in ways(fault, blocks)] == ["reread"]
    done = repair(blocks, towns, [fault], {fault.fault_id: ""})
    assert check_ground(done.blocks, towns) == ()
    meant = village_blocks().sort_values("block_id", ignore_index=True)
    assert shapely.equals_identical(*(shapely.normalize(one.geometry.to_numpy()) for one in (done.blocks, meant))).all()
    assert done.blocks["population"].tolist() == meant["population"].tolist()
    row = done.protocol.iloc[0]
    assert row["what_was_done"].startswith("Gelesen als UTM-Koordinaten, Zone 32 mit vorangestellter Zonennummer")
    assert row["people_before"] == row["people_after"]


def test_a_block_of_another_system_is_read_before_it_is_joined_with_its_copy():
    blocks, towns = village_blocks(), draw_municipality()
    copy = blocks[blocks["block_id"].str.endswith("A")].assign(block_id="X", population=0)
    copy.geometry = shapely.transform(copy.geometry.to_numpy(), zone_before)
    done = mended(pd.concat([blocks, copy], ignore_index=True))
    assert check_ground(done.blocks, towns) == ()
    assert len(done.blocks) == len(blocks)


@pytest.mark.parametrize("letters", ["A", "ABCDEFGhi"])
def test_a_file_with_some_blocks_of_another_system_is_checked_and_not_refused_as_a_whole(tmp_path, letters):
    file, blocks = tmp_path / "bausteine.gpkg", village_blocks()
    own = blocks["block_id"].str[-1].isin(list(letters))
    blocks.loc[own, "geometry"] = shapely.transform(blocks.geometry[own].to_numpy(), zone_before)
    blocks.to_file(file, layer="blocks", driver="GPKG")
    draw_municipality().to_file(file, layer="municipalities", driver="GPKG")
    ground = read_ground(file)
    assert not ground.misplaced
    assert [fault.finding.offer for fault in ground.faults] == ["EPSG:4647"]
    done = repair(ground.blocks, ground.municipalities, ground.faults, {ground.faults[0].fault_id: ""})
    assert check_ground(ground.with_blocks(done.blocks).blocks, ground.municipalities) == ()
