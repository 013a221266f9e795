"""What a project keeps of its address register: spellings, protected addresses, versions, a waiting update."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
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
from sozialraum.addresses.meaning import whole_postcode
from sozialraum.addresses.spelling import street_words
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

    def protect_address(
        self,
        street: str,
        house: House,
        kind: str = "other",
        role: str = DEFAULT_ROLE,
        *,
        postcode: str = "",
        town: str = "",
        only_known: bool = False,
    ) -> int | None:
        """Never place an address again: take it out of the register and of all its versions, keep a check number.

        A street that is known by another spelling or had another name is protected under both. postcode, town : where
        it lies; without both every street of that name loses the number. only_known : an address that is in no
        register is not protected. Returns how many addresses left the present register, None = nothing was done.
        """
        with writing(self._engine) as connection:
            before = found = _ready_protection(connection)
            codes = _postcodes_meant(connection, postcode, town)
            for name in known_names(connection, street):
                found = with_address(found, name, house, codes)
            if only_known and found != before and not _would_leave(connection, found):
                return None
            write_protection(connection, found, kind, role)
            left = keep_out(connection, fresh=False)
            log(connection, _("Anschrift geschützt"), role)
            return left

    def unprotect_address(
        self, street: str, house: House, role: str = DEFAULT_ROLE, *, postcode: str = "", town: str = ""
    ) -> bool:
        """End the protection of an address; it comes back with the next register. False when it was not protected."""
        with writing(self._engine) as connection:
            before = after = read_protection(connection)
            codes = _postcodes_meant(connection, postcode, town)
            for name in known_names(connection, street):
                after = without_address(after, name, house, codes)
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
            kept = addresses[allowed(read_protection(connection), addresses, fresh=True)].reset_index(drop=True)
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
    return Protection(keys["secret"], keys["salt"], tuple(keys["digests"]), tuple(keys["marks"]),
                      tuple(keys.get("postcodes", ())), tuple(keys.get("loose", ())))  # fmt: skip


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
        "postcodes": list(protection.postcodes), "loose": list(protection.loose),
    }  # fmt: skip
    write_setting(connection, KEYS, content)


def protect_named(connection: Connection, named: Iterable[HiddenPlace], role: str = DEFAULT_ROLE) -> None:
    """Protect the addresses that a list of facilities names for protected ones: text and kind of facility.

    Texts that are no address ("nicht mitgeteilt") are passed over.
    """
    before = found = _ready_protection(connection)
    unknown = 0
    for place in named:
        parts = split_address(place.address)
        house = read_house(parts.number)
        if parts.street and house.number and house.is_read:
            last, codes = found, _postcodes_meant(connection, parts.postcode, parts.town)
            for name in known_names(connection, parts.street):
                found = with_address(found, name, house, codes)
            write_protection(connection, found, place.kind if place.kind in KINDS else "other", role)
            left = keep_out(connection, fresh=False)
            unknown += found != last and not left
    if found != before:
        log(connection, _("Anschrift geschützt"), role)
    if unknown:
        text = plural(
            "1 geschützte Anschrift einer Liste steht nicht im Adressregister; ihre Schreibweise ist zu prüfen",
            "{n} geschützte Anschriften von Listen stehen nicht im Adressregister; ihre Schreibweise ist zu prüfen",
            unknown,
        )  # fmt: skip
        log(connection, text.format(n=unknown), role)


def _postcodes_meant(connection: Connection, postcode: str, town: str) -> list[str]:
    """The postcode that is given, else those of the municipality a text names; none where neither is known."""
    code = whole_postcode(postcode)
    addresses = None if code or not town else read_layer(connection, LAYER)
    if addresses is None:
        return [code] if code else []
    blocks, places = read_layer(connection, "blocks"), read_layer(connection, "municipalities")
    if blocks is None or places is None:
        return []
    words = street_words(town)
    own = {ags: street_words(name) for ags, name in zip(places["ags"], places["name"], strict=True)}
    named = [(len(name), ags) for ags, name in own.items() if name and words[: len(name)] == name]
    if not named:
        return []
    inside = addresses["block_id"].isin(blocks["block_id"][blocks["municipality"] == max(named)[1]])
    codes = set(addresses["postcode"][inside])
    return [] if "" in codes else sorted(codes)


def _would_leave(connection: Connection, protection: Protection) -> bool:
    """Whether an address of the register, of its versions or of a register that waits would be taken out."""
    return any(not allowed(protection, frame).all() for _name, frame in _registers(connection))


def _registers(connection: Connection) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    for name in inspect(connection).get_table_names():
        if name in (LAYER, NEXT) or name.startswith(f"{LAYER}_v"):
            frame = read_layer(connection, name)
            if frame is not None:
                yield name, frame


def known_names(connection: Connection, street: str) -> list[str]:
    """A street as it is written, and the streets that this spelling is known to stand for."""
    table = tables.street_aliases
    known = connection.execute(select(table.c.street).where(table.c.written == street_key(street)).distinct())
    return list(dict.fromkeys([street, *sorted(known.scalars())]))


def keep_out(connection: Connection, *, fresh: bool = True) -> int:
    """Take protected addresses out of the register, of its older versions and of one that waits.

    fresh : the register is a new one, see `allowed`. Returns how many left the register.
    """
    protection, left = read_protection(connection), 0
    if not protection.digests:
        return left
    # what is taken out must not stay readable in the free pages of the file
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    for name, frame in list(_registers(connection)):
        kept = allowed(protection, frame, fresh=fresh and name == LAYER)
        if not kept.all():
            srs = frame.crs.to_epsg()
            write_layer(connection, name, frame[kept].reset_index(drop=True), srs, TITLES[LAYER])
            left += int((~kept).sum()) if name == LAYER else 0
    return left


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
