"""The yearly chore: what a newer register changes, what is proposed, and the register that decisions make.

Two blocks lie side by side, W (x 0 to 100) and E (x 100 to 220); a street runs through both, odd numbers 1 to 9 in W,
11 to 19 in E, a door every 20 metres.
"""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from sozialraum.addresses import (
    Decision,
    accept_certain,
    apply_changes,
    carried_aliases,
    compare_registers,
    decide,
    still_open,
)
from sozialraum.base import InputRefused, UsageError

BLOCKS = gpd.GeoDataFrame(
    {"block_id": ["W", "E"], "municipality": ["05999001", "05999001"]},
    geometry=[shapely.box(0, 0, 100, 100), shapely.box(100, 0, 220, 100)],
    crs="EPSG:25832",
)
AREAS = {"W": "west", "E": "east"}


def register(*rows):
    """Rows of street, number, suffix, x, y, and where it differs postcode and official key."""
    full = [(*row, *("05901", "")[len(row) - 5 :]) for row in rows]
    frame = pd.DataFrame(full, columns=["street", "number", "suffix", "x", "y", "postcode", "street_key"])
    points = shapely.points(frame[["x", "y"]].to_numpy(dtype=float))
    frame["block_id"] = ["W" if x < 100 else "E" if x < 220 else "" for x in frame["x"]]
    return gpd.GeoDataFrame(frame.drop(columns=["x", "y"]), geometry=points, crs="EPSG:25832")


def street(name, numbers=range(1, 20, 2), y=50):
    return [(name, number, "", 10 * number, y) for number in numbers]


LAST = register(*street("Hauptstraße"))


def compared(*rows, last=LAST):
    return compare_registers(last, register(*rows), BLOCKS, AREAS)


def table(changes):
    shown = changes.rows[
        ["kind", "old_street", "old_number", "street", "number", "suffix", "block_id", "basis", "doubt"]
    ]
    return [tuple(row) for row in shown.itertuples(index=False)]


def test_the_same_register_in_another_spelling_changes_nothing():
    changes = compared(*street("Hauptstr."))
    assert changes.rows.empty
    assert changes.unchanged == 10


@pytest.mark.parametrize(
    ("row", "block", "basis", "doubt"),
    [
        (("Hauptstraße", 21, "", 190, 50), "E", "position", ""),
        (("Hauptstraße", 5, "a", 52, 60), "W", "position", ""),
        (("Hauptstraße", 5, "a", 150, 60), "E", "position", "neighbours_differ"),
        (("Hauptstraße", 21, "", 900, 50), "E", "neighbours", ""),
        (("Neuer Weg", 1, "", 20, 20), "W", "position", ""),
        (("Neuer Weg", 1, "", 900, 20), "", "none", "no_place"),
    ],
)
def test_a_new_address_is_proposed_by_its_place_else_by_its_neighbours(row, block, basis, doubt):
    changes = compared(*street("Hauptstraße"), row)
    assert table(changes) == [("new", "", 0, *row[:3], block, basis, doubt)]


def test_an_address_that_is_gone():
    changes = compared(*street("Hauptstraße", range(3, 20, 2)))
    assert table(changes) == [("gone", "Hauptstraße", 1, "", 0, "", "", "before", "")]


def test_a_street_with_another_name_is_found_by_numbers_and_places():
    changes = compared(*street("Anne-Frank-Straße"))
    assert {row[:5] for row in table(changes)} == {
        ("renamed", "Hauptstraße", number, "Anne-Frank-Straße", number) for number in range(1, 20, 2)
    }
    assert changes.renamed_streets() == {"Hauptstraße": "Anne-Frank-Straße"}
    assert changes.groups()[["kind", "addresses", "doubtful"]].to_numpy().tolist() == [["renamed", 10, 0]]


def test_only_one_end_of_a_street_gets_another_name():
    changes = compared(*street("Hauptstraße", range(1, 10, 2)), *street("Ostring", range(11, 20, 2)))
    assert [row[:4] for row in table(changes)] == [("renamed", "Hauptstraße", n, "Ostring") for n in range(11, 20, 2)]
    assert not (changes.rows["doubt"] != "").any()


def test_one_address_alone_with_another_street_is_doubtful():
    changes = compared(*street("Hauptstraße", range(1, 18, 2)), ("Ostring", 19, "", 190, 60))
    assert [(row[0], row[-1]) for row in table(changes)] == [("renamed", "rename_unsure")]


def test_equal_keys_of_the_official_list_find_a_renamed_street_wherever_it_was_measured():
    last = register(("Alte Gasse", 1, "", 20, 20, "05901", "00123"))
    changes = compared(("Neue Gasse", 1, "", 90, 90, "05901", "00123"), last=last)
    assert [row[:2] for row in table(changes)] == [("renamed", "Alte Gasse")]


def test_another_number_at_the_same_door_is_renumbered():
    changes = compared(*street("Hauptstraße", range(1, 18, 2)), ("Hauptstraße", 17, "a", 190, 51))
    assert table(changes) == [("renumbered", "Hauptstraße", 19, "Hauptstraße", 17, "a", "E", "before", "")]


def test_an_address_that_moves_into_another_area_is_doubtful():
    changes = compared(*street("Hauptstraße", range(3, 20, 2)), ("Hauptstraße", 1, "", 180, 50))
    assert table(changes) == [("moved", "Hauptstraße", 1, "Hauptstraße", 1, "", "E", "position", "area_changes")]


