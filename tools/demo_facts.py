"""Check a finished demo from outside, as a reader would: python -m tools.demo_facts FOLDER [--with-city].

Shares no code with the product; prints each fact, ends with 1 when one does not hold.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pyogrio
from pypdf import PdfReader

NOTICE = "Beispielzahlen"
RAW = re.compile(r"\bNaN\b|\bnan\b|\bNone\b|\{[a-z_]+\}|Traceback|\bpop_\d\d|\bunemployed_share\b|\bbuild_up\b")
EXTERNAL = re.compile(r"(?:src|href)=[\"']https?://|url\([\"']?https?://|@import")


def facts(folder: Path, with_city: bool) -> Iterator[tuple[str, bool]]:
    release = sorted((folder / "releases").iterdir())[-1]
    yield from _project(folder / "project.gpkg", with_city)
    yield from _pdf(release / "report.pdf", with_city)
    yield from _pages(release / "report")
    yield from _workbook(release / "report.xlsx")


def _project(path: Path, with_city: bool) -> Iterator[tuple[str, bool]]:
    layers = {name for name, kind in pyogrio.list_layers(path) if kind}
    plans = sorted(name for name in layers if name.startswith("areas_"))
    yield f"layers open with pyogrio: {', '.join(sorted(layers))}", {"blocks", "municipalities", "lines"} <= layers
    areas = [pyogrio.read_dataframe(path, layer=name) for name in plans]
    expected = [91, 93] if with_city else [77, 79]
    yield f"plans have {sorted(map(len, areas))} areas", sorted(map(len, areas)) == expected
    blocks = pyogrio.read_dataframe(path, layer="blocks")
    low, high = (5_000, 30_000) if with_city else (700, 8_500)
    sizes = areas[-1]["population"]
    yield f"areas have {sizes.min()} to {sizes.max()} inhabitants", sizes.min() >= min(low, 700) and sizes.max() <= high
    yield "every area lies in one municipality", areas[-1]["municipality"].str.len().eq(8).all()
    yield f"{len(blocks)} blocks, valid shapes", bool(blocks.geometry.is_valid.all()) and len(blocks) >= 8_000
    yield "layers name their coordinate system", blocks.crs is not None and blocks.crs.to_epsg() == 25832
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
        yield from _plans(database, with_city)


def _plans(database: sqlite3.Connection, with_city: bool) -> Iterator[tuple[str, bool]]:
    rows = database.execute(
        "SELECT plan_id, status, parent, valid_from, valid_to, decisions FROM plans ORDER BY position"
    ).fetchall()
    first, later = rows[0], rows[-1]
    statuses = [row[1] for row in rows]
    yield f"two decided plans, the first superseded: {', '.join(statuses)}", statuses == ["superseded", "adopted"]
    yield f"the later one follows on the first, from {later[3]} on", later[2] == first[0] and later[3] == first[4] != ""
    towns = 10 if with_city else 9
    made = [json.loads(row[5]) for row in rows]
    named = all(one["body"] and one["date"] for decisions in made for one in decisions.values())
    yield (
        f"every one of the {towns} municipalities decided on both plans",
        named and [*map(len, made)] == [towns, towns],
    )
    codes = [
        {
            code
            for (code,) in database.execute(
                "SELECT municipality || ' ' || code FROM plan_areas WHERE plan_id = ?", (row[0],)
            )
        }
        for row in rows
    ]
    gone, new = sorted(codes[0] - codes[1]), sorted(codes[1] - codes[0])
    shown = sorted(code + letter for code in gone for letter in "ab")
    yield f"two areas were split: {', '.join(gone)} became {', '.join(new)}", len(gone) == 2 and new == shown
    used: dict[str, set[frozenset[str]]] = {}
    for row in rows:
        blocks: dict[str, set[str]] = {}
        for block, area in database.execute("SELECT block_id, area_id FROM plan_blocks WHERE plan_id = ?", (row[0],)):
            blocks.setdefault(area, set()).add(block)
        for area, own in blocks.items():
            used.setdefault(area, set()).add(frozenset(own))
    yield "no key stands for two areas", all(len(meanings) == 1 for meanings in used.values())
    steps = [
        json.loads(edit) for (edit,) in database.execute("SELECT edit FROM plan_edits WHERE plan_id = ?", (later[0],))
    ]
    splits = [step for step in steps if step["kind"] == "split"]
    reasons = len(splits) == 2 and all(step["why"] and step["public"] and step["effect"]["areas"] for step in splits)
    yield "both splits carry a released reason and what they did", reasons
    units = [count for (count,) in database.execute("SELECT count(*) FROM grouping_units GROUP BY grouping_id")]
    yield f"groupings beside the areas: {units} units", 10 in units and (len(units) == 2) == with_city


def _pdf(path: Path, with_city: bool) -> Iterator[tuple[str, bool]]:
    reader = PdfReader(path)
    texts = [page.extract_text() for page in reader.pages]
    yield f"PDF has {len(texts)} pages and a language", len(texts) > 80 and reader.trailer["/Root"]["/Lang"] == "de-DE"
    yield "PDF is tagged and says it is accessible", b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()
    without = [number for number, text in enumerate(texts, 1) if NOTICE not in text and "erfunden" not in text]
    yield f"every PDF page says that the region is invented (without: {without})", not without
    raw = sorted({found for text in texts for found in RAW.findall(text)})
    yield f"no raw key in the PDF {raw}", not raw
    late = any("liefert seit dem 31.12.2023" in " ".join(text.split()) for text in texts)
    yield "the report says since when the city delivers" if with_city else "nobody joined later", late == with_city


def _pages(folder: Path) -> Iterator[tuple[str, bool]]:
    pages = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}
    yield f"{len(pages)} web pages", "index.html" in pages
    yield "every web page says that the region is invented", all(NOTICE in text for text in pages.values())
    yield "no web page asks for anything outside", not any(EXTERNAL.search(text) for text in pages.values())
    bare = {
        name: re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL) for name, text in pages.items()
    }
    raw = sorted({(name, found) for name, text in bare.items() for found in RAW.findall(text)})
    yield f"no raw key on the web pages {raw[:5]}", not raw


def _workbook(path: Path) -> Iterator[tuple[str, bool]]:
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    numbers = [cell for cell in cells if isinstance(cell.value, int | float)]
    typed = [
        cell.value
        for cell in cells
        if isinstance(cell.value, str) and re.fullmatch(r"\d{1,3}(\.\d{3})+|\d+,\d+( %)?", cell.value)
    ]
    yield f"workbook: {len(book.sheetnames)} sheets, {len(numbers)} numbers with a format", len(numbers) > 1_000
    yield f"no number typed as text in the workbook {typed[:3]}", not typed
    raw = sorted({found for cell in cells for found in RAW.findall(str(cell.value))})
    yield f"no raw key in the workbook {raw}", not raw


def main(arguments: list[str]) -> int:
    failed = 0
    for text, holds in facts(Path(arguments[0]), "--with-city" in arguments):
        print(f"{'ok  ' if holds else 'FAIL'} {text}")
        failed += not holds
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
