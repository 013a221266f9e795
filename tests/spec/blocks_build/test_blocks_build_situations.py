"""What the rule makes of situations that every map of streets holds, as a table a planner can check.

The town is a square kilometre. Without anything drawn in it, it is one block.
"""

import math

import pytest

from drawn_town import addresses, box, lines, towns
from sozialraum.blocks import check_blocks
from sozialraum.blocks.building import Built, build_blocks

ACROSS = ("street", "Querstraße", [(0, 500), (1000, 500)])


def street(*corners: tuple[float, float]) -> tuple[str, str, list[tuple[float, float]]]:
    return ("street", "", list(corners))


def rail(y: float) -> tuple[str, str, list[tuple[float, float]]]:
    return ("railway", "", [(0, y), (1000, y)])


def roundabout(x: float, y: float, radius: float) -> tuple[str, str, list[tuple[float, float]]]:
    steps = [2 * math.pi * k / 16 for k in range(16)]
    ring = [(x + radius * math.cos(step), y + radius * math.sin(step)) for step in steps]
    return ("street", "Kreisel", [*ring, ring[0]])


# situation, lines, blocks, merged remainders
SITUATIONS = [
    ("eine Straße quer durch den Ort", [ACROSS], 2, 0),
    ("zwei Straßen im Kreuz", [ACROSS, street((500, 0), (500, 1000))], 4, 0),
    ("eine Sackgasse teilt nichts", [ACROSS, street((300, 500), (300, 700))], 2, 0),
    ("eine Schleife mit Wohnhof ist ein eigener Baustein",
     [ACROSS, street((300, 500), (300, 600), (400, 600), (400, 500))], 3, 0),
    ("zwei Fahrbahnen einer Straße sind eine Grenze", [ACROSS, street((0, 506), (1000, 506))], 2, 1),
    ("zwei Gleise sind eine Grenze", [rail(500), rail(505)], 2, 1),
    ("drei Gleise sind eine Grenze", [rail(500), rail(504), rail(508)], 2, 2),
    ("die Insel eines Kreisverkehrs gehört zu einem Nachbarn",
     [street((0, 500), (485, 500)), street((515, 500), (1000, 500)), roundabout(500, 500, 15)], 2, 1),
    ("ein Platz ist groß genug, um zu bleiben", [ACROSS, street((300, 500), (300, 560), (380, 560), (380, 500))], 3, 0),
    ("eine Straße am Fluss: der Uferstreifen kommt nicht über den Fluss",
     [("river", "Lohe", [(0, 400), (1000, 400)]), street((0, 407), (1000, 407))], 2, 1),
    ("eine Brücke über den Fluss teilt beide Ufer",
     [("river", "Lohe", [(0, 400), (1000, 400)]), street((500, 0), (500, 1000))], 4, 0),
    ("eine Straße endet einen Meter vor der Gemeindegrenze", [street((0, 500), (999, 500))], 2, 0),
    ("eine Straße ragt über die Gemeindegrenze hinaus", [street((-300, 500), (1300, 500))], 2, 0),
    ("eine Straße außerhalb der Gemeinde zählt nicht", [street((0, 1500), (1000, 1500))], 1, 0),
    ("eine Linie zweimal gezeichnet zählt einmal", [ACROSS, ACROSS], 2, 0),
    ("eine Straße in Stücken ist eine Straße", [street((0, 500), (400, 500)), street((400, 500), (1000, 500))], 2, 0),
    ("Wohnwege, die in einer Reihe enden, haben einen Fußweg am Ende",
     [ACROSS, street((0, 700), (1000, 700)), *(street((x, 500), (x, 600)) for x in (200, 300, 400))], 5, 0),
    ("zwei Sackgassen, die sich gegenüberliegen, gehören zusammen",
     [ACROSS, street((0, 800), (1000, 800)), street((500, 500), (500, 630)), street((500, 670), (500, 800))], 4, 0),
]  # fmt: skip


@pytest.mark.parametrize(("situation", "drawn", "blocks", "merged"), SITUATIONS, ids=[one[0] for one in SITUATIONS])
def test_situation(situation: str, drawn: list, blocks: int, merged: int) -> None:
    built = build_blocks(towns(), lines(*drawn))
    assert (len(built.blocks), len(built.merged)) == (blocks, merged), situation
    assert check_blocks(built.blocks, towns()) == ()


def block_of(built: Built, x: float, y: float) -> str:
    found = built.blocks[built.blocks.contains(box(x - 1, y - 1, x + 1, y + 1))]
    return str(found["block_id"].iloc[0])


def test_a_village_in_the_fields() -> None:
    """Houses on both sides of one street; two farms lie apart. The village is two blocks, the farms are open land."""
    sides = [(x, 500 + side, 3) for x in range(300, 701, 25) for side in (-12, 12)]
    farms = [(100, 100, 4), (900, 900, 5)]
    built = build_blocks(towns(), lines(ACROSS), addresses=addresses(*sides, *farms))
    north, south = block_of(built, 500, 520), block_of(built, 500, 480)
    fields = {block_of(built, 100, 100), block_of(built, 900, 900)}
    assert len({north, south} | fields) == 4
    people = built.blocks.set_index("block_id")["population"]
    assert (people[north], people[south]) == (51, 51)
    assert sorted(people[list(fields)]) == [4, 5]


def test_a_quarter_apart_has_its_own_block() -> None:
    """A row of houses without a street of its own still stands apart from the fields."""
    row = [(x, 250, 2) for x in range(300, 500, 20)]
    built = build_blocks(towns(), lines(ACROSS), addresses=addresses(*row))
    home = built.blocks.set_index("block_id").loc[block_of(built, 400, 250)]
    assert home["population"] == 20
    assert home["land"] == "settlement"
    assert home.geometry.area < 20_000
