"""One neutral sentence per alternative: what comes out better and worse than in the first one, in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from sozialraum.base import _, current_language, plural
from sozialraum.base.numbers import count, decimal
from sozialraum.delineation.attributes import family_words
from sozialraum.delineation.town_quality import AlternativeQuality

ROUNDER = 2  # of 100: a difference in roundness that can be seen
ALIKE = 1  # of 100: a difference in likeness worth a word
CLOSER = 0.9  # sizes are more alike where the largest area is by so much fewer times the smallest
LONGER = 0.5  # km of border along lines


@dataclass(frozen=True)
class Difference:
    """head : words at the beginning of a sentence. text : in figures. gain : better, not worse. strength : 1 = just
    noticeable."""

    head: str
    text: str
    gain: bool
    strength: float


def sentences(figures: Sequence[AlternativeQuality]) -> list[str]:
    """A sentence per alternative: the first beside all others, the others beside the first; made of figures alone."""
    return [_first(figures[0], figures[1:]), *(_other(own, figures[0]) for own in figures[1:])]


def gain(own: AlternativeQuality, first: AlternativeQuality) -> str:
    """What an alternative is better at than the first one, as head of a sentence; '' when it is nowhere better.

    Another number of areas is told as it is.
    """
    better = next((one.head for one in _differences(own, first) if one.gain), "")
    return _number(own, first) or better


def _first(own: AlternativeQuality, others: Sequence[AlternativeQuality]) -> str:
    areas = plural("{number} Gebiet", "{number} Gebiete", own.areas).format(number=own.areas)
    sizes = _("{low} bis {high} Einwohnerinnen und Einwohnern").format(low=count(own.smallest), high=count(own.largest))
    if others and all(round(own.likeness_all) > round(other.likeness_all) for other in others):
        text = _("Nach Ihren Angaben: {areas} mit {sizes}; hier sind sich die Menschen in einem Gebiet am ähnlichsten.")
    else:
        text = _("Nach Ihren Angaben: {areas} mit {sizes}.")
    return text.format(areas=areas, sizes=sizes)


def _other(own: AlternativeQuality, first: AlternativeQuality) -> str:
    """What is gained and what it costs; the first gain that came out gives the sentence its head."""
    found = _differences(own, first)
    better, worse = [one for one in found if one.gain], [one.text for one in found if not one.gain]
    head = gain(own, first) or _("Ein anderer Zuschnitt")
    values = {"head": head, "gains": _listed([one.text for one in better[:2]]), "prices": _listed(worse[:2])}
    if better and worse:
        return _("{head} als in Vorschlag A: {gains}; dafür {prices}.").format(**values)
    if better:
        return _("{head} als in Vorschlag A: {gains}.").format(**values)
    if worse:
        return _("{head} als in Vorschlag A; dafür {prices}.").format(**values)
    return _("{head} als in Vorschlag A; Form, Größe und Ähnlichkeit sind kaum anders.").format(**values)


def _number(own: AlternativeQuality, first: AlternativeQuality) -> str:
    more = own.areas - first.areas
    if more > 0:
        return plural("Ein Gebiet mehr", "{number} Gebiete mehr", more).format(number=more)
    if more < 0:
        return plural("Ein Gebiet weniger", "{number} Gebiete weniger", -more).format(number=-more)
    return ""


def _differences(own: AlternativeQuality, first: AlternativeQuality) -> list[Difference]:
    """What differs noticeably from the first, the greatest difference first."""
    found = [*_shape(own, first), *_lines(own, first), *_sizes(own, first), *_likeness(own, first)]
    return sorted(found, key=lambda one: -one.strength)


def _shape(own: AlternativeQuality, first: AlternativeQuality) -> list[Difference]:
    now, before = round(100 * own.compactness), round(100 * first.compactness)
    if abs(now - before) < ROUNDER:
        return []
    text = _("Rundheit {now} statt {before}").format(now=now, before=before)
    return [Difference(_("Rundere Gebiete"), text, now > before, abs(now - before) / ROUNDER)]


def _lines(own: AlternativeQuality, first: AlternativeQuality) -> list[Difference]:
    head, fewer = _("Mehr Grenzen an Flüssen, Bahnlinien und Autobahnen"), first.barriers_crossed - own.barriers_crossed
    if fewer:
        text = plural(
            "{now} statt {before} Linie mitten durch ein Gebiet",
            "{now} statt {before} Linien mitten durch ein Gebiet",
            first.barriers_crossed,
        )
        text = text.format(now=own.barriers_crossed, before=first.barriers_crossed)
        return [Difference(_("Weniger zerschnitten"), text, fewer > 0, 5.0 * abs(fewer))]
    longer = own.along_barriers_km - first.along_barriers_km
    if abs(longer) < LONGER:
        return []
    text = _("{now} statt {before} km Grenze an Linien")
    text = text.format(now=_one_place(own.along_barriers_km), before=_one_place(first.along_barriers_km))
    return [Difference(head, text, longer > 0, abs(longer) / LONGER)]


def _likeness(own: AlternativeQuality, first: AlternativeQuality) -> list[Difference]:
    """Over all families where that differs, else the family that differs most."""
    whole = _("Größere Ähnlichkeit")
    pairs = [(whole, _("Ähnlichkeit {now} statt {before}"), own.likeness_all, first.likeness_all)]
    for family in sorted(own.likeness, key=lambda family: -abs(own.likeness[family] - first.likeness[family])):
        word = _inside(family_words()[family])
        head = _("Größere Ähnlichkeit bei {family}").format(family=word)
        text = _("Ähnlichkeit bei {family} {now} statt {before}").replace("{family}", word)
        pairs.append((head, text, own.likeness[family], first.likeness[family]))
    for head, text, value, other in pairs:
        now, before = round(value), round(other)
        if abs(now - before) >= ALIKE:
            text = text.format(now=now, before=before)
            return [Difference(head, text, now > before, abs(now - before) / ALIKE)]
    return []


def _sizes(own: AlternativeQuality, first: AlternativeQuality) -> list[Difference]:
    if own.below_1000 != first.below_1000:
        text = _("{now} statt {before} Gebiete unter 1.000 Einwohnerinnen und Einwohnern")
        text = text.format(now=own.below_1000, before=first.below_1000)
        fewer = first.below_1000 - own.below_1000
        return [Difference(_("Weniger sehr kleine Gebiete"), text, fewer > 0, 5.0 * abs(fewer))]
    now, before = (one.largest / max(one.smallest, 1) for one in (own, first))
    if CLOSER * before < now < before / CLOSER:
        return []
    text = _("je Gebiet {low} bis {high} statt {first_low} bis {first_high} Einwohnerinnen und Einwohner").format(
        low=count(own.smallest), high=count(own.largest),
        first_low=count(first.smallest), first_high=count(first.largest),
    )  # fmt: skip
    return [Difference(_("Ähnlicher große Gebiete"), text, now < before, abs(log(now / before) / log(CLOSER)))]


def _listed(texts: Sequence[str]) -> str:
    return _(" und ").join(texts)


def _inside(word: str) -> str:
    """A noun inside a sentence: only German keeps its capital there."""
    return word if current_language() == "de" else word[:1].lower() + word[1:]


def _one_place(number: float) -> str:
    return decimal(number, 1)
