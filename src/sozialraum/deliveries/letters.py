"""Letters as text documents (DOCX) that an office puts on its own letterhead and changes as it likes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sozialraum.base import _, in_language
from sozialraum.base.text import ODD
from sozialraum.base.whole_files import write_whole

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of the ZIP format; the same letter gives the same bytes
_GREY, _LINE = "E2EEF0", "9AA5AB"
TEXT_WIDTH = 16.5  # cm between the margins
SHORTEST, LONGEST = 6, 44  # letters that a column is wide for


@dataclass(frozen=True, slots=True)
class LetterTable:
    """A table of a letter: caption, heads, rows of texts of the same length."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter part by part, in the order it is read.

    sender : lines of the office. addressee : lines, an office or function, never a person by default.
    day : as printed. reference : sign to be named in the answer. body : paragraphs and tables.
    facts : what stands beside the address: a name and a text each, such as who answers questions and by when an
    answer is asked for. annex : paragraphs and tables on pages of their own, after the closing.
    language : 'de' or 'en', told to screen readers and spelling checks.
    """

    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    day: str
    reference: str
    subject: str
    body: tuple[str | LetterTable, ...]
    closing: tuple[str, ...]
    language: str = "de"
    facts: tuple[tuple[str, str], ...] = ()
    annex: tuple[str | LetterTable, ...] = ()


def letter_text(letter: Letter) -> str:
    """The letter as plain text; tables with their cells divided by ' | '."""
    facts = "\n".join(f"{name}: {text}" for name, text in letter.facts)
    parts = ["\n".join(letter.addressee), letter.reference, facts, letter.subject, *map(_part_text, letter.body)]
    return "\n\n".join([*filter(None, parts), "\n".join(letter.closing), *map(_part_text, letter.annex)])


def _part_text(part: str | LetterTable) -> str:
    return part if isinstance(part, str) else _table_text(part)


def _table_text(table: LetterTable) -> str:
    return "\n".join([table.caption, *(" | ".join(row) for row in (table.heads, *table.rows))])


def write_letter(file: Path, letter: Letter, *, written: str) -> None:
    """Write the letter; the file appears whole or not at all. written : ISO date-time. OSError."""
    write_whole({file: letter_bytes(letter, written=written)})


def letter_bytes(letter: Letter, *, written: str) -> bytes:
    """The bytes of the DOCX file; the same letter gives the same bytes."""
    from docx import Document

    document = Document()
    _prepare(document, letter, datetime.fromisoformat(written[:19]))
    _add_head(document, letter)
    document.add_heading(plain(letter.subject), level=1)
    _add_parts(document, letter.body)
    for line in letter.closing:
        document.add_paragraph(plain(line)).paragraph_format.keep_with_next = line != letter.closing[-1]
    if letter.annex:
        with in_language(letter.language):
            heading = document.add_heading(_("Anlage"), level=1)
        heading.paragraph_format.page_break_before = True
        _add_parts(document, letter.annex)
    buffer = io.BytesIO()
    document.save(buffer)
    return _timeless(buffer.getvalue())


def plain(text: str) -> str:
    """The text without signs that a document cannot hold; a delivered file may bring them along."""
    return ODD.sub("\ufffd", text)


def _prepare(document: Any, letter: Letter, moment: datetime) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(2.5), Cm(2), Cm(2.5), Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.paragraph_format.space_after = Pt(8)
    language = normal.element.get_or_add_rPr().makeelement(
        qn("w:lang"), {qn("w:val"): "de-DE" if letter.language == "de" else "en-GB"}
    )
    normal.element.get_or_add_rPr().append(language)
    heading = document.styles["Heading 1"]
    heading.font.name, heading.font.size, heading.font.bold = "Arial", Pt(12), True
    heading.font.color.rgb = RGBColor(0, 0, 0)
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # else the font of a theme wins
        heading.element.rPr.rFonts.attrib.pop(qn(f"w:{attribute}"), None)
    for name, size in (("Sender", 9), ("Address", 11)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = normal, Pt(size)
        style.paragraph_format.space_after = Pt(0)
    caption = document.styles["Caption"]
    caption.font.size, caption.font.bold, caption.font.color.rgb = Pt(10), True, RGBColor(0, 0, 0)
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(8), Pt(4)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12), Pt(10)
    _number_pages(document, letter.language)
    about = document.core_properties
    about.title, about.subject = plain(letter.subject)[:255], letter.reference
    about.author = plain(", ".join(letter.sender[:1]))[:255]
    about.last_modified_by, about.comments = "", ""
    about.language = "de-DE" if letter.language == "de" else "en-GB"
    about.created = about.modified = moment


def _add_head(document: Any, letter: Letter) -> None:
    """Sender, addressee, and below them day, reference and facts, a line each."""
    from docx.shared import Cm

    for line in (*letter.sender, ""):
        document.add_paragraph(plain(line), style="Sender")
    for line in (*letter.addressee, ""):
        document.add_paragraph(plain(line), style="Address")
    with in_language(letter.language):
        facts = [(_("Datum:"), letter.day), tuple(letter.reference.split(" ", 1)), *letter.facts]
    for fact in facts:
        if all(fact):
            line = document.add_paragraph(plain("\t".join(fact)), style="Address")
            line.paragraph_format.tab_stops.add_tab_stop(Cm(4))
    document.add_paragraph("", style="Address")


def _add_parts(document: Any, parts: Sequence[str | LetterTable]) -> None:
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(plain(part))
        else:
            _add_table(document, part)


def _number_pages(document: Any, language: str) -> None:
    """'Seite 1 von 3' at the foot; the program that opens the letter counts."""
    from docx.oxml.ns import qn

    line = document.sections[0].footer.paragraphs[0]
    line.style = document.styles["Sender"]
    with in_language(language):
        words = ((_("Seite"), "PAGE"), (_("von"), "NUMPAGES"))
    for text, field in words:
        line.add_run(f"{text} " if field == "PAGE" else f" {text} ")
        made = line._p.makeelement(qn("w:fldSimple"), {qn("w:instr"): field})
        line._p.append(made)


def _add_table(document: Any, table: LetterTable) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm

    caption = document.add_paragraph(plain(table.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    made = document.add_table(rows=1, cols=len(table.heads), style="Table Grid")
    made.autofit = False
    _fill(made.rows[0], table.heads, bold=True)
    _repeat(made.rows[0])
    for row in table.rows:
        _fill(made.add_row(), row)
    for column, width in zip(made.columns, _widths(table), strict=True):
        column.width = Cm(width)  # the grid of the table; programs differ in which of the two they follow
        for cell in column.cells:
            cell.width = Cm(width)
    properties = made._tbl.tblPr
    borders = properties.makeelement(qn("w:tblBorders"), {})
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        shown = {"w:val": "single", "w:sz": "4", "w:color": _LINE} if side in ("top", "bottom", "insideH") else None
        edge = {qn(name): value for name, value in (shown or {"w:val": "nil"}).items()}
        borders.append(borders.makeelement(qn(f"w:{side}"), edge))
    indent = properties.makeelement(qn("w:tblInd"), {qn("w:w"): "108", qn("w:type"): "dxa"})  # texts stand in line
    layout = properties.find(qn("w:tblLayout"))
    for element in (indent, borders):  # in the order the format wants: before the layout
        layout.addprevious(element)
    document.add_paragraph("", style="Sender")


def _widths(table: LetterTable) -> list[float]:
    """Widths in centimetres: by the longest text of a column, within limits."""
    longest = [max(map(len, column)) for column in zip(table.heads, *table.rows, strict=True)]
    weights = [min(max(length, SHORTEST), LONGEST) for length in longest]
    return [round(TEXT_WIDTH * weight / sum(weights), 2) for weight in weights]


def _fill(row: Any, texts: Sequence[str], *, bold: bool = False) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(plain(text))
        run.font.size, run.font.bold = Pt(9), bold or None
        if bold:
            shade = cell._tc.get_or_add_tcPr().makeelement(qn("w:shd"), {qn("w:val"): "clear", qn("w:fill"): _GREY})
            cell._tc.get_or_add_tcPr().append(shade)


def _repeat(row: Any) -> None:
    """The head of the table stands on every page, and screen readers know it as a head."""
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))


def _timeless(data: bytes) -> bytes:
    """The same archive without the moment of its writing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return buffer.getvalue()
