"""Tables of the consultation of town halls: packages, answers, decisions on them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, Table, Text

from sozialraum.project.tables import METADATA, columns

# Packages that were sent to town halls, what came back, and what was decided on each proposal and remark.
PACKAGES = columns(text="package_id ags draft_id plan_id state_id title written base")
ANSWERS = columns(text="package_id answer_id role written received file_name content")
VERDICTS = columns(text="package_id answer_id item mark decision reason role when made")


def _kept(name: str, kinds: Mapping[str, str], keys: str) -> Table:
    """A table of texts with a key of several columns."""
    wanted = keys.split()
    return Table(name, METADATA, *[Column(one, Text, primary_key=one in wanted, nullable=False) for one in kinds])


packages = _kept("consultation_packages", PACKAGES, "package_id")
answers = _kept("consultation_answers", ANSWERS, "package_id answer_id")
verdicts = _kept("consultation_verdicts", VERDICTS, "package_id answer_id item")
