"""Laws of reading: out and back is unchanged, sums keep their bounds, nobody is lost or invented."""

import deliveries_specimens as specimens
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sozialraum.base import Status, Value, add
from sozialraum.base.numbers import decimal
from sozialraum.base.value import STRENGTH, WEAKEST_FIRST
from sozialraum.deliveries import NotANumber, UnknownMark, find_recipe, parse_number, read_delivery, read_value
from sozialraum.deliveries.cells import Cells
from sozialraum.deliveries.counts import add_up
from sozialraum.deliveries.files import decode

SAME_FOLDER = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.integers(-(10**12), 10**12), st.integers(0, 3))
def test_a_printed_number_is_read_back_unchanged(number, places):
    value = number / 10**places
    assert parse_number(decimal(value, places)) == round(value, places)


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_refused_and_never_anything_else(text):
    try:
        number = parse_number(text)
    except NotANumber:
        return
    digits = "".join(letter for letter in text if letter in "0123456789")
    assert digits
    assert np.isfinite(number)


@given(st.text(max_size=6), st.sampled_from(["plain", "agency", "destatis", "census2022", "youth", "places"]))
def test_any_cell_is_a_sound_value_or_an_unknown_mark(text, source):
    try:
        value = read_value(text, source)
    except UnknownMark:
        return
    assert isinstance(value, Value)


@given(st.text(alphabet=st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=40))
def test_text_of_either_encoding_is_decoded_unchanged(text):
    assert decode("f", ("x" + text).encode())[0] == "x" + text
    windows = ("ä;" + text).encode("cp1252")
    if decode("f", windows)[1] == "cp1252":
        assert decode("f", windows)[0] == "ä;" + text


values = st.one_of(
    st.sampled_from([Value(None, None, Status.MISSING), Value(None, None, Status.BLOCKED)]),
    st.tuples(st.integers(0, 99), st.integers(0, 99), st.sampled_from(WEAKEST_FIRST[2:])).map(
        lambda parts: Value(float(min(parts[:2])), float(max(parts[:2])), parts[2])
    ),
)


@given(st.lists(st.tuples(st.integers(0, 3), values), min_size=1, max_size=20))
def test_adding_rows_follows_the_law_of_adding_values(rows):
    keys = np.array([key for key, _value in rows])
    bounds = [
        (np.nan if each.low is None else each.low, np.nan if each.high is None else each.high) for _k, each in rows
    ]
    low, high = np.array(bounds).T
    sums = add_up(keys, Cells(low, high, np.array([STRENGTH[each.status.value] for _key, each in rows])))
    for place, key in enumerate(sums.keys):
        expected = add([each for other, each in rows if other == key])
        assert WEAKEST_FIRST[sums.rank[place]] == expected.status
        if expected.low is None:
            assert np.isnan(sums.low[place])
            assert np.isnan(sums.high[place])
        else:
            assert (sums.low[place], sums.high[place]) == (expected.low, expected.high)


combinations = st.dictionaries(
    st.tuples(
        st.sampled_from(["05999004-0001", "05999004-0002", "05999008-0003", "05999004-ohne", "05999012-ohne"]),
        st.sampled_from(["0;3", "3;6", "6;15", "15;25", "25;45", "45;65", "65;80", "80;"]),
        st.sampled_from("wm"),
        st.sampled_from("DA"),
    ),
    st.integers(1, 3000),
    min_size=1,
    max_size=30,
)


@given(combinations, st.randoms(use_true_random=False))
@SAME_FOLDER
def test_nobody_in_the_register_is_lost_or_invented(tmp_path, persons, chance):
    rows = [";".join((*key, str(count))) for key, count in persons.items()]
    chance.shuffle(rows)
    path = specimens.register(tmp_path, *rows)
    frame = read_delivery(path, find_recipe(path), specimens.places()).observations
    people = frame[frame["feature"] != "pop_foreign"]
    assert people["low"].sum() == people["high"].sum() == sum(persons.values())
    foreign = sum(count for key, count in persons.items() if key[3] == "A")
    assert frame.loc[frame["feature"] == "pop_foreign", "low"].sum() == foreign
    assert not frame.duplicated(["geography", "unit", "feature", "period"]).any()


@given(st.lists(st.integers(0, 40), min_size=5, max_size=5), st.lists(st.integers(0, 30), min_size=2, max_size=2))
@SAME_FOLDER
def test_an_agency_table_that_adds_up_is_never_refused(tmp_path, areas, unplaced):
    star = lambda count: "*" if 0 < count < 10 else str(count)  # noqa: E731
    town, village = areas[:3], areas[3:4]
    rows = [f"{specimens.TOWN};10110010{k + 1};Gebiet;{star(n)};0" for k, n in enumerate(town)]
    rows += [
        f"{specimens.TOWN};101100SUM;Bezirk;{star(sum(town))};0",
        f"{specimens.TOWN};keine Angabe;keine Angabe;{star(unplaced[0])};0",
        f"{specimens.TOWN};101SUMSUM;Gemeinde;{star(sum(town) + unplaced[0])};0",
        f"{specimens.VILLAGE};102100101;Gebiet;{star(village[0])};0",
        f"{specimens.VILLAGE};keine Angabe;keine Angabe;{star(unplaced[1])};0",
        f"{specimens.VILLAGE};102SUMSUM;Gemeinde;{star(village[0] + unplaced[1])};0",
        f";SUMSUMSUM;Insgesamt;{star(sum(town) + village[0] + sum(unplaced))};0",
    ]
    path = specimens.agency(tmp_path, tuple(rows))
    frame = read_delivery(path, find_recipe(path), specimens.places()).observations
    unemployed = frame[frame["feature"] == "unemployed"].set_index("unit")
    for unit, count in zip((f"{specimens.TOWN}-0{k}" for k in (1, 2, 3)), town, strict=True):
        assert unemployed.loc[unit, "low"] <= count <= unemployed.loc[unit, "high"]


@given(st.binary(max_size=300), st.sampled_from([".csv", ".xlsx", ".zip"]))
@SAME_FOLDER
def test_any_bytes_are_refused_in_words_and_never_with_a_traceback(tmp_path, data, suffix):
    from sozialraum.base import InputRefused

    path = tmp_path / f"datei{suffix}"
    path.write_bytes(data)
    try:
        find_recipe(path)
    except InputRefused:
        return
    raise AssertionError("random bytes fit a recipe")
