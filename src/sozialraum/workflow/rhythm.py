"""How often an edition of the report is made, and by when its data are wanted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sozialraum.base import UsageError, _, plural
from sozialraum.base.numbers import day
from sozialraum.base.text import shown
from sozialraum.project import Project
from sozialraum.project.settings import DEFAULT_ROLE

SETTING = "rhythm"
MOST_YEARS = 4


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The rhythm of editions.

    years : between two of them, one to four. first : year of a reference date that belongs to it.
    reference : day and month of the reference date ('12-31'). due : day and month, in the year after the
    reference date, by which data are wanted ('06-30').
    """

    years: int = 1
    first: int = 2024
    reference: str = "12-31"
    due: str = "06-30"

    def is_edition(self, year: int) -> bool:
        """Whether an edition is made for a reference date in this year."""
        return (year - self.first) % self.years == 0

    def reference_date(self, year: int) -> str:
        """ISO date the numbers of a year are wanted for."""
        return f"{year}-{self.reference}"

    def due_date(self, year: int) -> str:
        """ISO date by which the numbers of a year are wanted."""
        return f"{year + 1}-{self.due}"


@dataclass(frozen=True, slots=True)
class EditionDue:
    """An edition to come: its year, reference date and due date (ISO)."""

    year: int
    reference: str
    due: str


def rhythm_of(project: Project) -> Rhythm:
    """The rhythm as set; without a setting every year, by the end of June of the next one."""
    return Rhythm(**project.settings.get(SETTING, {}))


def set_rhythm(project: Project, rhythm: Rhythm, role: str = DEFAULT_ROLE) -> None:
    """Set the rhythm. Raises UsageError with what is wrong."""
    if not 1 <= rhythm.years <= MOST_YEARS:
        raise UsageError(_("Eine Ausgabe erscheint alle ein bis vier Jahre."))
    if not 1990 <= rhythm.first <= 2100:
        raise UsageError(_("„{year}“ ist kein Jahr einer Ausgabe.").format(year=rhythm.first))
    for text in (rhythm.reference, rhythm.due):
        try:
            date.fromisoformat(f"2023-{text}")  # no leap year, so the day exists every year
        except ValueError:
            raise UsageError(_("„{day}“ ist kein Tag, den es in jedem Jahr gibt.").format(day=shown(text))) from None
    project.settings[SETTING] = asdict(rhythm)
    project.log(_("Rhythmus der Ausgaben festgelegt"), role)


def editions_due(rhythm: Rhythm, today: str, number: int = 3) -> list[EditionDue]:
    """The next editions whose data are still wanted. today : ISO date."""
    this_year = int(today[:4])
    years = (year for year in range(this_year - MOST_YEARS - 1, this_year + MOST_YEARS * (number + 1))
             if rhythm.is_edition(year) and rhythm.due_date(year) >= today)  # fmt: skip
    return [
        EditionDue(year, rhythm.reference_date(year), rhythm.due_date(year))
        for year, _nothing in zip(years, range(number), strict=False)
    ]


def rhythm_sentence(rhythm: Rhythm, today: str) -> str:
    """The rhythm in one sentence, with the next edition."""
    every = plural("Jedes Jahr eine Ausgabe.", "Alle {years} Jahre eine Ausgabe.", rhythm.years)
    (coming,) = editions_due(rhythm, today, 1)
    return " ".join(
        (
            every.format(years=rhythm.years),
            _("Nächster Stichtag: {reference}, Daten bis {due}.").format(
                reference=day(coming.reference), due=day(coming.due)
            ),
        )
    )


def rhythm_json(rhythm: Rhythm) -> dict[str, Any]:
    """The rhythm as JSON values."""
    return asdict(rhythm)
