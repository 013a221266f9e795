"""The names of benefits a project uses: see them, enter, change and end one, keep them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sozialraum import indicators
from sozialraum.base import UsageError, _
from sozialraum.indicators.benefit_names import PLACE, default_tables
from sozialraum.project import Project
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.workflow.benefit_rows import NameRow, name_faults, order_faults, rows_of, tables_of_names, with_code
from sozialraum.workflow.catalogue import counting_as

SETTING = "benefit_names"


def benefit_names(project: Project) -> tuple[NameRow, ...]:
    """The names in use, those of one benefit one after the other by their first days."""
    return rows_of(project.settings.get(SETTING) or default_tables())


def used_in(project: Project) -> dict[str, tuple[str, ...]]:
    """Code of a benefit -> titles of the indicators whose texts name it."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    with counting_as(project):
        for one in indicators.definitions():
            for code in PLACE.findall(f"{one.measured_de} {one.why_de} {one.measured_en} {one.why_en}"):
                found[code][one.title] = None
    return {code: tuple(titles) for code, titles in found.items()}


def save_name(
    project: Project, row: NameRow, before: str | None = None, role: str = DEFAULT_ROLE
) -> tuple[NameRow, ...]:
    """Enter a name, or change the one that began on the day `before` (ISO, '' = from the beginning).

    Without a code the benefit is new. Raises UsageError with what is wrong.
    """
    rows = list(benefit_names(project))
    row = with_code(row, rows)
    if before is not None:
        known = [one for one in rows if (one.code, one.since) == (row.code, before)]
        if not known:
            raise UsageError(_("Diesen Namen gibt es nicht mehr."))
        rows.remove(known[0])
    if row.title:
        rows = [replace(one, title=row.title) if one.code == row.code else one for one in rows]
    return _keep_or_refuse(project, [*rows, row], role)


def remove_name(project: Project, code: str, since: str, role: str = DEFAULT_ROLE) -> tuple[NameRow, ...]:
    """Take a name away. Raises UsageError: no such name, one that others follow and none precedes, the last one
    of a benefit that texts speak of.
    """
    rows = benefit_names(project)
    left = [one for one in rows if (one.code, one.since) != (code, since)]
    if len(left) == len(rows):
        raise UsageError(_("Diesen Namen gibt es nicht mehr."))
    if not any(one.code == code for one in left) and used_in(project).get(code):
        raise UsageError(_("Texte von Indikatoren nennen diese Leistung; ein Name muss bleiben."))
    return _keep_or_refuse(project, left, role)


def _keep_or_refuse(project: Project, rows: Sequence[NameRow], role: str) -> tuple[NameRow, ...]:
    faults = [what for row in rows for what in name_faults(row)]
    faults = faults or [what for _row, what in order_faults(rows)]
    if faults:
        raise UsageError(" ".join(faults))
    return keep(project, rows, role)


def keep(project: Project, rows: Sequence[NameRow], role: str = DEFAULT_ROLE) -> tuple[NameRow, ...]:
    """Keep these names, which are without faults; returns them in their order."""
    project.settings[SETTING] = tables_of_names(rows)
    project.log(_("Namen von Leistungen geändert"), role)
    return benefit_names(project)


def lost_names(project: Project, rows: Sequence[NameRow]) -> list[str]:
    """Sentences on benefits without a name that texts of indicators speak of."""
    left = {row.code for row in rows}
    what = _("{title}: Texte von Indikatoren nennen diese Leistung; ein Name muss bleiben.")
    lost = {row.code: row.title for row in benefit_names(project) if row.code not in left}
    return [what.format(title=title) for code, title in lost.items() if used_in(project).get(code)]
