"""What a step of a revision is said to do. The village, each sign 100 m by 100 m; small letters are open land:

AABBCC   1 Altstadt 1,200 inhabitants (A 500, B 400, C 300)
AABBCC
======   railway
DDEEFF   2 Nordfeld 1,500 (D 600, E 500, F 400), with the open land g, h, i
DDEEFF
gghhii
JJKKLL   3 Mühlweiler 900 (J 300, K 400, L 200)
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from sozialraum.base import in_language
from sozialraum.delineation import Edit, Plan, make_plan
from sozialraum.plans import Ground, effect, make_ground
from village import AGS, EAST, NORTH, draw_municipality, village_blocks

AREAS = {"ABC": ("1", "Altstadt"), "DEFghi": ("2", "Nordfeld"), "JKL": ("3", "Mühlweiler")}


def ground(low: float = 700, high: float = 2000) -> Ground:
    line = shapely.LineString([(EAST, NORTH - 200), (EAST + 600, NORTH - 200)])
    railway = gpd.GeoDataFrame({"kind": ["railway"], "name": ["Bahnlinie"]}, geometry=[line], crs="EPSG:25832")
    return make_ground(village_blocks(), draw_municipality(low=low, high=high).iloc[0], railway)


def plan() -> Plan:
    rows = [(f"{AGS}-0{code}", code, name, AGS, "proposal") for code, name in AREAS.values()]
    table = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    assignment = {f"{AGS}-{one}": f"{AGS}-0{code}" for letters, (code, _name) in AREAS.items() for one in letters}
    return make_plan(assignment, table, title="x", created="2026-01-01T00:00:00+00:00", status="in_revision")


def step(text: str) -> Edit:
    """'F > 1': move; 'DEg | 2': split off as 2b; '1 + 2': merge."""
    blocks, sign, code = text.split()
    area = f"{AGS}-0{code}"
    if sign == "+":
        return Edit("merge", area=f"{AGS}-0{blocks}", into=area, role="r")
    ids = tuple(f"{AGS}-{letter}" for letter in blocks)
    if sign == "|":
        return Edit("split", area=area, into=f"{AGS}~1", blocks=ids, code="2b", name="Neu", rest_code="2a", role="r")
    return Edit("move", area=area, blocks=ids, role="r")


def told(*steps: str, low: float = 700, high: float = 2000) -> list[str]:
    """What is said of the last step, with the sign of its severity."""
    before = after = plan()
    for text in steps:
        before, after = after, after.apply(step(text))
    signs = {"ok": "+", "look": "!", "error": "x"}
    return [f"{signs[check.severity]} {check.sentence}" for check in effect(ground(low, high), before, after).checks]


# steps, the last of them told -> what is said
TOLD = {
    "the railway comes to run through area 1": (
        ["F > 1"],
        ["+ Die Gebiete 1 und 2 hängen zusammen.", "! Bahnstrecke Bahnlinie verläuft jetzt durch Gebiet 1."],
    ),
    "and the border goes back to it": (
        ["F > 1", "F > 2"],
        ["+ Die Gebiete 1 und 2 hängen zusammen.", "+ Die Grenze folgt jetzt der Bahnlinie."],
    ),
    "a new area of a thousand and one below": (
        ["Fi | 2"],
        [
            "+ Die Gebiete 2a und 2b hängen zusammen.",
            "! Gebiet 2b hätte 400 Einwohner; unter 1.000 wird es nicht einzeln beliefert. Vorschlag: 2b mit 2a "
            "gemeinsam beliefern (ähnlichster Nachbar, zusammen 1.500 Einwohner).",
        ],
    ),
    "an area reaches a thousand through open land": (
        ["i > 3", "F > 3"],
        ["+ Die Gebiete 2 und 3 hängen zusammen.", "+ 3 erreicht 1.000 Einwohner: eigene Liefergruppe möglich."],
    ),
    "two areas torn": (
        ["B > 3"],
        [
            "x Gebiet 1 besteht aus 2 getrennten Teilen; ein Gebiet hängt zusammen.",
            "x Gebiet 3 besteht aus 2 getrennten Teilen; ein Gebiet hängt zusammen.",
            "! Gebiet 1 hätte 800 Einwohner; unter 1.000 wird es nicht einzeln beliefert. Vorschlag: 1 mit 3 gemeinsam "
            "beliefern (ähnlichster Nachbar, zusammen 2.100 Einwohner).",
            "+ 3 erreicht 1.000 Einwohner: eigene Liefergruppe möglich.",
        ],
    ),
    "an area merged away": (
        ["1 + 2"],
        [
            "x Gebiet 2 hätte 2.700 Einwohner; erlaubt sind 700 bis 2.000.",
            "+ Gebiet 2 hängt zusammen.",
            "! Bahnstrecke Bahnlinie verläuft jetzt durch Gebiet 2.",
            "! Gebiet 1 geht in anderen Gebieten auf.",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TOLD)
def test_what_is_said_of_a_step(case: str) -> None:
    steps, sentences = TOLD[case]
    assert told(*steps, low=300 if case.startswith("a new area") else 700) == sentences


# inhabitants of area 3 against 700 to 2,000 -> word
WORDS = [("L > 2", 700, "close"), ("KL > 2", 300, "outside"), ("i > 3", 900, "within")]


@pytest.mark.parametrize(("text", "people", "word"), WORDS)
def test_words_for_the_number_of_inhabitants(text: str, people: int, word: str) -> None:
    before = plan()
    area = next(one for one in effect(ground(), before, before.apply(step(text))).areas if one.code == "3")
    assert (area.people_after, area.word_after) == (people, word)


@pytest.mark.parametrize("people", [769, 771, 1900, 1901])
def test_close_is_a_tenth_above_the_lower_and_a_twentieth_below_the_upper_limit(people: int) -> None:
    from sozialraum.plans.figures import size_word

    assert (size_word(people, 700, 2000) == "close") is (people in (769, 1901))


def test_in_english_nothing_stays_german() -> None:
    with in_language("en"):
        before = plan()
        found = effect(ground(), before, before.apply(step("B > 3")))
        assert len(found.checks) == 4
