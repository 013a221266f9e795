"""Opening files: what they are counts, not what they are called."""

import zipfile

import pytest
import xlsxwriter

from sozialraum.base import InputRefused
from sozialraum.deliveries.encodings import decode
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.workbook_child import cell_text


def refusal(path):
    with pytest.raises(InputRefused) as caught:
        open_file(path)
    return str(caught.value)


def test_utf8_with_and_without_mark_and_windows_are_told_apart():
    assert decode("f", "Plätze –".encode("utf-8-sig")) == ("Plätze –", "utf-8-sig")
    assert decode("f", "Plätze –".encode()) == ("Plätze –", "utf-8-sig")
    assert decode("f", "Plätze".encode("cp1252")) == ("Plätze", "cp1252")
    assert decode("f", "Plätze".encode("utf-16")) == ("Plätze", "utf-16")


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "gibt es nicht" in refusal(tmp_path / "fehlt.csv")


@pytest.mark.parametrize("content", [b"", b" \r\n\r\n"])
def test_an_empty_file_is_refused(tmp_path, content):
    (tmp_path / "leer.csv").write_bytes(content)
    assert "leer" in refusal(tmp_path / "leer.csv")


@pytest.mark.parametrize("content", [b"\x00\x01\x02PNG", b"\x89PNG\r\n\x1a\n\x03abc", b"%PDF-1.7\n\x81\x8d\x02"])
def test_a_binary_file_called_csv_is_refused(tmp_path, content):
    (tmp_path / "bild.csv").write_bytes(content)
    assert "keine Textdatei" in refusal(tmp_path / "bild.csv")


def test_a_workbook_that_is_none_is_refused(tmp_path):
    (tmp_path / "amt.xlsx").write_text("Sozialraum;Name")
    assert "keine Excel-Datei" in refusal(tmp_path / "amt.xlsx")


def test_a_corrupt_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "amt.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert "beschädigt" in refusal(tmp_path / "amt.xlsx")


def test_a_cut_off_archive_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "voll.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "\n".join(str(number) for number in range(5000)))
    whole = (tmp_path / "voll.zip").read_bytes()
    (tmp_path / "halb.zip").write_bytes(whole[: len(whole) // 2])
    assert "ZIP-Archiv ist beschädigt" in refusal(tmp_path / "halb.zip")


def test_an_archive_with_a_flipped_byte_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "gut.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "\n".join(str(number) for number in range(5000)))
    data = bytearray((tmp_path / "gut.zip").read_bytes())
    data[len(data) // 3] ^= 0xFF
    (tmp_path / "schlecht.zip").write_bytes(bytes(data))
    assert "ZIP-Archiv ist beschädigt" in refusal(tmp_path / "schlecht.zip")


def test_an_archive_of_several_tables_names_them(tmp_path):
    with zipfile.ZipFile(tmp_path / "zwei.zip", "w") as archive:
        archive.writestr("a.csv", "1")
        archive.writestr("b.csv", "2")
    assert "a.csv, b.csv" in refusal(tmp_path / "zwei.zip")


def test_spreadsheet_cells_become_texts_without_losing_anything(tmp_path):
    path = tmp_path / "zellen.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Tabelle")
        sheet.write_row(2, 1, ["1.234", 1234, 12.5, True, "–"])
    (sheet,) = open_file(path).sheets
    assert sheet.rows[2] == ["", "1.234", "1234", "12,5", "WAHR", "–"]


def test_dates_in_spreadsheets_become_german_dates():
    from datetime import date

    assert cell_text(date(2025, 12, 31)) == "31.12.2025"
