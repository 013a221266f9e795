"""Sections of entries read back from the sheets of a workbook; each cell is found by sheet, row and column."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from sozialraum.base import Finding, InputRefused, _, in_language
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.recipe_fields import Field, Section
from sozialraum.deliveries.workbook_writing import LABELS, SEVERAL, options_of


class SheetTables:
    """The sections found in a workbook. `tables` are their rows; `locate` says where an entry stands."""

    def __init__(self, path: Path, make: Any, words: Any) -> None:
        """make : () -> sections; words : rows by part -> choices that depend on them; both in the current language."""
        self.file = path.name
        content = open_file(path)
        if not content.sheets or content.format not in ("xlsx", "xls", "ods"):
            raise InputRefused(_("„{file}“ ist keine Excel-Datei.").format(file=path.name))
        self._rows = {sheet.name.strip(): list(sheet.rows) for sheet in content.sheets}
        self.findings: list[Finding] = []
        self._places: dict[tuple[str, int, str], tuple[int, int]] = {}
        self.sections: tuple[Section, ...] = make()
        self._names = self._both(make)
        self.tables: dict[str, list[dict[str, str]]] = {}
        for section in self.sections:
            self.tables[section.part] = self._read(section)
        self._to_codes(words)

    def _both(self, make: Any) -> dict[str, list[Section]]:
        """Each section in both languages: a workbook may have been written under the other one."""
        found: dict[str, list[Section]] = {}
        for language in ("de", "en"):
            with in_language(language):
                for section in make():
                    found.setdefault(section.part, []).append(section)
        return found

    def rows_of(self, title: str) -> list[list[str]] | None:
        """The rows of a sheet that is no section, None when it is not there."""
        found = self._rows.get(title)
        return None if found is None else [list(row) for row in found]

    def _say(
        self, section: Section, what: str, row: int | None = None, column: int | None = None, found: str = ""
    ) -> None:
        cell = xl_rowcol_to_cell(row, column) if row is not None and column is not None else ""
        self.findings.append(
            Finding(what, self.file, section.title, None if row is None else row + 1, cell=cell, found=found)
        )

    def _read(self, section: Section) -> list[dict[str, str]]:
        titles = {each.title[:31] for each in self._names[section.part]}
        rows = next((self._rows[title] for title in titles if title in self._rows), None)
        if rows is None:
            self._say(section, _("Das Blatt „{title}“ fehlt.").format(title=section.title))
            return []
        return self._many(section, rows) if section.many else self._one(section, rows)

    def _titles(self, section: Section) -> dict[str, str]:
        """Field by the title it may stand under."""
        return {
            field.title.casefold(): field.name for each in self._names[section.part] for field in each.fields
        }  # fmt: skip

    def _many(self, section: Section, rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
        titles = self._titles(section)
        heads = [str(text).strip() for text in rows[0]] if rows else []
        names = [titles.get(head.casefold(), "") for head in heads]
        for column, head in enumerate(heads):
            if head and not names[column]:
                self._say(section, _("Eine Spalte „{head}“ gibt es hier nicht.").format(head=head), 0, column, head)
        for field in section.fields:
            if field.name not in names:
                self._say(section, _("Die Spalte „{head}“ fehlt.").format(head=field.title), 0)
        found: list[dict[str, str]] = []
        for number, row in enumerate(rows[1:], start=1):
            entry = {name: str(text) for name, text in zip(names, row, strict=False) if name}
            if not any(text.strip() for text in row):
                continue
            for column, name in enumerate(names):
                self._places[section.part, len(found), name] = (number, column)
            found.append(entry)
        return found

    def _one(self, section: Section, rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
        titles = self._titles(section)
        entry: dict[str, str] = {}
        for number, row in enumerate(rows[1:], start=1):
            title, text = (*(str(each) for each in row[:2]), "", "")[:2]
            name = titles.get(title.strip().casefold(), "")
            if not name:
                if title.strip() or text.strip():
                    self._say(section, _("Eine Angabe „{title}“ gibt es hier nicht.").format(title=title.strip()),
                              number, 0, title.strip())  # fmt: skip
                continue
            if name in entry:
                self._say(section, _("„{text}“ steht zweimal da.").format(text=title.strip()), number, 0, title.strip())
            entry[name] = text
            self._places[section.part, 0, name] = (number, 1)
        for field in section.fields:
            if field.name not in entry:
                self._say(section, _("Die Angabe „{title}“ fehlt.").format(title=field.title))
        return [entry] if any(text.strip() for text in entry.values()) else []

    def _to_codes(self, words: Any) -> None:
        """Words of choices become their codes; other texts stay and are refused where they mean nothing."""
        choices: dict[tuple[str, str], dict[str, str]] = {}
        for language in ("de", "en"):
            with in_language(language):
                own = words(self.tables)
                for part, several in self._names.items():
                    for field in several[0 if language == "de" else 1].fields:
                        for code, word in options_of(several[0], field, own):
                            choices.setdefault((part, field.name), {}).setdefault(word.casefold(), code)
                        if field.kind == "yes":
                            choices[part, field.name] |= {_("ja").casefold(): "true", _("nein").casefold(): "false"}
        for place, code, word in (row[:3] for row in self.rows_of(LABELS) or [] if len(row) >= 3):
            part, _dot, name = place.rpartition(".")
            choices.setdefault((part, name), {}).setdefault(word.casefold(), code)
        for part, rows in self.tables.items():
            several_codes = {field.name for field in self._names[part][0].fields if field.kind in SEVERAL}
            for row in rows:
                for name, text in row.items():
                    known = choices.get((part, name))
                    if known and name in several_codes:
                        row[name] = "\n".join(known.get(line.strip().casefold(), line) for line in text.splitlines())
                    elif known:
                        row[name] = known.get(text.strip().casefold(), text)

    def locate(self, section: Section, number: int, field: Field | None) -> Finding:
        """Where an entry stands in the workbook."""
        row, column = self._places.get((section.part, number, field.name if field else ""), (None, None))
        cell = xl_rowcol_to_cell(row, column) if row is not None and column is not None else ""
        title = field.title if field else ""
        return Finding("", self.file, section.title, None if row is None else row + 1, title, cell=cell)
