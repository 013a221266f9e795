"""Letters and calendar entries: what stands in them, and that the same ones are the same bytes."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from sozialraum.deliveries.calendars import folded, reminder
from sozialraum.deliveries.letters import Letter, LetterTable, letter_bytes, letter_text, write_letter

WRITTEN = "2026-11-28T10:00:00+00:00"
LETTER = Letter(
    sender=("Musterkreis", "Sozialplanung"),
    addressee=("Jugendamt Musterstadt", "Fachplanung"),
    day="28.11.2026",
    reference="Zeichen R1",
    subject="Rückfrage zu Ihrer Lieferung",
    body=("Guten Tag,", LetterTable("Fragen", ("Zeile", "Frage"), (("12", "Welche Zahl gilt?"),)), "Antwort bis 9.12."),
    closing=("Mit freundlichen Grüßen", "Sozialplanung"),
)


def test_a_letter_holds_its_parts_in_order():
    document = docx.Document(io.BytesIO(letter_bytes(LETTER, written=WRITTEN)))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]
    assert texts[0] == "Musterkreis"
    assert texts.index("Rückfrage zu Ihrer Lieferung") < texts.index("Guten Tag,") < texts.index("Antwort bis 9.12.")
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["12", "Welche Zahl gilt?"]
    assert [one.style.name for one in document.paragraphs if one.text == LETTER.subject] == ["Heading 1"]
    assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml
    assert 'w:val="de-DE"' in document.styles["Normal"].element.xml


def test_the_same_letter_is_the_same_bytes_and_appears_whole(tmp_path):
    assert letter_bytes(LETTER, written=WRITTEN) == letter_bytes(LETTER, written=WRITTEN)
    write_letter(tmp_path / "brief.docx", LETTER, written=WRITTEN)
    assert [file.name for file in tmp_path.iterdir()] == ["brief.docx"]


def test_the_letter_as_text_has_the_table_and_the_closing():
    text = letter_text(LETTER)
    assert "Jugendamt Musterstadt\nFachplanung" in text
    assert "Zeile | Frage\n12 | Welche Zahl gilt?" in text
    assert text.endswith("Mit freundlichen Grüßen\nSozialplanung")


def test_a_reminder_is_an_all_day_entry_with_stable_key():
    text = reminder("r1@p", "2026-12-09", "Antwort: Jugendamt; Plätze, Kitas", "Zeile 1\nZeile 2", written=WRITTEN)
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == ""
    assert "\n" not in text.replace("\r\n", "")
    assert "UID:r1@p" in lines
    assert "DTSTART;VALUE=DATE:20261209" in lines
    assert "DTEND;VALUE=DATE:20261210" in lines
    assert "DTSTAMP:20261128T100000Z" in lines
    assert "SUMMARY:Antwort: Jugendamt\\; Plätze\\, Kitas" in lines
    assert "DESCRIPTION:Zeile 1\\nZeile 2" in lines
    assert text == reminder(
        "r1@p", "2026-12-09", "Antwort: Jugendamt; Plätze, Kitas", "Zeile 1\nZeile 2", written=WRITTEN
    )


def test_long_lines_are_folded_at_75_octets_and_never_inside_a_letter():
    line = "SUMMARY:" + "Straßenbäume für Köln " * 12
    pieces = folded(line)
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert len(pieces) > 3
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])


def test_a_day_that_is_none_is_refused():
    with pytest.raises(ValueError, match="month"):
        reminder("r1", "2026-13-01", "t", written=WRITTEN)
    with pytest.raises(ValueError, match="date-time"):
        reminder("r1", "2026-12-01", "t", written="gestern")


def test_signs_that_a_document_cannot_hold_do_not_stop_a_letter():
    letter = replace(LETTER, body=("a\x0bb", LetterTable("c", ("h",), (("x\x00y",),))))
    document = docx.Document(io.BytesIO(letter_bytes(letter, written=WRITTEN)))
    assert "a\ufffdb" in [paragraph.text for paragraph in document.paragraphs]
    assert document.tables[0].rows[1].cells[0].text == "x\ufffdy"


def test_columns_of_a_table_are_as_wide_as_their_texts_ask_for():
    table = LetterTable("Fragen", ("Nr.", "Frage"), (("1", "Welche der beiden Zahlen gilt denn nun?"),))
    document = docx.Document(io.BytesIO(letter_bytes(replace(LETTER, body=(table,)), written=WRITTEN)))
    narrow, wide = (cell.width for cell in document.tables[0].rows[1].cells)
    assert narrow * 5 < wide
