"""A recipe as tables of texts, as people fill them in, and back; every fault is said at its row and field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sozialraum.base import Finding, InputRefused, _, quoted
from sozialraum.deliveries.declare import recipe_of
from sozialraum.deliveries.recipe import Recipe
from sozialraum.deliveries.recipe_fields import Field, Section
from sozialraum.deliveries.recipe_words import places_of_meanings, sections
from sozialraum.deliveries.recipe_writing import recipe_text

Row = Mapping[str, str]
Tables = Mapping[str, Sequence[Row]]
Locate = Callable[[Section, int, Field | None], Finding]

MEANINGS = "meanings"
_FOLDED = ("period.days", "grid.marks", "facilities.kinds")


def tables_of(recipe: Recipe) -> dict[str, list[dict[str, str]]]:
    """The rows of every section by its part; a section the recipe does not use has none.

    Every field is there as text: codes for choices, 'true' or 'false', several texts one a line.
    """
    declared = tomllib.loads(recipe_text(recipe))
    found: dict[str, list[dict[str, str]]] = {}
    for section in sections():
        if section.part == MEANINGS:
            found[MEANINGS] = _meanings(declared)
            continue
        found[section.part] = [
            {field.name: _shown(_under(row, field.name), field) for field in section.fields}
            for row in _rows(declared, section)
        ]
    return found


def _rows(declared: Mapping[str, Any], section: Section) -> list[Mapping[str, Any]]:
    if section.part == "columns":
        return [
            {"name": name, **({"head": entry} if isinstance(entry, str) else entry)}
            for name, entry in declared["columns"].items()
        ]
    entry: Any = declared if not section.part else _under(declared, section.part)
    if entry is None:
        return []
    found: list[Mapping[str, Any]] = list(entry) if section.many else [entry]
    return found


def _under(declared: Any, path: str) -> Any:
    for name in path.split("."):
        declared = declared.get(name) if isinstance(declared, Mapping) else None
    return declared


def _shown(value: Any, field: Field) -> str:
    if value is None:
        return field.usual
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "\n".join(_escaped(str(each)) for each in value)
    if isinstance(value, Mapping):
        return "\n".join(_escaped(f"{name} = {code}") for name, code in value.items())
    return str(value)


def _escaped(text: str) -> str:
    """One text of a list as a line; the empty text is two quotes."""
    if not text.strip('"'):
        return '""' if not text else f"\\{text}"
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _lines(text: str) -> list[str]:
    """Texts of a field with several, one a line; a backslash stands doubled."""
    return [
        "" if line.strip() == '""' else re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], line)
        for line in text.replace("\r\n", "\n").split("\n")
        if line.strip()
    ]


def _meanings(declared: Mapping[str, Any]) -> list[dict[str, str]]:
    found = [(place, _under(declared, place) or {}) for place in _FOLDED]
    for one in declared.get("dimension", ()):
        found += [(f"dimension.{one['name']}.{kind}", one.get(kind, {})) for kind in ("codes", "bands")]
    return [{"where": place, "text": text, "code": code} for place, codes in found for text, code in codes.items()]


def plain_place(section: Section, number: int, field: Field | None) -> Finding:
    """Where an entry stands, in words: section, number of the row, field."""
    return Finding(
        "", sheet=section.title, row=number + 1 if section.many else None, column=field.title if field else ""
    )


def form_place(section: Section, number: int, field: Field | None) -> Finding:
    """Where an entry stands in a form: in words, and as `cell` 'part|row|field' for the page."""
    row = _(", Zeile {number}").format(number=number + 1) if section.many else ""
    words = f"{section.title}{row}: " if field is None else f"{section.title}{row}, {quoted(field.title)}: "
    return Finding(words, cell=f"{section.part}|{number}|{field.name if field else ''}")


def recipe_of_tables(tables: Tables, name: str, locate: Locate = plain_place) -> Recipe:
    """Make a recipe of filled-in tables.

    tables : as `tables_of` gives them. name : what is being read, for the refusal. locate : where a row
    (from 0) and field of a section stand, for the findings; its text goes before theirs.
    Raises InputRefused with every fault at once; nothing is half taken.
    """
    reader = _Reader(tables, locate)
    declared = reader.declared()
    if not reader.findings:
        try:
            return recipe_of(declared, name)
        except InputRefused as refused:
            reader.findings += [reader.in_words(finding) for finding in refused.findings]
    raise InputRefused(
        _("Die Einleseregel „{name}“ ist nicht vollständig oder widerspricht sich.").format(name=name),
        reader.findings,
        _("Es wurde nichts gespeichert."),
    )


@dataclass
class _Reader:
    """Turns tables into a declaration and collects what is wrong on the way."""

    tables: Tables
    locate: Locate

    def __post_init__(self) -> None:
        self.findings: list[Finding] = []
        self.columns = {str(row.get("name", "")).strip() for row in self.tables.get("columns", ())}

    def wrong(self, section: Section, number: int, field: Field | None, what: str, found: str = "") -> None:
        place = self.locate(section, number, field)
        self.findings.append(replace(place, what=place.what + what, found=found))

    def in_words(self, finding: Finding) -> Finding:
        """A finding on the whole declaration, at the section, row and field it speaks of, where that is clear."""
        place, told, what = finding.what.partition(": ")
        parts = {section.part: section for section in sections()}
        for part in sorted(parts, key=len, reverse=True):
            section, inner = parts[part], place.removeprefix(f"{part}.") if part else place
            names = {field.name: field for field in section.fields}
            field = names.get(inner) or names.get(inner.split(".")[-1])
            if not told or (part and inner == place) or field is None:
                continue
            keys = [str(row.get("name", "")).strip() for row in self.tables.get(part, ())]
            named = inner.split(".")[0]
            if part == "columns" and named in keys:
                located = self.locate(section, keys.index(named), field)
                return replace(located, what=located.what + what)
            located = self.locate(section, 0, field)
            return replace(located, what=located.what + what, row=None, cell="")
        return Finding(finding.what)

    def declared(self) -> dict[str, Any]:
        declared: dict[str, Any] = {}
        for section in sections():
            rows = self.tables.get(section.part, ())
            if section.part == MEANINGS:
                self._put_meanings(declared, section, rows)
            elif section.part == "columns":
                declared["columns"] = self._columns(section, rows)
            elif rows or not section.part:
                self._put(declared, section, rows)
        return declared

    def _put(self, declared: dict[str, Any], section: Section, rows: Sequence[Row]) -> None:
        entries = [self._entry(section, number, row) for number, row in enumerate(rows or ({},))]
        if not section.part:
            declared |= entries[0]
        elif section.part == "facilities.places":
            declared.setdefault("facilities", {})["places"] = entries
        else:
            declared[section.part] = entries if section.many else entries[0]

    def _columns(self, section: Section, rows: Sequence[Row]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for number, row in enumerate(rows):
            entry = self._entry(section, number, row)
            name = entry.pop("name", "")
            if name in found:
                self.wrong(
                    section, number, section.field("name"), _("„{text}“ steht zweimal da.").format(text=name), name
                )
            found[name] = entry
        return found

    def _entry(self, section: Section, number: int, row: Row) -> dict[str, Any]:
        entry: dict[str, Any] = {}
        for field in section.fields:
            text = str(row.get(field.name, "") or "")
            text = text if field.kind == "pattern" else text.strip()
            if not text:
                if field.needed:
                    self.wrong(section, number, field, _("fehlt."))
                continue
            value = self._value(section, number, field, text)
            if value is not None and (field.kind in ("yes", "number") or text != field.usual):
                _set(entry, field.name, value)
        return entry

    def _value(self, section: Section, number: int, field: Field, text: str) -> Any:
        """What a text means in its field; None, and said, when it means nothing."""

        def wrong(what: str) -> None:
            self.wrong(section, number, field, what.format(text=text), text)

        if field.kind == "yes":
            return text == "true" if text in ("true", "false") else wrong(_("„{text}“ ist weder ja noch nein."))
        if field.kind == "number":
            return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else wrong(_("„{text}“ ist keine ganze Zahl."))
        if field.kind == "pattern":
            return text if _is_pattern(text) else wrong(_("„{text}“ ist kein gültiges Muster."))
        if field.kind in ("text", "pairs") and not field.options:
            return self._pairs(text, wrong) if field.kind == "pairs" else text
        if field.kind == "column":
            return text if text in self.columns else wrong(_("Eine Spalte „{text}“ ist unter „Spalten“ nicht erklärt."))
        if field.kind == "columns":
            unknown = [name for name in _lines(text) if name.strip() not in self.columns]
            for name in unknown:
                wrong(_("Eine Spalte „{name}“ ist unter „Spalten“ nicht erklärt.").replace("{name}", name))
            return None if unknown else [name.strip() for name in _lines(text)]
        codes = [code for code, _word in field.options]
        if field.kind == "choice":
            return text if text in codes else wrong(_("„{text}“ gehört nicht zur Auswahl."))
        if field.kind == "choices":
            chosen = _lines(text)
            return chosen if set(chosen) <= set(codes) else wrong(_("„{text}“ gehört nicht zur Auswahl."))
        return _lines(text)

    def _pairs(self, text: str, wrong: Callable[[str], None]) -> dict[str, str] | None:
        found: dict[str, str] = {}
        for line in _lines(text):
            name, equals, code = line.partition("=")
            if not equals:
                wrong(_("„{text}“: Je Zeile ein Kurzname, ein Gleichheitszeichen und die Bedeutung."))
                return None
            found[name.strip()] = code.strip()
        return found

    def _put_meanings(self, declared: dict[str, Any], section: Section, rows: Sequence[Row]) -> None:
        dimensions = {one.get("name", ""): one for one in declared.get("dimension", ())}
        known = {place for place, _words in places_of_meanings(dimensions)}
        for number, row in enumerate(rows):
            entry = {name: str(row.get(name, "") or "") for name in ("where", "text", "code")}
            place = entry["where"].strip()
            if place not in known:
                self.wrong(section, number, section.field("where"), _("„{text}“ gibt es in dieser Einleseregel nicht.")
                           .format(text=place), place)  # fmt: skip
                continue
            part, _dot, kind = place.rpartition(".")
            if part.startswith("dimension."):
                codes = dimensions[part.removeprefix("dimension.")].setdefault(kind, {})
            elif part in declared:
                codes = declared[part].setdefault(kind, {})
            else:
                self.wrong(section, number, section.field("where"), _("„{text}“ gibt es in dieser Einleseregel nicht.")
                           .format(text=place), place)  # fmt: skip
                continue
            if entry["text"] in codes:
                self.wrong(section, number, section.field("text"), _("„{text}“ steht zweimal da.").format(
                    text=entry["text"]), entry["text"])  # fmt: skip
            codes[entry["text"]] = entry["code"].strip()
        if "facilities" in declared:
            declared["facilities"].setdefault("kinds", {})
            declared["facilities"].setdefault("always_protected", [])


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def _set(entry: dict[str, Any], path: str, value: Any) -> None:
    *tables, last = path.split(".")
    for name in tables:
        entry = entry.setdefault(name, {})
    entry[last] = value
