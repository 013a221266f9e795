"""What a report must be: one content, three outputs that cannot differ, for everybody, silent on hidden values."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import openpyxl
import pytest
from pypdf import PdfReader

from sozialraum.publish import write_html, write_pdf, write_xlsx
from sozialraum.publish.document import Picture, Table, walk
from sozialraum.publish.marks import notes_with_marks
from sozialraum.publish.model import prepare

MARKS = {"•": "verborgen", "n. g.": "nicht geliefert", "/": "zu wenige Fälle"}


class Outline(HTMLParser):
    """Headings, links, anchors, tables and languages of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))
        if found.get("id"):
            self.anchors.append(str(found["id"]))


@pytest.fixture(scope="session")
def pages(written) -> dict[str, Outline]:
    return {path.name: Outline(path.read_text()) for path in sorted(written.html.glob("*.html"))}


def test_the_pdf_is_tagged_titled_and_in_german(written):
    root = PdfReader(written.pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de-DE"
    assert "Sozialbericht 2026" in PdfReader(written.pdf).metadata.title


def test_every_pdf_page_carries_the_notice(written):
    silent = [
        n for n, page in enumerate(PdfReader(written.pdf).pages, 1) if written.content.notice not in page.extract_text()
    ]
    assert silent == []


def test_every_map_carries_the_notice(written):
    maps = [key for key in written.report.pictures if key.startswith("map-")]
    assert len(maps) >= len(written.content.definitions)
    assert [key for key in maps if written.content.notice not in written.report.pictures[key]] == []


def test_every_picture_has_an_alternative_text_of_30_to_60_words(written):
    pictures = [part for page in written.report.pages for part in walk(page.parts) if isinstance(part, Picture)]
    lengths = {part.picture: len(part.alt.split()) for part in pictures}
    assert {key: length for key, length in lengths.items() if not 30 <= length <= 60} == {}


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_explained_under_every_table_in_which_it_stands(written, mark):
    tables = [table for _page, table in written.report.tables() if len(table.columns) > 3]
    marked = [table for table in tables if any(cell.text == mark for row in table.rows for cell in row.cells)]
    assert all(any(MARKS[mark] in note for note in notes_with_marks(table)) for table in marked)


def test_missing_is_not_zero_and_no_cell_of_a_profile_is_empty(written):
    values = written.content.indicator_values
    assert (values["status"] == "suppressed").any()
    for page, table in written.report.tables():
        if page.chapter == "profile":
            texts = [cell.text for row in table.rows for cell in row.cells[:-1]]
            assert "" not in texts


def test_a_hidden_count_hides_its_share_and_interval_everywhere(written):
    values = written.content.indicator_values
    hidden = values[
        (values["status"] == "suppressed") & (values["level"] == "area") & (values["period"] == "2025-12-31")
    ]
    assert len(hidden)
    shown = 0
    for row in hidden.itertuples():
        page = next(page for page in written.report.pages if page.key == f"gebiet-{row.unit}")
        for table in (part for part in page.parts if isinstance(part, Table)):
            for line in table.rows:
                if line.cells[0].target == f"indikator-{row.indicator}":
                    count, _base, share, interval = line.cells[1:5]
                    assert (count.text, share.text, interval.text) == ("•", "•", "•")
                    assert line.cells[-1].picture == ""
                    shown += 1
    assert shown == len(hidden)


def test_the_three_outputs_have_the_same_cells(written):
    """One table of an indicator, cell by cell: the model, the PDF's text, the page, the spreadsheet."""
    table = next(
        t for page, t in written.report.tables() if page.key == "indikator-child_benefit_share" and not t.folded
    )
    html = (written.html / "indikatoren.html").read_text()
    pdf = re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(written.pdf).pages))
    sheet = openpyxl.load_workbook(written.xlsx)[table.sheet]
    numbers = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=4 + len(table.rows))]
    for row, line in zip(table.rows, numbers, strict=True):
        for cell in row.cells:
            assert f">{cell.text}<" in html
            assert re.sub(r"\s+", "", cell.text) in pdf
            assert (cell.number if cell.number is not None else cell.text) in line


def test_the_web_pages_work_from_a_folder_without_network_or_scripts(written):
    for path in written.html.glob("*.html"):
        text = path.read_text()
        assert "<script" not in text
        assert re.findall(r"(?:src|href)=\"(?:https?:)?//", text) == []
        assert set(re.findall(r"url\(\"([^\"]+)\"\)", text)) <= {
            f"fonts/{name.name}" for name in written.html.glob("fonts/*")
        }