def test_an_address_measured_again_moves_only_when_its_area_changes():
    last = register(("Hauptstraße", 9, "", 90, 50), ("Hauptstraße", 19, "", 190, 50))
    again = [("Hauptstraße", 9, "", 92, 50), ("Hauptstraße", 19, "", 175, 50)]
    assert compared(*again, last=last).rows.empty
    changes = compared(("Hauptstraße", 9, "", 102, 50), again[1], last=last)
    assert [(row[0], row[6], row[-1]) for row in table(changes)] == [("moved", "E", "area_changes")]


def test_another_postcode_is_no_new_address():
    rows = [(*row, "05902") for row in street("Hauptstraße")]
    changes = compared(*rows)
    assert changes.counts()["postcode"] == 10
    assert set(changes.rows["block_id"]) == {"W", "E"}


def test_everything_certain_is_accepted_at_once_and_the_rest_stays_open():
    changes = compared(*street("Hauptstraße"), ("Hauptstraße", 21, "", 190, 50), ("Neuer Weg", 1, "", 900, 20))
    decided = accept_certain(changes)
    assert still_open(changes, decided)["street"].tolist() == ["Neuer Weg"]
    with pytest.raises(InputRefused, match="Neuer Weg 1"):
        apply_changes(changes, decided)


def test_what_lies_in_no_block_needs_a_block_to_be_accepted():
    changes = compared(*street("Hauptstraße"), ("Neuer Weg", 1, "", 900, 20))
    group = changes.groups()["group_id"].iloc[0]
    with pytest.raises(UsageError, match="Neuer Weg 1"):
        decide(changes, [group], "accept")
    applied = apply_changes(changes, decide(changes, [group], "accept", "E"))
    assert applied.addresses.set_index("street").loc["Neuer Weg", "block_id"] == "E"


def test_accepted_changes_make_the_next_register():
    changes = compared(*street("Anne-Frank-Straße", range(3, 22, 2)))
    applied = apply_changes(changes, accept_certain(changes))
    assert applied.addresses["number"].tolist() == list(range(3, 22, 2))
    assert set(applied.addresses["street"]) == {"Anne-Frank-Straße"}
    assert applied.summary == {"gone": 1, "new": 1, "renamed": 9, "unchanged": 0, "rejected": 0}


def test_rejected_changes_leave_the_register_as_it_was():
    changes = compared(*street("Anne-Frank-Straße", range(3, 22, 2)))
    applied = apply_changes(changes, decide(changes, changes.rows["change_id"], "reject"))
    names = ["street", "number", "block_id"]
    assert applied.addresses[names].to_numpy().tolist() == LAST[names].to_numpy().tolist()


def test_the_old_name_of_a_renamed_street_stays_a_known_spelling():
    changes = compared(*street("Anne-Frank-Straße"))
    applied = apply_changes(changes, accept_certain(changes))
    known = ["Anne-Frank-Straße", "05901", "05999001"]
    assert applied.aliases.to_numpy().tolist() == [["hauptstrasse", code, *known] for code in ("05901", "")]
    assert applied.renamed == {"Hauptstraße": "Anne-Frank-Straße"}


def test_a_street_renamed_twice_is_still_known_by_its_first_name():
    changes = compared(*street("Anne-Frank-Straße"))
    first = apply_changes(changes, accept_certain(changes))
    changes = compared(*street("Lindenallee"), last=first.addresses)
    second = apply_changes(changes, accept_certain(changes))
    carried = carried_aliases(first.aliases, second.aliases)
    assert carried[["written", "street"]].drop_duplicates().to_numpy().tolist() == [["hauptstrasse", "Lindenallee"]]


def test_much_of_a_municipality_gone_is_doubtful_since_a_part_may_not_have_been_delivered():
    last = register(*street("Hauptstraße", range(1, 20)), *street("Nebenstraße", range(1, 20), y=20))
    changes = compared(*street("Hauptstraße", range(1, 17)), last=last)
    assert set(changes.rows["doubt"]) == {"many_gone"}
    changes = compared(*street("Hauptstraße", range(1, 20)), *street("Nebenstraße", range(1, 12), y=20), last=last)
    assert set(changes.rows["doubt"]) == {""}


def test_the_old_name_of_half_a_street_goes_on_meaning_the_other_half():
    changes = compared(*street("Hauptstraße", range(1, 10, 2)), *street("Ostring", range(11, 20, 2)))
    assert apply_changes(changes, accept_certain(changes)).aliases.empty


def test_a_decision_on_what_is_not_there_is_refused():
    changes = compared(*street("Hauptstraße"))
    with pytest.raises(UsageError):
        decide(changes, ["new|nowhere"], "accept")
    assert apply_changes(changes, [Decision("of another comparison", "accept")]).summary["unchanged"] == 10


def test_keys_of_changes_do_not_depend_on_the_order_of_rows():
    rows = [*street("Anne-Frank-Straße", range(3, 22, 2)), ("Neuer Weg", 1, "", 20, 20)]
    one, other = compared(*rows), compared(*reversed(rows))
    assert one.rows["change_id"].tolist() == other.rows["change_id"].tolist()
    assert one.rows["change_id"].is_unique
