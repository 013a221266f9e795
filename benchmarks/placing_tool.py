"""How long the Zuordnungswerkzeug takes for a long list, in a browser without a network, and whether it agrees.

    python benchmarks/placing_tool.py [--addresses 120000] [--rows 50000]

A generated Kreis of one project with so many addresses; a list of so many rows as XLSX, a tenth of them misspelled.
Timed in headless Chromium from the choice of the file to the counts on the page, then the two savings. Every row is
placed by Python as well and compared.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import openpyxl
import pandas as pd
import shapely
import xlsxwriter

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

import request_village  # noqa: E402
from sozialraum.blocks import Places, no_buildings, no_places  # noqa: E402
from sozialraum.project import Project  # noqa: E402
from sozialraum.workflow.addresses_placing import place_list  # noqa: E402
from sozialraum.workflow.placing_tool import write_placing_tool  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
NUMBERS = 40
PARTS = (
    "Linden", "Eichen", "Birken", "Ahorn", "Buchen", "Rosen", "Garten", "Schul", "Kirch", "Bahnhof", "Mühlen", "Berg",
    "Tal", "Wiesen", "Feld", "Wald", "Bach", "Brunnen", "Schiller", "Goethe", "Lessing", "Mozart", "Beethoven",
    "Adenauer", "Schumann", "Kant", "Hegel", "Luther", "Schloss", "Burg",
)  # fmt: skip
KINDS = ("straße", "weg", "gasse", "platz", "allee", "ring", "ufer", "pfad")


def street_names(wanted: int) -> list[str]:
    """So many names, each twice at most for the slip rules to have work."""
    pairs = [f"{one}{other.lower()}{kind}" for one in PARTS for other in PARTS for kind in KINDS if one != other]
    return [*(f"{one}{kind}" for one in PARTS for kind in KINDS), *pairs][:wanted]


def kreis(folder: Path, addresses: int) -> Project:
    """The nine towns of the tests with so many addresses, evenly over towns, streets and blocks."""
    project = request_village.nine_towns(folder)
    blocks = project.blocks()
    rows = []
    per_town = addresses // len(request_village.NINE_TOWNS)
    names = street_names(-(-per_town // NUMBERS))
    for place, ags in enumerate(request_village.NINE_TOWNS):
        own = blocks[blocks["municipality"] == ags]["block_id"].tolist()
        for number in range(per_town):
            street, house = divmod(number, NUMBERS)
            suffix = "a" if house % 10 == 9 else ""
            block = own[(street + house // 20) % len(own)]
            rows.append((names[street], house + 1, suffix, f"{52001 + place}", block))
    frame = pd.DataFrame(rows, columns=["street", "number", "suffix", "postcode", "block_id"])
    layer = gpd.GeoDataFrame(frame, geometry=[shapely.Point(0, 0)] * len(frame), crs=25832)
    project.save_layers(project.municipalities(), blocks, project.lines(), Places(layer, no_buildings(), no_places()))
    return project


def list_rows(project: Project, rows: int, seed: int = 1) -> pd.DataFrame:
    """A list: nine tenths in usual spellings, the rest with slips, unknown numbers and unknown streets."""
    chance = random.Random(seed)
    known = project.addresses()[["street", "number", "suffix", "postcode"]].to_numpy(dtype=object).tolist()
    found = []
    for number in range(rows):
        street, house, suffix, postcode = chance.choice(known)
        if chance.random() < 0.5:
            street = street.replace("straße", chance.choice(("str.", "strasse", " Straße")))
        if number % 10 == 0:
            street, house = chance.choice([
                (street[:3] + street[4:], house), (street + "n", house), (street, 999), (f"Unbekannt {street}", house),
            ])  # fmt: skip
        kind = chance.choice(("SPFH", "Heim", "Tagesgruppe", "Beratung"))
        found.append((f"A-{number:06d}", street, f"{house}{suffix}", postcode, kind, chance.randrange(18)))
    return pd.DataFrame(found, columns=["Aktenzeichen", "Straße", "Hausnummer", "PLZ", "Hilfe", "Alter"])


def write_list(file: Path, rows: pd.DataFrame) -> None:
    with xlsxwriter.Workbook(file, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Fälle")
        sheet.write_row(0, 0, rows.columns.tolist())
        for place, row in enumerate(rows.itertuples(index=False, name=None), 1):
            sheet.write_row(place, 0, row)


def in_browser(tool: Path, file: Path, folder: Path) -> tuple[dict[str, float], Path]:
    """Seconds of each step, and the completed list."""
    from playwright.sync_api import sync_playwright

    spent: dict[str, float] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(offline=True, accept_downloads=True).new_page()
        watch = Watch(spent)
        page.goto(tool.as_uri())
        page.get_by_role("button", name="Liste wählen").wait_for()
        watch("open the tool")
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Auszählung speichern").wait_for(timeout=120_000)
        watch("read, place and count the list")
        page.get_by_role("button", name="Alle bestätigen").click()
        page.get_by_label("Gruppen aus der Spalte").select_option(label="Hilfe")
        page.get_by_role("columnheader", name="Tagesgruppe").wait_for()
        watch("confirm what is likely, count by group")
        page.get_by_label("Stichtag").fill("2025-12-31")
        page.get_by_label("Wer zählt?").fill("Jugendamt")
        saved(page, "Auszählung speichern", folder / "counts.xlsx")
        watch("save the counts")
        page.get_by_label("Adressliste ergänzen").check()
        saved(page, "Ergänzte Liste speichern", folder / "completed.xlsx")
        watch("save the completed list")
        browser.close()
    return spent, folder / "completed.xlsx"


class Watch:
    """Seconds since the last step, by name."""

    def __init__(self, spent: dict[str, float]) -> None:
        self.spent, self.last = spent, time.perf_counter()

    def __call__(self, name: str) -> None:
        now = time.perf_counter()
        self.spent[name], self.last = now - self.last, now


def saved(page: Any, button: str, file: Path) -> None:
    with page.expect_download(timeout=120_000) as download:
        page.get_by_role("button", name=button).click()
    download.value.save_as(file)


def differences(project: Project, rows: pd.DataFrame, completed: Path) -> tuple[int, Counter[str]]:
    """Rows that Python and the tool place differently, everything likely confirmed; and the states of Python."""
    read = rows.rename(columns={"Straße": "street", "Hausnummer": "number", "PLZ": "postcode"})
    placed = place_list(project, read[["street", "number", "postcode"]]).frame
    plan = project.plan()
    assert plan is not None
    expected = placed["block_id"].map(plan.assignment.to_dict()).fillna("")
    cells = openpyxl.load_workbook(completed, read_only=True).worksheets[0].iter_rows(min_row=2, values_only=True)
    found = [row[len(rows.columns)] or "" for row in cells]
    return sum(one != other for one, other in zip(expected, found, strict=True)), Counter(placed["state"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=120_000)
    parser.add_argument("--rows", type=int, default=50_000)
    wanted = parser.parse_args()
    with TemporaryDirectory() as name, kreis(Path(name) / "p", wanted.addresses) as project:
        folder = Path(name)
        before = time.perf_counter()
        tool = write_placing_tool(project, folder)
        print(f"write the tool, {len(project.addresses()):,} addresses: {time.perf_counter() - before:.1f} s, "
              f"{tool.stat().st_size / 1e6:.1f} MB")  # fmt: skip
        rows = list_rows(project, wanted.rows)
        write_list(folder / "list.xlsx", rows)
        spent, completed = in_browser(tool, folder / "list.xlsx", folder)
        for step, seconds in spent.items():
            print(f"{step}: {seconds:.1f} s")
        different, states = differences(project, rows, completed)
        print(f"{len(rows):,} rows: {dict(states)}; placed differently by Python: {different}")


if __name__ == "__main__":
    main()
