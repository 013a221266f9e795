"""What a project keeps of consultations: packages, answers, decisions. Reasons and remarks in them are internal."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Table, and_, delete, insert

from sozialraum.base import UsageError, _
from sozialraum.consultation import Answer, Base, Package, from_content
from sozialraum.project import consultation_tables as tables
from sozialraum.project.frames import read_rows
from sozialraum.project.settings import DEFAULT_ROLE, log
from sozialraum.project.store import now, reading, to_json, writing


class Consultations:
    """Part of `Project`; each method is one transaction."""

    _engine: Engine

    def save_package(self, package: Package, role: str = DEFAULT_ROLE) -> None:
        """Keep what answers to a package are compared with; the same package again changes nothing."""
        with writing(self._engine) as connection:
            write_package(connection, package)
            log(connection, _("Abstimmungspaket für {name} erstellt").format(name=package.name), role)

    def packages(self, ags: str | None = None) -> pd.DataFrame:
        """All packages or those of a municipality, oldest first: package_id, ags, draft_id, plan_id, state_id,
        title, written."""
        with reading(self._engine) as connection:
            frame = read_rows(connection, "consultation_packages", tables.PACKAGES, order="written")
        kept = frame if ags is None else frame[frame["ags"] == ags]
        return kept.drop(columns="base").reset_index(drop=True)

    def package_base(self, package_id: str) -> Base | None:
        """Areas and blocks as a package showed them; None when the project has not made it."""
        with reading(self._engine) as connection:
            return read_base(connection, package_id)

    def save_answer(self, answer: Answer, file_name: str, received: str = "") -> None:
        """Keep an answer, in place of an earlier file of the same work; decisions on unchanged items stay.

        Raises UsageError when the project does not know the package.
        """
        with writing(self._engine) as connection:
            write_answer(connection, answer, file_name, received or now())
            log(connection, _("Antwort gelesen: {role}").format(role=answer.role))

    def answers(self, package_id: str) -> list[Answer]:
        """The answers to a package, by their keys."""
        with reading(self._engine) as connection:
            rows = _of_package(connection, "consultation_answers", tables.ANSWERS, package_id, "answer_id")
        return [from_content(json.loads(text)) for text in rows["content"]]

    def received_answers(self, package_id: str) -> pd.DataFrame:
        """When and as which file each answer came: answer_id, role, written, received, file_name."""
        with reading(self._engine) as connection:
            rows = _of_package(connection, "consultation_answers", tables.ANSWERS, package_id, "answer_id")
        return rows.drop(columns=["content", "package_id"])

    def save_verdicts(self, package_id: str, rows: Sequence[Mapping[str, str]]) -> None:
        """Keep decisions, each with the columns of `verdicts` but package_id; earlier ones on the same item go.

        Raises UsageError for an item of an answer that the project does not have.
        """
        with writing(self._engine) as connection:
            for row in rows:
                write_verdict(connection, package_id, row)

    def remove_verdict(self, package_id: str, answer_id: str, item: str) -> None:
        """Take a decision back; nothing happens when there is none."""
        with writing(self._engine) as connection:
            connection.execute(delete(tables.verdicts).where(_item(package_id, answer_id, item)))

    def verdicts(self, package_id: str) -> pd.DataFrame:
        """Decisions: answer_id, item, mark (check number of what was decided on), decision, reason, role, when,
        made (JSON: the draft, the step in it, keys of new areas)."""
        with reading(self._engine) as connection:
            rows = _of_package(connection, "consultation_verdicts", tables.VERDICTS, package_id, "item")
        return rows.drop(columns="package_id").sort_values(["answer_id", "item"], ignore_index=True)


def write_package(connection: Connection, package: Package) -> None:
    """Keep a package under its key."""
    content = package.content
    row = {name: content[name] for name in ("draft_id", "plan_id", "state_id", "title", "written")}
    row |= {"package_id": package.package_id, "ags": package.ags, "base": to_json(package.base)}
    connection.execute(delete(tables.packages).where(tables.packages.c.package_id == package.package_id))
    connection.execute(insert(tables.packages).values(**row))


def read_base(connection: Connection, package_id: str) -> Base | None:
    """The base of a package; None when there is no such package."""
    rows = _of_package(connection, "consultation_packages", tables.PACKAGES, package_id, "package_id")
    if rows.empty:
        return None
    return Base.from_json(str(rows["ags"].iat[0]), json.loads(str(rows["base"].iat[0])))


def write_answer(connection: Connection, answer: Answer, file_name: str, received: str) -> None:
    """Keep an answer, replacing an earlier one with the same key."""
    if read_base(connection, answer.package_id) is None:
        raise UsageError(_("Das Abstimmungspaket zu dieser Antwort gibt es in diesem Projekt nicht."))
    table = tables.answers
    connection.execute(delete(table).where(_key(table, answer.package_id, answer.answer_id)))
    row = {name: getattr(answer, name) for name in ("package_id", "answer_id", "role", "written")}
    content = to_json(answer.to_json())
    connection.execute(insert(table).values(**row, received=received, file_name=file_name, content=content))


def write_verdict(connection: Connection, package_id: str, row: Mapping[str, str]) -> None:
    """Keep one decision, replacing an earlier one on the same item."""
    known = _of_package(connection, "consultation_answers", tables.ANSWERS, package_id, "answer_id")
    if row["answer_id"] not in set(known["answer_id"]):
        raise UsageError(_("Diese Antwort gibt es in diesem Projekt nicht."))
    connection.execute(delete(tables.verdicts).where(_item(package_id, row["answer_id"], row["item"])))
    connection.execute(insert(tables.verdicts).values(package_id=package_id, **row))


def _of_package(
    connection: Connection, name: str, kinds: Mapping[str, str], package_id: str, order: str
) -> pd.DataFrame:
    return read_rows(connection, name, kinds, "package_id = ?", (package_id,), order=order)


def _key(table: Table, package_id: str, answer_id: str) -> Any:
    return and_(table.c.package_id == package_id, table.c.answer_id == answer_id)


def _item(package_id: str, answer_id: str, item: str) -> Any:
    return and_(_key(tables.verdicts, package_id, answer_id), tables.verdicts.c.item == item)
