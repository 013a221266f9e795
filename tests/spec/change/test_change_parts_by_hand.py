"""Why a share changed, in numbers that can be checked by hand.

An area had 40 cases among 400 inhabitants (10 %) and has 66 among 550 (12 %): two percentage points more.
"""

import pytest

from sozialraum.indicators.change_parts import Also, Part, Ratio, split_change

BEFORE, AFTER = Ratio.of(40, 400), Ratio.of(66, 550)


def points(part):
    return None if part.low is None else round(100 * part.low, 3)


def table(found):
    return [(" und ".join(part.names), points(part)) for part in found.parts]


# what is known in between, and what the two percentage points are made of
CASES = {
    # (66 - 40) * (1/400 + 1/550) / 2 = 0.0561; (66 + 40) / 2 * (1/550 - 1/400) = -0.0361
    "nothing else changed": ({}, [("population", -3.614), ("cases", 5.614)]),
    # on today's boundaries it had 60 among 500 (12 %): the boundaries alone make the two points
    "new boundaries": (
        {"on_new_boundaries": Ratio.of(60, 500)},
        [("boundaries", 2.0), ("population", -1.145), ("cases", 1.145)],
    ),
    "new boundaries and another definition": (
        {"on_new_boundaries": Ratio.of(60, 500), "in_new_definition": Ratio.of(50, 500)},
        [("boundaries", 2.0), ("definition", -2.0), ("population", -1.055), ("cases", 3.055)],
    ),
    # the count is not known on today's boundaries, the inhabitants are: (40 + 66) / 2 * (1/550 - 1/500) = -0.0096
    "cases known on old boundaries alone": (
        {"on_new_boundaries": Ratio(None, (500, 500), "Fälle nur für alte Gebiete.")},
        [("boundaries und cases", 2.964), ("population", -0.964)],
    ),
    "nothing known on today's boundaries": (
        {"on_new_boundaries": Ratio(None, None, "Nicht geliefert.")},
        [("boundaries und population und cases", 2.0)],
    ),
    "definition not known on old boundaries": (
        {"on_new_boundaries": Ratio(None, None, "Nicht gezählt."), "in_new_definition": Ratio.of(50, 500)},
        [("boundaries und definition", 0.0), ("population", -1.055), ("cases", 3.055)],
    ),
    "the count of before was carried": (
        {"also": Also(count=("boundaries",), reason="Übertragen.")},
        [("boundaries und cases", 5.614), ("population", -3.614)],
    ),
    "the base comes from another source": (
        {"also": Also(base=("definition",), reason="Andere Quelle.")},
        [("definition und population", -3.614), ("cases", 5.614)],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_parts(name):
    known, expected = CASES[name]
    found = split_change(BEFORE, AFTER, **known)
    assert table(found) == expected
    assert sum(part.low for part in found.parts) == pytest.approx(0.02, abs=1e-12)
    assert found.low == found.high == pytest.approx(0.02, abs=1e-12)


def test_what_cannot_be_told_apart_has_no_number_of_its_own_and_says_why():
    known = {"on_new_boundaries": Ratio(None, (500, 500), "Fälle nur für alte Gebiete.")}
    found = split_change(BEFORE, AFTER, **known)
    assert found.boundaries == Part(("boundaries",), None, None, "Fälle nur für alte Gebiete.")
    assert found.cases.low is None
    assert [part.names for part in found.unknown] == [("boundaries", "cases")]


def test_what_did_not_change_is_zero_and_known():
    assert split_change(BEFORE, AFTER).boundaries == Part(("boundaries",), 0.0, 0.0)


def test_a_count_known_within_bounds_gives_bounds():
    # 57 to 63 cases on today's boundaries: 11.4 to 12.6 %
    found = split_change(BEFORE, AFTER, on_new_boundaries=Ratio((57, 63), (500, 500)))
    assert (round(found.boundaries.low, 4), round(found.boundaries.high, 4)) == (0.014, 0.026)
    assert not found.boundaries.is_exact
    assert found.low == found.high  # the change itself is known


@pytest.mark.parametrize(
    ("count", "base"), [(None, (400, 400)), ((0, 0), (0, 0)), ((1, float("inf")), (5, 5)), ((3, 3), (0, 9))]
)
def test_without_a_share_there_is_nothing_to_split(count, base):
    found = split_change(Ratio(count, base, "Verborgen."), AFTER)
    assert (found.low, found.parts, found.reason) == (None, (), "Verborgen.")
    assert found.cases == Part(("cases",), None, None, "Verborgen.")
