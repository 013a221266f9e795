"""Nobody can work out a withheld number of inhabitants: three values are left to each, whatever is told beside it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import few_people
from plan_edits import BLOCKS
from sozialraum.plans.withholding import Figure, withheld
from sozialraum.publish.work_map_content import told_people

SOME = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
MOST_WAYS = 150_000

few = st.sampled_from((0, 0, 1, 1, 2, 3, 4))


def check(parts, numbers, people, inhabited):
    """No withheld number has fewer than three values; the inhabitants of a municipality are known beside it.

    In a village with hardly more people than inhabited parts these alone would tell; there only the document counts.
    """
    known = people >= inhabited + 2
    assume(few_people.how_many(people + 4 * (not known), len(parts) + (not known)) <= MOST_WAYS)
    left = few_people.values_left(parts, numbers, people, known=known)
    assert all(len(values) >= 3 for values in left.values()), (numbers, left)


@SOME
@given(st.data())
def test_of_any_sums(data):
    """Sums over any parts, as different forms of a document may tell them."""
    parts = [f"b{place}" for place in range(data.draw(st.integers(1, 5)))]
    people = {part: data.draw(st.integers(1, 5)) for part in parts}
    groups = data.draw(st.lists(st.sets(st.sampled_from(parts), min_size=1), max_size=6))
    figures = [Figure(frozenset(group), data.draw(st.sampled_from((1.0, 3.0, 9.0)))) for group in groups]
    figures += [Figure(frozenset([part])) for part in parts] + [Figure(frozenset(parts), known=True)]
    out = withheld(figures, people)
    values = [sum(people[part] for part in figure.parts) for figure in figures]
    assert all(hidden for hidden, value in zip(out, values, strict=True) if value < 3)
    numbers = [
        (figure.parts, None if hidden else value)
        for figure, hidden, value in zip(figures, out, values, strict=True)
        if hidden or not figure.known
    ]
    check(parts, numbers, sum(people.values()), len(parts))


@SOME
@given(st.data())
def test_of_a_comparison(data):
    """All numbers of one comparison: moved blocks, pieces, areas before and after, all that moved."""
    old = "AAAABBBBCCCC"
    new = list(old)
    for place in data.draw(st.lists(st.integers(0, len(old) - 1), min_size=1, max_size=4)):
        new[place] = data.draw(st.sampled_from("ABCD"))
    assume(set("ABC") <= set(new))
    people = data.draw(st.lists(few, min_size=len(BLOCKS), max_size=len(BLOCKS)))
    comparison = few_people.compared(old, "".join(new), people)
    document = comparison.for_others().to_json()
    parts, numbers = few_people.numbers_of(document)
    inside = few_people.numbers_of(comparison.to_json())[1]
    for (own, number), (same, true) in zip(numbers, inside, strict=True):
        assert own == same
        assert number in (None, true)
        assert number is None or number == 0 or number >= 3
        assert not (number is None and true == 0)
    empty = {part for own, true in inside if true == 0 for part in own}
    inhabited = len(set(parts) - empty)
    check(parts, numbers, sum(people), inhabited)


@SOME
@given(st.data())
def test_of_a_working_map(data):
    """Blocks and areas on one sheet."""
    people = np.array(data.draw(st.lists(few, min_size=1, max_size=6)))
    owner = np.array(data.draw(st.lists(st.sampled_from("ab"), min_size=len(people), max_size=len(people))), object)
    blocks, areas = told_people(people, owner)
    parts = [str(place) for place in range(len(people))]
    numbers = [(frozenset([part]), number) for part, number in zip(parts, blocks, strict=True)]
    numbers += [(frozenset(np.array(parts)[owner == area].tolist()), number) for area, number in areas.items()]
    assert all((number is None) for number, true in zip(blocks, people, strict=True) if 0 < true < 3)
    assert all(number == 0 for number, true in zip(blocks, people, strict=True) if true == 0)
    check(parts, numbers, int(people.sum()), int((people > 0).sum()))


@pytest.mark.parametrize("small", [1, 2])
def test_larger_numbers_stay(small):
    """Twenty blocks with one small one: a second block is enough."""
    people = {f"b{place}": 10 + place for place in range(20)} | {"b7": small}
    figures = [Figure(frozenset([part])) for part in people] + [Figure(frozenset(people), 50.0)]
    assert [part for part, hidden in zip(people, withheld(figures, people), strict=False) if hidden] == ["b0", "b7"]
