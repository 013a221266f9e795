"""What a step does: figures of the touched areas before and after, and what is said of it."""

from __future__ import annotations

import numpy as np
import plans_village as village
import pytest
from plans_village import ONE, THREE, TWO, move

from sozialraum.delineation import Edit
from sozialraum.plans import effect
from sozialraum.plans.checks import hard_rules


def said(found: object, code: str) -> list[str]:
    return [check.sentence for check in found.checks if check.code == code]  # type: ignore[attr-defined]


def test_only_touched_areas_are_told_with_their_inhabitants() -> None:
    before = village.plan()
    found = effect(village.ground(), before, before.apply(move("F", ONE)))
    told = [(one.code, one.people_before, one.people_after) for one in found.areas]
    assert told == [("1", 1200, 1600), ("2", 1500, 1100)]
    assert (found.blocks_moved, found.persons_moved) == (1, 400)


def test_a_step_that_changes_nothing_touches_nothing() -> None:
    before = village.plan()
    found = effect(village.ground(), before, before.apply(Edit("lock", area=ONE, role="Planung")))
    assert (found.areas, found.checks, found.hard, found.persons_moved) == ((), (), False, 0)


def test_likeness_is_the_share_of_the_towns_spread_that_does_not_lie_inside() -> None:
    ground, before = village.ground(), village.plan()
    found = effect(ground, before, before.apply(move("F", ONE)))
    own = ground.positions([village.block(letter) for letter in "ABCF"])
    inside = village.spread(ground.people[own], ground.values[own])
    whole = village.spread(ground.people, ground.values)
    assert found.areas[0].likeness_after == round(100 * (1 - inside / whole), 1)


def test_areas_of_equal_blocks_are_a_hundred_alike() -> None:
    before = village.plan({"ABC": "1", "D": "2", "EFghiJKL": "3"})
    found = effect(village.ground(), before, before.apply(move("D", "05999004-01")))
    assert found.areas[1].code == "2"
    assert found.areas[1].likeness_before == 100.0
    assert found.areas[1].likeness_after is None


def test_compactness_of_a_square_is_that_of_a_square() -> None:
    before = village.plan({"ABCDEFghi": "1", "JKL": "2"})
    found = effect(village.ground(), before, before.apply(move("DEFghi", "05999004-02")))
    strip = next(one for one in found.areas if one.code == "1")
    assert strip.compactness_after == pytest.approx(4 * np.pi * 120_000 / 1600**2, abs=0.001)


def test_a_torn_area_breaks_a_hard_rule() -> None:
    before = village.plan()
    found = effect(village.ground(), before, before.apply(move("BE", THREE)))
    assert found.hard
    assert said(found, "apart") == [
        "Gebiet 1 besteht aus 2 getrennten Teilen; ein Gebiet hängt zusammen.",
        "Gebiet 3 besteht aus 2 getrennten Teilen; ein Gebiet hängt zusammen.",
    ]


def test_open_land_holds_an_area_together() -> None:
    before = village.plan()
    found = effect(village.ground(low=0), before, before.apply(move("J", TWO)))
    assert said(found, "connected") == ["Die Gebiete 2 und 3 hängen zusammen."]
    assert not found.hard


def test_below_a_thousand_the_most_similar_neighbour_is_proposed() -> None:
    before = village.plan()
    found = effect(village.ground(), before, before.apply(move("A", TWO)))
    assert found.groups[0].area_id == ONE
    assert said(found, "below_1000")[0] == (
        "Gebiet 1 hätte 700 Einwohner; unter 1.000 wird es nicht einzeln beliefert. "
        "Vorschlag: 1 mit 2 gemeinsam beliefern (ähnlichster Nachbar, zusammen 2.700 Einwohner)."
    )


def test_reaching_a_thousand_is_said_once() -> None:
    before = village.plan()
    after = before.apply(move("i", THREE)).apply(move("F", THREE))
    assert said(effect(village.ground(), before, after), "rule_1000") == [
        "3 erreicht 1.000 Einwohner: eigene Liefergruppe möglich."
    ]
    again = after.apply(move("h", THREE))
    assert said(effect(village.ground(), after, again), "rule_1000") == []


def test_a_border_that_comes_to_lie_on_the_railway_is_told() -> None:
    before = village.plan({"AD": "1", "BCEF": "2", "ghiJKL": "3"})
    after = before.apply(move("BC", "05999004-01")).apply(move("D", "05999004-02"))
    assert said(effect(village.ground(village.railway()), before, after), "along_line") == [
        "Die Grenze folgt jetzt der Bahnlinie."
    ]


def test_a_railway_that_comes_to_run_through_an_area_is_told() -> None:
    before = village.plan()
    found = effect(village.ground(village.railway()), before, before.apply(move("D", ONE)))
    assert [one.barriers for one in found.areas] == [("Bahnstrecke Bahnlinie",), ()]
    assert said(found, "crossed") == ["Bahnstrecke Bahnlinie verläuft jetzt durch Gebiet 1."]


def test_an_area_that_goes_up_in_another_is_told() -> None:
    before = village.plan()
    found = effect(village.ground(), before, before.apply(Edit("merge", area=ONE, into=TWO, role="Planung")))
    assert said(found, "gone") == ["Gebiet 1 geht in anderen Gebieten auf."]
    gone = next(one for one in found.areas if one.code == "1")
    assert (gone.people_before, gone.people_after, gone.blocks_after) == (1200, None, 0)


def test_the_profile_has_area_and_town() -> None:
    before = village.plan({"ABCDEFghi": "1", "JK": "2", "L": "3"})
    after = before.apply(move("K", "05999004-03"))
    rows = {row.key: row for row in effect(village.ground(low=0), before, after).areas[0].profile}
    rent = rows["housing_rent"]
    assert (rent.title, rent.family) == ("Miete je Quadratmeter, in Euro", "Wohnungsmarkt")
    assert rent.before == pytest.approx((300 * 9.0 + 400 * 9.1) / 700, abs=0.001)
    assert rent.after == 9.0


def test_unknown_values_do_not_count_as_zero() -> None:
    from sozialraum.plans import make_ground
    from village import draw_blocks, draw_municipality

    blocks = draw_blocks(housing_rent={"A": 8.0, "B": 10.0})
    ground = make_ground(blocks, draw_municipality().iloc[0])
    before = village.plan()
    rows = effect(ground, before, before.apply(move("D", ONE))).areas
    assert rows[0].profile[0].before == pytest.approx((500 * 8 + 400 * 10) / 900, abs=0.001)
    assert rows[1].profile[0].before is None


def test_an_area_decided_before_is_not_asked_again() -> None:
    ground, base = village.ground(low=1000), village.plan()
    assert hard_rules(ground, base) == ("Gebiet 3 hätte 900 Einwohner; erlaubt sind 1.000 bis 2.000.",)
    assert hard_rules(ground, base, base) == ()
    assert hard_rules(ground, base.apply(move("F", ONE)), base) == ()
    smaller = base.apply(move("J", TWO))
    assert hard_rules(ground, smaller, base) == ("Gebiet 3 hätte 600 Einwohner; erlaubt sind 1.000 bis 2.000.",)


def test_an_effect_is_plain_json() -> None:
    import json

    before = village.plan()
    found = effect(village.ground(village.railway()), before, before.apply(move("D", ONE))).to_json()
    assert json.loads(json.dumps(found)) == found
