"""Laws of effects: measuring the touched areas is measuring all; contiguity is what the shapes say; nothing changes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from benchmarks.editor_town import AGS, invent
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialraum.delineation import Edit, Plan, make_plan
from sozialraum.plans import effect, make_ground
from sozialraum.plans.checks import hard_rules
from sozialraum.plans.figures import AreaFigures, area_rows, figures
from sozialraum.plans.moving import cut_blocks, gain, transfer

TOWN, BLOCKS, LINES = invent(64, seed=3)
TOWN = TOWN.assign(size_low=200.0, size_high=900.0)
GROUND = make_ground(BLOCKS, TOWN.iloc[0], LINES)
IDS = list(GROUND.ids)
AREAS = [f"{AGS}-{number:02d}" for number in range(1, 6)]
labels = st.lists(st.integers(0, 4), min_size=len(IDS), max_size=len(IDS))
some_blocks = st.lists(st.sampled_from(IDS), min_size=1, max_size=12, unique=True)


def plan_of(found: list[int]) -> Plan:
    used = sorted(set(found))
    rows = [(AREAS[area], str(area + 1), f"Gebiet {area + 1}", AGS, "proposal") for area in used]
    areas = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    assignment = {block: AREAS[area] for block, area in zip(IDS, found, strict=True)}
    return make_plan(assignment, areas, title="x", created="2026-01-01T00:00:00+00:00", status="in_revision")


def quilt() -> list[int]:
    """Four connected squares."""
    return [(place // 32) * 2 + (place % 8) // 4 for place in range(len(IDS))]


@st.composite
def states(draw) -> tuple[Plan, Plan]:
    """A plan, torn or not, and the plan after a step."""
    before = plan_of(draw(st.one_of(labels, st.just(quilt()))))
    areas = list(before.areas["area_id"])
    target = draw(st.sampled_from(areas))
    moved = [block for block in draw(some_blocks) if before.assignment[block] != target]
    edit = Edit("move", area=target, blocks=tuple(moved), role="r") if moved else Edit("lock", area=target, role="r")
    return before, before.apply(edit)


def all_figures(plan: Plan) -> dict[str, AreaFigures]:
    return figures(GROUND, GROUND.areas_of(plan), area_rows(plan, AGS))


@settings(max_examples=60, deadline=None)
@given(states())
def test_what_is_measured_of_touched_areas_is_what_all_areas_measure(pair: tuple[Plan, Plan]) -> None:
    before, after = pair
    found = effect(GROUND, before, after)
    was, now = all_figures(before), all_figures(after)
    for one in found.areas:
        old, new = was.get(one.area_id), now.get(one.area_id)
        assert (one.people_before, one.people_after) == (old and old.people, new and new.people)
        assert (one.blocks_before, one.blocks_after) == (old.blocks if old else 0, new.blocks if new else 0)
        likeness = new.likeness if new else None
        assert one.likeness_after == (None if likeness is None else round(likeness, 1))
        assert one.compactness_after == (None if new is None else round(new.compactness, 3))
        assert one.connected == (new is None or new.connected)
    untouched = set(was) - {one.area_id for one in found.areas}
    assert all(was[area].people == now[area].people and was[area].parts == now[area].parts for area in untouched)


@settings(max_examples=60, deadline=None)
@given(states())
def test_inhabitants_are_moved_and_none_are_lost(pair: tuple[Plan, Plan]) -> None:
    before, after = pair
    found = effect(GROUND, before, after)
    assert sum(one.people_before or 0 for one in found.areas) == sum(one.people_after or 0 for one in found.areas)
    moved = (before.assignment != after.assignment).to_numpy()
    assert found.persons_moved == int(
        BLOCKS.set_index("block_id")["population"].reindex(before.assignment.index)[moved].sum()
    )


@settings(max_examples=60, deadline=None)
@given(states())
def test_contiguity_is_what_the_merged_shapes_say(pair: tuple[Plan, Plan]) -> None:
    for one in all_figures(pair[1]).values():
        own = GROUND.areas_of(pair[1]) == one.area_id
        shape = shapely.union_all(BLOCKS.geometry.to_numpy()[own])
        assert one.parts == shapely.get_num_geometries(shape)
        assert abs(one.compactness - 4 * np.pi * shape.area / shape.length**2) < 1e-6


@settings(max_examples=40, deadline=None)
@given(states())
def test_a_preview_changes_nothing(pair: tuple[Plan, Plan]) -> None:
    before, after = pair
    kept = before.assignment.copy(), before.areas.copy(), GROUND.people.copy(), GROUND.values.copy()
    effect(GROUND, before, after)
    hard_rules(GROUND, after, before)
    assert before.assignment.equals(kept[0])
    assert before.areas.equals(kept[1])
    assert (GROUND.people == kept[2]).all()
    assert (GROUND.values == kept[3]).all()


@settings(max_examples=60, deadline=None)
@given(states())
def test_there_and_back_is_the_opposite_effect(pair: tuple[Plan, Plan]) -> None:
    there, back = effect(GROUND, *pair), effect(GROUND, *reversed(pair))
    opposite = {one.area_id: (one.people_after, one.likeness_after, one.word_after) for one in back.areas}
    assert {one.area_id: (one.people_before, one.likeness_before, one.word_before) for one in there.areas} == opposite


@settings(max_examples=60, deadline=None)
@given(labels, st.integers(0, 4))
def test_blocks_that_hold_an_area_together_are_those_without_which_it_has_more_parts(
    found: list[int], area: int
) -> None:
    areas = np.array([AREAS[one] for one in found], dtype=object)
    held = cut_blocks(GROUND, areas, AREAS[area])
    own = np.flatnonzero(areas == AREAS[area])

    def parts(blocks: np.ndarray) -> int:
        return shapely.get_num_geometries(shapely.union_all(BLOCKS.geometry.to_numpy()[blocks])) if len(blocks) else 0

    whole = parts(own)
    for block in own.tolist():
        assert (block in held) == (parts(own[own != block]) > whole)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 3), st.integers(0, 3), st.integers(1, 400))
def test_what_an_area_gives_is_worth_what_measuring_says_and_tears_nothing(one: int, two: int, people: int) -> None:
    if one == two:
        return
    before = GROUND.areas_of(plan_of(quilt()))
    found = transfer(GROUND, before, AREAS[one], AREAS[two], set(), float(people))
    after = before.copy()
    after[list(found.blocks)] = AREAS[two]
    cut = GROUND.edges
    costs = [GROUND.costs[state[cut[:, 0]] != state[cut[:, 1]]].sum() for state in (before, after)]
    if found.blocks:
        assert abs(found.worth[-1] - (gain(GROUND, before, after) + costs[0] - costs[1])) < 1e-6
        rows = {area: (area, area) for area in AREAS}
        assert all(figure.connected for figure in figures(GROUND, after, rows).values())
