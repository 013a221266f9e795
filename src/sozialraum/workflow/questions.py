"""From a finding to a question that an office can answer: where it stands, how it was read, what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sozialraum.base import Finding, _
from sozialraum.deliveries.forms import QuestionRow

READ_AS = ("value", "hidden", "total", "key", "name", "head")


def question_row(finding_id: str, finding: Finding, preview: Any) -> QuestionRow:
    """The question about a finding. preview : of the file, None when its rows may not be shown."""
    row = _row(preview, finding.row)
    text, role = _cell(preview, row, finding)
    return QuestionRow(
        finding=finding_id,
        question=question(finding),
        sheet=finding.sheet,
        row=finding.row,
        key=_first(row, "key"),
        name=_first(row, "name"),
        column=said(finding.column) or _letters(finding.cell),
        view=view(said(finding.found) if finding.code == "missing_column" else finding.found or text, role),
    )


def question(finding: Finding) -> str:
    """What is asked, as sentences to a person who does not know the program."""
    asked = {
        "sum": _("Welche Zahl gilt?"),
        "unknown_key": _("Welches Gebiet ist gemeint?"),
        "lost_zeros": _("Ist der ergänzte Schlüssel richtig?"),
        "duplicate": _("Welche Zeile gilt?"),
        "unknown_sign": _("Was bedeutet das Zeichen?"),
        "unexplained_sign": _("Was bedeutet das Zeichen, und welche Werte kann es vertreten?"),
        "missing_column": _("Heißt die Spalte jetzt anders, oder fehlt sie?"),
        "unexpected_row": _("Was ist mit dieser Zeile gemeint?"),
        "jump": _("Ist die Veränderung richtig?"),
        "cases_as_persons": _("Sind Fälle oder Personen gezählt?"),
        "date": _("Für welchen Stichtag gelten die Zahlen?"),
        "truncated": _("Ist die Tabelle vollständig?"),
        "incomplete": _("Ist die Tabelle vollständig?"),
        "empty": _("Fehlt die Angabe, oder ist sie null?"),
        "name_contradicts": _("Welches Gebiet ist gemeint?"),
    }.get(finding.code, _("Bitte prüfen Sie diese Angabe."))
    # the office knows the head of its column, not the name it has here
    meant = {"sum": "", "missing_column": finding.found}.get(finding.code, finding.offer)
    offer = _("Vermutet: „{offer}“.").format(offer=said(meant)) if meant else ""
    what = said(finding.what if finding.what.endswith((".", "?", "!")) else f"{finding.what}.")
    return " ".join(filter(None, (what, offer, asked)))


def said(text: str) -> str:
    """Heads over several rows as people read them: from the group to the column, with a comma between."""
    return text.replace(" | ", ", ")


def view(text: str, role: str) -> str:
    """How a cell was read, in words: '820, als Summe'; '' when nothing stands there to be shown."""
    words = {
        "value": _("als Wert"),
        "hidden": _("als fehlend oder verborgen"),
        "total": _("als Summe"),
        "key": _("als Schlüssel"),
        "name": _("als Name"),
        "head": _("als Kopf der Spalte"),
    }
    shown = text.strip()
    if not shown:
        return _("leeres Feld") if role in READ_AS else ""
    return f"{shown}, {words[role]}" if role in words else shown


def _row(preview: Any, number: int | None) -> Any:
    if preview is None or number is None:
        return None
    return next((row for row in preview.rows if row.number == number), None)


def _cell(preview: Any, row: Any, finding: Finding) -> tuple[str, str]:
    """Text and role of the cell a finding is about; '' and '' when there is no single one."""
    if row is None:
        return "", ""
    letters = _letters(finding.cell)
    if letters in preview.letters:
        place = preview.letters.index(letters)
        return row.texts[place], row.roles[place]
    return "", ""


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")


def _first(row: Any, role: str) -> str:
    if row is None:
        return ""
    texts: Sequence[str] = [text for text, found in zip(row.texts, row.roles, strict=True) if found == role]
    return next((text for text in texts if text.strip()), "") if texts else ""
