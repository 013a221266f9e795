"""Blocks built from the demo's lines and addresses, held against the blocks the demo knows.

The demo's lines are its named streets, its river, railway and motorway. Paths without a name and the borders of its
open land are not among them, so a third of the blocks has its whole border on lines; the rest can only be found by
houses and by rows of street ends, or not at all.
"""

import pytest
from benchmarks.found_again import FoundAgain, demo_addresses, found_again

from sozialraum.blocks import check_blocks
from sozialraum.blocks.building import BuildingRule, Built, build_blocks
from sozialraum.demo import World


@pytest.fixture(scope="module")
def built(demo_world: World) -> Built:
    return build_blocks(demo_world.municipalities, demo_world.lines, addresses=demo_addresses(demo_world))


@pytest.fixture(scope="module")
def score(demo_world: World, built: Built) -> FoundAgain:
    return found_again(demo_world, built.blocks, demo_addresses(demo_world))


# what, at least, share of the known blocks
SCORES = [
    ("Bausteine, deren ganze Grenze auf Linien liegt", "found_of_bounded", 0.999),
    ("Einwohnerinnen und Einwohner in wiedergefundenen Bausteinen", "inhabitants", 0.76),
    ("Fläche wiedergefundener Bausteine in der Siedlung", "settled_area", 0.63),
    ("Fläche wiedergefundener Bausteine überhaupt", "area", 0.07),
]


@pytest.mark.parametrize(("what", "share", "least"), SCORES)
def test_known_blocks_are_found_again(what: str, share: str, least: float, score: FoundAgain) -> None:
    assert getattr(score, share) >= least, what


def test_more_is_found_than_the_lines_alone_allow(score: FoundAgain) -> None:
    assert score.bounded_inhabitants < 0.5 < score.inhabitants
    assert score.bounded_area < score.area


def test_nobody_is_lost_and_the_ground_is_tiled(built: Built, demo_world: World) -> None:
    assert built.people == "counted"
    assert built.blocks["population"].sum() == demo_world.blocks["population"].sum()
    assert check_blocks(built.blocks, demo_world.municipalities) == ()


def test_keys_are_those_of_the_municipality_numbered_through(built: Built) -> None:
    for ags, own in built.blocks.groupby("municipality"):
        assert own["block_id"].tolist() == [f"{ags}-B{number + 1:04d}" for number in range(len(own))]


def test_no_remainder_stays_and_each_is_in_the_protocol(built: Built) -> None:
    rule = BuildingRule()
    assert built.blocks.area.min() >= rule.smallest_area
    assert (2 * built.blocks.area / built.blocks.length).min() >= rule.narrowest_width
    assert set(built.merged["into"]) <= set(built.blocks["block_id"])


def test_doubtful_places_have_a_sentence_a_step_and_a_block(built: Built) -> None:
    known = set(built.blocks["block_id"])
    assert {one.kind for one in built.doubtful} == {"on_line", "open_end"}
    for one in built.doubtful:
        assert one.sentence.endswith(".")
        assert one.todo.endswith(".")
        assert one.block_id in known
