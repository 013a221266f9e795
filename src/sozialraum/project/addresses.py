"""What a project keeps of its address register: spellings, protected addresses, versions, a waiting update."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, Engine, delete, func, insert, inspect, select

from sozialraum.addresses import (
    KINDS,
    House,
    Protection,
    allowed,
    read_house,
    split_address,
    street_key,
    with_address,
    without_address,
)
from sozialraum.base import _, plural
from sozialraum.deliveries.reading import HiddenPlace
from sozialraum.project import address_tables as tables
from sozialraum.project.frames import read_rows
from sozialraum.project.geopackage import drop_layer, read_layer, write_layer
from sozialraum.project.places_layers import TITLES
from sozialraum.project.settings import DEFAULT_ROLE, log, read_setting, write_setting
from sozialraum.project.store import now, reading, to_json, writing

LAYER, NEXT = "addresses", "addresses_next"
KEYS = "address_protection"


class Addresses:
    """Part of `Project`; each method is one transaction."""

    _engine: Engine

    # Confirmed spellings

    def street_aliases(self) -> pd.DataFrame:
        """Confirmed spellings: written (plain key), postcode of the list or '', and the street they stand for."""
        with reading(self._engine) as connection:
            return read_rows(connection, "street_aliases", tables.STREET_ALIASES, order="written")

    def save_street_aliases(self, aliases: pd.DataFrame, role: str = DEFAULT_ROLE) -> None:
        """Keep confirmed spellings, in place of those of the same spelling and postcode.

        aliases : `written, postcode, street, street_postcode, municipality`.
        """
        with writing(self._engine) as connection:
            write_aliases(connection, aliases, role)
            text = plural(
                "1 Schreibweise einer Straße bestätigt", "{n} Schreibweisen von Straßen bestätigt", len(aliases)
            )
            log(connection, text.format(n=len(aliases)), role)

    def forget_street_aliases(self, written: Iterable[str], role: str = DEFAULT_ROLE) -> None:
        """Take confirmed spellings back, whatever their postcode."""
        table = tables.street_aliases
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.written.in_(list(written))))
            log(connection, _("Schreibweisen von Straßen zurückgenommen"), role)

    # Addresses that are never placed

    def address_protection(self) -> Protection:
        """What keeps protected addresses out: check numbers and marks, no address."""
        with reading(self._engine) as connection:
            return read_protection(connection)

    def protected_addresses(self) -> pd.DataFrame:
        """What is protected, without the addresses: kind, role, made, oldest first."""
        with reading(self._engine) as connection:
            rows = read_rows(connection, "protected_addresses", tables.PROTECTED_ADDRESSES, order="made")
        return rows.drop(columns="mark")

    def protect_address(self, street: str, house: House, kind: str = "other", role: str = DEFAULT_ROLE) -> None:
        """Never place an address again: take it out of the register and of all its versions, keep a check number.

        A street that is known by another spelling or had another name is protected under both.
        """
        with writing(self._engine) as connection:
            found = _ready_protection(connection)
            for name in known_names(connection, street):
                found = with_address(found, name, house)
            write_protection(connection, found, kind, role)
            keep_out(connection)
            log(connection, _("Anschrift geschützt"), role)

    def unprotect_address(self, street: str, house: House, role: str = DEFAULT_ROLE) -> bool:
        """End the protection of an address; it comes back with the next register. False when it was not protected."""
        with writing(self._engine) as connection:
            before = after = read_protection(connection)
            for name in known_names(connection, street):
                after = without_address(after, name, house)
            if after == before:
                return False
            write_protection(connection, after, "", role)
            log(connection, _("Schutz einer Anschrift beendet"), role)
            return True

    # Versions

    def address_versions(self) -> pd.DataFrame:
        """Versions of the register, oldest first: version, created, title, role, check_number, summary (JSON text)."""
        with reading(self._engine) as connection:
            return read_rows(connection, "address_versions", tables.ADDRESS_VERSIONS, order="version")

    def addresses_of(self, version: int) -> gpd.GeoDataFrame | None:
        """The register of a version, None when there is none of that number."""
        with reading(self._engine) as connection:
            if version == newest(connection):
                return read_layer(connection, LAYER)
            return read_layer(connection, layer_name(version))

    def save_address_version(
        self,
        addresses: gpd.GeoDataFrame,
        *,
        title: str,
        summary: Mapping[str, object],
        protection: Protection | None = None,
        aliases: pd.DataFrame | None = None,
        role: str = DEFAULT_ROLE,
    ) -> int:
        """Make a register the newest version; returns its number. The update that waited is done with.

        addresses : contract columns of the layer. title : what people call it. summary : counts for the record.
        protection : where streets were renamed, with their protected numbers. aliases : old names of streets, kept as
        confirmed spellings. Protected addresses are left out. No plan and no block changes.
        """
        with writing(self._engine) as connection:
            srs = int(str(read_setting(connection, "crs")).split(":")[1])
            before, version = read_layer(connection, LAYER), newest(connection)
            if protection is not None:
                write_protection(connection, protection, "", role)
            if before is not None:
                write_layer(connection, layer_name(version), before, srs, f"{TITLES[LAYER]} bis Stand {version}")
            if version == 1 and before is not None:
                _note_version(connection, 1, "", before, {}, "", "")
            kept = addresses[allowed(read_protection(connection), addresses)].reset_index(drop=True)
            write_layer(connection, LAYER, _in_srs(kept, srs), srs, TITLES[LAYER])
            _note_version(connection, version + 1, title, kept, summary, role, now())
            if aliases is not None:
                write_aliases(connection, aliases, role)
            _end_update(connection)
            log(connection, _("Adressregister fortgeschrieben: {title}").format(title=title), role)
            return version + 1

    # An update that waits for decisions

    def begin_address_update(self, addresses: gpd.GeoDataFrame, title: str, role: str = DEFAULT_ROLE) -> None:
        """Keep a newer register beside the present one until its changes are decided; replaces one that waits."""
        with writing(self._engine) as connection:
            srs = int(str(read_setting(connection, "crs")).split(":")[1])
            _end_update(connection)
            kept = addresses[allowed(read_protection(connection), addresses)].reset_index(drop=True)
            write_layer(connection, NEXT, _in_srs(kept, srs), srs, title)
            write_setting(connection, NEXT, {"title": title, "begun": now()})
            log(connection, _("Neues Adressregister eingelesen: {title}").format(title=title), role)

    def waiting_addresses(self) -> tuple[gpd.GeoDataFrame, str] | None:
        """The newer register that waits for decisions and its title; None when none does."""
        with reading(self._engine) as connection:
            frame = read_layer(connection, NEXT)
            return None if frame is None else (frame, str(read_setting(connection, NEXT)["title"]))

    def address_decisions(self) -> pd.DataFrame:
        """Decisions on the changes of the waiting register: change_id, decision, block_id, role, made."""
        with reading(self._engine) as connection:
            return read_rows(connection, "address_decisions", tables.ADDRESS_DECISIONS, order="change_id")

    def save_address_decisions(self, decisions: pd.DataFrame, role: str = DEFAULT_ROLE) -> None:
        """Keep decisions, in place of earlier ones on the same changes; '' as decision takes one back.

        decisions : `change_id, decision, block_id`.
        """
        table = tables.address_decisions
        rows = [
            {"change_id": change, "decision": decision, "block_id": block, "role": role, "made": now()}
            for change, decision, block in decisions[["change_id", "decision", "block_id"]].itertuples(index=False)
        ]
        with writing(self._engine) as connection:
            for row in rows:
                connection.execute(delete(table).where(table.c.change_id == row["change_id"]))
            decided = [row for row in rows if row["decision"]]
            if decided:
                connection.execute(insert(table), decided)

    def end_address_update(self, role: str = DEFAULT_ROLE) -> None:
        """Put the waiting register away with all decisions; the present one stays."""
        with writing(self._engine) as connection:
            _end_update(connection)
            log(connection, _("Neues Adressregister zurückgestellt"), role)


def write_aliases(connection: Connection, aliases: pd.DataFrame, role: str) -> None:
    """Confirmed spellings, in place of those of the same spelling and postcode."""
    table = tables.street_aliases
    names = [name for name in tables.STREET_ALIASES if name not in ("role", "made")]
    rows = aliases[names].drop_duplicates(["written", "postcode"], keep="last")
    for values in rows.itertuples(index=False, name=None):
        row = dict(zip(names, map(str, values), strict=True))
        same = (table.c.written == row["written"]) & (table.c.postcode == row["postcode"])
        connection.execute(delete(table).where(same))
        connection.execute(insert(table).values(**row, role=role, made=now()))


def read_protection(connection: Connection) -> Protection:
    """Check numbers and marks of the project; without any before the first address is protected."""
    try:
        keys = read_setting(connection, KEYS)
    except KeyError:
        return Protection()
    return Protection(keys["secret"], keys["salt"], tuple(keys["digests"]), tuple(keys["marks"]))


def _ready_protection(connection: Connection) -> Protection:
    """The protection of the project, with keys of its own from the first protected address on."""
    found = read_protection(connection)
    return found if found.secret else Protection(secrets.token_hex(32), secrets.token_hex(8))


def write_protection(connection: Connection, protection: Protection, kind: str, role: str) -> None:
    """Keep check numbers and marks; new ones are noted with kind and role, those that ended are removed."""
    table = tables.protected_addresses
    known = set(connection.execute(select(table.c.mark)).scalars())
    ended, added = known - set(protection.digests), [one for one in protection.digests if one not in known]
    connection.execute(delete(table).where(table.c.mark.in_(ended)))
    for digest in added:
        connection.execute(insert(table).values(mark=digest, kind=kind or "other", role=role, made=now()))
    content: dict[str, Any] = {
        "secret": protection.secret, "salt": protection.salt,
        "digests": list(protection.digests), "marks": list(protection.marks),
    }  # fmt: skip
    write_setting(connection, KEYS, content)


def protect_named(connection: Connection, named: Iterable[HiddenPlace], role: str = DEFAULT_ROLE) -> None:
    """Protect the addresses that a list of facilities names for protected ones: text and kind of facility.

    Texts that are no address ("nicht mitgeteilt") are passed over.
    """
    before = found = _ready_protection(connection)
    for place in named:
        parts = split_address(place.address)
        house = read_house(parts.number)
        if parts.street and house.number and house.is_read:
            for name in known_names(connection, parts.street):
                found = with_address(found, name, house)
            write_protection(connection, found, place.kind if place.kind in KINDS else "other", role)
    if found != before:
        keep_out(connection)
        log(connection, _("Anschrift geschützt"), role)


def known_names(connection: Connection, street: str) -> list[str]:
    """A street as it is written, and the streets that this spelling is known to stand for."""
    table = tables.street_aliases
    known = connection.execute(select(table.c.street).where(table.c.written == street_key(street)).distinct())
    return list(dict.fromkeys([street, *sorted(known.scalars())]))


def keep_out(connection: Connection) -> None:
    """Take protected addresses out of the register, of its older versions and of one that waits."""
    protection = read_protection(connection)
    if not protection.digests:
        return
    # what is taken out must not stay readable in the free pages of the file
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    tables_there = inspect(connection).get_table_names()
    for name in tables_there:
        if name in (LAYER, NEXT) or name.startswith(f"{LAYER}_v"):
            frame = read_layer(connection, name)
            if frame is None:
                continue
            kept = allowed(protection, frame)
            if not kept.all():
                srs = frame.crs.to_epsg()
                write_layer(connection, name, frame[kept].reset_index(drop=True), srs, TITLES[LAYER])


def newest(connection: Connection) -> int:
    """The number of the newest version; 1 before the first update."""
    return int(connection.execute(select(func.max(tables.address_versions.c.version))).scalar() or 1)


def layer_name(version: int) -> str:
    """The layer of a version that was replaced."""
    return f"{LAYER}_v{version}"


def _note_version(
    connection: Connection,
    version: int,
    title: str,
    frame: gpd.GeoDataFrame,
    summary: Mapping[str, object],
    role: str,
    created: str,
) -> None:
    row = {"version": version, "created": created, "title": title, "role": role}
    connection.execute(
        insert(tables.address_versions).values(**row, check_number=_check_number(frame), summary=to_json(dict(summary)))
    )


def _check_number(frame: pd.DataFrame) -> str:
    names = ["street", "number", "suffix", "postcode", "block_id"]
    lines = sorted("\t".join(map(str, row)) for row in frame[names].itertuples(index=False, name=None))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _end_update(connection: Connection) -> None:
    drop_layer(connection, NEXT)
    connection.execute(delete(tables.address_decisions))


def _in_srs(frame: gpd.GeoDataFrame, srs: int) -> gpd.GeoDataFrame:
    if frame.crs is None:
        return frame.set_crs(srs)
    return frame if frame.crs.to_epsg() == srs else frame.to_crs(srs)


def summary_of(text: str) -> dict[str, Any]:
    """The summary of a version as it was given."""
    return dict(json.loads(text or "{}"))
