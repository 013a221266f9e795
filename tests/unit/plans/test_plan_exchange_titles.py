"""How foreign areas, and blocks near a gap, are named in sentences."""

import pandas as pd
import pytest

from sozialraum.plans.overlay_faults import near, title_of

AREAS = [
    # key, code, name in the file; called
    ("05999004-13", "", "Ober-Elsen", "13 Ober-Elsen"),
    ("05999004-03a", "", "", "3a"),
    ("05999004-07", "7", "Nord", "7 Nord"),
    ("01", "", "", "1"),
    ("Mitte", "", "Mitte", "Mitte"),
    ("Q17b", "", "Am Bach", "Q17b Am Bach"),
]


@pytest.mark.parametrize(("area", "code", "name", "title"), AREAS)
def test_an_area_is_called_by_code_and_name(area: str, code: str, name: str, title: str) -> None:
    assert title_of(pd.DataFrame({"area": [area], "code": [code], "name": [name]}), area) == title


def test_two_areas_called_the_same_are_told_apart_by_their_keys() -> None:
    areas = pd.DataFrame({"area": ["05999004-13", "05999008-13"], "code": "", "name": ""})
    assert title_of(areas, "05999008-13") == "13 (05999008-13)"


@pytest.mark.parametrize(("number", "text"), [(2, "1, 2"), (5, "1, 2, 3, 4, 5"), (7, "1, 2, 3, 4, 5 und 2 weiteren")])
def test_blocks_near_a_gap_stand_in_the_dative(number: int, text: str) -> None:
    assert near([str(one + 1) for one in range(number)]) == text
