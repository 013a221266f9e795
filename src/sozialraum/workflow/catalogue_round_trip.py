"""Sources and data sets as a workbook that is changed elsewhere and read back, with a list of what it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sozialraum.base import Finding, _
from sozialraum.base.text import shown
from sozialraum.deliveries.catalogue_records import (
    COUNTS,
    GEOGRAPHIES,
    VISIBLE_TO,
    DataSet,
    Source,
    counts_words,
    geography_words,
    visible_words,
)
from sozialraum.deliveries.files import Content, open_file
from sozialraum.project import Project
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.workflow.catalogue_search import data_set_faults, free_key, known_data_sets, source_faults
from sozialraum.workflow.record_sheets import (
    Line,
    R,
    RecordKind,
    differences,
    in_order,
    records_book,
    records_on,
    refuse_faulty,
    twice,
)

SOURCES, DATA_SETS = "Quellen", "Datensätze"


@dataclass(frozen=True)
class RecordChanges:
    """What a returned workbook changes. lines : (kind 'new', 'changed', 'gone'; title; what), in that order."""

    sources: tuple[Source, ...]
    data_sets: tuple[DataSet, ...]
    without: tuple[str, ...]
    lines: tuple[Line, ...]


def source_labels() -> dict[str, str]:
    """Field of a source -> what it is called; the key stands last."""
    return {
        "holder": _("Stelle"), "contact": _("Funktion"), "legal_basis": _("Rechtsgrundlage"), "note": _("Bemerkung"),
        "source_id": _("Schlüssel (bleibt, bei Neuem leer)"),
    }  # fmt: skip


def data_set_labels() -> dict[str, str]:
    """Field of a data set -> what it is called; the key stands last."""
    return {
        "title": _("Titel"), "source_id": _("Stelle"), "theme": _("Thema"), "geography": _("Raumbezug"),
        "rhythm": _("Rhythmus in Monaten"), "terms": _("Bedingungen"), "threshold": _("Schwelle"),
        "visible_to": _("Einsicht"), "recipe": _("Einleseregel"), "counts": _("Gezählt werden"),
        "data_set_id": _("Schlüssel (bleibt, bei Neuem leer)"),
    }  # fmt: skip


def records_workbook(project: Project) -> bytes:
    """The sources and data sets, one row each; heads in the current language. The same records give the same bytes."""
    sources, data_sets = known_data_sets(project)
    kinds = (_source_kind(), sources), (_data_set_kind(project, sources), data_sets)
    return records_book(_("Quellen und Datensätze"), kinds)


def read_records(project: Project, file: Path) -> RecordChanges:
    """What a returned workbook changes against the records there are; nothing is kept.

    Raises InputRefused with every fault and its row: no such sheets, columns missing, records that cannot be.
    """
    content = open_file(Path(file))
    faults: list[Finding] = []
    source_rows = records_on(content, _source_kind(), faults)
    sources = _with_keys(source_rows, "source_id", "holder", [one.source_id for one in project.sources()])
    data_set_kind = _data_set_kind(project, [one for _row, one in sources])
    data_set_rows = records_on(content, data_set_kind, faults)
    data_sets = _with_keys(data_set_rows, "data_set_id", "title", [one.data_set_id for one in project.data_sets()])
    faults += _without_source(content, sources, data_sets)
    faults += twice(content, _source_kind(), sources) + twice(content, data_set_kind, data_sets)
    refuse_faulty(content, _("„{file}“: Quellen und Datensätze können so nicht übernommen werden."), faults)
    return _changes(project, [one for _row, one in sources], [one for _row, one in data_sets])


def apply_records(project: Project, file: Path, role: str = DEFAULT_ROLE) -> RecordChanges:
    """Take over what a returned workbook changes. Raises InputRefused as `read_records`."""
    changes = read_records(project, file)
    if changes.lines:
        project.save_catalogue_records(changes.sources, changes.data_sets, without=changes.without, role=role)
    return changes


def _source_kind() -> RecordKind[Source]:
    return RecordKind(
        SOURCES,
        source_labels,
        lambda one: [getattr(one, field) for field in source_labels()],
        lambda row: Source(**row),
        lambda one: source_faults(one if one.source_id else replace(one, source_id="x")),
        lambda one: one.source_id,
        lambda one: one.holder,
    )


def _data_set_kind(project: Project, sources: Sequence[Source]) -> RecordKind[DataSet]:
    """Data sets with their source and recipe called by their titles. sources : those they may name."""
    recipes = project.recipes()

    def words() -> dict[str, dict[str, str]]:
        return {
            "geography": geography_words(), "visible_to": visible_words(), "counts": counts_words(),
            "source_id": _told_apart({one.source_id: one.holder for one in sources}),
            "recipe": _told_apart({recipe.code: _(recipe.title) for recipe in recipes}),
        }  # fmt: skip

    def texts(one: DataSet) -> list[str]:
        known = words()
        fields = {field: str(getattr(one, field)) for field in data_set_labels()}
        return [known.get(field, {}).get(text, text) for field, text in fields.items()]

    def make(row: dict[str, str]) -> DataSet:
        """A data set of its texts; a word that is none stays and is refused with the others."""
        codes = {field: {word: code for code, word in known.items()} for field, known in words().items()}
        plain = {field: codes.get(field, {}).get(text, text) for field, text in row.items()}
        rhythm = plain.pop("rhythm")
        return DataSet(**plain, rhythm=int(rhythm) if rhythm.isascii() and rhythm.isdecimal() else 0)

    def choices() -> dict[str, list[str]]:
        known = words()
        allowed = {"geography": GEOGRAPHIES, "visible_to": VISIBLE_TO, "counts": COUNTS}
        offered = {field: [known[field][code] for code in codes] for field, codes in allowed.items()}
        return offered | {field: list(known[field].values()) for field in ("source_id", "recipe")}

    return RecordKind(
        DATA_SETS,
        data_set_labels,
        texts,
        make,
        lambda one: data_set_faults(one if one.data_set_id else replace(one, data_set_id="x")),
        lambda one: one.data_set_id,
        lambda one: one.title,
        choices,
    )


def _told_apart(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles by code; where two are the same, the code stands behind each."""
    known = list(titles.values())
    return {code: f"{title} ({code})" if known.count(title) > 1 else title for code, title in titles.items()}


