"""One neutral sentence per alternative: what it does better or worse than the others."""

from __future__ import annotations

from collections.abc import Sequence

from sozialraum.base import _, plural
from sozialraum.base.numbers import count
from sozialraum.delineation.attributes import family_words
from sozialraum.delineation.town_quality import AlternativeQuality
from sozialraum.delineation.wishes import Wishes

NOTICEABLE = 1.0  # percentage points of likeness that a person can call a difference


def sentences(figures: Sequence[AlternativeQuality], wishes: Sequence[Wishes]) -> list[str]:
    """A sentence per alternative; the first is measured against all others, the others against the first."""
    if len(figures) == 1:
        return [_first(figures[0], [])]
    texts = [_first(figures[0], figures[1:])]
    for figure, wish in zip(figures[1:], wishes[1:], strict=True):
        texts.append(_other(figure, figures[0], wish, wishes[0]))
    return texts


def _first(own: AlternativeQuality, others: Sequence[AlternativeQuality]) -> str:
    areas = plural("{number} Gebiet", "{number} Gebiete", own.areas).format(number=own.areas)
    sizes = _("{low} bis {high} Einwohnerinnen und Einwohnern").format(low=count(own.smallest), high=count(own.largest))
    if others and all(own.likeness_all >= other.likeness_all for other in others):
        text = _("Nach Ihren Angaben: {areas} mit {sizes}; hier sind sich die Menschen in einem Gebiet am ähnlichsten.")
    else:
        text = _("Nach Ihren Angaben: {areas} mit {sizes}.")
    return text.format(areas=areas, sizes=sizes)


def _other(own: AlternativeQuality, first: AlternativeQuality, wish: Wishes, wished: Wishes) -> str:
    """What was asked for differently and what came of it, the gain before the price."""
    head = _head(own, first, wish, wished)
    gains = [text for text, gain in _differences(own, first) if gain]
    prices = [text for text, gain in _differences(own, first) if not gain]
    if gains and prices:
        text = _("{head}: {gains}, dafür {prices}.")
    elif gains or prices:
        text = _("{head}: {gains}{prices}.")
    else:
        text = _("{head}: Form und Ähnlichkeit sind kaum anders als in Vorschlag A.")
    return text.format(head=head, gains=_listed(gains[:2]), prices=_listed(prices[:2]))


def _head(own: AlternativeQuality, first: AlternativeQuality, wish: Wishes, wished: Wishes) -> str:
    if own.areas > first.areas:
        return _("Ein Gebiet mehr")
    if own.areas < first.areas:
        return _("Ein Gebiet weniger")
    if wish.balance > wished.balance:
        return _("Gebiete ähnlicher Größe")
    raised = [family for family, weight in wish.weights.items() if weight > wished.weights[family]]
    if raised:
        words = family_words()
        return _("Mehr Gewicht auf {family}").format(family=", ".join(words[family] for family in raised))
    if wish.barriers > wished.barriers:
        return _("Kompaktere Gebiete und Grenzen entlang von Fluss, Bahn und Autobahn")
    if wish.compactness > wished.compactness:
        return _("Kompaktere Gebiete")
    return _("Ähnlichkeit geht vor Form")


def _differences(own: AlternativeQuality, first: AlternativeQuality) -> list[tuple[str, bool]]:
    """What differs noticeably from the first, in words, and whether it is a gain."""
    found = []
    step = own.compactness - first.compactness
    if abs(step) >= 0.02:
        found.append((_("rundere Formen") if step > 0 else _("unregelmäßigere Formen"), step > 0))
    fewer = first.barriers_crossed - own.barriers_crossed
    along = own.along_barriers_km - first.along_barriers_km
    if fewer > 0:
        text = plural("1 Hindernis weniger mitten durch ein Gebiet",
                      "{number} Hindernisse weniger mitten durch ein Gebiet", fewer)  # fmt: skip
        found.append((text.format(number=fewer), True))
    elif abs(along) >= 0.5:
        text = _("{km} km mehr Grenze an Hindernissen") if along > 0 else _("{km} km weniger Grenze an Hindernissen")
        found.append((text.format(km=_one_place(abs(along))), along > 0))
    return found + _likeness(own, first) + _sizes(own, first)


def _likeness(own: AlternativeQuality, first: AlternativeQuality) -> list[tuple[str, bool]]:
    words = family_words()
    steps = {family: own.likeness[family] - first.likeness[family] for family in sorted(own.likeness)}
    found = []
    better = max(steps, key=lambda family: steps[family], default="")
    if better and steps[better] >= NOTICEABLE:
        found.append((_("ähnlichere Nachbarschaft bei {family}").format(family=words[better]), True))
    worse = min(steps, key=lambda family: steps[family], default="")
    if worse and steps[worse] <= -NOTICEABLE:
        found.append((_("größere Unterschiede innerhalb der Gebiete bei {family}").format(family=words[worse]), False))
    return found


def _sizes(own: AlternativeQuality, first: AlternativeQuality) -> list[tuple[str, bool]]:
    if own.below_1000 != first.below_1000:
        fewer = own.below_1000 < first.below_1000
        text = plural("1 Gebiet unter 1.000 Einwohnerinnen und Einwohnern",
                      "{number} Gebiete unter 1.000 Einwohnerinnen und Einwohnern", own.below_1000)  # fmt: skip
        if own.below_1000 == 0:
            text = _("kein Gebiet unter 1.000 Einwohnerinnen und Einwohnern")
        return [(text.format(number=own.below_1000), fewer)]
    if own.largest <= 0.85 * first.largest and own.smallest >= first.smallest:
        return [(_("ähnlicher große Gebiete"), True)]
    return []


def _listed(texts: Sequence[str]) -> str:
    return _(" und ").join(texts)


def _one_place(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
