"""Delivered files, what was read from them, and the report of the reading."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from math import inf
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, insert, select, update

from sozialraum.base import Finding
from sozialraum.deliveries import Reading
from sozialraum.project import tables
from sozialraum.project.files import clean_name
from sozialraum.project.frames import check_columns, insert_rows, read_rows
from sozialraum.project.meeting import IN_FORCE, meeting
from sozialraum.project.store import to_json

KEY_LENGTH = 16
LISTS = ("periods", "municipalities", "assumed", "remarks", "sentences", "decisions")
RECORDS = ("control", "corrections")
# The shape is long and needed for one delivery at a time: `read_shape`.
OVERVIEW = {
    name: kind
    for name, kind in (tables.DELIVERIES | tables.STANDING_KINDS).items()
    if name not in ("position", "shape")
}
OF_THOSE_IN_FORCE = f"delivery_id IN (SELECT delivery_id FROM deliveries WHERE {IN_FORCE})"


@dataclass(frozen=True, slots=True)
class About:
    """How a delivery may be used.

    protection : 'personal' (its file is never kept), 'restricted', 'public'. delete_on : ISO day on which the kept
    file goes, '' = it stays. data_set : key of a data set of the catalogue, '' = told by the recipe alone.
    """

    protection: str = "restricted"
    purpose: str = ""
    legal_basis: str = ""
    delete_on: str = ""
    data_set: str = ""


@dataclass(frozen=True)
class Taking:
    """What is kept with a delivery besides its reading.

    corrections : content of `Corrections`. decisions : on findings (finding, decision, reason, role, on).
    shape : what next year's file is compared with. control : sums that allow a check when the file is gone.
    closes : keys of reviews that end with it. remembers : what recipes learn from it (kind, code, text, role, why).
    """

    about: About = field(default_factory=About)
    corrections: Mapping[str, Any] = field(default_factory=dict)
    decisions: Sequence[Mapping[str, str]] = ()
    shape: Mapping[str, Any] = field(default_factory=dict)
    control: Mapping[str, Any] = field(default_factory=dict)
    role: str = ""
    closes: tuple[str, ...] = ()
    remembers: tuple[Mapping[str, str], ...] = ()


def stored_name(sha256: str, name: str) -> str:
    """The name a delivered file keeps in the project: start of its check number, then its own name."""
    return f"{sha256[:KEY_LENGTH]}_{clean_name(name)}"


def find_delivery(connection: Connection, sha256: str) -> str | None:
    """The delivery in force with exactly these bytes, or None: a withdrawn or replaced one may be taken over again."""
    table = tables.deliveries
    holds = (table.c.sha256 == sha256) & (table.c.withdrawn_on == "") & (table.c.replaced_by == "")
    return connection.execute(select(table.c.delivery_id).where(holds)).scalar()


def free_key(connection: Connection, sha256: str) -> str:
    """The start of the check number; with a running number where the same bytes were taken over before."""
    taken = set(connection.execute(select(tables.deliveries.c.delivery_id)).scalars())
    key, number = sha256[:KEY_LENGTH], 1
    while key in taken:
        number += 1
        key = f"{sha256[:KEY_LENGTH]}-{number}"
    return key


def check_reading(reading: Reading) -> None:
    """Raise ValueError when a reading does not follow the contract."""
    check_columns(reading.observations, tables.OBSERVATIONS, "observations")
    if reading.facilities is not None:
        check_columns(reading.facilities, tables.FACILITIES, "facilities")


def write_delivery(
    connection: Connection, path: Path, sha256: str, reading: Reading, received_at: str, taking: Taking
) -> tuple[str, list[str]]:
    """Store the report of a reading with its observations and facilities, in place of what it replaces.

    Returns the delivery_id and the delivery_ids it replaces.
    """
    replaced = [key for key, whole in meeting(connection, reading) if whole]
    delivery_id = free_key(connection, sha256)
    position = connection.execute(select(func.count()).select_from(tables.deliveries)).scalar_one() + 1
    about = asdict(taking.about)
    row: dict[str, Any] = {
        "delivery_id": delivery_id,
        "position": position,
        "file_name": path.name,
        "stored_name": stored_name(sha256, path.name),
        "kept": "never" if taking.about.protection == "personal" else "kept",
        "sha256": sha256,
        "size": path.stat().st_size,
        "recipe": reading.recipe.code,
        "recipe_version": int(reading.recipe.version),
        "received_at": received_at,
        "periods": to_json(list(reading.periods)),
        "rows_read": int(reading.rows_read),
        "rows_skipped": int(reading.rows_skipped),
        "municipalities": to_json(list(reading.municipalities)),
        "remarks": to_json(list(reading.remarks)),
        "assumed": to_json(list(reading.assumed)),
        "sentences": to_json(list(reading.sentences())),
        "findings": to_json([_kept_finding(finding, about["protection"]) for finding in reading.findings]),
        "shape": to_json(dict(taking.shape)),
        "control": to_json(dict(taking.control)),
        "corrections": to_json(dict(taking.corrections)),
        "decisions": to_json([dict(one) for one in taking.decisions]),
    }
    connection.execute(insert(tables.deliveries).values(**row, **about))
    extra = {"delivery_id": delivery_id}
    insert_rows(connection, "observations", tables.OBSERVATIONS, reading.observations, extra)
    if reading.facilities is not None:
        insert_rows(connection, "facilities", tables.FACILITIES, without_places_to_hide(reading.facilities), extra)
    table = tables.deliveries
    connection.execute(update(table).where(table.c.delivery_id.in_(replaced)).values(replaced_by=delivery_id))
    return delivery_id, replaced


def _kept_finding(finding: Finding, protection: str) -> dict[str, Any]:
    """A finding as it is stored: without what only tells it apart, of a personal file without the text of the cell."""
    kept = asdict(replace(finding, found="", offer="") if protection == "personal" else finding)
    del kept["facts"]
    return kept


def without_places_to_hide(facilities: pd.DataFrame) -> pd.DataFrame:
    """Facilities as they may be kept: a protected one has neither a name nor a block."""
    kept = facilities.copy()
    hidden = kept["protected"].fillna(False).astype(bool)
    kept.loc[hidden, ["name", "block_id"]] = ""
    return kept


def read_deliveries(connection: Connection) -> pd.DataFrame:
    """All deliveries in the order they came, findings as `Finding`; what is a list is a tuple.

    in_force : neither withdrawn nor replaced; only the values of those count.
    """
    frame = read_rows(connection, "deliveries", OVERVIEW, order="position")
    frame["in_force"] = (frame["withdrawn_on"] == "") & (frame["replaced_by"] == "")
    for column in LISTS:
        frame[column] = pd.Series([tuple(json.loads(text)) for text in frame[column]], dtype=object)
    for column in RECORDS:
        frame[column] = pd.Series([json.loads(text) for text in frame[column]], dtype=object)
    found = [tuple(Finding(**finding) for finding in json.loads(text)) for text in frame["findings"]]
    frame["findings"] = pd.Series(found, dtype=object)
    return frame


def left_out_name(connection: Connection, sha256: str) -> str:
    """The stored name of a file that a backup left out; '' when these bytes are kept or unknown."""
    table = tables.deliveries
    absent = (table.c.sha256 == sha256) & (table.c.kept == "left_out") & (table.c.protection != "personal")
    return str(connection.execute(select(table.c.stored_name).where(absent)).scalar() or "")


def mark_kept(connection: Connection, stored: str) -> None:
    """Note that a file a backup left out is there again."""
    table = tables.deliveries
    absent = (table.c.stored_name == stored) & (table.c.kept == "left_out")
    connection.execute(update(table).where(absent).values(kept="kept"))


def read_shape(connection: Connection, delivery_id: str) -> dict[str, Any]:
    """The content of the `Shape` of a delivery; empty where an earlier version kept none."""
    table = tables.deliveries
    kept = connection.execute(select(table.c.shape).where(table.c.delivery_id == delivery_id)).scalar()
    return dict(json.loads(kept or "{}"))


def read_observations(connection: Connection) -> pd.DataFrame:
    """All observations in force in the order of their deliveries: the contract's columns and delivery_id."""
    kinds = tables.OBSERVATIONS | tables.columns(text="delivery_id")
    return read_rows(connection, "observations", kinds, _holding(connection))


