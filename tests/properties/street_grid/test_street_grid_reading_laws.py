"""Whatever bytes are handed in as a street grid: sentences that can be shown, never an error of the program."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialraum.base import InputRefused
from sozialraum.street_grid import (
    ENCODINGS,
    SEPARATORS,
    Unit,
    check_files,
    file_bytes,
    form_text,
    format_from,
    read_form,
)
from sozialraum.street_grid.grid import StreetGrid
from sozialraum.street_grid.records import Record

FORM = format_from(None)
UNITS = (
    Unit("101000000", "district", "Musterstadt", "05999004", "Musterstadt"),
    Unit("101100000", "bezirk", "Musterstadt", "05999004", "Musterstadt"),
    Unit("101100101", "viertel", "Größe", "05999004", "Musterstadt", 1000, ("a",)),
)
RECORDS = (
    Record("Weg", "52499", "101100101", (1, 997), (2, 998)),
    Record("Am Markt", "01067", "101100101", (1, 997), (2, 998)),
)
FILES = file_bytes(StreetGrid("p", UNITS, RECORDS, {}, (), FORM))
cells = st.text(st.characters(exclude_categories=("Cs",)), max_size=12) | st.sampled_from(
    ["1²", "²", "٣", "9" * 5000, "-1", "1e9", "0", "997", "998", '"', ";", "\n", "A" * 3000]
)


def looked_at(files: dict[str, bytes], form=FORM) -> None:
    for finding in check_files(files, form):
        said = finding.sentence()
        assert said.encode()
        assert len(said) < 1000
        assert finding.file in files


@given(st.binary(max_size=300), st.sampled_from(ENCODINGS), st.sampled_from(sorted(SEPARATORS)), st.booleans())
def test_random_bytes(raw, encoding, separator, header):
    looked_at({"x": raw}, format_from({"encoding": encoding, "separator": separator, "header": header}))


@given(st.sampled_from(sorted(FILES)), st.data())
def test_a_file_cut_off_anywhere(name, data):
    looked_at(FILES | {name: FILES[name][: data.draw(st.integers(0, len(FILES[name])))]})


@given(st.sampled_from(sorted(FILES)), st.binary(min_size=1, max_size=4), st.data())
def test_a_file_with_a_few_other_bytes(name, raw, data):
    whole = FILES[name]
    place = data.draw(st.integers(0, len(whole)))
    looked_at(FILES | {name: whole[:place] + raw + whole[place + len(raw) :]})


@given(st.sampled_from(sorted(FILES)), cells, st.data())
def test_any_text_in_any_cell(name, text, data):
    lines = [line.split(";") for line in FILES[name].decode("cp1252").splitlines()]
    row = data.draw(st.integers(0, len(lines) - 1))
    lines[row][data.draw(st.integers(0, len(lines[row]) - 1))] = text
    raw = "\r\n".join(";".join(line) for line in lines).encode("utf-8")
    looked_at(FILES | {name: raw}, format_from({"encoding": "utf-8"}))


def taken(read):
    """The form, or None where it was refused with something that can be shown."""
    said = ""
    try:
        return read()
    except InputRefused as refused:
        said = str(refused)
    assert said.encode()
    return None


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=()))
values = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["field", "title", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*FORM.to_json(), "colour"]), values, max_size=4) | values)
def test_any_form_is_taken_or_refused_with_sentences(given_form):
    form = taken(lambda: format_from(given_form))
    assert form is None or file_bytes(StreetGrid("p", UNITS, RECORDS, {}, (), form))


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("forms") / "form.toml"


titles = st.text(st.characters(codec="cp1252", exclude_categories=("Cc",)), max_size=80).map(str.strip)


@given(st.sampled_from(sorted(SEPARATORS)), st.booleans(), st.lists(titles, min_size=13, max_size=13))
def test_a_form_that_is_written_is_read_back(file, separator, header, own):
    ra = [{"field": column.field, "title": title} for column, title in zip(FORM.ra, own, strict=True)]
    form = format_from({"separator": separator, "header": header, "ra": ra})
    file.write_text(form_text(form), encoding="utf-8")
    assert read_form(file) == form


@given(st.integers(0, len(form_text(FORM).encode())), st.binary(max_size=4))
def test_a_form_with_a_few_other_bytes(file, place, raw):
    whole = form_text(FORM).encode()
    file.write_bytes(whole[:place] + raw + whole[place + len(raw) :])
    taken(lambda: read_form(file))
