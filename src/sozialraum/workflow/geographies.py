"""Source geographies of a project: taken in from a file, listed with what rests on them, taken away."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import pandas as pd

from sozialraum.base import Finding, InputRefused, UsageError, _
from sozialraum.project import Project
from sozialraum.project.geographies import PREFIX
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.workflow.geography_files import GeographyFile, read_geography

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class GeographyRow:
    """One source geography. units : how many. features : what was delivered for it, codes, sorted."""

    code: str
    title: str
    kind: str
    valid_on: str
    created: str
    units: int
    features: tuple[str, ...]


@dataclass(frozen=True)
class Added:
    """What was taken in: code, title, number of units, and what to know about it."""

    code: str
    title: str
    units: int
    notes: tuple[Finding, ...]


def add_geography(
    project: Project, file: GeographyFile, title: str, *, valid_on: str = "", role: str = DEFAULT_ROLE
) -> Added:
    """Take in the units of a geography under a name of its own.

    valid_on : ISO date its borders hold for, '' = not known. Raises InputRefused: no blocks yet, or as
    `read_geography`; UsageError: no name, a name that is taken, no date.
    """
    title = " ".join(title.split())
    if not title:
        raise UsageError(_("Die Gliederung braucht einen Namen."))
    if valid_on and not _DAY.fullmatch(valid_on):
        raise UsageError(_("„{day}“ ist kein Datum.").format(day=valid_on))
    blocks = project.blocks()
    if blocks.empty:
        raise InputRefused(_("Es gibt noch keine Bausteine."), (), _("Lesen Sie zuerst die Bausteine ein."))
    read = read_geography(file, project.municipalities(), blocks)
    code = free_code(title, set(project.geographies()["code"]))
    project.save_geography(code, title, read.units, kind=read.kind, valid_on=valid_on, role=role)
    number = read.units["source"].nunique() if read.kind == "keys" else len(read.units)
    return Added(code, title, int(number), read.notes)


def free_code(title: str, taken: set[str]) -> str:
    """A short key made of the name that no other geography has."""
    folded = title.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:30] or "gliederung"
    code, number = base, 1
    while code in taken:
        number += 1
        code = f"{base}_{number}"
    return code


def geography_rows(project: Project) -> tuple[GeographyRow, ...]:
    """All source geographies, oldest first."""
    used = project.geography_features()
    rows = project.geographies().to_dict("records")
    return tuple(
        GeographyRow(
            row["code"], row["title"], row["kind"], row["valid_on"], row["created"],
            len(project.geography_names(row["code"])), used.get(row["code"], ()),
        )
        for row in rows
    )  # fmt: skip


def features_by_geography(observations: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Code of a geography -> features with values for it, sorted."""
    own = observations[observations["geography"].str.startswith(PREFIX)]
    pairs = own[["geography", "feature"]].drop_duplicates().sort_values(["geography", "feature"])
    found: dict[str, tuple[str, ...]] = {}
    for geography, feature in pairs.itertuples(index=False, name=None):
        code = geography.removeprefix(PREFIX)
        found[code] = (*found.get(code, ()), feature)
    return found
