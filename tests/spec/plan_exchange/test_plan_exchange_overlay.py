"""Adopting an existing plan: foreign areas laid onto our blocks, and a person decides where they do not fit."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from sozialraum.base import InputRefused
from sozialraum.plans.adopting import adopted_plan, choose, undecided
from sozialraum.plans.exchange_in import Foreign
from sozialraum.plans.overlay import lay_over
from sozialraum.plans.overlay_record import overlay_from_json, overlay_to_json
from village import AGS, EAST, NORTH, draw_blocks, draw_municipality

# Two columns of blocks, each 200 m wide and 100 m high; C and D are 100 m of two blocks wide.
DRAWING = """
AABB
CCDD
"""
WHEN = "2026-03-02T10:00:00+00:00"


def areas(**boxes: tuple[float, float, float, float]) -> Foreign:
    """Foreign areas as boxes in metres from the north-west corner: left, top, right, bottom."""
    shapes = {
        name: shapely.box(EAST + left, NORTH - bottom, EAST + right, NORTH - top)
        for name, (left, top, right, bottom) in boxes.items()
    }
    frame = gpd.GeoDataFrame(
        {"area": list(shapes), "code": "", "name": [f"Viertel {name}" for name in shapes]},
        geometry=list(shapes.values()),
        crs="EPSG:25832",
    )
    return Foreign("viertel.gpkg", frame, pd.Series(dtype=object))


def addresses(*places: tuple[str, float, float]) -> gpd.GeoDataFrame:
    """Addresses by block and metres from the north-west corner."""
    return gpd.GeoDataFrame(
        {"block_id": [f"{AGS}-{block}" for block, _x, _y in places]},
        geometry=[shapely.Point(EAST + x, NORTH - y) for _block, x, y in places],
        crs="EPSG:25832",
    )


def village() -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    people = {"A": 100, "B": 200, "C": 50, "D": 0}
    return draw_blocks(DRAWING, people), draw_municipality(DRAWING)


# The border between west and east lies `x` metres from the left; block B begins at 200 m.
BORDERS = [
    # x, blocks across it, what west gets
    (200, [], "AC"),
    (201, [], "AC"),  # a strip of one metre comes from drawing the same line twice
    (199, [], "AC"),
    (250, ["B", "D"], "AC"),
    (150, ["A", "C"], "AC"),
    (100, ["A", "C"], ""),
]


@pytest.mark.parametrize(("x", "across", "west"), BORDERS)
def test_a_block_across_a_border_is_listed_and_a_strip_is_not(x: float, across: list[str], west: str) -> None:
    blocks, town = village()
    found = lay_over(areas(west=(0, 0, x, 200), east=(x, 0, 400, 200)), blocks, town)
    assert [one.block_id[-1] for one in found.across] == across
    proposed = found.clear.to_dict() | found.proposals()
    if west:
        assert "".join(sorted(block[-1] for block, area in proposed.items() if area == "west")) == west


def test_where_addresses_are_known_the_majority_of_inhabitants_is_proposed() -> None:
    blocks, town = village()
    foreign = areas(west=(0, 0, 250, 200), east=(250, 0, 400, 200))
    # a quarter of block B lies in the west, but three of its four houses stand there
    houses = addresses(("B", 210, 50), ("B", 220, 50), ("B", 230, 50), ("B", 390, 50))
    block = next(one for one in lay_over(foreign, blocks, town, houses).across if one.block_id.endswith("B"))
    assert (block.proposal, block.basis) == ("west", "addresses")
    assert [(one.area, one.ground, one.people) for one in block.shares] == [("west", 0.25, 0.75), ("east", 0.75, 0.25)]


def test_where_nobody_lives_or_no_address_is_known_the_larger_ground_is_proposed() -> None:
    blocks, town = village()
    found = lay_over(areas(west=(0, 0, 250, 200), east=(250, 0, 400, 200)), blocks, town)
    assert {one.block_id[-1]: (one.proposal, one.basis) for one in found.across} == {
        "B": ("east", "ground"),
        "D": ("east", "ground"),
    }
    assert all(share.people is None for one in found.across for share in one.shares)


def test_a_strip_in_which_somebody_lives_is_not_noise() -> None:
    blocks, town = village()
    foreign = areas(west=(0, 0, 201, 200), east=(201, 0, 400, 200))
    found = lay_over(foreign, blocks, town, addresses(("B", 200.5, 50), ("B", 300, 50)))
    assert [one.block_id[-1] for one in found.across] == ["B"]


FAULTS = [
    # areas, a part of the sentence, blocks to decide on
    (
        {"west": (0, 0, 250, 200), "east": (200, 0, 400, 200)},
        "west Viertel west und east Viertel east überlappen",
        "BD",
    ),
    ({"west": (0, 0, 200, 200), "east": (250, 0, 400, 200)}, "Lücke von 10.000 m²", "BD"),
    ({"west": (0, 0, 200, 200), "east": (200, 0, 400, 100)}, "Lücke von 20.000 m²", "D"),
    ({"west": (0, 0, 200, 200), "east": (200, 0, 400, 200), "spot": (10, 10, 12, 12)}, "Zu klein für einen", ""),
    ({"west": (0, 0, 200, 200), "east": (200, 0, 400, 200), "away": (900, 0, 990, 99)}, "away", ""),
]


@pytest.mark.parametrize(("boxes", "sentence", "blocks_open"), FAULTS)
def test_what_does_not_fit_is_found_and_named(boxes: dict, sentence: str, blocks_open: str) -> None:
    blocks, town = village()
    found = lay_over(areas(**boxes), blocks, town)
    assert any(sentence in finding.sentence() for finding in found.findings)
    assert {finding.severity for finding in found.findings} == {"warning"}
    assert "".join(one.block_id[-1] for one in found.across) == blocks_open


def test_a_block_in_no_area_is_proposed_for_the_nearest() -> None:
    blocks, town = village()
    found = lay_over(areas(west=(0, 0, 200, 200), east=(200, 0, 400, 100)), blocks, town)
    assert [(one.proposal, one.basis) for one in found.across] in ([("east", "nearest")], [("west", "nearest")])


def test_an_area_across_a_municipal_border_becomes_one_area_in_each() -> None:
    other = "05999008"
    west, east = draw_blocks("A\nC"), draw_blocks(".B\n.D", ags=other)
    blocks = pd.concat([west, east], ignore_index=True)
    towns = pd.concat([draw_municipality("A\nC"), draw_municipality(".B\n.D", ags=other, name="Nebenan")])
    found = lay_over(areas(north=(0, 0, 200, 100), south=(0, 100, 200, 200)), blocks, towns)
    assert found.municipalities == (AGS, other)
    said = [finding.sentence() for finding in found.findings]
    assert sum("liegt in 2 Gemeinden (Musterdorf, Nebenan)" in sentence for sentence in said) == 2
    plan = adopted_plan(found, (), blocks, None, title="Bestand", created=WHEN)
    assert plan.areas.groupby("municipality")["area_id"].count().to_dict() == {AGS: 2, other: 2}
    assert all(area[:8] == block[:8] for block, area in plan.assignment.items())


def test_nothing_is_taken_until_every_block_is_decided() -> None:
    blocks, town = village()
    found = lay_over(areas(west=(0, 0, 250, 200), east=(250, 0, 400, 200)), blocks, town)
    with pytest.raises(InputRefused, match="2 Bausteine liegen auf einer Grenze und sind noch nicht entschieden"):
        adopted_plan(found, (), blocks, None, title="Bestand", created=WHEN)
    one = choose(found, {f"{AGS}-B": "west"}, role="Fachleute", when=WHEN, why="Schulweg")
    assert undecided(found, one) == (f"{AGS}-D",)
    both = one + choose(found, {f"{AGS}-D": "east"}, role="Fachleute", when=WHEN)
    plan = adopted_plan(found, both, blocks, None, title="Bestand", created=WHEN)
    assert plan.parameters["adoption"]["decisions"] == [
        {"block_id": f"{AGS}-B", "area": "west", "proposed": "east", "role": "Fachleute", "when": WHEN,
         "why": "Schulweg"},
        {"block_id": f"{AGS}-D", "area": "east", "proposed": "east", "role": "Fachleute", "when": WHEN, "why": ""},
    ]  # fmt: skip


def test_a_decision_for_another_block_or_area_is_refused_with_every_reason() -> None:
    blocks, town = village()
    found = lay_over(areas(west=(0, 0, 250, 200), east=(250, 0, 400, 200)), blocks, town)
    with pytest.raises(InputRefused) as refused:
        choose(found, {f"{AGS}-A": "west", f"{AGS}-B": "north"}, role="Fachleute", when=WHEN)
    assert len(refused.value.findings) == 2


def test_areas_of_another_region_are_refused_with_the_distance() -> None:
    blocks, town = village()
    with pytest.raises(InputRefused, match="km neben der Region") as refused:
        lay_over(areas(far=(90_000, 0, 90_100, 100)), blocks, town)
    assert "Koordinatensystem" in str(refused.value)


def test_a_key_that_stood_for_other_blocks_is_not_used_again() -> None:
    blocks, town = village()
    found = lay_over(areas(**{f"{AGS}-01": (0, 0, 200, 200), f"{AGS}-02": (200, 0, 400, 200)}), blocks, town)
    ours = {f"{AGS}-01": [frozenset({f"{AGS}-A"})], f"{AGS}-02": [frozenset({f"{AGS}-B", f"{AGS}-D"})]}
    plan = adopted_plan(found, (), blocks, None, title="Bestand", created=WHEN, known_keys=ours)
    assert dict(zip(plan.areas["code"], plan.areas["area_id"], strict=True)) == {"1": f"{AGS}-03", "2": f"{AGS}-02"}


def test_what_waits_for_decisions_can_be_kept_and_read_again() -> None:
    blocks, town = village()
    found = lay_over(areas(west=(0, 0, 250, 200), east=(240, 0, 400, 200)), blocks, town)
    again = overlay_from_json(overlay_to_json(found))
    assert again.across == found.across
    assert again.findings == found.findings
    pd.testing.assert_series_equal(again.clear, found.clear)
