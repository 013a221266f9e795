"""Who lives in the blocks at each edition, and how they live: the hidden truth that deliveries are counted from.

Counts are made whole by one fixed draw per block and count, so that an edition differs from
the one before by what changed and not by new chance.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sozialraum.demo.chance import Floats, Ints, stream
from sozialraum.demo.character import Character
from sozialraum.demo.region import AGE_BANDS, EDITIONS, MEMBERS

# Relative number of inhabitants of the whole region per edition.
REGION_GROWTH = (0.988, 0.996, 1.0)
CARE_HOME = {"65_80": 32, "80_up": 146}
BANDS = {band: position for position, band in enumerate(AGE_BANDS)}


class Counter:
    """Makes expected counts whole, with a fixed draw per block and count name."""

    def __init__(self, seed: int, member: np.ndarray) -> None:
        self.seed, self.member = seed, member

    def whole(self, name: str, expected: Floats) -> Ints:
        """expected : (n,) or (n, k); returns the same shape, expected on average."""
        draw = np.zeros(expected.shape)
        for number in np.unique(self.member):
            here = self.member == number
            chance = stream(self.seed, "count", name, MEMBERS[number].ags)
            draw[here] = chance.uniform(size=(int(here.sum()), *expected.shape[1:]))
        return np.floor(expected + draw).astype(np.int64)


def persons(seed: int, character: Character, care_home: int) -> tuple[Ints, ...]:
    """Persons per edition: (n blocks, 8 age bands, 2 sexes f m, 2 nationalities German other)."""
    counter = Counter(seed, character.member)
    unevenness = _unevenness(seed, character)
    editions = []
    for edition in range(len(EDITIONS)):
        expected = _expected_persons(character, edition) * unevenness
        counts = counter.whole("persons", expected.reshape(len(expected), -1)).reshape(expected.shape)
        for band, residents in CARE_HOME.items():
            women = round(residents * 0.74)
            counts[care_home, BANDS[band], :, 0] += [women, residents - women]
        editions.append(counts)
    return tuple(editions)


def _unevenness(seed: int, character: Character) -> Floats:
    """Streets differ: some have more children, some more old people than their quarter."""
    spread = np.zeros((len(character.member), len(AGE_BANDS)))
    for number in np.unique(character.member):
        here = character.member == number
        chance = stream(seed, "unevenness", MEMBERS[number].ags)
        spread[here] = chance.gamma(22, 1 / 22, (int(here.sum()), len(AGE_BANDS)))
    return spread[:, :, None, None]


def _expected_persons(character: Character, edition: int) -> Floats:
    total = character.weight[:, edition] * _scale(character)[character.member] * REGION_GROWTH[edition]
    ageing = 1 + 0.012 * (edition - 1) * np.array([-1.5, -1.2, 0.6, -0.5, -0.4, -0.6, 1.6, 1.2])
    ages = character.ages * ageing
    ages /= ages.sum(axis=1, keepdims=True)
    women = np.array([0.487, 0.487, 0.487, 0.485, 0.494, 0.502, 0.53, 0.615])
    foreign = character.foreign[:, None] * np.array([1.25, 1.25, 1.2, 1.2, 1.4, 0.85, 0.5, 0.25])
    foreign = np.clip(foreign * (0.92, 0.97, 1.0)[edition], 0, 0.8)
    by_sex = np.stack([women, 1 - women], axis=-1)
    by_passport = np.stack([1 - foreign, foreign], axis=-1)
    return total[:, None, None, None] * ages[:, :, None, None] * by_sex[None, :, :, None] * by_passport[:, :, None, :]


def _scale(character: Character) -> Floats:
    """Factor per member that brings its inhabitants at the last edition to the number meant."""
    drawn = np.bincount(character.member, character.weight[:, -1], minlength=len(MEMBERS))
    meant = np.array([one.inhabitants for one in MEMBERS], dtype=float)
    return np.divide(meant, drawn, out=np.zeros_like(meant), where=drawn > 0)


def living_conditions(seed: int, character: Character, people: tuple[Ints, ...]) -> tuple[pd.DataFrame, ...]:
    """Per edition a frame over blocks: households, work, benefits, care of children, family aid, dwellings."""
    counter = Counter(seed, character.member)
    return tuple(_conditions(counter, character, counts, edition) for edition, counts in enumerate(people))


def _logistic(value: Floats) -> Floats:
    share: Floats = 1 / (1 + np.exp(-value))
    return share


def _conditions(counter: Counter, character: Character, people: Ints, edition: int) -> pd.DataFrame:
    by_age = people.sum(axis=(2, 3)).astype(float)
    burden = character.burden[:, edition]
    under_15, youth, adults = by_age[:, :3].sum(axis=1), by_age[:, 3], by_age[:, 3:6].sum(axis=1)
    climate = (0.07, 0.0, 0.04)[edition]
    frame = _households(counter, character, by_age, burden)

    def part(name: str, of: Floats, rate: Floats) -> None:
        frame[name] = np.minimum(counter.whole(name, of * rate), of).astype(np.int64)

    part("unemployed_15_25", youth, _logistic(-3.3 + 0.5 * burden + climate))
    part("unemployed_25_65", adults - youth, _logistic(-3.3 + 0.62 * burden + climate))
    part("employees", adults, np.clip(0.635 - 0.062 * burden + (-0.01, 0.0, 0.006)[edition], 0.2, 0.85))
    part("benefit_children", under_15, _logistic(-2.35 + 0.85 * burden + climate))
    part("benefit_adults", adults, _logistic(-2.95 + 0.8 * burden + climate))
    frame["unemployed"] = frame["unemployed_15_25"] + frame.pop("unemployed_25_65")
    frame["benefit_persons"] = frame["benefit_children"] + frame.pop("benefit_adults")
    part("care_03_06", by_age[:, 1], np.clip(0.925 - 0.045 * burden + 0.008 * (edition - 1), 0.5, 1.0))
    part("family_aid", under_15 + youth * 0.3, _logistic(-4.15 + 0.62 * burden + 0.03 * edition))
    frame["children_03_06"] = by_age[:, 1].astype(np.int64)
    frame["population"] = by_age.sum(axis=1).astype(np.int64)
    return frame


def _households(counter: Counter, character: Character, by_age: Floats, burden: Floats) -> pd.DataFrame:
    """Households with and without children, and dwellings; the care home's residents keep no household."""
    minors = by_age[:, :3].sum(axis=1) + 0.3 * by_age[:, 3]
    size = np.clip(2.25 - 0.42 * character.multi, 1.6, 2.6)
    grown = by_age[:, 3:].sum(axis=1) - np.maximum(by_age[:, 7] - 60, 0)
    households = counter.whole("households", (grown + minors) / size)
    families = np.minimum(counter.whole("hh_children", minors / 1.68), households)
    alone = np.minimum(counter.whole("hh_single_parent", families * _logistic(-1.45 + 0.34 * burden)), families)
    dwellings = counter.whole("dwellings", households.astype(np.float64) * 1.035)
    multi = np.minimum(counter.whole("dwellings_multi", dwellings * character.multi), dwellings)
    return pd.DataFrame(
        {
            "households": households,
            "hh_children": families,
            "hh_single_parent": alone,
            "dwellings": dwellings,
            "dwellings_multi": multi,
        }
    )
