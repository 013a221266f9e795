"""Laws of spelling, placing and carrying on, on invented registers and lists."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialraum.addresses import (
    AddressRegister,
    Protection,
    accept_certain,
    allowed,
    apply_changes,
    compare_registers,
    decide,
    loose_key,
    place,
    read_house,
    split_street,
    street_key,
    with_address,
)
from sozialraum.addresses.spelling import is_one_slip, one_off

BEGINNINGS = ("Ahorn", "Berg", "Dr.-Koch-", "Groß", "Karl-Marx-", "Mühlen", "Sankt-Anna-", "Schüller")
ENDS = ("straße", "weg", "platz", "allee")
NAMES = tuple(f"{beginning}{end if not beginning.endswith('-') else end.capitalize()}"
              for beginning in BEGINNINGS for end in ENDS)  # fmt: skip
TOWNS = {"05999001": "Lindenau", "05999002": "Birkenfeld"}
TOWN_OF = {"05901": "05999001", "05902": "05999001", "05903": "05999002"}
BLOCKS = gpd.GeoDataFrame(
    {"block_id": [f"B{k}" for k in range(10)], "municipality": ["05999001"] * 7 + ["05999002"] * 3},
    geometry=[shapely.box(100 * k, 0, 100 * k + 100, 100) for k in range(10)],
    crs="EPSG:25832",
)
addresses = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.integers(1, 60), st.sampled_from(["", "a", "b"]), st.sampled_from(sorted(TOWN_OF)),
        st.integers(0, 999), st.integers(1, 99),
    ),
    min_size=1, max_size=25, unique_by=lambda row: row[:4],
)  # fmt: skip
written = st.text(st.sampled_from("aäbdeghklmnorsstuüwzß -./0123456789ÄÖÜAS"), max_size=24)


def register(rows):
    frame = pd.DataFrame(rows, columns=["street", "number", "suffix", "postcode", "x", "y"])
    frame = frame.assign(block_id=[f"B{x // 100}" for x in frame["x"]], municipality=frame["postcode"].map(TOWN_OF))
    return AddressRegister(frame, TOWNS)


def layer(rows):
    frame = pd.DataFrame(rows, columns=["street", "number", "suffix", "postcode", "x", "y"])
    points = shapely.points(frame[["x", "y"]].to_numpy(dtype=float) + 0.5)
    return gpd.GeoDataFrame(
        frame.drop(columns=["x", "y"]).assign(block_id=[f"B{x // 100}" for x in frame["x"]]), geometry=points,
        crs="EPSG:25832",
    )  # fmt: skip


def listed(rows):
    return pd.DataFrame(
        {
            "street": [row[0] for row in rows], "number": [f"{row[1]} {row[2]}" for row in rows],
            "postcode": [row[3] for row in rows],
        }
    )  # fmt: skip


@given(written)
def test_a_key_is_its_own_key_and_spaces_case_and_hyphens_play_no_part(name):
    key = street_key(name)
    assert street_key(name.upper()) == street_key(name.lower())
    assert street_key(name.replace("-", " ")) == key
    assert street_key(f"  {name} ") == key


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_one_key_is_one_looser_key(one, other):
    if street_key(one) == street_key(other):
        assert loose_key(one) == loose_key(other)


@given(st.text("abcde", max_size=8), st.text("abcde", max_size=8))
def test_two_keys_one_slip_apart_share_a_shortened_key(one, other):
    """Without this the index would miss names that the rule calls alike."""
    if is_one_slip(one, other):
        assert set(one_off(one)) & set(one_off(other))
        assert is_one_slip(other, one)


@given(st.integers(1, 9999), st.sampled_from(["", "a", "z"]), st.sampled_from(["", " ", "  "]))
def test_a_plain_number_is_read_as_it_stands(number, suffix, space):
    house = read_house(f"{number}{space}{suffix}")
    assert (house.number, house.suffix, house.is_read) == (number, suffix, True)


@given(st.sampled_from(NAMES), st.integers(1, 999), st.sampled_from(["", "a", " b"]))
def test_street_and_number_of_one_cell_come_apart_as_they_were_put_together(name, number, suffix):
    assert split_street(f"{name} {number}{suffix}") == (name, f"{number}{suffix}")


@settings(max_examples=60, deadline=None)
@given(addresses)
def test_every_address_of_the_register_is_found_exactly_where_it_lies(rows):
    found = place(register(rows), listed(rows)).frame
    assert found["state"].tolist() == ["exact"] * len(rows)
    assert found["block_id"].tolist() == [f"B{row[4] // 100}" for row in rows]


@settings(max_examples=60, deadline=None)
@given(addresses, st.lists(st.tuples(written, written, st.sampled_from(["", "05901", "05903", "99999"])), max_size=6),
       st.booleans())  # fmt: skip
def test_any_text_is_placed_or_said_why_not_and_its_neighbours_play_no_part(rows, texts, between):
    held = register(rows)
    frame = pd.DataFrame(texts, columns=["street", "number", "postcode"])
    together = place(held, frame, interpolate=between).frame
    assert ((together["state"] == "none") == (together["block_id"] == "")).all()
    assert (together["why"] != "").all()
    assert (together["interpolated"] <= (together["state"] == "likely")).all()
    for at in range(len(frame)):
        alone = place(held, frame.iloc[[at]], interpolate=between).frame
        pd.testing.assert_frame_equal(alone, together.iloc[[at]], check_dtype=False)


@settings(max_examples=60, deadline=None)
@given(addresses, st.data())
def test_no_list_is_ever_placed_at_a_protected_address(rows, data):
    hidden = data.draw(st.sampled_from(rows))
    protection = with_address(Protection("secret", "salt"), hidden[0], read_house(str(hidden[1]), hidden[2]))
    frame = pd.DataFrame(rows, columns=["street", "number", "suffix", "postcode", "x", "y"])
    kept = [row for row, keep in zip(rows, allowed(protection, frame), strict=True) if keep]
    assert hidden not in kept
    if not kept:
        return
    frame = register(kept).frame
    held = AddressRegister(frame, TOWNS, salt="salt", marks=protection.marks)
    for interpolate in (False, True):
        found = place(held, listed([hidden]), interpolate=interpolate).frame.iloc[0]
        assert (found["state"], found["block_id"], found["offer"]) == ("none", "", "")


@settings(max_examples=40, deadline=None)
@given(addresses, addresses)
def test_accepting_everything_gives_the_new_register_and_rejecting_the_last_one(last, new):
    changes = compare_registers(layer(last), layer(new), BLOCKS)
    names = ["number", "suffix"]
    for decision, wanted in (("accept", new), ("reject", last)):
        applied = apply_changes(changes, decide(changes, changes.rows["change_id"], decision)).addresses
        keys = sorted(zip(applied["street"].map(street_key), *(applied[name] for name in names), strict=True))
        assert keys == sorted((street_key(row[0]), row[1], row[2]) for row in wanted)
    assert len(accept_certain(changes)) == (changes.rows["doubt"] == "").sum()


@settings(max_examples=40, deadline=None)
@given(addresses)
def test_the_same_register_again_changes_nothing(rows):
    changes = compare_registers(layer(rows), layer(list(reversed(rows))), BLOCKS)
    assert changes.rows.empty
    assert changes.unchanged == len(rows)
