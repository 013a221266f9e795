"""What a completed list may be written to, and which list is none."""

from __future__ import annotations

import pytest

from address_town import address_town
from sozialraum.base import InputRefused, UsageError
from sozialraum.workflow import addresses_placing as placing


@pytest.fixture
def project(tmp_path):
    with address_town(tmp_path / "p") as found:
        yield found


@pytest.mark.parametrize("name", ["o.csv", "o.pdf", "o"])
def test_a_workbook_is_never_written_under_another_ending(project, tmp_path, name):
    (tmp_path / "liste.csv").write_text("Straße;Nr.\nAltweg;3\n", encoding="cp1252")
    with pytest.raises(UsageError, match="xlsx"):
        placing.complete_list(project, tmp_path / "liste.csv", tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_list_without_rows_is_refused_and_nothing_is_written(project, tmp_path):
    (tmp_path / "liste.csv").write_text("Straße;Nr.\n", encoding="cp1252")
    with pytest.raises(InputRefused, match="keine Adressen"):
        placing.complete_list(project, tmp_path / "liste.csv", tmp_path / "o.xlsx")
    assert not (tmp_path / "o.xlsx").exists()
