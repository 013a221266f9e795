"""Small delivered files of every kind, and ways to break them."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import shapely
import xlsxwriter

TABLE = "Gebiet;Name;Fälle\n05999004-01;Nordfeld;12\n05999004-02;Südstadt;*\nSumme;;40\n"
_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Plätze">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def ods_bytes(rows: str) -> bytes:
    """An OpenDocument workbook with these table rows (XML)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _ODS.format(rows=rows))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return buffer.getvalue()


def ods_rows(text: str) -> str:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ("".join(cell.format(field) for field in line.split(";")) for line in text.splitlines())
    return "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)


def xlsx_bytes(text: str) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Plätze")
        for row, line in enumerate(text.splitlines()):
            sheet.write_row(row, 0, line.split(";"))
    return buffer.getvalue()


@cache
def specimens() -> dict[str, bytes]:
    """File name -> a whole file of that kind."""
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tabelle.csv", TABLE)
    return {
        "a.csv": TABLE.encode("cp1252"),
        "b.csv": TABLE.encode("utf-8-sig"),
        "c.zip": zipped.getvalue(),
        "d.csv.gz": gzip.compress(TABLE.encode(), mtime=0),
        "e.xlsx": xlsx_bytes(TABLE),
        "f.ods": ods_bytes(ods_rows(TABLE)),
        "g.gpkg": _geopackage(),
        "h.geojson": b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "01"}, '
        b'"geometry": {"type": "Point", "coordinates": [6.1, 50.7]}}]}',
    }


def _geopackage() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.gpkg"
        gpd.GeoDataFrame({"id": ["01"]}, geometry=[shapely.Point(0, 0)], crs=25832).to_file(file)
        return file.read_bytes()


def broken(data: bytes, chance: random.Random) -> bytes:
    """The file after something went wrong on its way: cut off, bytes flipped, a piece lost, doubled or strange."""
    made = bytearray(data)
    for _time in range(chance.randint(1, 3)):
        at = chance.randrange(max(1, len(made)))
        size = chance.randint(1, max(2, len(made) // 4))
        way = chance.randrange(6)
        if way == 0:
            del made[at:]
        elif way == 1:
            for _flip in range(chance.randint(1, 20)):
                if made:
                    made[chance.randrange(len(made))] = chance.randrange(256)
        elif way == 2:
            del made[at : at + size]
        elif way == 3:
            made[at:at] = made[at : at + size]
        elif way == 4:
            made[at:at] = chance.randbytes(min(size, 400))
        else:
            made[at : at + size] = b"\xff" * min(size, len(made) - at)
    return bytes(made)


def broken_files(number: int, seed: int, more: dict[str, bytes] | None = None) -> Iterator[tuple[str, bytes]]:
    """Names and contents of broken files, each kind in turn; the same seed gives the same files."""
    chance = random.Random(seed)
    whole = list((specimens() | (more or {})).items())
    for place in range(number):
        name, data = whole[place % len(whole)]
        yield name, broken(data, chance)
