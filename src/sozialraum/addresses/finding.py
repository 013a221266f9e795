"""One address of a list looked up in the register: which street is meant, and which number there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sozialraum.addresses.interpolation import between
from sozialraum.addresses.numbers import WIDEST_RANGE, House
from sozialraum.addresses.register import AddressRegister, Number, Street, covered_numbers
from sozialraum.addresses.spelling import street_key, street_words

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


@dataclass(frozen=True, slots=True)
class Meant:
    """The streets a name may mean.

    streets : candidates after postcode and town. others : the same name elsewhere in the same municipality, looked
    into when the number is in none of `streets`. reasons : why that is not certain. refused : why there is none.
    sure : postcode or town say which street it is; that there is but one of that name says nothing, others may be
    missing because their addresses are protected. only_number : nothing but the number itself counts, no other suffix
    and nothing between: one doubt is enough.
    """

    key: str
    streets: tuple[Street, ...] = ()
    others: tuple[Street, ...] = ()
    reasons: tuple[str, ...] = ()
    refused: str = ""
    sure: bool = False
    only_number: bool = False


def meant_streets(register: AddressRegister, name: str, postcode: str, town: str) -> Meant:
    """The streets of the register a written name, postcode and town may mean; texts may be ''."""
    key, postcode = street_key(name), whole_postcode(postcode)
    if not key:
        return Meant(key, refused="no_street")
    streets, how = register.by_key(key), ""
    confirmed = _confirmed(register, key, postcode, town)
    if confirmed and not streets:
        return confirmed
    if confirmed and not _is_there(streets, postcode, register.town(town)):
        return confirmed if postcode or town else _either(confirmed, streets)
    if postcode and postcode not in register.postcodes:
        return Meant(key, refused="outside")
    if not streets:
        streets, how = register.alike(name)
    if not streets:
        return Meant(key, refused="unknown_street")
    return _narrowed(register, Meant(key, tuple(streets), reasons=(how,) if how else ()), postcode, town)


def whole_postcode(text: str) -> str:
    """Five digits, with the leading zero that programs lose; '' for any other text."""
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit()):
        return ""
    return plain.zfill(5) if len(plain) in (4, 5) else ""


def _confirmed(register: AddressRegister, key: str, postcode: str, town: str) -> Meant | None:
    """The street a planner confirmed for a spelling; one confirmed without postcode only where the town agrees."""
    streets = register.by_alias(key, postcode)
    against = _against(register, town, streets)
    by_postcode = postcode != "" and (key, postcode) in register.aliases
    if not streets or (against and not by_postcode):
        return None
    # who confirmed it for this postcode saw a town that is no municipality
    reasons = ("confirmed", against) if against == "other_town" else ("confirmed",)
    return Meant(key, tuple(streets), reasons=reasons, sure=bool(postcode or town))


def _either(confirmed: Meant, streets: Iterable[Street]) -> Meant:
    """The confirmed street or one of that very name: nothing says which, so one of them alone must have the number."""
    others = (street for street in streets if street not in confirmed.streets)
    return replace(confirmed, streets=(*confirmed.streets, *others), reasons=("only_there",))


def _is_there(streets: Iterable[Street], postcode: str, ags: str) -> bool:
    """Whether a street lies where postcode and town say; without both nothing says so."""
    if not postcode and not ags:
        return False
    return any(
        street.postcode == (postcode or street.postcode) and street.municipality == (ags or street.municipality)
        for street in streets
    )


def _against(register: AddressRegister, town: str, streets: Iterable[Street]) -> str:
    """How the town of a list contradicts that of streets: 'other_town', 'town_unknown' or ''.

    A street of which no municipality is known contradicts nothing, nor does a town that holds the name of its
    municipality ('Stadt Aachen') or is held by it.
    """
    towns = {street.municipality for street in streets}
    ags, words = register.town(town), set(street_words(town))
    if not words or ags in towns - {""}:
        return ""
    names = [set(street_words(register.towns.get(one, ""))) for one in towns]
    if ags:
        return "" if "" in towns else "other_town"
    return "" if any(name <= words or words <= name for name in names) else "town_unknown"


def _narrowed(register: AddressRegister, meant: Meant, postcode: str, town: str) -> Meant:
    """Fewer streets by postcode, else by town."""
    ags = register.town(town) if town else ""
    there = [street for street in meant.streets if street.postcode == postcode]
    if there:
        in_town = [street for street in there if ags and street.municipality == ags]
        own = in_town or there
        towns = {street.municipality for street in own}
        others = (street for street in meant.streets if street not in own and street.municipality in towns)
        sure = bool(in_town) or len(register.towns_of(postcode) - {""}) <= 1
        against = _against(register, town, own)
        reasons = (*meant.reasons, against) if against else meant.reasons
        return Meant(meant.key, tuple(own), tuple(others), reasons, sure=sure)
    if postcode:
        return _elsewhere(register, meant, postcode, ags)
    reasons = meant.reasons
    streets = list(meant.streets)
    if ags:
        own = [street for street in streets if street.municipality == ags]
        streets, reasons = own or streets, reasons if own else (*reasons, "other_town")
    elif town:
        reasons = (*reasons, "town_unknown")
    return Meant(meant.key, tuple(streets), (), reasons, sure=bool(ags) and len(streets) == 1 and not reasons)


def _elsewhere(register: AddressRegister, meant: Meant, postcode: str, ags: str) -> Meant:
    """A street that is not in its postcode: only one of that very name in the town meant, else it is unknown.

    Measured on real lists: a name that is only alike, in another postcode, is another street.
    """
    towns = {ags} if ags else register.towns_of(postcode)
    streets = tuple(street for street in meant.streets if street.municipality in towns)
    if meant.reasons or not streets:
        return Meant(meant.key, refused="unknown_street")
    return Meant(meant.key, streets, (), ("other_postcode",), only_number=True)


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
