"""Every kind of file is opened by what it is, and swollen or damaged ones end in one sentence."""

import gzip
import io
import sys
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
import xlsxwriter

from sozialraum.base import InputRefused
from sozialraum.deliveries import files, large_text, limits
from sozialraum.deliveries.encodings import decode, encoding_sentence
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.large_text import Window

TABLE = "Gemeinde;Männer\nKöln;12\nWürselen;3\n"


def refusal(path: Path) -> str:
    with pytest.raises(InputRefused) as refused:
        open_file(path)
    assert len(refused.value.findings) == 1
    return refused.value.findings[0].what


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize(
    "text", [TABLE, "Straße;Größe;Übersicht\n", "Ä;Ö;Ü\n", "MÜLLER STRASSE;JUGENDÄMTER\n", "Kinder; über 3; größer\n"]
)
def test_german_text_comes_back_from_every_old_page(text: str, encoding: str):
    assert decode("x.csv", text.encode(encoding))[0] == text


@pytest.mark.parametrize("text", ["x;–\n1;2\n", "Jugendämter „Stand“ §8\n", "Höhe ² m²; 5 €\n"])
def test_signs_of_windows_files_are_not_taken_for_letters(text: str):
    assert decode("x.csv", text.encode("cp1252")) == (text, "cp1252")


def test_an_old_page_is_said_and_a_modern_one_is_not():
    assert encoding_sentence("utf-8-sig") == ""
    assert "DOS" in encoding_sentence("cp850")
    assert "Windows-1252" in encoding_sentence("cp1252")


def test_open_document_and_map_files_are_tables(tmp_path: Path):
    squares = [shapely.box(0, 0, 2, 2), shapely.box(2, 0, 4, 2)]
    columns = {"schluessel": ["05999004", "05999008"], "zahl": [1, 2]}
    shapes = gpd.GeoDataFrame(columns, geometry=squares, crs=25832)
    for name in ("karte.gpkg", "karte.geojson"):
        shapes.to_file(tmp_path / name)
        content = open_file(tmp_path / name)
        assert content.format == name.split(".")[1]
        assert list(content.sheets[0].rows[1][:2]) == ["05999004", "1"]
    (tmp_path / "shp").mkdir()
    shapes.to_file(tmp_path / "shp" / "karte.shp", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "karte.zip", "w") as archive:
        for part in (tmp_path / "shp").iterdir():
            archive.write(part, part.name)
    content = open_file(tmp_path / "karte.zip")
    assert content.format == "shp"
    assert content.sheets[0].rows[1] == ["05999004", "1", "1", "1"]
    assert content.sheets[0].rows[0][2] == "x (EPSG:25832)"


def test_a_shape_file_alone_is_not_enough(tmp_path: Path):
    (tmp_path / "karte.shp").write_bytes(b"\x00\x00\x27\x0a" + b"\0" * 96)
    assert "mehreren Dateien" in refusal(tmp_path / "karte.shp")


def test_parquet_is_a_table_where_it_can_be_read(tmp_path: Path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = pyarrow.table({"schluessel": ["05999004", None], "wert": [1.5, 2.0]})
    parquet.write_table(table, tmp_path / "a.parquet")
    assert open_file(tmp_path / "a.parquet").sheets[0].rows == [["schluessel", "wert"], ["05999004", "1,5"], ["", "2"]]
    (tmp_path / "b.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:-20])
    assert "beschädigt" in refusal(tmp_path / "b.parquet")


def test_a_field_at_the_far_end_of_a_sheet_does_not_fill_the_memory(tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "fern.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "b")
    assert "Speicher" in refusal(tmp_path / "fern.xlsx")


def test_an_archive_says_its_size_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sozialraum.deliveries.archives.MOST_TEXT", 1000)
    monkeypatch.setattr("sozialraum.deliveries.limits.MEBIBYTE", 1)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "1;2\n" * 1000)
    assert "zu groß" in refusal(tmp_path / "a.zip")
    with gzip.open(tmp_path / "a.csv.gz", "wb") as packed:
        packed.write(b"1;2\n" * 1000)
    assert "zu groß" in refusal(tmp_path / "a.csv.gz")


@pytest.fixture
def passed_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text counts as too long to be held."""
    monkeypatch.setattr(files, "HELD", 10)


@pytest.mark.parametrize("packed", ["", "zip", "gz"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_long_text_gives_the_rows_of_the_kreis_with_their_numbers(
    tmp_path: Path, passed_through: None, packed: str, encoding: str
):
    text = "id;x;y;Männer\n" + "".join(f"c{n};{n}50;5050;{n}\n" for n in range(1000))
    path = tmp_path / "gitter.csv"
    data = text.encode(encoding)
    if packed == "zip":
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("gitter.csv", data)
        data = buffer.getvalue()
    path.write_bytes(gzip.compress(data) if packed == "gz" else data)
    content = open_file(path)
    assert content.large is not None
    assert content.large.size == len(text.encode(encoding))
    (sheet,) = content.cut(";", window=Window(1, 2, 300, 0, 600, 9000, 1))
    assert [row[0] for row in sheet.rows] == ["id", "c3", "c4", "c5"]
    assert list(sheet.numbers) == [1, 5, 6, 7]
    assert sheet.left_out == 997
    assert sheet.rows[0][3] == "Männer"
    assert content.cut(";")[0].rows == [line.split(";") for line in text.splitlines()]


def test_a_row_that_cannot_be_placed_is_kept_for_its_finding(tmp_path: Path, passed_through: None):
    (tmp_path / "a.csv").write_text("id;x;y\na;1;1\nb;kaputt;1\nc;90;90\n", encoding="utf-8")
    (sheet,) = open_file(tmp_path / "a.csv").cut(";", window=Window(1, 2, 0, 0, 10, 10, 1))
    assert [row[0] for row in sheet.rows] == ["id", "a", "b"]


def test_a_long_text_that_would_have_to_be_held_is_refused(
    tmp_path: Path, passed_through: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(files, "WHOLE_TEXT", 100)
    (tmp_path / "a.csv").write_text("a;b\n" * 100, encoding="utf-8")
    with pytest.raises(InputRefused, match="zu groß"):
        open_file(tmp_path / "a.csv").cut(";")


def test_long_texts_are_found_to_be_no_text_too(tmp_path: Path, passed_through: None):
    (tmp_path / "a.csv").write_bytes(b"a;b\n" * 100 + b"\0" * 5)
    assert "keine Textdatei" in refusal(tmp_path / "a.csv")


def test_equal_texts_of_a_long_table_are_held_once(tmp_path: Path, passed_through: None):
    (tmp_path / "a.csv").write_text("abc;d\n" * 3, encoding="utf-8")
    rows = open_file(tmp_path / "a.csv").cut(";")[0].rows
    assert rows[0][0] is rows[2][0]


def test_limits_are_below_what_a_desk_has():
    assert limits.CHILD_MEMORY < 1 << 30
    assert limits.WHOLE_TEXT < limits.MOST_TEXT
    assert large_text.BEGINNING < files.HELD
    assert sys.maxsize > limits.MOST_TEXT
