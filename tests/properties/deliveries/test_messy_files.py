"""Files made messy from known truth are read right, asked about, or refused: never misread without a word."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from messy_files import MessyFile, messy_file
from messy_reading import Outcome, outcome_of

FILES, SEED = 300, 2026


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[MessyFile, Outcome]]:
    folder: Path = tmp_path_factory.mktemp("messy")
    files = [messy_file(SEED, number) for number in range(FILES)]
    return [(made, outcome_of(made, folder)) for made in files]


def test_nothing_is_misread_without_a_word(outcomes: list[tuple[MessyFile, Outcome]]) -> None:
    assert [(made.name, outcome.misread) for made, outcome in outcomes if outcome.misread] == []


def test_what_nobody_can_know_is_asked(outcomes: list[tuple[MessyFile, Outcome]]) -> None:
    silent = [
        (made.name, outcome.unasked)
        for made, outcome in outcomes
        if outcome.unasked and not outcome.refused and not made.doubtful
    ]
    assert silent == []


def test_files_without_doubt_are_read_without_a_question(outcomes: list[tuple[MessyFile, Outcome]]) -> None:
    clear = [outcome for made, outcome in outcomes if made.is_clear]
    whole = [outcome for outcome in clear if outcome.read_unasked]
    assert len(clear) > FILES // 4
    assert len(whole) >= 0.9 * len(clear)


def test_the_files_are_as_messy_as_they_claim(outcomes: list[tuple[MessyFile, Outcome]]) -> None:
    kinds = Counter[str]()
    for made, outcome in outcomes:
        kinds["workbooks"] += made.name.endswith(".xlsx")
        kinds["refused"] += bool(outcome.refused)
        kinds["asked"] += bool(outcome.asked)
        kinds["hidden"] += any(cell.status == "suppressed" for cell in made.cells.values())
        kinds["with sums"] += "sum" in made.rows.values()
        kinds["without place"] += "residual" in made.rows.values()
        kinds["spoiled"] += bool(made.doubtful)
    assert all(number >= 8 for number in kinds.values()), kinds
    assert len(kinds) == 7


def test_a_misreading_would_be_noticed(tmp_path: Path) -> None:
    made = next(each for each in (messy_file(SEED, n) for n in range(FILES)) if each.is_clear and each.cells)
    right = outcome_of(made, tmp_path)
    assert right.complete
    place, cell = next((at, cell) for at, cell in made.cells.items() if cell.status == "observed")
    made.cells[place] = type(cell)(cell.role, cell.unit, cell.period, (cell.number or 0) + 1, cell.status)
    assert len(outcome_of(made, tmp_path).misread) == 1
    made.cells[place] = type(cell)(cell.role, cell.unit, "1999-12-31", cell.number, cell.status)
    assert len(outcome_of(made, tmp_path).misread) == 1
