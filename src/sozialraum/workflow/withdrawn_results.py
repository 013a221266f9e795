"""Results that rest on a withdrawn delivery: pages say so, and nothing is printed from them."""

from __future__ import annotations

from dataclasses import dataclass

from sozialraum.base import ReleaseRefused, _
from sozialraum.base.numbers import day
from sozialraum.project import Project
from sozialraum.workflow.review_record import Withdrawn
from sozialraum.workflow.withdrawing import withdrawn_in_use

# Pages that show released numbers of all kinds, so whatever was withdrawn stands on them.
EVERYWHERE = ("freigabe", "bericht")


@dataclass(frozen=True, slots=True)
class WithdrawnNote:
    """A note for pages. sentence : what to say. pages : names of the pages it belongs on. why : as it was given."""

    delivery_id: str
    sentence: str
    why: str
    pages: tuple[str, ...]


def withdrawn_notes(project: Project) -> list[WithdrawnNote]:
    """What pages have to say until results are computed again; [] when nothing rests on a withdrawn delivery."""
    return [
        WithdrawnNote(one.delivery_id, note_sentence(one), one.why, (*one.pages, *EVERYWHERE))
        for one in withdrawn_in_use(project)
        if one.pages
    ]


def note_sentence(one: Withdrawn) -> str:
    """'Beruht auf einer zurückgezogenen Lieferung: „Kita-Plätze 2027“ (zurückgezogen am 3.2.2027).'"""
    return _("Beruht auf einer zurückgezogenen Lieferung: „{title}“ (zurückgezogen am {day}).").format(
        title=one.title, day=day(one.withdrawn_on[:10])
    )


def refuse_withdrawn(project: Project) -> None:
    """Raise ReleaseRefused while results rest on a withdrawn delivery: a report made of them would not say so."""
    notes = withdrawn_notes(project)
    if notes:
        todo = _("Rechnen Sie neu, dann kann der Bericht geschrieben werden.")
        raise ReleaseRefused(" ".join([*[note.sentence for note in notes], todo]))
