"""Laws of proposals on invented towns: complete, within limits, repeatable, whatever is wished."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialraum.base import NoPlan
from sozialraum.delineation import Wishes, check_plan, propose, repeat
from village import draw_blocks, draw_municipality, groups

DRAWING = "AABCC\nDDBEE\nDFFGE\nHHIJJ"
LETTERS = "ABCDEFGHIJ"
PRICES = st.sampled_from([0.0, 0.5, 1.0, 4.0])


def town(people, seed):
    drawn = np.random.default_rng(seed).normal(size=(3, len(LETTERS)))
    names = ("social_a", "building_a", "housing_a")
    attributes = {name: dict(zip(LETTERS, values, strict=True)) for name, values in zip(names, drawn, strict=True)}
    return draw_blocks(DRAWING, dict(zip(LETTERS, people, strict=True)), **attributes)


@st.composite
def wishes(draw):
    weights = {family: draw(PRICES) for family in ("social", "building")} | {"housing": 1.0}
    areas = draw(st.one_of(st.none(), st.integers(1, 4), st.just((2, 5))))
    return Wishes(
        weights=weights, compactness=draw(PRICES), barriers=draw(PRICES), areas=areas, effort="draft",
        balance=draw(st.sampled_from([0.0, 1.0])),
    )  # fmt: skip


@given(st.lists(st.integers(0, 900), min_size=10, max_size=10), st.integers(0, 99), wishes())
@settings(max_examples=25, deadline=None)
def test_a_proposal_is_complete_within_limits_and_repeatable(people, seed, wish):
    blocks, rule = town(people, seed), draw_municipality(DRAWING, low=300, high=2500, areas=None)
    try:
        plan = propose(blocks, rule, wishes=wish)
    except NoPlan:
        return
    assert check_plan(plan, blocks, rule) == ()
    shuffled = blocks.sample(frac=1, random_state=seed)
    assert plan.assignment.to_dict() == propose(shuffled, rule, wishes=wish).assignment.to_dict()
    assert repeat(plan, shuffled, rule) == ()


def test_two_processes_give_what_one_gives():
    import pandas as pd

    blocks, rules = [], []
    for number in (4, 8, 12):
        ags = f"059990{number:02d}"
        own = town([100 + 37 * number * place % 400 for place in range(10)], number)
        blocks.append(own.assign(municipality=ags, block_id=ags + own["block_id"].str[8:]))
        rules.append(draw_municipality(DRAWING, ags=ags, low=300, high=2500, areas=None))
    region, towns = pd.concat(blocks, ignore_index=True), pd.concat(rules, ignore_index=True)
    one = propose(region, towns, effort="draft")
    two = propose(region, towns, effort="draft", workers=2)
    assert one.assignment.to_dict() == two.assignment.to_dict()
    assert one.plan_id == two.plan_id
    assert one.parameters == two.parameters


@pytest.mark.parametrize("price", [0.0, 1.0])
def test_without_lines_the_wish_for_barriers_is_nothing(price):
    blocks, rule = town([300] * 10, 3), draw_municipality(DRAWING, low=300, high=2500, areas=3)
    found = propose(blocks, rule, wishes=Wishes(areas=3, barriers=price))
    assert groups(found.assignment) == groups(propose(blocks, rule).assignment)
