"""How the blocks of a project were built, kept beside them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from sozialraum.project import computed
from sozialraum.project.store import now, reading, writing

RECORD = "_block_building"


class Building:
    """Part of `Project`; each method is one transaction."""

    _engine: Engine

    def save_block_building(self, content: dict[str, Any]) -> None:
        """Keep what was said when blocks were built, in place of what was kept before; `when` is added."""
        with writing(self._engine) as connection:
            computed.write_record(connection, RECORD, {**content, "when": now()})

    def block_building(self) -> dict[str, Any] | None:
        """What was kept, None when the blocks were never built here."""
        with reading(self._engine) as connection:
            found: dict[str, Any] | None = computed.read_record(connection, RECORD)
            return found
