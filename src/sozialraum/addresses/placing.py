"""Lists of addresses placed by the register: exact, likely or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sozialraum.addresses.finding import EXACT, LIKELY, NONE, Hit, find_house
from sozialraum.addresses.meaning import Meant, meant_streets
from sozialraum.addresses.numbers import read_house
from sozialraum.addresses.reasons import reason_text
from sozialraum.addresses.register import AddressRegister, Alias
from sozialraum.addresses.spelling import street_key
from sozialraum.addresses.split import split_address

ROW_COLUMNS = ("street", "number", "suffix", "postcode", "town")
STATES = (EXACT, LIKELY, NONE)


@dataclass(frozen=True)
class Placed:
    """A list with where each row lies.

    frame : one row per row of the list, same index: `state` ('exact', 'likely', 'none'), `reason` (codes joined by
    ';'), `why` (sentences), `position` (row of the register, -1 = none or between two), `block_id` ('' = none), `x, y`
    (NaN = none), `offer` (the address as the register writes it, '' where there is none), `offer_street` (its street,
    also of one placed between two), `interpolated`.
    read : `street, number, suffix, postcode, town` as taken from the list, same index.
    """

    frame: pd.DataFrame
    read: pd.DataFrame

    def counts(self) -> dict[str, int]:
        """Number of rows by state."""
        found = self.frame["state"].value_counts()
        return {state: int(found.get(state, 0)) for state in STATES}

    def to_confirm(self) -> pd.DataFrame:
        """Likely rows by spelling, to be confirmed in bulk: `written, postcode, town, offer_street, reason, rows`.

        Rows whose street is sure but whose number is not come with their own reason; confirming a spelling does not
        settle those.
        """
        likely = self.frame["state"] == LIKELY
        rows = pd.concat([self.read[likely], self.frame.loc[likely, ["offer_street", "reason"]]], axis=1)
        by = ["street", "postcode", "town", "offer_street", "reason"]
        found = rows.groupby(by, sort=False).size().reset_index(name="rows")
        return found.rename(columns={"street": "written"}).sort_values(["rows", "written"], ascending=[False, True])


def read_rows(rows: pd.DataFrame, register: AddressRegister | None = None) -> pd.DataFrame:
    """A list as `street, number, suffix, postcode, town`, all text.

    rows : any of these columns, or `text` with the whole address in one cell. Where there is no number it is looked
    for in the street ('Hauptstr. 12a'), unless the register knows a street of that whole name.
    """
    given = [_texts(rows, name) for name in ("text", *ROW_COLUMNS)]
    columns = [_read(register, *cells) for cells in zip(*given, strict=True)]
    return pd.DataFrame(columns, columns=list(ROW_COLUMNS), index=rows.index, dtype=object)


def _read(
    register: AddressRegister | None, text: str, street: str, number: str, suffix: str, postcode: str, town: str
) -> tuple[str, str, str, str, str]:
    if street and (number or not any(letter.isdigit() for letter in street)):
        return street, number, suffix, postcode, town
    parts = split_address(street or text)
    whole = f"{parts.street} {parts.number}"
    if parts.number and register is not None and register.by_key(street_key(whole)):
        parts = replace(parts, street=whole, number="")
    return parts.street, number or parts.number, suffix, postcode or parts.postcode, town or parts.town


def _texts(rows: pd.DataFrame, name: str) -> list[str]:
    if name not in rows.columns:
        return [""] * len(rows)
    column = rows[name]
    return [str(cell).strip() for cell in column.astype(object).where(column.notna(), "")]


def place(register: AddressRegister, rows: pd.DataFrame, *, interpolate: bool = False) -> Placed:
    """Place a list by the register; nothing leaves the machine and the list is not kept.

    rows : see `read_rows`. interpolate : put a number nobody has between its neighbours, flagged.
    """
    read = read_rows(rows, register)
    meant: dict[tuple[str, str, str], Meant] = {}
    hits = []
    for street, number, suffix, postcode, town in read.itertuples(index=False, name=None):
        written = (street, postcode, town)
        if written not in meant:
            meant[written] = meant_streets(register, *written)
        hits.append(find_house(register, meant[written], read_house(number, suffix), interpolate))
    return Placed(_frame(register, hits, rows.index), read)


def _frame(register: AddressRegister, hits: list[Hit], index: pd.Index) -> pd.DataFrame:
    why = {reason: reason_text(reason) for reason in {hit.reason for hit in hits}}
    return pd.DataFrame(
        {
            "state": [hit.state for hit in hits],
            "reason": [hit.reason for hit in hits],
            "why": [why[hit.reason] for hit in hits],
            "position": np.array([hit.position for hit in hits], dtype=np.int64),
            "block_id": [hit.block for hit in hits],
            "x": np.array([hit.x for hit in hits], dtype=float),
            "y": np.array([hit.y for hit in hits], dtype=float),
            "offer": [register.label(hit.position) if hit.position >= 0 else "" for hit in hits],
            "offer_street": [register.street_label(hit.near) if hit.near >= 0 else "" for hit in hits],
            "interpolated": np.array([hit.is_between for hit in hits], dtype=bool),
        },
        index=index,
    )


def confirmed_aliases(register: AddressRegister, placed: Placed, rows: pd.Index) -> tuple[Alias, ...]:
    """The spellings that likely rows teach, when a planner confirms them: one for each written street and postcode.

    rows : index of the confirmed rows. Rows that are sure, rows whose street was right, and a street that is only the
    likely one of several of its name teach nothing.
    """
    aliases: dict[tuple[str, str], Alias] = {}
    rows = rows[(placed.frame.loc[rows, "state"] == LIKELY).to_numpy()]
    chosen = placed.read.loc[rows, ["street", "postcode"]].assign(position=placed.frame.loc[rows, "position"])
    for name, postcode, position in chosen.itertuples(index=False, name=None):
        written = street_key(name)
        if position < 0:
            continue
        street = register.streets[register.street_of[position]]
        if street.key == written and postcode in ("", street.postcode):
            continue
        aliases[(written, postcode)] = Alias(written, postcode, street.name, street.postcode, street.municipality)
    return tuple(aliases[key] for key in sorted(aliases))
