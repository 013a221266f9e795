"""The working map: what stands on it, at which scale, and what never does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import printing_town as world
import village
import workshop_town as town
from sozialraum.base import UsageError
from sozialraum.workflow import printing

TODAY = "2026-05-12"
MM = 72 / 25.4


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[world.Printed]:
    made = world.make_project(tmp_path_factory.mktemp("printing") / "project")
    yield made
    made.project.close()


@pytest.fixture(scope="module")
def town_map(printed: world.Printed) -> bytes:
    """The draft of the town on A3."""
    return printing.work_map(printed.project, town.AGS, plan=printed.draft, today=TODAY)


ON_THE_SHEET = (
    ("what it is", "Arbeitskarte · Kreis Muster"),
    ("municipality", "Musterstadt"),
    ("notice", "Beispielzahlen"),
    ("a draft says so", "Entwurf, nicht beschlossen"),
    ("title of the draft", "Plan Schulwege"),
    ("its status", "Stand Fassung in Bearbeitung"),
    ("its date", "Datum 04.05.2026"),
    ("scale", "Maßstab 1 : 10.000"),
    ("scale in words", "1 cm auf dem Blatt = 100 m"),
    ("paper", "A3, ohne Anpassen an die Seite"),
    ("area with blocks and inhabitants", "1 Nordfeld 77 4.021"),
    ("area that gained", "2 Am Markt 83 4.998"),
    ("block number without the key of the municipality", " 0243 "),
    ("street", "Bahnhofstraße"),
    ("railway", "Bahnlinie"),
    ("river", "Merz"),
    ("church", "St. Anna"),
    ("legend: borders", "Grenze eines Gebietes"),
    ("legend: church", "K Kirche"),
    ("room for notes", "Notizen"),
    ("end of the scale bar", "500 m"),
    ("north", " N "),
    ("source", "Quelle: Bausteine, Linien und Orte des Projekts „Kreis Muster“"),
    ("version", "Planstand d"),
)


@pytest.mark.parametrize(("what", "words"), ON_THE_SHEET, ids=[row[0] for row in ON_THE_SHEET])
def test_stands_on_the_sheet(town_map: bytes, what: str, words: str) -> None:
    assert words in world.words(town_map)[0]


@pytest.mark.parametrize(
    ("paper", "scale", "denominator", "millimetres"),
    [("A3", 0, 2_500, (297, 420)), ("A1", 0, 1_500, (594, 841)), ("A3", 5_000, 5_000, (297, 420))],
)
def test_true_scale(
    printed: world.Printed, paper: str, scale: int, denominator: int, millimetres: tuple[int, int]
) -> None:
    """The village is a square of 600 m: its printed border times the printed scale gives 600 m again."""
    pdf = printing.work_map(printed.project, village.AGS, paper=paper, scale=scale, today=TODAY)
    (page,) = world.reader(pdf).pages
    sides = sorted((float(page.mediabox.width) / MM, float(page.mediabox.height) / MM))
    assert sides == pytest.approx(millimetres, abs=0.01)
    borders = [stroke for stroke in world.strokes(page) if len(stroke.dash) == 4 and stroke.size.min() > 1]
    (border,) = borders
    assert border.size * denominator / 1000 == pytest.approx([600, 600], abs=0.0001 * denominator)
    assert f"1 : {denominator:,}".replace(",", ".") in world.words(pdf)[0]


def test_scale_bar_is_as_long_as_it_says(printed: world.Printed) -> None:
    """Four fields of equal length: 100 m at 1 : 2.500 are 40 mm."""
    pdf = printing.work_map(printed.project, village.AGS, today=TODAY)
    words = world.words(pdf)[0]
    fields = [stroke for stroke in world.strokes(world.reader(pdf).pages[0]) if stroke.width == 0.5]
    bars = [one.size[0] for one in fields if one.size[1] == pytest.approx(4.2 / MM, abs=0.02)]
    assert "100 m" in words
    assert len(bars) == 4
    assert sum(bars) * 2_500 / 1000 == pytest.approx(100, abs=0.2)


def test_large_towns_need_several_sheets(printed: world.Printed) -> None:
    """At 1 : 2.500 the town does not fit: an overview, and sheets on which every settled block is numbered."""
    pdf = printing.work_map(printed.project, town.AGS, scale=2_500, today=TODAY)
    overview, *sheets = world.words(pdf)
    assert f"Übersicht, dazu {len(sheets)} Blätter" in overview
    assert all(f"Blatt {place} von {len(sheets)}" in words for place, words in enumerate(sheets, 1))
    found = {word for words in sheets for word in words.split()}
    blocks = town.blocks()
    settled = {key.split("-")[1] for key in blocks["block_id"][blocks["population"] > 0]}
    assert settled - found == set()


def test_few_inhabitants_are_a_dash(printed: world.Printed, town_map: bytes) -> None:
    """The block with two inhabitants, and the next smallest of its area, so that nobody can subtract."""
    blocks = town.blocks().set_index("block_id")["population"]
    assert blocks[world.block(*town.SMALL)] == 2
    words = world.words(town_map)[0]
    assert "unter 3" in words
    small = world.block(*town.SMALL).split("-")[1]
    assert f"{small} –" in words
    assert words.count("–") == 3  # these two blocks, and the sentence that explains the dash
    empty = [key.split("-")[1] for key in blocks.index[blocks == 0]]
    assert sum(f"{number} 0" in words for number in empty) > len(empty) / 2  # nobody is told as 0, where there is room


def test_nothing_internal_is_in_the_file(printed: world.Printed, town_map: bytes) -> None:
    whole = world.everything(town_map)
    assert world.SECRET_REASON not in whole
    assert world.SECRET_COMMENT not in whole
    assert "GEHEIM" not in whole
    # a released reason belongs to the comparison, not here
    assert world.RELEASED not in world.words(town_map)[0]


def test_is_accessible(town_map: bytes) -> None:
    root = world.reader(town_map).trailer["/Root"]
    assert root["/Lang"] == "de-DE"
    assert root["/MarkInfo"]["/Marked"]
    whole = world.everything(town_map)
    assert "Karte von Musterstadt im Maßstab 1 : 10.000" in whole
    assert "pdfuaid:part" in whole


def test_decided_plan_names_body_and_date(printed: world.Printed) -> None:
    words = world.words(printing.work_map(printed.project, town.AGS, today=TODAY))[0]
    assert "Beschluss Rat der Stadt Musterstadt, 12.03.2026" in words
    assert "Entwurf" not in words


def test_same_content_same_bytes(printed: world.Printed, town_map: bytes) -> None:
    assert printing.work_map(printed.project, town.AGS, plan=printed.draft, today=TODAY) == town_map


def test_in_english(printed: world.Printed) -> None:
    root = world.reader(printing.work_map(printed.project, village.AGS, today=TODAY, language="en")).trailer["/Root"]
    assert root["/Lang"] == "en-GB"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ags": "05999000"}, "Die Gemeinde „05999000“ gibt es"),
        ({"plan": "p000"}, "Einen Plan oder eine Fassung „p000“ gibt es"),
        ({"paper": "A0"}, "Das Papier „A0“ wird nicht gedruckt; es gibt A3, A1"),
        ({"scale": 1234}, "Diesen Maßstab gibt es nicht"),
    ],
)
def test_refuses_in_a_sentence(printed: world.Printed, changed: dict[str, object], sentence: str) -> None:
    wish: dict[str, object] = {"ags": village.AGS} | changed
    with pytest.raises(UsageError, match=sentence[-12:]) as refused:
        printing.work_map(printed.project, str(wish.pop("ags")), today=TODAY, **wish)  # type: ignore[arg-type]
    assert sentence in str(refused.value)


def test_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        printing.write_file(tmp_path / "missing" / "map.pdf", b"%PDF")
    assert list(tmp_path.iterdir()) == []
    assert printing.write_file(tmp_path / "map.pdf", b"%PDF").read_bytes() == b"%PDF"


def test_areas_keep_apart_in_greyscale(printed: world.Printed) -> None:
    """Neighbours never share the direction of their hatch."""
    from sozialraum.publish.work_map_layers import looks_of

    plan = printed.project.plan(printed.adopted)
    assert plan is not None
    ground = printing.town_of(printed.project, town.AGS, plan)
    owner = plan.assignment.reindex(ground.blocks["block_id"]).to_numpy()
    areas = sorted(set(owner))
    looks = looks_of(ground, owner, areas)
    grid = np.array(areas).reshape(2, 3)
    beside = [(grid[0, c], grid[1, c]) for c in range(3)] + [
        (grid[r, c], grid[r, c + 1]) for r in (0, 1) for c in (0, 1)
    ]
    assert all(looks[one].hatch != looks[other].hatch for one, other in beside)
