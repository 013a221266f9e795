"""Codes and short names of proposed areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from math import atan2, hypot, pi

import numpy as np
import pandas as pd

from sozialraum.base import _, name_key

FEMININE = ("strasse", "allee", "gasse", "chaussee", "promenade", "siedlung")  # casefold writes ss
MASCULINE = ("weg", "platz", "ring", "damm", "markt", "steig", "graben", "wall", "berg", "hof", "park", "pfad", "kamp")


def reading_order(centres: np.ndarray) -> np.ndarray:
    """Order in which people read areas on a map: rows from north to south, in each row west to east.

    centres : (k, 2) east, north. Returns positions; about as many rows as areas in a row.
    """
    number = len(centres)
    rows = max(1, round(number**0.5))
    north = np.lexsort((centres[:, 0], -centres[:, 1]))
    parts = [part[np.lexsort((-centres[part, 1], centres[part, 0]))] for part in np.array_split(north, rows)]
    return np.concatenate(parts)


def short_names(
    labels: np.ndarray,
    population: np.ndarray,
    quarters: pd.Series,
    centres: np.ndarray,
    codes: list[str],
    streets: pd.Series | None = None,
    taken: Collection[str] = (),
) -> list[str]:
    """A short name per area, unique in the municipality.

    labels : (n,) area of each block. quarters, streets : name of the place and of a street per block, '' when
    unknown. centres : (k, 2). taken : names that other areas of the municipality have already.
    The place where most people of the area live gives the name; areas with the same place are told
    apart by their direction ('Nordfeld-Ost'), then by their second place, then by the street with most people
    ('Nordfeld-Ost (Hauptstraße)'), at last by their code. Without any place: 'Um die Hauptstraße', 'Vorschlag 1'.
    """
    places = [_places(labels == area, population, quarters) for area in range(len(centres))]
    roads = [[] if streets is None else _places(labels == area, population, streets) for area in range(len(centres))]
    names = [own[0] if own else around(street[0]) if street else "" for own, street in zip(places, roads, strict=True)]
    for name in sorted(set(names) - {""}):
        same = [area for area in range(len(names)) if names[area] == name]
        if len(same) > 1:
            for area, new in zip(same, _told_apart(name, same, places, centres), strict=True):
                names[area] = new
    return _made_unique(_by_street(names, roads, taken), codes, taken)


def around(street: str) -> str:
    """The area around a street: 'Um die Hauptstraße', 'Um den Marktplatz', 'Bereich Am Markt'."""
    words = street.split()
    # with several words only the feminine keeps its form behind the article: 'die Aachener Straße'
    feminine = words[-1].casefold().endswith(FEMININE)
    if feminine and (len(words) == 1 or (len(words) == 2 and words[0].endswith("er"))):
        return _("Um die {street}").format(street=street)
    if len(words) == 1 and street.lower().endswith(MASCULINE):
        return _("Um den {street}").format(street=street)
    return _("Bereich {street}").format(street=street)


def _by_street(names: list[str], roads: list[list[str]], taken: Collection[str]) -> list[str]:
    """Names that several areas have, told apart by the street with most people that no other of them has."""
    often = Counter(names) + Counter(taken)
    told = []
    for area, name in enumerate(names):
        same = [other for other, text in enumerate(names) if text == name and other != area]
        others = {road for other in same for road in roads[other][:1]}
        own = next((road for road in roads[area] if road not in others), "")
        told.append(f"{name} ({own})" if name and own and often[name] > 1 else name)
    return told


def _places(own: np.ndarray, population: np.ndarray, quarters: pd.Series) -> list[str]:
    """Places of an area by inhabitants, most first."""
    texts = quarters.fillna("").astype(str).str.strip().to_numpy()[own]
    people = pd.Series(population[own]).groupby(texts).sum()
    return sorted((str(name) for name in people.index if name), key=lambda name: (-people[name], name_key(name), name))


def _told_apart(name: str, same: list[int], places: list[list[str]], centres: np.ndarray) -> list[str]:
    middle = centres[same].mean(axis=0)
    points = 4 if len(same) == 2 else 8  # two areas always lie opposite each other
    directions = [compass(*(centres[area] - middle).tolist(), points=points) for area in same]
    if len(same) > 2:
        nearest = min(same, key=lambda area: (hypot(*(centres[area] - middle)), area))
        reach = max(hypot(*(centres[area] - middle)) for area in same)
        if hypot(*(centres[nearest] - middle)) < 0.4 * reach:
            directions[same.index(nearest)] = _("Mitte")
    often = Counter(directions)
    names = []
    for area, direction in zip(same, directions, strict=True):
        second = places[area][1] if len(places[area]) > 1 else ""
        if often[direction] == 1 or not second:
            names.append(f"{name}-{direction}")
        else:
            names.append(f"{name}/{second}")
    return names


def compass(east: float, north: float, *, points: int = 8) -> str:
    """The direction of an offset as one of eight words, or of the four main ones."""
    words = (_("Ost"), _("Nordost"), _("Nord"), _("Nordwest"), _("West"), _("Südwest"), _("Süd"), _("Südost"))
    step = 8 // points
    return words[round(atan2(north, east) / (2 * pi / points)) % points * step]


def _made_unique(names: list[str], codes: list[str], taken: Collection[str]) -> list[str]:
    often = Counter(names) + Counter(taken)
    unique = []
    for name, code in zip(names, codes, strict=True):
        if not name:
            unique.append(_("Vorschlag {number}").format(number=code))
        elif often[name] > 1:
            unique.append(f"{name} {code}")
        else:
            unique.append(name)
    return unique
