"""Addresses: how they are written, where they lie, how lists are placed and registers carried on."""

from sozialraum.addresses.changes import Changes, compare_registers
from sozialraum.addresses.deciding import (
    ACCEPT,
    REJECT,
    Applied,
    Decision,
    accept_certain,
    apply_changes,
    carried_aliases,
    decide,
    still_open,
)
from sozialraum.addresses.finding import EXACT, LIKELY, NONE
from sozialraum.addresses.numbers import House, read_house
from sozialraum.addresses.placing import Placed, confirmed_aliases, place, read_rows
from sozialraum.addresses.protection import (
    KINDS,
    Protection,
    allowed,
    carried_on,
    marks_handed_out,
    with_address,
    without_address,
)
from sozialraum.addresses.reasons import REASONS, reason_text
from sozialraum.addresses.register import AddressRegister, Alias, Street
from sozialraum.addresses.spelling import loose_key, mark, plain, spelling_rules, street_key, street_words
from sozialraum.addresses.split import Parts, split_address, split_street

__all__ = [
    "ACCEPT",
    "EXACT",
    "KINDS",
    "LIKELY",
    "NONE",
    "REASONS",
    "REJECT",
    "AddressRegister",
    "Alias",
    "Applied",
    "Changes",
    "Decision",
    "House",
    "Parts",
    "Placed",
    "Protection",
    "Street",
    "accept_certain",
    "allowed",
    "apply_changes",
    "carried_aliases",
    "carried_on",
    "compare_registers",
    "confirmed_aliases",
    "decide",
    "loose_key",
    "mark",
    "marks_handed_out",
    "place",
    "plain",
    "read_house",
    "read_rows",
    "reason_text",
    "spelling_rules",
    "split_address",
    "split_street",
    "still_open",
    "street_key",
    "street_words",
    "with_address",
    "without_address",
]
