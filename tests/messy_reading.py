"""Draft, answer by truth, read and compare a messy file: what was asked, what was refused, what was misread."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from messy_files import WORLD, MessyFile
from sozialraum.base import Finding, InputRefused, Status
from sozialraum.deliveries.drafting import Question, draft_recipe
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.read import read_delivery
from sozialraum.deliveries.reading import Reading
from sozialraum.deliveries.signs import UnknownMark, read_value

_CELL = re.compile(r"(?:Zeile (\d+), Spalte ([A-Z]+)|Blatt .*, ([A-Z]+)(\d+))$")
ROUNDS = 8


@dataclass
class Outcome:
    """What became of one file.

    asked : ids of all questions without default. refused : the sentence, '' when it was read. misread : silent
    misreads, one sentence each. unasked : questions the file had to raise and did not. complete : every true value
    was read. warned : misreads with a finding on the cell.
    """

    asked: list[str] = field(default_factory=list)
    refused: str = ""
    misread: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    complete: bool = False
    warned: int = 0

    @property
    def read_unasked(self) -> bool:
        return self.complete and not self.asked and not self.refused


def outcome_of(made: MessyFile, folder: Path) -> Outcome:
    """Draft, answer what is asked by the truth, read, compare."""
    path, outcome, answers = made.write(folder), Outcome(), dict[str, str]()
    try:
        content = open_file(path)
        for _round in range(ROUNDS):
            draft = draft_recipe(content, WORLD, answers)
            if not draft.open:
                break
            outcome.asked += [question.id for question in draft.open]
            answers |= {question.id: _answer(question, made) for question in draft.open}
        if draft.recipe is None:
            raise AssertionError(f"still open: {[question.id for question in draft.open]}")
        reading = read_delivery(path, draft.recipe, WORLD)
    except InputRefused as refused:
        outcome.refused = str(refused)
        return outcome
    finally:
        path.unlink()
    outcome.unasked = [each for each in sorted(made.asked) if not any(name.startswith(each) for name in outcome.asked)]
    _compare(made, reading, outcome)
    return outcome


def _answer(question: Question, made: MessyFile) -> str:
    """The true answer."""
    name, _colon, letter = question.id.partition(":")
    assert made.date is not None
    period = made.date.periods[0]
    if name == "decimal":
        return _decimal(question, made.decimals.get(letter, "skip"))
    if name == "signs":
        return _profile(question, made, letter)
    if name in ("counts", "measure"):
        return "share" if name == "measure" or letter in made.shares else made.unit
    if name == "rounding":
        return "rounded" if made.rounded else "exact"
    if name == "row":
        return made.rows.get(int(re.sub(r"\D", "", letter)), "unknown")
    if name == "key":
        return made.key
    if name == "column":
        return "read" if letter in made.decimals else "skip"
    if name in ("period_form", "head_year"):
        return made.date.form or "year_end"
    if name == "day_month":
        text = (made.date.in_column or made.date.titles[-1])[-10:]
        return "day" if period == f"{text[6:]}-{text[3:5]}-{text[:2]}" else "month"
    if name == "month_or_school_year":
        return "month"
    german = f"{period[8:]}.{period[5:7]}.{period[:4]}"
    return next((each.value for each in question.options if each.title.startswith(german)), period)


def _decimal(question: Question, wanted: str) -> str:
    """What is wanted, or where a column cannot be left out, the comma."""
    return wanted if any(option.value == wanted for option in question.options) else ","


def _profile(question: Question, made: MessyFile, letter: str) -> str:
    """What is true of the sign asked about, or the source that means what is true by all of them; else 'skip'."""
    letter, _colon, sign = letter.partition(":")
    style, values = made.styles.get(letter), [option.value for option in question.options]
    if style is None:
        return "skip"
    if "zero" in values:  # one sign
        asked = re.search(r"„(.+?)“", question.sentence)
        status, least, most = style.signs.get(sign or (asked[1] if asked else ""), ("missing", None, None))
        true = {"observed": "zero", "missing": "missing", "blocked": "blocked"}.get(status, "")
        return true or next((f"{low}-{most}" for low in (least, 0) if f"{low}-{most}" in values), "hidden")
    for option in question.options:
        if option.value == "skip":
            continue
        try:
            read = {text: read_value(text, option.value) for text in style.signs}
        except UnknownMark:
            continue
        if all(
            read[text].status == status and (least is None or (read[text].low or 0) <= least)
            for text, (status, least, _most) in style.signs.items()
        ):
            return option.value
    return "skip"


def _compare(made: MessyFile, reading: Reading, outcome: Outcome) -> None:
    seen = set()
    for row in reading.observations.itertuples():
        found = _CELL.match(str(row.cell))
        assert found, row.cell
        cell = (int(found[1] or found[4]), found[2] or found[3])
        seen.add(cell)
        fault = _fault(made, cell, row)
        if fault and _is_warned(reading.findings, cell, fault):
            outcome.warned += 1
        elif fault:
            outcome.misread.append(f"{cell[1]}{cell[0]}: {fault}")
    outcome.complete = seen == set(made.cells)


def _fault(made: MessyFile, cell: tuple[int, str], row: object) -> str:
    truth = made.cells.get(cell)
    low, high, status = row.low, row.high, row.status  # type: ignore[attr-defined]
    if truth is None:
        return f"no number to take over, read as {low}"
    role = "residual" if row.geography == "residual" else "place"  # type: ignore[attr-defined]
    if (role, row.unit) != (truth.role, truth.unit):  # type: ignore[attr-defined]
        return f"key: {truth.unit} read as {role} {row.unit}"  # type: ignore[attr-defined]
    if row.period != truth.period:  # type: ignore[attr-defined]
        return f"period: {truth.period} read as {row.period}"  # type: ignore[attr-defined]
    if status != truth.status:
        return f"status: {truth.status} read as {status}"
    if truth.number is None:
        return "" if status in (Status.MISSING, Status.BLOCKED) else f"no number, read as {low}"
    return "" if low <= truth.number <= high else f"value: {truth.number} read as {low} to {high}"


def _is_warned(findings: tuple[Finding, ...], cell: tuple[int, str], fault: str) -> bool:
    """A finding on the cell itself or its row, or one on the whole file that speaks of the date.

    Where a total is wrong and one part hidden, nobody can know; the reading says that the part can be computed.
    """
    place = f"{cell[1]}{cell[0]}"
    on_cell = any(
        each.cell == place or (not each.cell and each.column and _names_row(each, cell[0])) for each in findings
    )
    return on_cell or (fault.startswith("period") and any(each.code == "date" for each in findings))


def _names_row(finding: Finding, row: int) -> bool:
    listed = re.search(r"\((?:Zeile|Zeilen) ([\d, ]+)\)", finding.what)
    return finding.row == row or (listed is not None and str(row) in re.findall(r"\d+", listed[1]))
