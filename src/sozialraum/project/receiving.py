"""What a project keeps of delivered files: reviews that wait, deliveries in force, withdrawn and replaced ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, select, update

from sozialraum.base import UsageError, _
from sozialraum.base.numbers import day
from sozialraum.base.text import shown
from sozialraum.deliveries import Reading
from sozialraum.project import delivered, files, placing, review_rows, tables
from sozialraum.project.delivered import About, Taking
from sozialraum.project.meeting import meeting
from sozialraum.project.review_rows import ReviewRow
from sozialraum.project.settings import DEFAULT_ROLE, log
from sozialraum.project.store import now, reading, writing


def this_day() -> str:
    """The ISO day of this computer."""
    return date.today().isoformat()


def refuse_other_days(today: str) -> None:
    """Raise UsageError for a text that is no ISO day, and for a day that has not come: deleting is for good."""
    try:
        known = date.fromisoformat(today).isoformat() == today
    except ValueError:
        known = False
    if not known:
        raise UsageError(_("„{day}“ ist kein Datum der Form 2030-12-31.").format(day=shown(today)))
    if today > this_day():
        raise UsageError(
            _("Der {day} liegt in der Zukunft; Dateien werden erst gelöscht, wenn ihr Tag gekommen ist.").format(
                day=day(today)
            )
        )


def _as_path(path: Path | str) -> Path:
    """A path as it is: one made anew would lose the bytes of a file held in memory."""
    return path if isinstance(path, Path) else Path(path)


def _due(connection: Connection, today: str) -> list[tuple[str, str]]:
    """Stored name and name of the kept files whose day has come in every row that needs them."""
    kept = connection.execute(
        select(tables.deliveries.c.stored_name, tables.deliveries.c.file_name, tables.deliveries.c.delete_on)
        .where(tables.deliveries.c.kept == "kept")
        .order_by(tables.deliveries.c.position)
    )
    needs: dict[str, list[tuple[str, str]]] = {}
    for stored, name, until in kept:
        needs.setdefault(stored, []).append((name, until))
    for row in review_rows.read_all(connection):
        if row.stored_name:
            needs.setdefault(row.stored_name, []).append((row.file_name, row.about.delete_on if row.about else ""))
    return [
        (stored, min(rows)[0])
        for stored, rows in needs.items()
        if all(until and until <= today for _name, until in rows)
    ]


class Receiving:
    """Part of `Project`; each method is one transaction."""

    folder: Path
    _engine: Engine

    # Deliveries

    def add_delivery(self, path: Path | str, reading: Reading, received_at: str = "") -> str:
        """Keep a delivered file unchanged, with what was read from it; returns the delivery_id.

        The same bytes again: returns the known delivery_id and changes nothing. What it replaces (the same kind,
        municipalities and dates) is in force no longer. received_at : ISO date-time text; empty = now.
        """
        return self.take_delivery(path, reading, received_at)[0]

    def take_delivery(
        self, path: Path | str, reading: Reading, received_at: str = "", taking: Taking | None = None
    ) -> tuple[str, list[str]]:
        """Like `add_delivery`, with all that is kept beside the reading; returns also what it replaces."""
        return placing.add_delivery(
            self.folder, self._engine, _as_path(path), reading, received_at or now(), taking or Taking()
        )

    def put_left_out(self, path: Path | str) -> bool:
        """Put a file back in place that a backup left out; False when no delivery misses these bytes."""
        return placing.put_left_out(self.folder, self._engine, _as_path(path))

    def delivery_of(self, path: Path | str) -> str | None:
        """The delivery in force of exactly this file; None when there is none, or it was withdrawn or replaced."""
        sha256 = files.sha256_of(_as_path(path))
        with reading(self._engine) as connection:
            return delivered.find_delivery(connection, sha256)

    def deliveries(self) -> pd.DataFrame:
        """All deliveries with the reports of their reading, in the order they came; in_force says which count."""
        with reading(self._engine) as connection:
            return delivered.read_deliveries(connection)

    def shape_of(self, delivery_id: str) -> dict[str, Any]:
        """The content of the `Shape` of a delivery; empty where an earlier version kept none."""
        with reading(self._engine) as connection:
            return delivered.read_shape(connection, delivery_id)

    def area_values(self, delivery_id: str) -> pd.DataFrame:
        """What a delivery holds of areas and municipalities, without blocks."""
        with reading(self._engine) as connection:
            return delivered.read_area_values(connection, delivery_id)

    def observations(self) -> pd.DataFrame:
        """All observations in force and the delivery each comes from."""
        with reading(self._engine) as connection:
            return delivered.read_observations(connection)

    def published_totals(self, *recipes: str) -> dict[tuple[str, str, str], tuple[float, float]]:
        """(feature, unit, period) -> bounds of totals of municipalities and the region that other recipes delivered."""
        with reading(self._engine) as connection:
            return delivered.published_totals(connection, *recipes)

    def counts_on_blocks(self, features: Sequence[str], day: str) -> tuple[str, pd.Series]:
        """The sum of features per block at the latest date that ends in `day` ('-12-31'), and that date ('' = none)."""
        with reading(self._engine) as connection:
            return delivered.counts_on_blocks(connection, features, day)

    def facilities(self) -> pd.DataFrame:
        """All facilities in force and the delivery each comes from."""
        with reading(self._engine) as connection:
            return delivered.read_facilities(connection)

    def features_of(self, delivery_id: str) -> tuple[str, ...]:
        """The features a delivery has values or places for, whether it is in force or not."""
        counted = select(tables.observations.c.feature).where(tables.observations.c.delivery_id == delivery_id)
        placed = select(tables.facilities.c.group).where(tables.facilities.c.delivery_id == delivery_id)
        with reading(self._engine) as connection:
            found = set(connection.execute(counted.distinct()).scalars())
            found |= {f"places_{group}" for group in connection.execute(placed.distinct()).scalars()}
        return tuple(sorted(found))

    def meeting_deliveries(self, reading_: Reading) -> tuple[list[str], list[str]]:
        """Deliveries in force that a reading would replace, and those it only overlaps (both would count)."""
        with reading(self._engine) as connection:
            met = meeting(connection, reading_)
        return [key for key, whole in met if whole], [key for key, whole in met if not whole]

    def delivered_file(self, delivery_id: str) -> Path | None:
        """The kept file of a delivery; None when it was never kept, deleted on its date, or left out of a backup."""
        with reading(self._engine) as connection:
            rows = delivered.read_deliveries(connection).set_index("delivery_id")
        if delivery_id not in rows.index or rows.at[delivery_id, "kept"] != "kept":
            return None
        return self.folder / files.DELIVERIES / str(rows.at[delivery_id, "stored_name"])

    def withdraw_delivery(self, delivery_id: str, why: str, role: str = DEFAULT_ROLE) -> None:
        """Take a delivery out of force; its values count no more. Raises UsageError when it is not in force."""
        table = tables.deliveries
        holds = (table.c.delivery_id == delivery_id) & (table.c.withdrawn_on == "") & (table.c.replaced_by == "")
        ended = {"withdrawn_on": now(), "withdrawn_why": why, "withdrawn_by": role}
        with writing(self._engine) as connection:
            name = connection.execute(select(table.c.file_name).where(holds)).scalar()
            if name is None:
                raise UsageError(_("Diese Lieferung gibt es nicht, oder sie gilt schon nicht mehr."))
            connection.execute(update(table).where(holds).values(**ended))
            log(connection, _("Lieferung „{file}“ zurückgezogen: {why}").format(file=name, why=why), role)

    def describe_delivery(self, delivery_id: str, about: About, role: str = DEFAULT_ROLE) -> None:
        """Say anew how a delivery may be used. A file that becomes personal is removed from the project."""
        table = tables.deliveries
        one = table.c.delivery_id == delivery_id
        stated = {name: getattr(about, name) for name in About.__slots__}
        with writing(self._engine) as connection:
            row = connection.execute(select(table.c.file_name, table.c.stored_name).where(one)).first()
            if row is None:
                raise UsageError(_("Diese Lieferung gibt es nicht."))
            connection.execute(update(table).where(one).values(**stated))
            gone: list[str] = []
            if about.protection == "personal":
                connection.execute(update(table).where(table.c.stored_name == row[1]).values(kept="never"))
                gone = placing.announce_removal(connection, [str(row[1])])
            log(connection, _("Angaben zur Lieferung „{file}“ geändert").format(file=row[0]), role)
        placing.remove_announced(self.folder, self._engine, gone)

    def delete_due(self, today: str) -> list[str]:
        """Delete the kept files whose day has come (delete_on <= today); returns their names. Values and rows stay.

        today : ISO day, not after the day of this computer; else UsageError. A file that several rows share goes when
        all of them are due, waiting reviews among them. A review whose file went stays and says so.
        """
        refuse_other_days(today)
        with reading(self._engine) as connection:
            if not _due(connection, today):
                return []
        table, waiting = tables.deliveries, tables.reviews
        with writing(self._engine) as connection:
            due = _due(connection, today)
            for stored, name in due:
                deleted = update(table).where((table.c.stored_name == stored) & (table.c.kept == "kept"))
                connection.execute(deleted.values(kept="deleted", deleted_on=today))
                connection.execute(update(waiting).where(waiting.c.stored_name == stored).values(stored_name=""))
                log(connection, _("Datei „{file}“ zum festgelegten Tag gelöscht").format(file=name))
            gone = placing.announce_removal(connection, [stored for stored, _name in due])
        placing.remove_announced(self.folder, self._engine, gone)
        return [name for _stored, name in due]

    # Reviews

    def keep_review(self, path: Path | str, *, role: str = DEFAULT_ROLE, keep: bool = True) -> ReviewRow:
        """Lay a received file aside until it is taken over or put back. keep : False = the file itself is not stored.

        The same bytes as an open review: that review, whose file is put in place again when it is not there.
        """
        path = _as_path(path)
        sha256 = files.sha256_of(path)
        for row in self.review_rows():
            if row.sha256 == sha256:
                return self._with_file(row, path) if keep and not row.stored_name else row
        stored = delivered.stored_name(sha256, path.name) if keep else ""
        row = ReviewRow("", path.name, stored, sha256, path.stat().st_size, now(), role)
        review_id = placing.keep_review(self.folder, self._engine, path, row, keep=keep)
        return replace(row, review_id=review_id)

    def _with_file(self, row: ReviewRow, path: Path) -> ReviewRow:
        whole = replace(row, stored_name=delivered.stored_name(row.sha256, path.name))
        placing.put_review_file(self.folder, self._engine, path, whole)
        return whole

    def review_rows(self, state: str = "open") -> list[ReviewRow]:
        """The reviews of a state, in the order the files came."""
        with reading(self._engine) as connection:
            return review_rows.read_all(connection, state)

    def review_row(self, review_id: str) -> ReviewRow:
        """One review. Raises UsageError when there is none."""
        with reading(self._engine) as connection:
            return review_rows.read(connection, review_id)

    def change_review(self, row: ReviewRow) -> None:
        """Keep what was said about a review; a file it names no longer is removed."""
        with writing(self._engine) as connection:
            before = review_rows.read(connection, row.review_id)
            review_rows.change(connection, row)
            gone = placing.announce_removal(connection, [before.stored_name])
        placing.remove_announced(self.folder, self._engine, gone)

    def remove_review(self, review_id: str, role: str = DEFAULT_ROLE) -> None:
        """Take a review and its file away, with a line in the log. Raises UsageError when there is none."""
        with writing(self._engine) as connection:
            row = review_rows.read(connection, review_id)
            review_rows.remove(connection, review_id)
            gone = placing.announce_removal(connection, [row.stored_name])
            log(connection, _("Datei „{file}“ zurückgelegt").format(file=row.file_name), role)
        placing.remove_announced(self.folder, self._engine, gone)

    def review_file(self, row: ReviewRow) -> Path | None:
        """The file of a review where it is kept and there."""
        path = self.folder / files.DELIVERIES / row.stored_name
        return path if row.stored_name and path.is_file() else None
