"""Notes of carried values: written, read, joined, said."""

from __future__ import annotations

import pytest

from sozialraum.indicators.carried_notes import (
    CarriedNote,
    carried_of,
    percent,
    ratio,
    summed,
    without_carried,
    without_error,
)

INHABITANTS = CarriedNote("inhabitants", "B", 3)


def test_a_note_is_read_as_it_was_written() -> None:
    for note in (INHABITANTS, CarriedNote("area", "C", None), CarriedNote(), CarriedNote("key", "A", 0)):
        assert carried_of(f"year_sum;{note.code()}") == note
    assert INHABITANTS.code() == "carried=inhabitants/B/3"
    assert carried_of("other_date=2024-12-31;year_sum") is None
    assert carried_of("") is None


def test_what_is_no_note_is_refused() -> None:
    for code in ("carried=guess/B/3", "carried=area/D/", "carried=area"):
        with pytest.raises(ValueError, match=r"note|unpack"):
            carried_of(code)


def test_the_rest_of_a_note_stays() -> None:
    assert without_carried("carried=area/C/12;other_date=2024-12-31") == "other_date=2024-12-31"
    assert without_carried("carried") == ""
    assert without_error("year_sum;carried=area/C/12") == "carried=area/C/;year_sum"
    assert without_error("year_sum") == "year_sum"


@pytest.mark.parametrize(
    ("error", "value", "said"),
    [(0.0, 0.0, 0), (3.2, 100.0, 3), (0.1, 100.0, 1), (23.4, 100.0, 25), (500.0, 100.0, 100),
     (float("nan"), 5.0, None), (2.0, 0.0, None)],
)  # fmt: skip
def test_errors_are_coarse(error: float, value: float, said: int | None) -> None:
    assert percent(error, value) == said


def test_a_sum_has_the_weakest_kind_and_no_error() -> None:
    assert summed([INHABITANTS, CarriedNote("area", "C", 20)]) == CarriedNote("area", "C")
    assert summed([INHABITANTS]) == CarriedNote("inhabitants", "B")
    assert summed([]) is None


def test_errors_of_a_share_add_up_squared() -> None:
    assert ratio(INHABITANTS, CarriedNote("addresses", "B", 4)) == CarriedNote("inhabitants", "B", 5)
    assert ratio(INHABITANTS, None) == INHABITANTS
    assert ratio(None, None) is None
    assert ratio(INHABITANTS, CarriedNote("area", "C")) == CarriedNote("area", "C")


def test_people_read_a_sentence() -> None:
    assert INHABITANTS.words() == "übertragen nach Einwohnerzahl, Abweichung etwa 3\u202f%"
    assert CarriedNote("area", "C").words() == "übertragen nach Fläche"
    assert INHABITANTS.sentence().startswith("Übertragen nach Einwohnerzahl")
    assert CarriedNote().sentence() == "Übertragen, geschätzt."
