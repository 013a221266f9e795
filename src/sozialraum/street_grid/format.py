"""The form of the two files: a documented guess in the package, changed by the project where the contract says more."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib import resources
from typing import Any

from sozialraum.base import Finding, InputRefused, _, quoted
from sozialraum.base.text import line_fault, shown

ZU_COLUMNS, RA_COLUMNS = 4, 13
SEPARATORS = {";": ";", ",": ",", "|": "|", "tab": "\t"}
ENCODINGS = ("cp1252", "utf-8", "utf-8-sig", "iso-8859-1")
LINE_ENDS = {"crlf": "\r\n", "lf": "\n"}
LASTS = ("open", "known")
LONGEST_TITLE, LONGEST_FILE_NAME = 80, 100  # characters
ZU_FIELDS = ("municipality", "key", "name", "inhabitants", "level", "municipality_name", "empty")
RA_FIELDS = (
    "municipality", "municipality_name", "street", "postcode", "odd_from", "odd_to", "even_from", "even_to", "key",
    "name", "empty",
)  # fmt: skip
NEEDED = {
    "zu": ("key", "name", "inhabitants"),
    "ra": ("street", "postcode", "odd_from", "odd_to", "even_from", "even_to", "key"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: what it holds (a name of ZU_FIELDS or RA_FIELDS) and its title in the first line."""

    field: str
    title: str


@dataclass(frozen=True, slots=True)
class Format:
    """How the two files are written and read.

    separator : ';', ',', '|' or 'tab'. encoding : one of ENCODINGS. header : the first line holds the titles.
    line_end : 'crlf' or 'lf'. last : 'open' = the last range of a street ends in 997 or 998, 'known' = in the last
    number of the register. zu : 4 columns. ra : 13 columns.
    """

    separator: str
    encoding: str
    header: bool
    line_end: str
    last: str
    zu_file: str
    ra_file: str
    zu: tuple[Column, ...]
    ra: tuple[Column, ...]

    def columns(self, kind: str) -> tuple[Column, ...]:
        """The columns of 'zu' or 'ra'."""
        return self.zu if kind == "zu" else self.ra

    def title(self, kind: str, field: str) -> str:
        """The title of the first column that holds a field; the field's name when none does."""
        return next((column.title for column in self.columns(kind) if column.field == field), field)

    def to_json(self) -> dict[str, Any]:
        """The form as JSON values, as it is kept in the settings of a project."""
        return asdict(self)


@cache
def guessed_format() -> Format:
    """The documented guess of the package (format.toml)."""
    text = resources.files("sozialraum.street_grid").joinpath("format.toml").read_text(encoding="utf-8")
    return _format(tomllib.loads(text))


def format_from(given: Mapping[str, Any] | None) -> Format:
    """The guess, overlaid by what a project has set.

    given : any of the fields of `Format` as JSON values. Raises InputRefused with every fault at once.
    """
    if given is None or (isinstance(given, Mapping) and not given):
        return guessed_format()
    faults = type_findings(given)
    if not faults:
        found = _format(guessed_format().to_json() | dict(given))
        faults = _findings(found)
    if faults:
        raise InputRefused(_("Diese Form der Dateien geht nicht."), faults)
    return found


def _format(given: Mapping[str, Any]) -> Format:
    plain: dict[str, Any] = {field.name: given[field.name] for field in fields(Format)}
    for kind in ("zu", "ra"):
        plain[kind] = tuple(Column(str(column["field"]), str(column["title"]).strip()) for column in given[kind])
    return Format(**plain)


def type_findings(given: Any) -> list[Finding]:
    """Values of another type than the form needs; [] = `Format` can be made of them."""
    if not isinstance(given, Mapping):
        return [Finding(_("Die Form der Dateien ist kein Verzeichnis von Angaben."))]
    kinds = {field.name: field.type for field in fields(Format)}
    strange = [shown(str(name)) for name in given if name not in kinds]
    findings = [Finding(_("Die Angabe „{name}“ gibt es nicht.").format(name=name)) for name in strange]
    for name, kind in kinds.items():
        if name not in given:
            continue
        value = given[name]
        if kind == "str" and not isinstance(value, str):
            findings.append(Finding(_("Die Angabe ist kein Text."), column=name))
        elif kind == "bool" and not isinstance(value, bool):
            findings.append(Finding(_("Die Angabe ist nicht „true“ oder „false“."), column=name))
        elif kind not in ("str", "bool") and not _are_columns(value):
            what = _("Jede Spalte braucht zwei Texte: „field“ für den Inhalt und „title“ für den Titel.")
            findings.append(Finding(what, sheet=name))
    return findings


