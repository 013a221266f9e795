"""The engine helps: cuts, better from here, what heals; every suggestion can be taken."""

from __future__ import annotations

import plans_village as village
import pytest
from plans_village import ONE, THREE, TWO, letters_of, move

from sozialraum.base import UsageError
from sozialraum.delineation import Edit
from sozialraum.plans.cutting import best_cut
from sozialraum.plans.disclosing import small_pieces
from sozialraum.plans.figures import area_rows, figures
from sozialraum.plans.healing import heal
from sozialraum.plans.helping import improve, needs

ROLE = "Planung"


def parts_after(plan, ground, edit) -> dict[str, tuple[int, bool]]:
    after = plan.apply(edit)
    found = figures(ground, ground.areas_of(after), area_rows(after, ground.ags))
    return {one.code: (one.people, one.connected) for one in found.values()}


def test_the_best_cut_separates_unlike_quarters_and_shows_lineage() -> None:
    plan, ground = village.plan({"ABCDEFghi": "1", "JKL": "2"}), village.ground()
    cut = best_cut(ground, plan, ONE, role=ROLE)
    assert letters_of(cut.edit.blocks) == "DEFghi"
    assert (cut.edit.rest_code, cut.edit.code, cut.people) == ("1a", "1b", (1200, 1500))
    assert cut.sentence == "Vorgeschlagener Schnitt: 1a mit 1.200 und 1b mit 1.500 Einwohnern."
    assert parts_after(plan, ground, cut.edit) == {"1a": (1200, True), "1b": (1500, True), "2": (900, True)}


def test_a_locked_block_stays_in_the_part_that_keeps_the_key() -> None:
    plan, ground = village.plan({"ABCDEFghi": "1", "JKL": "2"}), village.ground()
    locked = plan.apply(Edit("lock", blocks=(village.block("D"),), role=ROLE))
    cut = best_cut(ground, locked, ONE, role=ROLE)
    assert "D" not in letters_of(cut.edit.blocks)
    assert locked.apply(cut.edit).assignment[village.block("D")] == ONE


@pytest.mark.parametrize("letters", ["J", "ghi"])
def test_an_area_with_too_few_inhabited_blocks_is_not_cut(letters: str) -> None:
    rest = "".join(sorted(set("ABCDEFJKLghi") - set(letters)))
    plan = village.plan({rest: "1", letters: "2"})
    with pytest.raises(UsageError, match="zu wenige bewohnte Bausteine"):
        best_cut(village.ground(), plan, TWO, role=ROLE)


def test_an_unknown_area_is_refused_everywhere() -> None:
    plan, ground = village.plan(), village.ground()
    for ask in (best_cut, improve, heal):
        with pytest.raises(UsageError, match="gibt es in diesem Plan nicht"):
            ask(ground, plan, "05999004-77", role=ROLE)


def test_a_block_in_the_wrong_area_is_given_back() -> None:
    ground, plan = village.ground(), village.plan().apply(move("F", ONE))
    found, sentence = improve(ground, plan, ONE, role=ROLE)
    assert sentence == "1 Schritt macht die Gebiete einheitlicher."
    assert (found[0].edit.area, letters_of(found[0].edit.blocks), found[0].people) == (TWO, "F", 400)
    assert found[0].gain > 0


def test_locked_blocks_are_not_suggested() -> None:
    plan = village.plan().apply(move("F", ONE)).apply(Edit("lock", blocks=(village.block("F"),), role=ROLE))
    found, _sentence = improve(village.ground(), plan, role=ROLE)
    assert all("F" not in letters_of(one.edit.blocks) for one in found)


def test_where_nothing_can_be_better_that_is_said() -> None:
    found, sentence = improve(village.ground(), village.plan(), role=ROLE)
    assert (found, sentence) == ([], "Von hier aus wurde kein Schritt gefunden, der die Gebiete einheitlicher macht.")


@pytest.mark.parametrize(
    ("areas", "asked", "wrong"),
    [
        ({"ABC": "1", "DEFghi": "2", "JKL": "3"}, ONE, []),
        ({"ABC": "1", "DEFghi": "2", "JKL": "3"}, THREE, ["small"]),
        ({"ABCDEF": "1", "ghiJKL": "2"}, ONE, ["large"]),
        ({"AC": "1", "BDEFghi": "2", "JKL": "3"}, ONE, ["apart", "small"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_area(areas: dict[str, str], asked: str, wrong: list[str]) -> None:
    assert needs(village.ground(), village.plan(areas), asked) == wrong


@pytest.mark.parametrize(
    ("areas", "asked"),
    [
        ({"ABC": "1", "DEFghi": "2", "JKL": "3"}, THREE),
        ({"ABCDEF": "1", "ghiJKL": "2"}, ONE),
        ({"AC": "1", "BDEFghi": "2", "JKL": "3"}, ONE),
    ],
)  # fmt: skip
def test_each_suggestion_heals_by_itself(areas: dict[str, str], asked: str) -> None:
    plan, ground = village.plan(areas), village.ground()
    found, sentence = heal(ground, plan, asked, role=ROLE)
    assert found, sentence
    for one in found:
        after = plan.apply(one.edit)
        left = [area for area in (asked, one.edit.into) if area in area_rows(after, ground.ags)]
        assert [needs(ground, after, area) for area in left] == [[] for _area in left]
    assert [one.people for one in found] == sorted(one.people for one in found)


def test_a_sound_area_needs_nothing() -> None:
    assert heal(village.ground(), village.plan(), ONE, role=ROLE) == ([], "Gebiet 1 hält alle Regeln ein.")


def test_where_no_step_heals_that_is_said() -> None:
    locked = village.plan()
    for area in (ONE, TWO, THREE):
        locked = locked.apply(Edit("lock", area=area, role=ROLE))
    found, sentence = heal(village.ground(), locked, THREE, role=ROLE)
    assert (found, sentence) == ([], "Mit einem Schritt allein lässt sich Gebiet 3 nicht heilen.")


def test_few_inhabitants_between_two_plans_are_told() -> None:
    ground, old = village.ground(), village.plan()
    new = old.apply(move("L", TWO))
    assert small_pieces(ground, new, [old], least=200) == ()
    assert small_pieces(ground, new, [old], least=201) == (
        "Zwischen Gebiet 2 und Gebiet 3 im Plan „Entwurf“ liegen weniger als 201 Einwohner: Aus den Zahlen beider "
        "Pläne ließe sich auf sie schließen.",
    )
    assert small_pieces(ground, old, [old], least=10_000) == ()


def test_the_partner_for_delivery_is_the_one_the_street_grid_proposes() -> None:
    from sozialraum.plans.partners import delivery_groups
    from sozialraum.street_grid.groups import make_likeness, propose_groups
    from village import village_blocks

    ground, plan = village.ground(), village.plan({"AB": "1", "C": "2", "DEFghi": "3", "JKL": "4"})
    rows, areas = area_rows(plan, ground.ags), ground.areas_of(plan)
    small = "05999004-02"
    found = delivery_groups(ground, areas, rows, [small])[0]
    people = {area: int(ground.people[areas == area].sum()) for area in rows} | {
        "05999004-01": 1000,
        "05999004-04": 1000,
    }
    groups, _stuck = propose_groups(make_likeness(plan, village_blocks(), people))
    assert groups == [tuple(sorted((small, found.with_id)))]