def _with_keys(rows: Sequence[tuple[int, R]], key: str, title: str, taken: Sequence[str]) -> list[tuple[int, R]]:
    """The records with a key of their title where they came without one."""
    used = [*taken, *(str(getattr(one, key)) for _row, one in rows)]
    found: list[tuple[int, R]] = []
    for row, one in rows:
        made: Any = one
        if not getattr(made, key):
            used.append(free_key(getattr(made, title), used))
            made = replace(made, **{key: used[-1]})
        found.append((row, made))
    return found


def _without_source(
    content: Content, sources: Sequence[tuple[int, Source]], data_sets: Sequence[tuple[int, DataSet]]
) -> list[Finding]:
    known = {one.source_id for _row, one in sources}
    what = _("Die Stelle „{name}“ gibt es auf dem Blatt „{sheet}“ nicht.")
    return [
        Finding(what.format(name=shown(one.source_id), sheet=SOURCES), content.name, DATA_SETS, row)
        for row, one in data_sets
        if one.source_id not in known
    ]


def _changes(project: Project, sources: Sequence[Source], data_sets: Sequence[DataSet]) -> RecordChanges:
    lines, gone = differences(_source_kind(), project.sources(), sources)
    known = {one.source_id: one for one in (*project.sources(), *sources)}
    kind = _data_set_kind(project, list(known.values()))
    more, gone_sets = differences(kind, project.data_sets(), data_sets)
    return RecordChanges(tuple(sources), tuple(data_sets), (*gone, *gone_sets), in_order([*lines, *more]))
