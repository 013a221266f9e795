"""Tables of the address register: its versions, decisions on a newer one, confirmed spellings, protected addresses."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from sozialraum.project.tables import METADATA, columns

ADDRESS_VERSIONS = columns(integer="version", text="created title role check_number summary")
ADDRESS_DECISIONS = columns(text="change_id decision block_id role made")
# A spelling of a list that stands for a street of the register; '' = whatever the postcode of the list says.
STREET_ALIASES = columns(text="written postcode street street_postcode municipality role made")
# Only a salted check number of street and number; neither name nor place.
PROTECTED_ADDRESSES = columns(text="mark kind role made")


def _table(name: str, kinds: dict[str, str], keys: str) -> Table:
    wanted = keys.split()
    made = [
        Column(one, Integer if kind == "integer" else Text, primary_key=one in wanted, nullable=False)
        for one, kind in kinds.items()
    ]
    for column in made:
        column.autoincrement = False
    return Table(name, METADATA, *made)


address_versions = _table("address_versions", ADDRESS_VERSIONS, "version")
address_decisions = _table("address_decisions", ADDRESS_DECISIONS, "change_id")
street_aliases = _table("street_aliases", STREET_ALIASES, "written postcode")
protected_addresses = _table("protected_addresses", PROTECTED_ADDRESSES, "mark")
