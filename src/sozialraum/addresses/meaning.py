"""Which streets of the register an address of a list means, by name, confirmed spellings, postcode and town."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sozialraum.addresses.register import AddressRegister, Street
from sozialraum.addresses.spelling import street_key, street_words


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
