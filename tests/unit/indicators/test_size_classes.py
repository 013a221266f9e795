"""Areas of different size: when it is said, which classes there are, and the index within one."""

import numpy as np
import pandas as pd
import pytest

from sozialraum.delineation import make_plan
from sozialraum.indicators import class_titles, definitions, index, index_within, is_mixed, mixed_sentence, size_class

CLASSES = [(0, 0), (2499, 0), (2500, 1), (4999, 1), (5000, 2), (10_000, 3), (26_000, 3), (np.nan, -1)]


@pytest.mark.parametrize(("people", "expected"), CLASSES)
def test_a_class_begins_with_its_limit(people: float, expected: int) -> None:
    assert size_class(pd.Series({"a": people})).to_dict() == {"a": expected}


def test_every_class_has_a_title() -> None:
    assert class_titles() == [
        "unter 2.500 Einwohner",
        "2.500 bis unter 5.000 Einwohner",
        "5.000 bis unter 10.000 Einwohner",
        "10.000 Einwohner und mehr",
    ]


MIXED = [
    # usual sizes of the areas of two municipalities
    ([1700, 3900, 6700], [1900, 3200, 5900], False),  # wide, but the same everywhere
    ([1700, 3900, 6700], [9200, 17_800, 26_000], True),
    ([1000], [2999], False),
    ([1000], [3000], True),
    ([1000, 9000], [], False),
]


@pytest.mark.parametrize(("first", "second", "expected"), MIXED)
def test_sizes_are_mixed_where_municipalities_differ(first: list[int], second: list[int], expected: bool) -> None:
    people = pd.Series([*first, *second], index=[f"a{place}" for place in range(len(first) + len(second))], dtype=float)
    town = pd.Series(["x"] * len(first) + ["y"] * len(second), index=people.index)
    assert is_mixed(people, town) is expected


def test_the_sentence_names_the_smallest_and_the_largest() -> None:
    said = mixed_sentence(pd.Series([700.0, 18_000.0]))
    assert said.startswith("Die Gebiete sind verschieden groß, von 700 bis 18.000 Einwohnerinnen und Einwohnern;")
    assert said.count(".") == said.count("18.000") + 1  # one sentence


def areas_of(number: int, people: float, start: int) -> list[tuple[str, float]]:
    return [(f"05999004-{place:02d}", people) for place in range(start, start + number)]


def test_an_area_is_measured_against_its_size_class_only() -> None:
    """Nine large areas that all have higher shares than ten small ones are not all 'very high' among themselves."""
    sizes = dict([*areas_of(10, 2000.0, 1), *areas_of(9, 15_000.0, 11)])
    rows = pd.DataFrame([(area, area[-2:], "", "05999004", "proposal") for area in sizes],
                        columns=["area_id", "code", "name", "municipality", "origin"])  # fmt: skip
    plan = make_plan({f"b{area}": area for area in sizes}, rows, title="", created="2026-01-01")
    used = [definition for definition in definitions() if definition.in_index]
    shares = {area: 0.1 + 0.001 * place + (0.3 if sizes[area] > 9000 else 0.0) for place, area in enumerate(sizes)}
    values = pd.DataFrame(
        [
            (one.id, "area", area, "2025-12-31", share if one.direction > 0 else 1 - share)
            for one in used
            for area, share in shares.items()
        ],
        columns=["indicator", "level", "unit", "period", "share_low"],
    )
    values = values.assign(share_high=values["share_low"], note="")
    people = pd.Series(sizes)
    everywhere = index(values, plan, people, ["2025-12-31"]).values.set_index("unit")
    within = index_within(values, plan, people, ["2025-12-31"]).set_index("unit")
    large = people.index[people > 9000]
    assert everywhere.loc[large, "score_low"].min() > 0
    assert within.loc[large, "score_low"].mean() == pytest.approx(0, abs=1e-9)
    assert within["size_class"].to_dict() == {area: 3 if sizes[area] > 9000 else 0 for area in sizes}


def test_a_class_of_few_areas_is_left_out() -> None:
    sizes = dict([*areas_of(10, 2000.0, 1), *areas_of(7, 15_000.0, 11)])
    rows = pd.DataFrame([(area, area[-2:], "", "05999004", "proposal") for area in sizes],
                        columns=["area_id", "code", "name", "municipality", "origin"])  # fmt: skip
    plan = make_plan({f"b{area}": area for area in sizes}, rows, title="", created="2026-01-01")
    one = next(definition for definition in definitions() if definition.in_index)
    values = pd.DataFrame(
        [(one.id, "area", area, "2025-12-31", 0.1, 0.1, "") for area in sizes],
        columns=["indicator", "level", "unit", "period", "share_low", "share_high", "note"],
    )
    found = index_within(values, plan, pd.Series(sizes), ["2025-12-31"])
    assert set(found["size_class"]) == {0}