def test_every_link_of_the_web_pages_leads_somewhere(written, pages):
    for name, page in pages.items():
        for link in page.links:
            file, _hash, anchor = link.partition("#")
            assert (written.html / (file or name)).is_file()
            assert not anchor or anchor in pages[file or name].anchors


def test_the_web_pages_have_language_skip_link_captions_and_no_skipped_heading(pages):
    for page in pages.values():
        tags = [tag for tag, _attributes in page.tags]
        assert dict(page.tags)["html"]["lang"] == "de"
        assert page.links[0] == "#inhalt"
        assert page.levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in zip(page.levels, page.levels[1:], strict=False))
        assert tags.count("caption") == tags.count("table")
        assert len(page.anchors) == len(set(page.anchors))
        pictures = [attributes for tag, attributes in page.tags if tag == "svg"]
        assert all(("aria-label" in a) != ("aria-hidden" in a) for a in pictures)


def test_the_spreadsheet_has_frozen_panes_and_a_set_up_for_print(written):
    for sheet in openpyxl.load_workbook(written.xlsx):
        assert sheet.freeze_panes
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert written.content.notice in sheet["A2"].value
        assert len(sheet.title) <= 31


def test_the_spreadsheet_has_reading_help_sources_and_a_sheet_for_each_indicator(written):
    names = openpyxl.load_workbook(written.xlsx).sheetnames
    assert {"Lesehilfe", "Quellen", "Datenstand", "Kinder in Bedarfsgemeinschaften"} <= set(names)
    assert len(names) > len(written.content.definitions) + 4


def test_the_same_content_gives_the_same_files(written, tmp_path):
    again = replace(written.content)
    assert again is not written.content
    write_pdf(again, tmp_path / "report.pdf")
    write_xlsx(again, tmp_path / "report.xlsx")
    write_html(again, tmp_path / "report")
    assert (tmp_path / "report.pdf").read_bytes() == written.pdf.read_bytes()
    assert (tmp_path / "report.xlsx").read_bytes() == written.xlsx.read_bytes()
    for path in written.html.rglob("*.*"):
        assert (tmp_path / "report" / path.relative_to(written.html)).read_bytes() == path.read_bytes()


def test_a_report_without_index_supply_pyramid_and_comparison_is_whole(written, tmp_path):
    bare = replace(
        written.content, index_values=None, index_record=None, supply_values=None, supply_words=None, pyramid=None,
        comparison=None, impulses=written.content.impulses.head(0), data_status=None, notice="",
        impulses_note="Diese Rechnung enthält keine Impulse.",
    )  # fmt: skip
    write_pdf(bare, tmp_path / "bare.pdf")
    write_html(bare, tmp_path / "bare")
    write_xlsx(bare, tmp_path / "bare.xlsx")
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "bare.pdf").pages)
    assert "Diese Rechnung enthält keine Impulse." in re.sub(r"\s+", " ", text)


def test_an_english_report_is_written_with_english_numbers(written, tmp_path):
    english = replace(written.content, language="en")
    write_pdf(english, tmp_path / "english.pdf")
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "english.pdf").pages)
    assert "31 December 2025" in text
    assert re.search(r"\d\.\d\u202f%", text)


def test_a_draft_says_so_on_every_page(written, tmp_path):
    write_pdf(replace(written.content, state="Entwurf"), tmp_path / "draft.pdf")
    assert all("Entwurf" in page.extract_text() for page in PdfReader(tmp_path / "draft.pdf").pages)


def test_an_area_with_a_confirmed_impulse_says_so_in_its_profile_with_the_rule(written):
    impulse = next(written.content.impulses.itertuples())
    page = next(page for page in written.report.pages if page.key == f"gebiet-{impulse.area_id}")
    said = " ".join(text for found, text in written.report.texts() if found is page)
    assert "Impuls" in said
    assert "Regel, Fassung 1:" in said


def test_institutions_stand_in_the_table_of_areas_and_in_the_profile(written):
    area = written.content.areas.iloc[0]
    said = [page.key for page, text in written.report.texts() if area["institutions"] in text]
    assert {"gebiete", f"gebiet-{area['area_id']}"} <= set(said)


def test_nothing_is_left_behind_when_writing_fails(written, tmp_path):
    taken = tmp_path / "report.pdf"
    taken.mkdir()
    with pytest.raises(OSError, match="report"):
        write_pdf(written.content, taken)
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_preparing_twice_costs_nothing(written):
    assert prepare(written.content) is prepare(written.content)
