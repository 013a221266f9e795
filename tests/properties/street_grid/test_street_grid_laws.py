"""For every list of addresses: each falls into one record and back into its area; what cannot is said."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sozialraum.street_grid import (
    Unit,
    check_files,
    file_bytes,
    find_records,
    format_from,
    make_records,
)
from sozialraum.street_grid.grid import StreetGrid

KEYS = ("101100101", "101100102", "101100103")
STREETS = ("Am Markt", "Lindenweg", "Hauptstraße")
SPELLINGS = {"Am Markt": ("Am Markt", "AM MARKT", "Am  Markt"), "Lindenweg": ("Lindenweg",),
             "Hauptstraße": ("Hauptstraße", "Hauptstr.", "Haupt Straße")}  # fmt: skip
LABELS = {key: f"Gebiet {key[-1]}" for key in KEYS}

numbers = st.integers(1, 1400)
suffixes = st.sampled_from(("", "", "a", "b", "1/2"))
places = st.tuples(st.sampled_from(STREETS), st.sampled_from(("52499", "01067")), numbers)


@st.composite
def whole_registers(draw):
    """Addresses in which no house number, suffix ignored, lies in two areas."""
    area_of = draw(st.dictionaries(places, st.sampled_from(KEYS), min_size=1, max_size=40))
    rows = []
    for (street, postcode, number), key in sorted(area_of.items()):
        for suffix in sorted(draw(st.sets(suffixes, min_size=1, max_size=3))):
            rows.append((draw(st.sampled_from(SPELLINGS[street])), number, suffix, postcode, key))
    return frame(draw(st.permutations(rows)))


@st.composite
def any_registers(draw):
    """Addresses with numbers in several areas among them."""
    rows = draw(st.lists(st.tuples(places, suffixes, st.sampled_from(KEYS)), min_size=1, max_size=40))
    return frame([(street, number, suffix, postcode, key) for (street, postcode, number), suffix, key in rows])


def frame(rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["street", "number", "suffix", "postcode", "key"])


@given(whole_registers(), st.sampled_from(("open", "known")))
def test_each_address_falls_into_exactly_one_record_and_back_into_its_area(register, last):
    records, findings = make_records(register, LABELS, last)
    for row in register.itertuples():
        assert [found.key for found in find_records(records, row.street, row.postcode, row.number)] == [row.key]
    assert not [finding for finding in findings if "mehreren Gebieten" in finding.what]


@given(any_registers())
def test_numbers_in_several_areas_are_findings_with_all_areas_named_and_the_others_come_back(register):
    records, findings = make_records(register, LABELS)
    said = [finding.what for finding in findings if "mehreren Gebieten" in finding.what]
    plain = register.assign(street=register["street"])
    groups = plain.groupby(["street", "postcode", "number"])["key"].agg(lambda keys: sorted(set(keys)))
    for (street, postcode, number), keys in groups.items():
        found = find_records(records, street, postcode, number)
        assert len(found) == 1
        if len(keys) == 1:
            assert found[0].key == keys[0]
        else:
            (sentence,) = [what for what in said if what.startswith(f"{postcode} {street} {number}:")]
            assert all(LABELS[key] in sentence for key in keys)
            assert found[0].key in keys
    assert len(said) == sum(len(keys) > 1 for keys in groups)


@given(whole_registers(), numbers, st.sampled_from(STREETS))
def test_with_open_ends_every_number_of_a_known_street_has_one_area(register, number, street):
    records, _findings = make_records(register, LABELS)
    for postcode in set(register.loc[register["street"].isin(SPELLINGS[street]), "postcode"]):
        assert len(find_records(records, street, postcode, number)) <= 1
        if number < 997:
            assert len(find_records(records, street, postcode, number)) == 1


@given(whole_registers(), st.sampled_from(("open", "known")), st.sampled_from(("cp1252", "utf-8")))
def test_what_is_written_is_checked_without_a_finding(register, last, encoding):
    form = format_from({"last": last, "encoding": encoding})
    records, _findings = make_records(register, LABELS, last)
    used = {record.key for record in records}
    units = [Unit("101000000", "district", "Musterstadt", "05999004", "Musterstadt"),
             Unit("101100000", "bezirk", "Musterstadt", "05999004", "Musterstadt")]  # fmt: skip
    units += [Unit(key, "viertel", LABELS[key], "05999004", "Musterstadt", 1000, (key,)) for key in sorted(used)]
    grid = StreetGrid("p", tuple(units), tuple(records), {}, (), form)
    assert check_files(file_bytes(grid), form) == []


@given(whole_registers(), st.randoms(use_true_random=False))
def test_the_order_of_the_register_changes_nothing(register, chance):
    rows = register.to_numpy().tolist()
    chance.shuffle(rows)
    assert make_records(frame(rows), LABELS) == make_records(register, LABELS)


def written(register, form):
    """A pair of files of a register, as lines of cells without the titles."""
    records, _findings = make_records(register, LABELS, form.last)
    upper = [("101000000", "district"), ("101100000", "bezirk")]
    units = [Unit(key, level, "Musterstadt", "05999004", "Musterstadt") for key, level in upper]
    units += [Unit(key, "viertel", LABELS[key], "05999004", "Musterstadt", 1000, (key,)) for key in KEYS]
    files = file_bytes(StreetGrid("p", tuple(units), tuple(records), {}, (), form))
    return {name: [line.split(";") for line in raw.decode("utf-8").splitlines()] for name, raw in files.items()}


# fault -> (columns of one side, what becomes of them)
FAULTS = {
    "wrong side": lambda first, last: (str(int(first) + 1), last),
    "turned round": lambda first, last: (str(int(last) + 2), last),
    "no end": lambda first, last: (first, ""),
    "a suffix": lambda first, last: (first + "a", last),
    "too long": lambda first, last: (first, str(int(last) + 2)),
    "too short": lambda first, last: (str(int(first) + 2), last),
}


@given(whole_registers(), st.sampled_from(sorted(FAULTS)), st.data())
def test_a_fault_put_into_any_range_is_found_in_its_street(register, fault, data):
    form = format_from({"encoding": "utf-8", "last": "known"})
    files = written(register, form)
    row = data.draw(st.integers(1, len(files["ra.csv"]) - 1))
    cells = files["ra.csv"][row]
    column = data.draw(st.sampled_from([place for place in (4, 8) if cells[place]]))
    later = [line for line in files["ra.csv"] if (line[2], line[3]) == (cells[2], cells[3]) and line[column]]
    is_last = int(cells[column + 2]) == max(int(line[column + 2]) for line in later)
    # a last range may be longer, nobody can tell
    if not (fault == "too long" and is_last):
        cells[column], cells[column + 2] = FAULTS[fault](cells[column], cells[column + 2])
        found = check_files({name: text(lines) for name, lines in files.items()}, form)
        assert any(cells[2] in finding.what and finding.file == "ra.csv" for finding in found)


def text(lines) -> bytes:
    return "\n".join(";".join(line) for line in lines).encode()
