"""Whatever is known and whatever is not: the parts of a change add up to it, and hold the truth within their bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialraum.indicators.change_parts import PARTS, Also, Ratio, split_change, split_on_old_boundaries

counts = st.integers(0, 5000).map(float)
bases = st.integers(1, 9000).map(float)
known = st.tuples(counts, bases)
widths = st.tuples(st.floats(0, 40), st.floats(0, 40), st.floats(0, 40), st.floats(0, 40))
kept = st.tuples(st.booleans(), st.booleans())


def exact(numbers):
    return Ratio.of(*numbers)


def share(numbers):
    return numbers[0] / numbers[1]


def around(numbers, width):
    """Bounds that hold the true count and base."""
    count, base = numbers
    return Ratio((max(count - width[0], 0), count + width[1]), (max(base - width[2], 0.5), base + width[3]))


def partly(numbers, keep):
    return Ratio((numbers[0],) * 2 if keep[0] else None, (numbers[1],) * 2 if keep[1] else None, "Nicht bekannt.")


@given(known, known, known, known)
def test_everything_known_gives_four_parts_that_add_up(before, moved, redefined, after):
    found = split_change(
        exact(before), exact(after), on_new_boundaries=exact(moved), in_new_definition=exact(redefined)
    )
    assert [part.names for part in found.parts] == [(name,) for name in PARTS]
    scale = max(1.0, *map(share, (before, moved, redefined, after)))
    assert sum(part.low for part in found.parts) == pytest.approx(share(after) - share(before), abs=1e-12 * scale)
    assert found.boundaries.low == pytest.approx(share(moved) - share(before), abs=1e-12 * scale)
    assert found.definition.low == pytest.approx(share(redefined) - share(moved), abs=1e-12 * scale)


@given(known, known, known, known, kept, kept, st.sampled_from([(), ("boundaries",), ("definition",)]))
def test_unknown_states_never_break_the_sum(before, moved, redefined, after, first, second, also):
    found = split_change(
        exact(before), exact(after), on_new_boundaries=partly(moved, first),
        in_new_definition=partly(redefined, second), also=Also(count=also, reason="Auch anders."),
    )  # fmt: skip
    scale = max(1.0, *map(share, (before, moved, redefined, after)))
    assert sum(part.low for part in found.parts) == pytest.approx(share(after) - share(before), abs=1e-11 * scale)
    named = [name for part in found.parts for name in part.names]
    assert sorted(named) == sorted(PARTS)  # each once: alone or mixed, and none left out
    assert all(part.reason for part in found.unknown)
    for name in PARTS:
        alone = any(part.names == (name,) for part in found.parts)
        assert (found.part(name).low is not None) == alone


@given(known, known, known, widths, widths, widths)
def test_bounds_hold_the_true_parts_and_the_true_change(before, moved, after, one, two, three):
    true = split_change(exact(before), exact(after), on_new_boundaries=exact(moved))
    found = split_change(around(before, one), around(after, three), on_new_boundaries=around(moved, two))
    assert [part.names for part in found.parts] == [part.names for part in true.parts]
    for wide, narrow in zip(found.parts, true.parts, strict=True):
        assert wide.low - 1e-9 <= narrow.low <= wide.high + 1e-9
    assert found.low - 1e-9 <= true.low <= found.high + 1e-9
    assert sum(part.low for part in found.parts) <= found.low + 1e-9
    assert sum(part.high for part in found.parts) >= found.high - 1e-9


@given(known, known)
def test_there_and_back_the_parts_change_their_sign(before, after):
    there, back = split_change(exact(before), exact(after)), split_change(exact(after), exact(before))
    scale = max(1.0, share(before), share(after))
    for name in ("population", "cases"):
        assert there.part(name).low == pytest.approx(-back.part(name).low, abs=1e-12 * scale)


@given(known, counts)
def test_only_cases_change_when_nobody_came_or_went(before, after):
    found = split_change(exact(before), Ratio.of(after, before[1]))
    assert found.population.low == 0
    assert found.cases.low == pytest.approx((after - before[0]) / before[1], abs=1e-9)


@given(known, bases)
def test_only_population_changes_when_the_cases_stay(before, base):
    found = split_change(exact(before), Ratio.of(before[0], base))
    assert found.cases.low == 0
    assert found.population.low == pytest.approx(before[0] / base - share(before), rel=1e-9, abs=1e-9)


@given(known, known, known)
def test_a_state_that_changes_nothing_leaves_the_other_parts_as_they_are(before, moved, after):
    short = split_change(exact(before), exact(after), on_new_boundaries=exact(moved))
    long = split_change(exact(before), exact(after), on_new_boundaries=exact(moved), in_new_definition=exact(moved))
    assert long.definition.low == 0
    for name in ("boundaries", "population", "cases"):
        assert long.part(name) == short.part(name)


@given(known, known, known, widths)
def test_with_the_boundaries_last_the_parts_add_up_too(before, later, after, width):
    found = split_on_old_boundaries(exact(before), exact(later), exact(after))
    assert [part.names for part in found.parts] == [("boundaries",), ("population",), ("cases",)]
    scale = max(1.0, *map(share, (before, later, after)))
    assert sum(part.low for part in found.parts) == pytest.approx(share(after) - share(before), abs=1e-12 * scale)
    wide = split_on_old_boundaries(exact(before), exact(later), around(after, width))
    assert wide.boundaries.low - 1e-9 <= found.boundaries.low <= wide.boundaries.high + 1e-9
    assert wide.cases == found.cases
