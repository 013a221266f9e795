"""Postcodes of a register: lost zeros are mended, others are named in the words of the file, none leaves no gap."""

from __future__ import annotations

import pytest

from address_town import address_town, doors
from sozialraum.addresses import AddressRegister
from sozialraum.base import InputRefused
from sozialraum.workflow.address_registers import read_register


def read(tmp_path, postcode):
    rows = [f"{street};{number};{x};{y};{postcode}" for street, number, _s, x, y in doors("Altweg", "A")]
    (tmp_path / "hk.csv").write_text("STN;HNR;Ostwert;Nordwert;PLZ\n" + "\n".join(rows) + "\n")
    with address_town(tmp_path / "p") as project:
        return read_register(tmp_path / "hk.csv", project.blocks(), project.municipalities()), project.municipalities()


def test_a_postcode_that_lost_its_zero_gets_it_back(tmp_path):
    (found, said), _towns = read(tmp_path, "1067")
    assert set(found["postcode"]) == {"01067"}
    assert said == ()


def test_another_postcode_is_refused_in_the_words_of_the_file(tmp_path):
    with pytest.raises(InputRefused) as caught:
        read(tmp_path, "524")
    (finding,) = caught.value.findings
    assert (finding.file, finding.sheet, finding.column) == ("hk.csv", "", "Postleitzahl")
    assert "postcode" not in str(caught.value) + finding.sentence()


def test_an_address_without_postcode_is_labelled_without_a_gap(tmp_path):
    (found, _said), towns = read(tmp_path, "52499")
    bare = found.assign(postcode="")
    with address_town(tmp_path / "q") as project:
        held = AddressRegister.from_layers(bare, project.blocks(), towns)
    assert held.label(0) == "Altweg 1, Musterdorf"
