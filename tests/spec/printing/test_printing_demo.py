"""A working map of the largest town of the invented Kreis: all blocks, in seconds, in a file that can be sent."""

from __future__ import annotations

import time

import pandas as pd
import pytest

import printing_town as world
from demo_fixtures import quarter_plan
from sozialraum.demo import World
from sozialraum.publish.work_map import work_map_pdf
from sozialraum.publish.work_map_content import PlanText, Town, WorkMap

AGS = "05999004"
MEGABYTES = 10


@pytest.fixture(scope="module")
def content(demo_world: World) -> WorkMap:
    """Merzenrath with its quarters as areas."""
    assignment, _keys, names = quarter_plan(demo_world)
    blocks = demo_world.blocks
    own = blocks[blocks["municipality"] == AGS].reset_index(drop=True)
    outline = demo_world.municipalities.set_index("ags").geometry[AGS].buffer(5)
    lines = demo_world.lines[demo_world.lines.intersects(outline)].reset_index(drop=True)
    areas = pd.DataFrame(
        [(area, area[9:].lstrip("0"), name, area[:8]) for area, name in sorted(names.items())],
        columns=["area_id", "code", "name", "municipality"],
    )
    nothing = lines.iloc[:0]
    return WorkMap(
        Town(AGS, "Merzenrath", own, lines, nothing, nothing), PlanText("p1", "Stadtteile", "Vorschlag", "01.01.2026"),
        assignment, areas, "A1", "Kreis", "Beispielzahlen", "Quelle: erfunden.", "2026-01-01",
    )  # fmt: skip


def test_a_town_of_1500_blocks_on_a1(content: WorkMap) -> None:
    begun = time.process_time()
    pdf = work_map_pdf(content)
    taken = time.process_time() - begun
    overview, *sheets = world.words(pdf)
    assert len(content.town.blocks) > 1_500
    assert "Merzenrath" in overview
    # a reader of text may run two numbers side by side together
    found = " ".join(sheets)
    blocks = content.town.blocks
    settled = {key.split("-")[1] for key in blocks["block_id"][blocks["population"] > 0]}
    # the sheets say how many blocks have no room for their number
    assert sum(number in found for number in settled) > 0.97 * len(settled)
    assert "keinen Platz für ihre Nummer" in " ".join(sheets)
    assert len(pdf) < MEGABYTES * 1_000_000
    assert taken < 12, "seconds of one processor"
