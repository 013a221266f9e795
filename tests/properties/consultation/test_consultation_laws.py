"""Laws of comparing answers and of rounding inhabitants, for any answers and any blocks."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation_village import AREAS, answer, area, block, village_base, village_plan
from sozialraum.base import UsageError
from sozialraum.consultation import Answer, compare_answers, rounded_people, tried
from sozialraum.consultation.people import span
from sozialraum.delineation import Edit

LETTERS = "".join(AREAS)
moves = st.builds(
    lambda letters, code: Edit("move", area=area(code), blocks=tuple(map(block, letters)), role="r"),
    st.sets(st.sampled_from(LETTERS), min_size=1, max_size=4),
    st.sampled_from(["1", "2", "3", "~1", "~2"]),
)
splits = st.builds(
    lambda letters, code, number: Edit(
        "split", area=area(code), into=area(f"~{number}"), blocks=tuple(map(block, letters)),
        code=f"{code}{'abc'[number]}", rest_code=f"{code}x", role="r",
    ),
    st.sets(st.sampled_from(LETTERS), min_size=1, max_size=4), st.sampled_from("123"), st.sampled_from([1, 2]),
)  # fmt: skip
renames = st.builds(
    lambda code, name: Edit("rename", area=area(code), name=name, role="r"),
    st.sampled_from("123"), st.sampled_from(["Kern", "Rand"]),
)  # fmt: skip


BASE = village_base()


def possible(edits: list[Edit]) -> tuple[Edit, ...]:
    """The edits that can be, as the package would let an expert make them."""
    board, kept = BASE.board(), []
    for edit in edits:
        try:
            board.apply(edit)
            kept.append(edit)
        except UsageError:
            continue
    return tuple(kept)


def all_answers() -> st.SearchStrategy[list[Answer]]:
    some = st.lists(st.one_of(moves, splits, renames), max_size=5).map(possible)
    return st.lists(some, min_size=1, max_size=4).map(
        lambda lists: [answer(f"Stelle {number}", *edits) for number, edits in enumerate(lists)]
    )


@settings(max_examples=150, deadline=None)
@given(answers=all_answers(), mixed=st.randoms(use_true_random=False))
def test_the_order_of_the_answers_plays_no_part(answers: list[Answer], mixed: object) -> None:
    other = list(answers)
    mixed.shuffle(other)  # type: ignore[attr-defined]
    assert compare_answers(BASE, answers) == compare_answers(village_base(), other)


@settings(max_examples=150, deadline=None)
@given(answers=all_answers())
def test_contradiction_goes_both_ways(answers: list[Answer]) -> None:
    suggestions, views = compare_answers(BASE, answers)
    by_key = {one.key: one for one in suggestions}
    assert len(by_key) == len(suggestions)
    for one in suggestions:
        assert all(one.key in by_key[other].against for other in one.against)
        assert set(one.agreed) <= set(one.blocks) >= set(one.contested)
        assert (one.state == "conflict") == bool(one.rivals)
    for view in views:
        assert (view.state == "conflict") == (len(view.targets) > 1)


@settings(max_examples=100, deadline=None)
@given(edits=st.lists(st.one_of(moves, splits, renames), max_size=5).map(possible))
def test_one_answer_alone_contradicts_nobody(edits: tuple[Edit, ...]) -> None:
    suggestions, views = compare_answers(BASE, [answer("Stelle", *edits)])
    assert {one.state for one in suggestions} <= {"single"}
    assert {view.state for view in views} <= {"single"}
    assert tried(answer("Stelle", *edits), BASE) == []


@settings(max_examples=100, deadline=None)
@given(
    parts=st.permutations(list(LETTERS)).map(lambda letters: [letters[:3], letters[3:5], letters[5:8], letters[8:9]]),
    codes=st.lists(st.sampled_from("123"), min_size=4, max_size=4),
    order=st.permutations(range(4)),
)
def test_disjoint_moves_lead_to_the_same_plan_in_any_order(
    parts: list[list[str]], codes: list[str], order: list[int]
) -> None:
    """Whatever order a planner accepts them in; no area is emptied here, since an area without blocks is gone."""
    plan = village_plan()
    steps = [
        Edit("move", area=area(code), blocks=tuple(map(block, letters)), role="r")
        for letters, code in zip(parts, codes, strict=True)
    ]

    def outcome(numbers: list[int]) -> dict[str, str] | None:
        board = BASE.board()
        for number in numbers:
            try:
                board.apply(steps[number])
            except UsageError as error:
                if "gehören schon" not in str(error):
                    return None
        return dict(board.assignment)

    straight, turned = outcome([0, 1, 2, 3]), outcome(list(order))
    if straight is not None and turned is not None:
        assert straight == turned
        assert set(straight) == set(plan.assignment.index)


people_of_areas = st.lists(
    st.lists(st.integers(0, 60), min_size=1, max_size=12), min_size=1, max_size=4
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(areas=people_of_areas)
def test_no_block_can_be_worked_out_from_rounded_numbers_and_exact_sums(areas: list[list[int]]) -> None:
    people = np.array([number for one in areas for number in one])
    keys = np.array([str(place) for place, one in enumerate(areas) for _number in one])
    rounded, step = rounded_people(people, keys)
    low, high = span(people, keys, step)
    assert ((low <= people) & (people <= high)).all()
    assert (rounded % step == 0).all()
    assert (abs(rounded - people) <= step / 2).all()
    for place, one in enumerate(areas):
        if len(one) == 1:
            continue
        own = keys == str(place)
        for number, least, most in zip(people[own], low[own], high[own], strict=True):
            assert number == 0 or most - least >= min(2, sum(one))


@settings(max_examples=60, deadline=None)
@given(people=st.lists(st.integers(0, 12), min_size=2, max_size=4))
def test_the_span_is_what_trying_everything_finds(people: list[int]) -> None:
    """All numbers that round the same way and add up to the same sum, block by block."""
    given_people, key = np.array(people), np.zeros(len(people))
    rounded, step = rounded_people(given_people, key)
    low, high = span(given_people, key, step)
    fits = [
        numbers
        for numbers in np.ndindex(*[int(value) + step for value in rounded])
        if sum(numbers) == sum(people)
        and all((number + step // 2) // step * step == value for number, value in zip(numbers, rounded, strict=True))
    ]
    for place in range(len(people)):
        values = [numbers[place] for numbers in fits]
        assert (min(values), max(values)) == (low[place], high[place])
