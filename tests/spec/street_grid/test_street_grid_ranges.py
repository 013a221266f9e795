"""House numbers become ranges: the worked examples of docs/street-grid.md."""

from __future__ import annotations

import pytest

from sozialraum.street_grid import close_side, close_street

# known numbers -> (odd ranges, even ranges), written 'from-to area'
EXAMPLES = {
    "the whole street in one area, last number unknown": (
        {1: "A", 2: "A", 9: "A"}, "open", ["1-997 A"], ["2-998 A"],
    ),
    "1 to 50 and 51 to 100 to two areas, as the agency's example": (
        dict.fromkeys(range(1, 51), "A") | dict.fromkeys(range(51, 101), "B"), "known",
        ["1-49 A", "51-99 B"], ["2-50 A", "52-100 B"],
    ),
    "the same with open ends": (
        dict.fromkeys(range(1, 51), "A") | dict.fromkeys(range(51, 101), "B"), "open",
        ["1-49 A", "51-997 B"], ["2-50 A", "52-998 B"],
    ),
    "the odd side to one area, the even side to another": (
        {1: "A", 3: "A", 2: "B", 4: "B"}, "open", ["1-997 A"], ["2-998 B"],
    ),
    "numbers nobody has lie with the nearer known number": (
        {11: "A", 19: "B", 12: "A", 16: "B"}, "open", ["1-15 A", "17-997 B"], ["2-14 A", "16-998 B"],
    ),
    "numbers before the first lie with it": (
        {51: "A", 52: "A", 53: "B"}, "open", ["1-51 A", "53-997 B"], ["2-998 A"],
    ),
    "an area that comes twice has two ranges": (
        {1: "A", 3: "B", 5: "A"}, "known", ["1-1 A", "3-3 B", "5-5 A"], ["2-2 A", "4-4 B", "6-6 A"],
    ),
    "a side without a number follows the other": (
        {1: "A", 3: "A", 5: "B"}, "open", ["1-3 A", "5-997 B"], ["2-4 A", "6-998 B"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_ranges(name):
    known, last, odd, even = EXAMPLES[name]
    written = [[f"{part.start}-{part.end} {part.area}" for part in side] for side in close_street(known, last)]
    assert written == [odd, even]


def test_a_number_beyond_998_ends_its_side():
    assert [(part.start, part.end) for part in close_side({995: "A", 1203: "B"}, odd=True)] == [(1, 1099), (1101, 1203)]
