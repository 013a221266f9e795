"""What planners wish for the areas of one municipality: families, sizes, shape, barriers, the present plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import isfinite
from typing import Any

import pandas as pd

from sozialraum.base import UsageError, _
from sozialraum.blocks import FAMILIES
from sozialraum.delineation.problem import EFFORTS, possible_numbers

COMPACTNESS = 1.5  # price of cutting all borders between inhabited blocks at once, by the whole spread
BALANCE = 0.5  # no area near the limits, where possible
TARGET = 4500.0  # inhabitants of an average area where nothing else was agreed
SIZES = ("size_low", "size_high", "target")
PRICES = ("compactness", "barriers", "change")


@dataclass(frozen=True)
class Wishes:
    """The wishes for one municipality; sizes that are None come from the municipality.

    weights : family ('social', 'building', 'housing') -> how much it counts beside the others, 0 = leave out.
    compactness : 0 = shape is nothing, 1 = cutting all borders between inhabited blocks at once costs as much
    as the whole spread. barriers : 0 = ignore; 1 = a border along a river, railway or motorway costs nothing, 2 = it is
    rewarded with what another one costs (at compactness 1). areas : a number, a (fewest, most) pair, None = free.
    size_low, size_high : inhabitants allowed per area. target : inhabitants of an average area.
    change : 0 = free hand, 1 = giving everybody another area costs as much as the whole spread.
    balance : 0 = only the limits count, 1 = every area within a quarter of the mean size, where possible.
    effort : 'draft', 'standard', 'thorough', 'exact'. Raises UsageError with every fault.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(FAMILIES, 1.0))
    compactness: float = COMPACTNESS
    barriers: float = 1.0
    areas: int | tuple[int, int] | None = None
    size_low: float | None = None
    size_high: float | None = None
    target: float | None = None
    change: float = 0.0
    balance: float = BALANCE
    effort: str = "standard"

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", dict.fromkeys(FAMILIES, 1.0) | dict(self.weights))
        if isinstance(self.areas, list):
            object.__setattr__(self, "areas", tuple(self.areas))
        faults = _faults(self)
        if faults:
            raise UsageError(" ".join(faults))

    def to_json(self) -> dict[str, Any]:
        """The wishes as a mapping that JSON can hold."""
        found: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self)}
        found["weights"] = {family: self.weights[family] for family in FAMILIES}
        found["areas"] = list(self.areas) if isinstance(self.areas, tuple) else self.areas
        return found

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Wishes:
        """Wishes from such a mapping; what is absent has its usual value. UsageError names unknown words."""
        known = {one.name for one in fields(cls)}
        unknown = sorted(set(given) - known)
        if unknown:
            text = _("Unbekannte Angaben: {names}.")
            raise UsageError(text.format(names=", ".join(unknown)))
        if not isinstance(given.get("weights", {}), Mapping):
            raise UsageError(_("Die Gewichte werden je Themenbereich angegeben."))
        return cls(**dict(given))


def usual_wishes(municipality: pd.Series, areas: int | None = None, effort: str = "standard") -> Wishes:
    """The wishes for a municipality that named none: its agreed number of areas and its limits.

    municipality : contract columns `areas` (may be missing), `size_low`, `size_high`.
    """
    agreed = municipality.get("areas")
    if areas is None and agreed is not None and not pd.isna(agreed):
        areas = int(agreed)
    return Wishes(areas=areas, effort=effort)


def default_number(total: float, low: float, high: float) -> int:
    """Inhabitants / 4,500, moved into what the bounds allow; at least 1.

    Where 4,500 itself is out of bounds the middle of the bounds (geometric) stands in its place.
    """
    fewest, most = possible_numbers(total, low, high)
    return max(1, min(max(round(total / default_target(low, high)), fewest), most))


def default_target(low: float, high: float) -> float:
    """Inhabitants of an average area: 4,500, or the geometric middle of bounds that leave 4,500 out."""
    return TARGET if low <= TARGET <= high else (max(low, 1.0) * max(high, 1.0)) ** 0.5


def _faults(wishes: Wishes) -> list[str]:
    return [*_weight_faults(wishes), *_price_faults(wishes), *_area_faults(wishes.areas), *_size_faults(wishes)]


def _weight_faults(wishes: Wishes) -> list[str]:
    faults = []
    unknown = sorted(set(wishes.weights) - set(FAMILIES))
    if unknown:
        text = _("Unbekannte Themenbereiche: {names}; es gibt {known}.")
        faults.append(text.format(names=", ".join(map(str, unknown)), known=", ".join(FAMILIES)))
    wrong = [family for family in FAMILIES if not _is_number(wishes.weights[family], 0.0)]
    if wrong:
        faults.append(_("Ein Gewicht ist eine Zahl ab 0: {names}.").format(names=", ".join(wrong)))
    elif not any(wishes.weights[family] for family in FAMILIES):
        faults.append(_("Mindestens ein Themenbereich muss zählen."))
    return faults


def _price_faults(wishes: Wishes) -> list[str]:
    faults = []
    for name in PRICES:
        if not _is_number(getattr(wishes, name), 0.0):
            faults.append(_("„{name}“ ist eine Zahl ab 0.").format(name=_word(name)))
    if not _is_number(wishes.balance, 0.0) or wishes.balance > 1:
        faults.append(_("„{name}“ ist eine Zahl von 0 bis 1.").format(name=_word("balance")))
    if wishes.effort not in EFFORTS:
        text = _("Die Gründlichkeit „{effort}“ gibt es nicht; es gibt {known}.")
        faults.append(text.format(effort=wishes.effort, known=", ".join(EFFORTS)))
    return faults


def _area_faults(areas: object) -> list[str]:
    if areas is None:
        return []
    ends = areas if isinstance(areas, tuple) else (areas,)
    whole = all(isinstance(end, int) and not isinstance(end, bool) and end >= 1 for end in ends)
    if not whole or len(ends) not in (1, 2):
        return [_("Die Zahl der Gebiete ist eine ganze Zahl ab 1 oder eine Spanne aus zwei solchen Zahlen.")]
    if ends[0] > ends[-1]:
        text = _("Die Spanne der Gebiete beginnt mit {fewest}, endet aber schon mit {most}.")
        return [text.format(fewest=ends[0], most=ends[-1])]
    return []


def _size_faults(wishes: Wishes) -> list[str]:
    wrong = [name for name in SIZES if getattr(wishes, name) is not None and not _is_number(getattr(wishes, name), 0.0)]
    faults = [_("„{name}“ ist eine Zahl ab 0.").format(name=_word(name)) for name in wrong]
    low, high = wishes.size_low, wishes.size_high
    if not wrong and low is not None and high is not None and low > high:
        faults.append(_("Die kleinste Größe eines Gebiets liegt über der größten."))
    if not wrong and wishes.target == 0:
        faults.append(_("Die mittlere Größe eines Gebiets ist größer als 0."))
    return faults


def _is_number(value: object, least: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and value >= least


def _word(name: str) -> str:
    return {
        "compactness": _("Kompakte Form"),
        "barriers": _("Grenzen an Fluss, Bahn und Autobahn"),
        "change": _("Nähe zum bisherigen Zuschnitt"),
        "balance": _("Ähnlich große Gebiete"),
        "size_low": _("Kleinste Größe"),
        "size_high": _("Größte Größe"),
        "target": _("Mittlere Größe"),
    }[name]
