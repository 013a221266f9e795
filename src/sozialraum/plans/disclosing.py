"""Few inhabitants between two plans: who knows the figures of both can subtract them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sozialraum.base import _, plural
from sozialraum.base.numbers import count
from sozialraum.delineation import Plan
from sozialraum.plans.figures import area_rows
from sozialraum.plans.ground import Ground

NAMED_AT_MOST = 12


def small_pieces(ground: Ground, plan: Plan, published: Iterable[Plan], least: int) -> tuple[str, ...]:
    """A sentence for each piece in which an area of the plan and one of a published plan overlap with few inhabitants.

    Few is more than none and fewer than `least`. A piece that is the whole area in both plans tells nothing new and is
    left out. () = nothing to say. How few is not told, as the page stands on the wall. Only a
    warning: nothing is hidden or refused because of it.
    """
    mine, my_rows = ground.areas_of(plan).astype(str), area_rows(plan, ground.ags)
    found: list[tuple[int, str]] = []
    for other in published:
        theirs, their_rows = ground.areas_of(other).astype(str), area_rows(other, ground.ags)
        for one, two, people in _overlaps(ground, mine, theirs, least):
            if one in my_rows and two in their_rows:
                text = _(
                    "Zwischen Gebiet {one} und Gebiet {two} im Plan „{plan}“ liegen weniger als {least} Einwohner: Aus "
                    "den Zahlen beider Pläne ließe sich auf sie schließen."
                )
                sentence = text.format(
                    one=my_rows[one][0], two=their_rows[two][0], plan=other.title, least=count(least)
                )
                found.append((people, sentence))
    sentences = [sentence for _people, sentence in sorted(found)]
    more = len(sentences) - NAMED_AT_MOST
    if more > 0:
        sentences[NAMED_AT_MOST:] = [
            plural("1 weiteres Teilstück.", "{count} weitere Teilstücke.", more).format(count=count(more))
        ]
    return tuple(dict.fromkeys(sentences))


def _overlaps(ground: Ground, mine: np.ndarray, theirs: np.ndarray, least: int) -> Iterable[tuple[str, str, int]]:
    """Pairs of areas with their inhabitants in common, where these are few and at least one area is larger."""
    my_names, my_area = np.unique(mine, return_inverse=True)
    their_names, their_area = np.unique(theirs, return_inverse=True)
    pair = my_area * len(their_names) + their_area
    people = np.bincount(pair, ground.people, len(my_names) * len(their_names))
    my_people = np.bincount(my_area, ground.people)
    their_people = np.bincount(their_area, ground.people)
    for place in np.flatnonzero((people > 0) & (people < least)):
        one, two = divmod(int(place), len(their_names))
        if people[place] < max(my_people[one], their_people[two]):
            yield str(my_names[one]), str(their_names[two]), round(float(people[place]))
