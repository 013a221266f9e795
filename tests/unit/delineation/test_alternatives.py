"""Alternatives side by side: different, described in a sentence, stored and taken."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pandas as pd
import pytest

from sozialraum.base import in_language
from sozialraum.delineation import (
    Alternative,
    NoPlanPossible,
    Wishes,
    check_plan,
    propose,
    propose_alternatives,
    repeat,
    take_alternative,
)
from sozialraum.delineation.alternative_sentences import gain, sentences
from sozialraum.delineation.alternatives import told
from village import AGS, draw_blocks, draw_municipality, groups, village_blocks


def row(**rule) -> pd.Series:
    return draw_municipality(**rule).iloc[0]


def proposed(wishes=None, **options):
    return propose_alternatives(village_blocks(), row(), wishes or Wishes(), **options)


def test_the_first_is_as_wished_and_all_differ():
    found = proposed()
    plan = propose(village_blocks(), draw_municipality(), wishes=Wishes())
    assert [one.title for one in found] == ["Vorschlag A", "Vorschlag B", "Vorschlag C"][: len(found)]
    assert groups(found[0].labels) == groups(plan.assignment)
    assert len(found) >= 2
    assert len({tuple(groups(one.labels)) for one in found}) == len(found)
    assert len({one.sentence for one in found}) == len(found)


def test_every_alternative_keeps_the_limits():
    for one in proposed():
        assert one.areas["population"].between(700, 2000).all()
        assert one.areas["population"].sum() == 3600
        assert (one.figures.smallest, one.figures.largest) == (
            one.areas["population"].min(),
            one.areas["population"].max(),
        )


def test_figures_can_be_checked_by_hand():
    figures = proposed()[0].figures
    assert (figures.areas, figures.smallest, figures.largest, figures.below_1000) == (3, 900, 1500, 1)
    assert set(figures.likeness) == {"social", "building", "housing"}
    assert figures.likeness_all == pytest.approx(sum(figures.likeness.values()) / 3, abs=0.1)
    # all three are 600 m by 200 m: 4 pi 0.12 / 1.6²
    assert figures.compactness == pytest.approx(0.589, abs=0.005)
    assert (figures.barriers_crossed, figures.along_barriers_km, figures.bridges) == (0, 0, 0)
    assert figures.changed_percent is None


def test_a_fixed_number_of_areas_stays_fixed():
    assert {one.figures.areas for one in proposed(Wishes(areas=3))} == {3}


def test_the_sentence_of_another_number_says_so():
    found = proposed(Wishes(areas=(3, 4)))
    assert found[0].sentence.startswith("Nach Ihren Angaben: 3 Gebiete mit 900 bis 1.500 Einwohnerinnen und Einwohnern")
    assert [one.sentence.split(":")[0] for one in found if one.figures.areas == 4] == [
        "Ein Gebiet mehr als in Vorschlag A"
    ]


def test_stored_and_read_again_it_is_the_same():
    for one in proposed():
        again = Alternative.from_json(json.loads(json.dumps(one.to_json())))
        assert (again.labels, again.figures, again.notes) == (one.labels, one.figures, one.notes)
        pd.testing.assert_frame_equal(again.areas, one.areas, check_dtype=False)


def test_several_at_once_give_the_same():
    with ThreadPoolExecutor(2) as executor:
        together = proposed(executor=executor)
    assert [one.labels for one in together] == [one.labels for one in proposed()]


def test_what_is_impossible_is_said_before_any_search():
    with pytest.raises(NoPlanPossible, match="es braucht mindestens 2"):
        proposed(Wishes(areas=1))


def test_the_chosen_one_replaces_its_municipality_only():
    other = "05999008"
    blocks = pd.concat([village_blocks(), draw_blocks("AB", {"A": 800, "B": 900}, ags=other)], ignore_index=True)
    towns = pd.concat([draw_municipality(), draw_municipality("AB", ags=other, areas=2)], ignore_index=True)
    present = propose(blocks, towns)
    found = propose_alternatives(blocks, towns.iloc[0], Wishes(areas=(3, 4)), present=present)
    four = next(one for one in found if one.figures.areas == 4)
    plan = take_alternative(present, four, blocks, AGS, title="Vorschlag", created="2026-02-01")
    assert plan.parent == present.plan_id
    assert dict(plan.assignment[plan.assignment.index.str.startswith(other)]) == dict(
        present.assignment[present.assignment.index.str.startswith(other)]
    )
    assert (plan.areas["municipality"] == AGS).sum() == 4
    assert check_plan(plan, blocks, towns) == ()
    assert repeat(plan, blocks, towns) == ()


def test_the_part_of_people_who_would_change_is_said():
    present = propose(village_blocks(), draw_municipality())
    found = proposed(Wishes(areas=(3, 4)), present=present)
    assert found[0].figures.changed_percent == 0
    assert all(0 < one.figures.changed_percent < 50 for one in found[1:])


def test_titles_and_sentences_are_made_in_the_language_of_the_reader():
    stored = [json.loads(json.dumps(one.to_json())) for one in proposed(Wishes(areas=(3, 4)))]
    assert not any("sentence" in one or "title" in one for one in stored)
    with in_language("en"):
        again = told([Alternative.from_json(one) for one in stored])
    assert [one.title for one in again][:2] == ["Proposal A", "Proposal B"]
    assert again[0].sentence.startswith("As you asked: 3 areas of 900 to 1,500 inhabitants")


def test_a_sentence_claims_only_what_came_out():
    first = proposed()[0].figures
    rounder = replace(first, compactness=first.compactness + 0.06, likeness_all=first.likeness_all - 2)
    assert sentences([first, rounder])[1].startswith("Rundere Gebiete als in Vorschlag A: Rundheit 65 statt 59; dafür")
    rougher = replace(first, compactness=first.compactness - 0.06)
    assert sentences([first, rougher])[1] == "Ein anderer Zuschnitt als in Vorschlag A; dafür Rundheit 53 statt 59."
    assert gain(rougher, first) == ""
