"""What a project keeps of its address register beside the layer: confirmed spellings of streets."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import Engine, delete, insert

from sozialraum.base import _
from sozialraum.project import address_tables as tables
from sozialraum.project.frames import read_rows
from sozialraum.project.settings import DEFAULT_ROLE, log
from sozialraum.project.store import now, reading, writing


class Addresses:
    """Part of `Project`; each method is one transaction."""

    _engine: Engine

    def street_aliases(self) -> pd.DataFrame:
        """Confirmed spellings: written (plain key), postcode of the list or '', and the street they stand for."""
        with reading(self._engine) as connection:
            return read_rows(connection, "street_aliases", tables.STREET_ALIASES, order="written")

    def save_street_aliases(self, aliases: pd.DataFrame, role: str = DEFAULT_ROLE) -> None:
        """Keep confirmed spellings, in place of those of the same spelling and postcode.

        aliases : `written, postcode, street, street_postcode, municipality`.
        """
        table = tables.street_aliases
        names = [name for name in tables.STREET_ALIASES if name not in ("role", "made")]
        with writing(self._engine) as connection:
            rows = aliases[names].drop_duplicates(["written", "postcode"], keep="last")
            for values in rows.itertuples(index=False, name=None):
                row = dict(zip(names, map(str, values), strict=True))
                same = (table.c.written == row["written"]) & (table.c.postcode == row["postcode"])
                connection.execute(delete(table).where(same))
                connection.execute(insert(table).values(**row, role=role, made=now()))
            log(connection, _("{count} Schreibweisen von Straßen bestätigt").format(count=len(aliases)), role)

    def forget_street_aliases(self, written: Iterable[str], role: str = DEFAULT_ROLE) -> None:
        """Take confirmed spellings back, whatever their postcode."""
        table = tables.street_aliases
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.written.in_(list(written))))
            log(connection, _("Schreibweisen von Straßen zurückgenommen"), role)