def read_area_values(connection: Connection, delivery_id: str) -> pd.DataFrame:
    """What a delivery holds of areas and municipalities, without blocks: the contract's columns."""
    return read_rows(
        connection, "observations", tables.OBSERVATIONS, "delivery_id = ? AND geography <> 'block'", (delivery_id,)
    )


def read_facilities(connection: Connection) -> pd.DataFrame:
    """All facilities in force in the order of their deliveries: the contract's columns and delivery_id."""
    kinds = tables.FACILITIES | tables.columns(text="delivery_id")
    return read_rows(connection, "facilities", kinds, _holding(connection))


def _holding(connection: Connection) -> str:
    """The condition that leaves out what was withdrawn or replaced; '' where nothing was, which is quicker."""
    gone = connection.exec_driver_sql(f"SELECT 1 FROM deliveries WHERE NOT ({IN_FORCE}) LIMIT 1").first()
    return OF_THOSE_IN_FORCE if gone else ""


def published_totals(connection: Connection, *recipes: str) -> dict[tuple[str, str, str], tuple[float, float]]:
    """(feature, unit, period) -> bounds of the totals of municipalities and the region that other recipes delivered.

    unit : an AGS or 'region'. A total that an office publishes of a thing ('…_official') stands for the thing itself.
    The delivery that came last counts.
    """
    rows = connection.exec_driver_sql(
        "SELECT o.feature, o.unit, o.period, o.low, o.high FROM observations o "
        "JOIN deliveries d ON d.delivery_id = o.delivery_id "
        "WHERE o.geography IN ('municipality', 'region') AND o.low IS NOT NULL "
        f"AND d.recipe NOT IN ({', '.join('?' * len(recipes))}) "
        "AND d.withdrawn_on = '' AND d.replaced_by = '' ORDER BY d.position",
        recipes,
    ).all()
    return {
        (str(feature).removesuffix("_official"), str(unit), str(period)): (
            float(low),
            inf if high is None else float(high),
        )
        for feature, unit, period, low, high in rows
    }


def counts_on_blocks(connection: Connection, features: Sequence[str], day: str) -> tuple[str, pd.Series]:
    """The sum of features per block at the latest date that ends in `day` ('-12-31'), and that date.

    Returns ('', empty) when there is none. Summed by the file itself: all observations would take seconds to read.
    """
    marks = ", ".join("?" * len(features))
    where = f"geography = 'block' AND feature IN ({marks})"
    if holding := _holding(connection):
        where += f" AND {holding}"
    latest = connection.exec_driver_sql(
        f"SELECT MAX(period) FROM observations WHERE {where} AND period LIKE ?", (*features, f"%{day}")
    ).scalar()
    rows = connection.exec_driver_sql(
        f"SELECT unit, SUM(low) FROM observations WHERE {where} AND period = ? GROUP BY unit ORDER BY unit",
        (*features, latest or ""),
    ).all()
    return latest or "", pd.Series({str(unit): float(low or 0) for unit, low in rows}, dtype=float)