def _are_columns(value: Any) -> bool:
    if not isinstance(value, list | tuple):
        return False
    return all(
        isinstance(column, Mapping) and set(column) == {"field", "title"}
        and all(isinstance(text, str) for text in column.values())
        for column in value
    )  # fmt: skip


def _findings(found: Format) -> list[Finding]:
    findings = []
    for field, allowed in (
        ("separator", SEPARATORS), ("encoding", ENCODINGS), ("line_end", LINE_ENDS), ("last", LASTS),
    ):  # fmt: skip
        value = getattr(found, field)
        if value not in allowed:
            what = _("„{value}“ gibt es hier nicht.").format(value=shown(value))
            findings.append(Finding(what, column=field, todo=_("Möglich sind: {names}.").format(names=_named(allowed))))
    for field in ("zu_file", "ra_file"):
        name = getattr(found, field)
        if not _is_file_name(name):
            findings.append(Finding(_("„{name}“ ist kein Dateiname.").format(name=shown(name)), column=field))
    if found.zu_file.casefold() == found.ra_file.casefold():
        findings.append(Finding(_("Beide Dateien heißen gleich."), column="ra_file"))
    return (
        findings
        + _column_findings("zu", found, ZU_COLUMNS, ZU_FIELDS)
        + _column_findings("ra", found, RA_COLUMNS, RA_FIELDS)
    )


def _is_file_name(name: str) -> bool:
    """A name that every system takes: no folder, no sign of Windows' own, nothing that cannot be seen."""
    if not name.strip(". ") or name != name.strip() or name.endswith(".") or line_fault(name, LONGEST_FILE_NAME):
        return False
    return not any(sign in name for sign in '<>:"/\\|?*')


def _column_findings(kind: str, found: Format, number: int, allowed: tuple[str, ...]) -> list[Finding]:
    held = [column.field for column in found.columns(kind)]
    findings = []
    if len(held) != number:
        what = _("Die Datei „{kind}“ hat {number} Spalten, angegeben sind {given}.")
        findings.append(Finding(what.format(kind=kind, number=number, given=len(held)), sheet=kind))
    findings += _title_findings(kind, found)
    unknown = sorted({shown(field) for field in held} - set(allowed))
    if unknown:
        findings.append(Finding(_("Diesen Inhalt gibt es nicht: {names}.").format(names=_named(unknown)), sheet=kind))
    lost = [_label(field) for field in NEEDED[kind] if field not in held]
    if lost:
        findings.append(Finding(_("Keine Spalte enthält: {names}.").format(names=_named(lost)), sheet=kind))
    twice = sorted({_label(field) for field in held if field != "empty" and held.count(field) > 1})
    if twice:
        findings.append(Finding(_("Mehrere Spalten enthalten: {names}.").format(names=_named(twice)), sheet=kind))
    return findings


def _title_findings(kind: str, found: Format) -> list[Finding]:
    """Titles that would break the first line, or that the encoding cannot write."""
    findings = []
    for column in found.columns(kind):
        fault = line_fault(column.title, LONGEST_TITLE)
        if not fault and found.encoding in ENCODINGS:
            try:
                column.title.encode(found.encoding)
            except UnicodeEncodeError:
                fault = _("lässt sich im Zeichensatz {encoding} nicht schreiben.").format(encoding=found.encoding)
        if fault:
            what = _("Der Titel „{title}“ {fault}").format(title=shown(column.title), fault=fault)
            findings.append(Finding(what, sheet=kind))
    return findings


def field_labels() -> dict[str, str]:
    """What people read for each field of a column."""
    return {
        "municipality": _("Gemeindeschlüssel"),
        "municipality_name": _("Name der Gemeinde"),
        "key": _("Schlüssel aus neun Ziffern"),
        "name": _("Bezeichnung"),
        "inhabitants": _("Zahl der Einwohnerinnen und Einwohner"),
        "level": _("Ebene"),
        "street": _("Straßenname"),
        "postcode": _("Postleitzahl"),
        "odd_from": _("ungerade von"),
        "odd_to": _("ungerade bis"),
        "even_from": _("gerade von"),
        "even_to": _("gerade bis"),
        "empty": _("bleibt leer"),
    }


def _label(field: str) -> str:
    return field_labels().get(field, field)


def _named(names: Any) -> str:
    return ", ".join(quoted(name) for name in names)
