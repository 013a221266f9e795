"""One address of a list looked up in the register: which number of the streets that may be meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sozialraum.addresses.interpolation import between
from sozialraum.addresses.meaning import Meant
from sozialraum.addresses.numbers import WIDEST_RANGE, House
from sozialraum.addresses.register import AddressRegister, Number, Street, covered_numbers

EXACT, LIKELY, NONE = "exact", "likely", "none"
OF_STREET = frozenset(("spelling", "abbreviated", "other_postcode", "other_town", "town_unknown", "only_there"))
OF_NUMBER = frozenset(
    (
        *("rest_unread", "range_two_blocks", "range_last", "range_last_unknown", "range_wide"),
        *("suffix_unknown", "suffix_other", "interpolated"),
    )
)
LIKELY_REASONS = OF_STREET | OF_NUMBER


@dataclass(frozen=True, slots=True)
class Hit:
    """Where an address lies. position : of the address in the register; -1 = nowhere.

    block, x, y : as in the register; for an interpolated one the block of its neighbour and a point between.
    near : position of the address or of that neighbour.
    """

    state: str
    reason: str
    position: int = -1
    block: str = ""
    x: float = float("nan")
    y: float = float("nan")
    is_between: bool = False
    near: int = -1


def find_house(register: AddressRegister, meant: Meant, house: House, interpolate: bool = False) -> Hit:
    """The address of a number in the streets a name may mean."""
    if meant.refused:
        return Hit(NONE, meant.refused)
    if not house.number:
        return Hit(NONE, "no_number" if house.is_read else "unread_number")
    found = _found(register, meant, house, interpolate)
    keys = {meant.key, *(street.key for street in meant.streets)}
    if found.state != NONE and register.is_marked(keys, _in_doubt(register, meant, house, found)):
        known = any(street.key == meant.key for street in meant.streets)
        return Hit(NONE, "unknown_number" if known else "unknown_street")
    return found


def _in_doubt(register: AddressRegister, meant: Meant, house: House, found: Hit) -> set[int]:
    """Numbers that may be meant and of which it is not certain that they are where they were found.

    Whoever lives at one of a range may be written with the range; so of one that was found for certain all numbers
    count that are not in that street of the register.
    """
    numbers = _stood_for(house)
    if found.state == EXACT and meant.sure:
        street = register.streets[register.street_of[found.position]]
        numbers = [one for one in numbers if street.find(*one) is None] if house.last else []
    return {number for number, _suffix in numbers}


def _stood_for(house: House) -> list[Number]:
    """All numbers a written one may mean: of a range those between, on both sides where its ends are on both."""
    numbers, width = covered_numbers(house), house.last - house.number
    if house.last and width % 2 and width <= WIDEST_RANGE:
        numbers += [(number, "") for number in range(house.number, house.last)]
    return numbers + [(number, "") for number in house.further]


def _found(register: AddressRegister, meant: Meant, house: House, interpolate: bool) -> Hit:
    """By preference: the number itself, the number elsewhere in the town, another suffix, between its neighbours."""
    ways: list[tuple[Callable[[Street], Hit | None], Iterable[Street], tuple[str, ...]]] = [
        (partial(_number, register, house), meant.streets, ()),
        (partial(_number, register, house), meant.others, ("other_postcode",)),
    ]
    if not meant.only_number:
        ways.append((partial(_suffix, register, house), meant.streets, ()))
    if interpolate and not meant.only_number:
        ways.append((partial(_between, register, house), meant.streets, ()))
    refused = "unknown_number"
    for look, streets, more in ways:
        hits = [hit for hit in map(look, streets) if hit]
        refused = next((hit.reason for hit in hits if hit.state == NONE), refused)
        if refused == "several_addresses":
            break
        hits = [hit for hit in hits if hit.state != NONE]
        if len(hits) > 1:
            return Hit(NONE, "several_streets")
        if hits:
            return _with_reasons(hits[0], (*meant.reasons, *more, *_only_there(meant)))
    return Hit(NONE, refused)


def _only_there(meant: Meant) -> tuple[str, ...]:
    """Said when streets of several municipalities came into question and only one has the number."""
    towns = {street.municipality for street in meant.streets}
    return ("only_there",) if len(towns) > 1 and "only_there" not in meant.reasons else ()


def _with_reasons(hit: Hit, reasons: tuple[str, ...]) -> Hit:
    own = () if hit.reason == "same" and reasons else (hit.reason,)
    codes = (*reasons, *own)
    state = LIKELY if any(code in LIKELY_REASONS for code in codes) else EXACT
    return replace(hit, state=state, reason=";".join(codes))


def _at(register: AddressRegister, position: int, reason: str) -> Hit:
    state = LIKELY if reason in LIKELY_REASONS else EXACT
    block = str(register.block[position])
    x, y = float(register.x[position]), float(register.y[position])
    return Hit(state, reason, position, block, x, y, near=position)


def _number(register: AddressRegister, house: House, street: Street) -> Hit | None:
    """The number with its suffix; of a range the first number."""
    ends = ((house.number, house.suffix), (house.last, house.last_suffix))
    whole = street.ranges.get(ends) if house.last else None
    if whole is not None:
        return _only(register, [whole, *street.again.get(("range", ends), ())], "same")
    first = street.find(*ends[0])
    last = street.positions(*ends[1]) if house.last else []
    if first is None:
        return _only(register, last, "range_last") if last else None
    position, inside = first
    if len(_blocks(register, street.positions(*ends[0]))) > 1:
        return Hit(NONE, "several_addresses")
    if not house.is_read:
        return _at(register, position, "rest_unread")
    if not house.last:
        return _at(register, position, "inside_range" if inside else "same")
    return _at(register, position, _range_reason(register, house, position, last))


def _only(register: AddressRegister, positions: Sequence[int], reason: str) -> Hit:
    """The first position, unless the same address lies in several blocks: nothing says which is meant."""
    if len(_blocks(register, positions)) > 1:
        return Hit(NONE, "several_addresses")
    return _at(register, positions[0], reason)


def _blocks(register: AddressRegister, positions: Iterable[int]) -> set[str]:
    return {str(register.block[position]) for position in positions}


def _range_reason(register: AddressRegister, house: House, position: int, last: Sequence[int]) -> str:
    if not last:
        return "range_last_unknown"
    if _blocks(register, last) != _blocks(register, [position]):
        return "range_two_blocks"
    return "range_wide" if house.last - house.number > WIDEST_RANGE else "range"


def _suffix(register: AddressRegister, house: House, street: Street) -> Hit | None:
    """The number without its suffix, else with another one when all of those lie in one block."""
    bare = street.positions(house.number, "") if house.suffix else []
    if bare:
        return _only(register, bare, "suffix_unknown")
    others = street.numbers.get(house.number, [])
    if not others:
        return None
    if len(_blocks(register, others)) > 1:
        return Hit(NONE, "several_suffixes")
    return _at(register, others[0], "suffix_other")


def _between(register: AddressRegister, house: House, street: Street) -> Hit | None:
    found = between(street, house.number, register.x, register.y)
    if found is None:
        return None
    nearer, x, y = found
    return Hit(LIKELY, "interpolated", -1, str(register.block[nearer]), x, y, True, nearer)
