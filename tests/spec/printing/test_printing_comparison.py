"""Before and after: what stands on the sheets, at one scale, with released reasons only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO

import numpy as np
import openpyxl
import pytest

import printing_town as world
import village
import workshop_town as town
from sozialraum.base import UsageError
from sozialraum.workflow import printing

TODAY = "2026-05-12"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[world.Printed]:
    made = world.make_project(tmp_path_factory.mktemp("printing") / "project")
    yield made
    made.project.close()


@pytest.fixture(scope="module")
def draft_sheet(printed: world.Printed) -> bytes:
    """The adopted plan against the draft, in the town."""
    return printing.comparison_sheets(printed.project, printed.adopted, printed.draft, ags=town.AGS, today=TODAY)


ON_THE_SHEET = (
    ("what it is", "Vorher – nachher · Kreis Muster"),
    ("heading", "Musterstadt: Gebiete vorher und nachher"),
    ("finding", "7 Blöcke mit 405 Einwohner/-innen haben das Gebiet gewechselt."),
    ("number of areas", "Gebiete 6 → 6"),
    ("likeness before and after", "Ähnlichkeit innen 97,6 → 93,7 von 100"),
    ("one scale", "Maßstab beider Karten 1 : 15.000"),
    ("plan before with decision", "Beschlossener Plan, beschlossen (Rat der Stadt Musterstadt, 12.03.2026)"),
    ("draft after", "Schulwege, Fassung in Bearbeitung, 04.05.2026"),
    ("a draft says so", "Entwurf, nicht beschlossen"),
    ("where areas come from, in words", "1 Nordfeld 2 Am Markt neu zugeschnitten 4 229"),
    ("a released reason", "A 1 → 2 4 229 Die Schulwege führen nach Am Markt."),
    ("an internal reason", "B 2 → 3 2 125 Grund intern"),
    ("a block alone", "C 4 → 5 1 51 Grund intern"),
    ("inhabitants before and after", "1 Nordfeld 4.250 4.021"),
    ("unchanged areas", "Unverändert, mit Einwohnerzahl: 6 Südstadt 4.361."),
    ("colours carry no value", "Farben und Schraffuren unterscheiden nur die Gebiete"),
    ("source", "Quelle: Bausteine, Linien und Orte"),
    ("versions", "Planstände p"),
)


@pytest.mark.parametrize(("what", "words"), ON_THE_SHEET, ids=[row[0] for row in ON_THE_SHEET])
def test_stands_on_the_sheet(draft_sheet: bytes, what: str, words: str) -> None:
    assert words in world.words(draft_sheet)[0]


def test_both_maps_have_the_same_true_scale(draft_sheet: bytes) -> None:
    """The town is 2,700 m by 1,800 m, on both maps, at 1 : 15,000, and at the same height of the page."""
    (page,) = world.reader(draft_sheet).pages
    borders = [stroke for stroke in world.strokes(page) if len(stroke.dash) == 4 and stroke.size.min() > 1]
    assert len(borders) == 2
    for border in borders:
        assert border.size * 15 == pytest.approx([2_700, 1_800], abs=1.5)
    assert borders[0].points[:, 1].max() == pytest.approx(borders[1].points[:, 1].max(), abs=0.05)


def test_moved_blocks_are_dashed_before_and_solid_after(draft_sheet: bytes) -> None:
    """Three groups on each map, in the same places."""
    (page,) = world.reader(draft_sheet).pages
    accent = [stroke for stroke in world.strokes(page) if stroke.width == pytest.approx(2.1) and stroke.size.min() > 1]
    dashed = [stroke for stroke in accent if stroke.dash]
    solid = [stroke for stroke in accent if not stroke.dash]
    assert len(dashed) == len(solid) == 3
    shift = {
        tuple(np.round(b.points.min(axis=0) - a.points.min(axis=0), 1)) for a, b in zip(dashed, solid, strict=True)
    }
    assert len(shift) == 1


def test_nothing_internal_is_in_the_files(printed: world.Printed, draft_sheet: bytes) -> None:
    region = printing.comparison_sheets(printed.project, printed.proposal, printed.adopted, today=TODAY)
    data = printing.comparison_data(printed.project, printed.adopted, printed.draft)
    for whole in (world.everything(draft_sheet), world.everything(region), data.decode()):
        assert "GEHEIM" not in whole


def test_region_has_a_page_that_sums_up_and_one_per_changed_municipality(printed: world.Printed) -> None:
    pdf = printing.comparison_sheets(printed.project, printed.proposal, printed.adopted, today=TODAY)
    summary, village_page = world.words(pdf)
    assert "In 1 von 2 Gemeinden hat sich der Zuschnitt geändert." in summary
    assert "Musterdorf 3 4 1.500" in summary
    assert "Musterstadt 6 6 0" in summary
    assert "Musterdorf: von 3 zu 4 Gebieten" in village_page
    assert "Gebiet 2 wurde geteilt: 2a Dorf West, 2b Dorf Ost." in village_page
    assert "2 Dorf 2 2a Dorf West geteilt 3 600" in village_page
    assert "A 2 → 2a 3 600 Grund intern" in village_page
    assert "B 2 → 2b 3 900 Grund intern" in village_page


def test_a_merger_is_said_in_words(printed: world.Printed) -> None:
    """Backwards the split is a merger."""
    pdf = printing.comparison_sheets(printed.project, printed.adopted, printed.proposal, ags=village.AGS, today=TODAY)
    words = world.words(pdf)[0]
    assert "Musterdorf: von 4 zu 3 Gebieten" in words
    assert "Zusammengelegt zu Gebiet 2: 2a Dorf West, 2b Dorf Ost." in words
    assert "Entwurf, nicht beschlossen" in words


def test_nothing_changed(printed: world.Printed) -> None:
    pdf = printing.comparison_sheets(printed.project, printed.adopted, printed.adopted, today=TODAY)
    (summary,) = world.words(pdf)
    assert "In 0 von 2 Gemeinden hat sich der Zuschnitt geändert." in summary
    one = printing.comparison_sheets(printed.project, printed.adopted, printed.adopted, ags=village.AGS, today=TODAY)
    assert "Kein Block hat sein Gebiet gewechselt" in world.words(one)[0]


@pytest.mark.parametrize("paper", ["A3", "A1"])
def test_paper(printed: world.Printed, paper: str) -> None:
    pdf = printing.comparison_sheets(
        printed.project, printed.proposal, printed.adopted, ags=village.AGS, paper=paper, today=TODAY
    )
    (page,) = world.reader(pdf).pages
    long = {"A3": 420, "A1": 841}[paper]
    assert float(page.mediabox.width) * 25.4 / 72 == pytest.approx(long, abs=0.01)


def test_as_data(printed: world.Printed) -> None:
    """Lineage, moved blocks and municipalities as JSON, CSV and a workbook; only the asked municipality."""
    keys = (printed.proposal, printed.adopted)
    body = json.loads(printing.comparison_data(printed.project, *keys, ags=village.AGS))
    assert [town_["name"] for town_ in body["towns"]] == ["Musterdorf"]
    assert {(row["old_code"], row["new_code"], row["kind"]) for row in body["lineage"] if row["kind"] != "U"} == {
        ("2", "2a", "S"),
        ("2", "2b", "S"),
    }
    assert {row["why"] for row in body["moved"]} == {""}
    moved = printing.comparison_data(printed.project, *keys, form="csv", table="moved").decode("utf-8-sig")
    assert len(moved.splitlines()) == 1 + 6
    book = openpyxl.load_workbook(BytesIO(printing.comparison_data(printed.project, *keys, form="xlsx")))
    assert len(book.worksheets) == 4


@pytest.mark.parametrize(
    ("form", "table", "sentence"),
    [
        ("csv", "secrets", "Diese Tabelle gibt es nicht: „secrets.csv“"),
        ("doc", "moved", "„moved.doc“; es gibt towns.csv"),
    ],
)
def test_refuses_in_a_sentence(printed: world.Printed, form: str, table: str, sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        printing.comparison_data(printed.project, printed.proposal, printed.adopted, form=form, table=table)
    assert sentence in str(refused.value)


@pytest.fixture(scope="module")
def with_few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[world.Printed]:
    """The block that goes from area 4 to area 5 has two inhabitants, one that goes from 1 to 2 has one."""
    made = world.make_project(tmp_path_factory.mktemp("few") / "project", {world.block(8, 10): 2, world.block(8, 0): 1})
    yield made
    made.project.close()


def test_few_inhabitants_are_withheld_on_paper_as_in_the_data(with_few: world.Printed) -> None:
    """Nobody can subtract: neither the areas before and after, nor the pieces, nor all that moved."""
    keys = (with_few.adopted, with_few.draft)
    words = world.words(printing.comparison_sheets(with_few.project, *keys, ags=town.AGS, today=TODAY))[0]
    data = json.loads(printing.comparison_data(with_few.project, *keys, ags=town.AGS))
    assert "Einwohnerzahlen: – = unter 3 oder zu deren Schutz nicht genannt." in words
    assert "C 4 → 5 1 – Grund intern" in words
    assert "4 Westheide 5 Lindenhof neu zugeschnitten 1 –" in words
    withheld = {(row["version"], row["code"]) for row in data["areas"] if row["persons"] is None}
    assert withheld
    before, after = words.split("Nachher", 1)
    for version, part in (("before", before), ("after", after)):
        for code in "12345":
            assert (f"{code} – Einw." in part) == ((version, code) in withheld)
    assert data["notes"][-1] in words
    summary = world.words(printing.comparison_sheets(with_few.project, *keys, today=TODAY))[0]
    moved = {row["ags"]: row["persons_moved"] for row in data["towns"]}[town.AGS]
    assert f"Musterstadt 6 6 {'–' if moved is None else moved}" in summary


def test_one_municipality_withholds_what_all_do(with_few: world.Printed) -> None:
    keys = (with_few.adopted, with_few.draft)
    one = json.loads(printing.comparison_data(with_few.project, *keys, ags=town.AGS))
    every = json.loads(printing.comparison_data(with_few.project, *keys))
    for table in ("towns", "lineage", "moved", "areas"):
        assert one[table] == [row for row in every[table] if row["ags"] == town.AGS]


def test_an_area_of_one_plan_alone_is_said_in_words(printed: world.Printed) -> None:
    """A dash would be a withheld number."""
    pdf = printing.comparison_sheets(printed.project, printed.proposal, printed.adopted, ags=village.AGS, today=TODAY)
    assert "2 Dorf 2 1.500 entfällt 2a Dorf West neu 600" in world.words(pdf)[0]
