"""Workbooks that come back: an empty table to fill in, or questions to answer, known by a sheet of their own.

The hidden sheet "sozialraum" says what the workbook is and how it is read, so that neither a recipe
nor the file name is needed when it returns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sozialraum.base import Finding, InputRefused, _
from sozialraum.base.text import is_plain, shown
from sozialraum.deliveries.declare import recipe_from
from sozialraum.deliveries.files import Content, Sheet
from sozialraum.deliveries.recipe import Recipe
from sozialraum.deliveries.table import FORM_SHEET

MADE_BY = "sozialraum-form"
VERSION = "1"
LONGEST_ANSWER = 2_000
RECIPE = "recipe"
FORM_CODE = "form_"
KEY_HEAD, NAME_HEAD = "Schlüssel", "Name"  # a form is German


@dataclass(frozen=True, slots=True)
class FormMark:
    """What the hidden sheet says.

    kind : 'table' (an empty table that was asked for) or 'answers' (questions). code : key of the data set or of
    the query. project : mark of the project that wrote it. request : key of the request, '' for questions.
    recipe_text : how the table is read (TOML), '' for questions. findings : keys of the findings asked about, in
    the order of the rows.
    """

    kind: Literal["table", "answers"]
    code: str
    project: str = ""
    request: str = ""
    recipe_text: str = ""
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column to be filled in.

    head : what stands above it. feature : what it becomes, '' when it serves a check only. signs : sign profile.
    own_signs : signs of this very source before those of the profile, as in a recipe. measure : True for averages
    and shares, False for counts; most, known_as, known_why : as in a recipe. weight : head of the column with the
    number an average is over. over_year : the number is a sum over the year that stands at the end of the head.
    note : what belongs into the column, in words, shown at the head.
    """

    head: str
    feature: str
    signs: str = "youth"
    measure: bool = False
    note: str = ""
    own_signs: tuple[str, ...] = ()
    most: int = 0
    known_as: str = ""
    known_why: str = ""
    weight: str = ""
    over_year: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """An empty table.

    code : key of the data set. period : ISO date the numbers are wanted for. kind : what the keys are, as in a
    recipe ('area', 'block', 'municipality'), or 'list': rows are free and `columns` are all there is.
    units : key and name of each row. at_most : pairs of positions in `columns`, the first number is at most the
    second. lines : what stands above the table. legend : what each sign stands for.
    recipe_text : how it is read, '' = as `recipe_of_form` says; a list needs one.
    """

    code: str
    title: str
    source: str
    period: str
    kind: str
    units: tuple[tuple[str, str], ...]
    columns: tuple[FormColumn, ...]
    at_most: tuple[tuple[int, int], ...] = ()
    lines: tuple[str, ...] = ()
    legend: tuple[str, ...] = ()
    recipe_text: str = ""
    key_head: str = KEY_HEAD
    name_head: str = NAME_HEAD

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of all columns, from left to right."""
        wanted = tuple(column.head for column in self.columns)
        return wanted if self.kind == "list" else (self.key_head, self.name_head, *wanted)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question: where it stands, what it is about, how it was read, and what is asked."""

    finding: str
    question: str
    sheet: str = ""
    row: int | None = None
    key: str = ""
    name: str = ""
    column: str = ""
    view: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What came back: number of the question (from 1) -> answer, and findings for those without one."""

    texts: Mapping[int, str]
    findings: tuple[Finding, ...] = field(default=())


def mark_lines(mark: FormMark) -> list[tuple[str, str]]:
    """The lines of the hidden sheet: a name and a text each; a recipe stands line by line."""
    lines = [
        (MADE_BY, VERSION),
        ("kind", mark.kind),
        ("code", mark.code),
        ("project", mark.project),
        ("request", mark.request),
    ]
    lines += [("finding", finding) for finding in mark.findings]
    return lines + [(RECIPE, line) for line in mark.recipe_text.splitlines()]


def form_in(content: Content) -> FormMark | None:
    """The mark of a workbook that this program wrote; None when it is another file.

    Raises InputRefused when the sheet is there and cannot be understood.
    """
    sheet = next((one for one in content.sheets if one.name == FORM_SHEET), None)
    if sheet is None or not sheet.rows or _cell(sheet, 0, 0) != MADE_BY:
        return None
    found: dict[str, list[str]] = {}
    for place in range(len(sheet.rows)):
        found.setdefault(_cell(sheet, place, 0), []).append(_cell(sheet, place, 1))
    kind = found.get("kind", [""])[0]
    code = found.get("code", [""])[0]
    if found[MADE_BY][0] != VERSION or kind not in ("table", "answers") or not code:
        raise damaged(content.name)
    return FormMark(
        "table" if kind == "table" else "answers",
        code,
        found.get("project", [""])[0],
        found.get("request", [""])[0],
        "\n".join(found.get(RECIPE, [])),
        tuple(found.get("finding", [])),
    )


def without_mark(content: Content) -> Content:
    """The workbook without the hidden sheet, as a recipe shall see it."""
    kept = tuple(sheet for sheet in content.sheets if sheet.name != FORM_SHEET)
    return Content(content.format, content.name, content.text, content.encoding, content.member, kept)


def form_recipe(mark: FormMark) -> Recipe:
    """How the table of a returned form is read. Raises InputRefused when the mark was changed."""
    if mark.kind != "table" or not mark.recipe_text:
        raise damaged(mark.code)
    return recipe_from(mark.recipe_text, mark.code, {})


def damaged(name: str) -> InputRefused:
    return InputRefused(
        _("„{file}“: Das verborgene Blatt „{sheet}“ wurde verändert.").format(file=shown(name), sheet=FORM_SHEET),
        (),
        _("Bitten Sie um das Formblatt, wie es verschickt wurde, mit den eingetragenen Angaben."),
    )


def answer_heads() -> tuple[str, ...]:
    """The heads of a table of questions; the answer stands in the last column."""
    return (
        _("Nr."), _("Blatt"), _("Zeile"), _("Schlüssel"), _("Name"), _("Spalte"), _("So gelesen"), _("Frage"),
        _("Ihre Antwort"),
    )  # fmt: skip


def read_answer_rows(content: Content, mark: FormMark) -> Answers:
    """The answers of a returned table of questions, by number.

    An empty answer is a warning with its row. Raises InputRefused: no such table, a number that is not asked or
    stands twice with different answers, an answer that cannot be kept.
    """
    for sheet in without_mark(content).sheets:
        for head in range(min(len(sheet.rows), 30)):
            if _cell(sheet, head, 0) in ("Nr.", "No.") and len(sheet.rows[head]) >= len(answer_heads()):
                return _answers(content.name, sheet, head, len(mark.findings))
    raise InputRefused(
        _("„{file}“: Die Tabelle der Fragen wurde nicht gefunden.").format(file=shown(content.name)),
        (),
        _("Erwartet wird eine Zeile mit „Nr.“ und „Ihre Antwort“ über den Fragen."),
    )


def _answers(name: str, sheet: Sheet, head: int, asked: int) -> Answers:
    column = len(answer_heads()) - 1
    texts: dict[int, str] = {}
    errors: list[Finding] = []
    for place in range(head + 1, len(sheet.rows)):
        number, answer = _cell(sheet, place, 0), _cell(sheet, place, column)
        if not any(cell.strip() for cell in sheet.rows[place]):
            continue
        fault = _fault(number, answer, asked, texts)
        if fault:
            errors.append(Finding(fault, name, sheet.name, place + 1, _("Ihre Antwort")))
        elif answer:
            texts[int(number)] = answer
    if errors:
        raise InputRefused(
            _("Die Antworten in „{file}“ können so nicht übernommen werden.").format(file=shown(name)),
            errors,
            _("Es wurde nichts übernommen. Berichtigen Sie die Tabelle und lesen Sie sie erneut ein."),
        )
    return Answers(texts, tuple(_empty(name, sheet, head, number) for number in range(1, asked + 1)
                                if number not in texts))  # fmt: skip


def _fault(number: str, answer: str, asked: int, texts: Mapping[int, str]) -> str:
    """What is wrong with one row, '' when nothing is."""
    if not number.isascii() or not number.isdecimal() or not 1 <= int(number) <= asked:
        return _("Eine Frage mit der Nummer „{number}“ gibt es nicht.").format(number=shown(number))
    if answer and texts.get(int(number), answer) != answer:
        return _("Zur Frage {number} stehen zwei verschiedene Antworten da.").format(number=number)
    if answer.startswith("#") and answer.endswith(("!", "?", "#N/A", "#NV")):
        return _("Statt einer Antwort steht hier eine fehlerhafte Formel: „{text}“.").format(text=shown(answer))
    if not is_plain(answer, lines=True):
        return _("Die Antwort enthält Steuerzeichen.")
    if len(answer) > LONGEST_ANSWER:
        return _("Die Antwort hat {length} Zeichen, möglich sind höchstens {most}.").format(
            length=len(answer), most=LONGEST_ANSWER
        )
    return ""


def _empty(name: str, sheet: Sheet, head: int, number: int) -> Finding:
    row = next((place for place in range(head + 1, len(sheet.rows)) if _cell(sheet, place, 0) == str(number)), None)
    return Finding(
        _("Die Frage {number} ist nicht beantwortet.").format(number=number),
        name, sheet.name, None if row is None else row + 1, _("Ihre Antwort"),
        _("Sie bleibt offen."), "warning", code="empty",
    )  # fmt: skip


def _cell(sheet: Sheet, row: int, column: int) -> str:
    cells: Sequence[Any] = sheet.rows[row]
    return str(cells[column]).strip() if column < len(cells) else ""
