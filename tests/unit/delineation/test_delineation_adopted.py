"""Adopted plans are taken over unchanged or refused with every reason."""

from __future__ import annotations

import pandas as pd
import pytest

from sozialraum.base import InputRefused
from sozialraum.delineation import Adopted, propose, read_adopted
from village import AGS, draw_blocks, draw_municipality, groups, village_blocks

ROWS = [f"{AGS}-{letter};{AGS}-{code}" for letter, code in zip("ABCDEFghiJKL", "111222333333", strict=True)]


def write(path, *lines, encoding="utf-8"):
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def adopted(tmp_path):
    table = write(tmp_path / "plan.csv", "block_id;area_id", *ROWS)
    names = [f"{AGS}-1;1;Altstadt", f"{AGS}-2;2;Südstadt", f"{AGS}-3;3;Weiler"]
    return read_adopted(table, write(tmp_path / "namen.csv", "area_id;code;name", *names, encoding="cp1252"))


def test_keys_are_padded_and_names_kept(tmp_path):
    given = adopted(tmp_path)
    assert given.municipality == AGS
    assert sorted(set(given.assignment)) == [f"{AGS}-01", f"{AGS}-02", f"{AGS}-03"]
    assert given.names["name"].tolist() == ["Altstadt", "Südstadt", "Weiler"]


def test_an_adopted_plan_is_taken_over_with_its_names(tmp_path):
    plan = propose(village_blocks(), draw_municipality(areas=5), adopted={AGS: adopted(tmp_path)})
    assert groups(plan.assignment) == ["ABC", "DEF", "JKLghi"]
    assert plan.areas["origin"].unique().tolist() == ["adopted"]
    assert plan.areas["name"].tolist() == ["Altstadt", "Südstadt", "Weiler"]
    assert plan.parameters["notes"][0] == "Musterdorf: beschlossener Gebietszuschnitt übernommen."


def test_without_names_the_code_is_the_name(tmp_path):
    given = read_adopted(write(tmp_path / "plan.csv", "block_id;area_id", *ROWS))
    plan = propose(village_blocks(), draw_municipality(), adopted={AGS: given})
    assert plan.areas["name"].tolist() == ["Gebiet 1", "Gebiet 2", "Gebiet 3"]


REFUSED = [
    # lines of the table, part of the sentence
    (["block;area", *ROWS], "Spalte „block_id“: Die Spalte fehlt."),
    (["block_id;area_id", f"{AGS}-A;"], "Zeile 2, Spalte „area_id“: Die Zelle ist leer."),
    (["block_id;area_id", ROWS[0], ROWS[0]], "Zeile 3, Spalte „block_id“: Der Baustein 05999004-A steht mehrfach"),
    (["block_id;area_id", f"{AGS}-A;Mitte"], "„Mitte“ ist kein Gebietsschlüssel."),
    (["block_id;area_id", ROWS[0], "05999008-A;05999008-1"], "mehrerer Gemeinden: 05999004, 05999008"),
    (["block_id;area_id"], "Die Tabelle ist leer."),
]


@pytest.mark.parametrize(("lines", "sentence"), REFUSED)
def test_what_is_wrong_is_said_with_its_place(tmp_path, lines, sentence):
    with pytest.raises(InputRefused) as caught:
        read_adopted(write(tmp_path / "plan.csv", *lines))
    assert sentence in str(caught.value)


def test_missing_file_and_names_without_area(tmp_path):
    with pytest.raises(InputRefused, match="gibt es nicht"):
        read_adopted(tmp_path / "fehlt.csv")
    table = write(tmp_path / "plan.csv", "block_id;area_id", *ROWS)
    names = write(tmp_path / "namen.csv", "area_id;code;name", f"{AGS}-1;1;A", f"{AGS}-2;2;A", f"{AGS}-9;9;C")
    with pytest.raises(InputRefused) as caught:
        read_adopted(table, names)
    text = str(caught.value)
    for part in ("„A“ steht mehrfach", "Zum Gebiet 05999004-9 gehört kein Baustein", "05999004-3 hat keinen Namen"):
        assert part in text


def test_blocks_that_do_not_fit_are_refused():
    given = Adopted(pd.Series({f"{AGS}-A": f"{AGS}-01", f"{AGS}-Z": f"{AGS}-01"}))
    with pytest.raises(InputRefused) as caught:
        propose(village_blocks(), draw_municipality(), adopted={AGS: given})
    assert "11 Bausteine haben im beschlossenen Plan kein Gebiet" in str(caught.value)
    assert "Den Baustein 05999004-Z des beschlossenen Plans gibt es nicht" in str(caught.value)


SECOND = "05999008"


def two_towns():
    blocks = pd.concat([village_blocks(), draw_blocks("AB\nCD", dict.fromkeys("ABCD", 500), SECOND)], ignore_index=True)
    second = draw_municipality("AB\nCD", ags=SECOND, name="Kleinau", areas=2)
    return blocks, pd.concat([draw_municipality(), second], ignore_index=True)


def test_one_municipality_anew_keeps_the_others(tmp_path):
    blocks, towns = two_towns()
    first = propose(blocks, towns, adopted={AGS: adopted(tmp_path)})
    again = propose(blocks, towns, only=SECOND, keep=first, numbers={SECOND: 1})
    assert again.parent == first.plan_id
    assert groups({b: a for b, a in again.assignment.items() if b.startswith(AGS)}) == ["ABC", "DEF", "JKLghi"]
    assert again.areas["origin"].tolist() == ["adopted"] * 3 + ["proposal"]
    assert again.parameters["municipalities"][AGS] == first.parameters["municipalities"][AGS]


def test_a_plan_to_keep_must_know_the_blocks(tmp_path):
    blocks, towns = two_towns()
    old = propose(village_blocks(), draw_municipality())
    with pytest.raises(InputRefused, match="passt nicht zu den Bausteinen"):
        propose(blocks, towns, only=AGS, keep=old)
