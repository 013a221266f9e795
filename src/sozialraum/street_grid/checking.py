"""Check the two files, wherever they were written: every rule, all findings at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath

from sozialraum.base import Finding, _, quoted
from sozialraum.base.numbers import count
from sozialraum.base.text import shown
from sozialraum.street_grid.checking_ranges import LABEL, check_ranges
from sozialraum.street_grid.format import Format
from sozialraum.street_grid.groups import AT_LEAST
from sozialraum.street_grid.numbers import whole_number
from sozialraum.street_grid.reading import Content, Line, read_file

KEY = re.compile(r"[0-9]{9}")
LEVELS = ((6, "Stadtbezirk"), (3, "Stadtdistrikt"))


def check_files(files: Mapping[str, bytes], form: Format) -> list[Finding]:
    """All findings of a pair of files or of one of them, by file and line; [] = the agency's rules are kept.

    files : name -> content. Which is `zu` and which `ra` is told by the number of columns. Each finding names file,
    line, street or key, what is wrong and what to do. With one file only, what needs both is not looked at, and a
    note says so; notes alone leave the rules kept.
    """
    contents, findings = _read_once(files, form)
    units = [content for content in contents if content.kind == "zu"]
    ranges = [content for content in contents if content.kind == "ra"]
    findings += _about_the_pair(units, ranges, form)
    known = _names(units[0].lines) if units and units[0].lines else None
    for content in units[:1]:
        findings += [_at(finding, content) for finding in _check_units(content, form)]
        findings += [_at(finding, content) for finding in _check_levels(content, form)]
        if ranges and ranges[0].lines:
            findings += [_at(finding, content) for finding in _check_used(content, ranges[0], form)]
    for content in ranges[:1]:
        findings += [_at(finding, content) for finding in _check_keys(content, known, form)]
        findings += [_at(finding, content) for finding in check_ranges(content, known or {}, form)]
    order = {content.name: position for position, content in enumerate([*units, *ranges])}
    return sorted(findings, key=lambda finding: (order.get(finding.file, len(order)), finding.row or 0))


def _read_once(files: Mapping[str, bytes], form: Format) -> tuple[list[Content], list[Finding]]:
    """The files read, each content once, and the findings of their form."""
    contents: list[Content] = []
    findings: list[Finding] = []
    names: dict[bytes, str] = {}
    for name, raw in files.items():
        if raw in names:
            what = _("Der Inhalt ist derselbe wie in „{other}“.").format(other=names[raw])
            findings.append(Finding(what, file=name, todo=_("Wählen Sie die beiden Dateien „zu“ und „ra“.")))
            continue
        names[raw] = name
        content = read_file(name, raw, form)
        contents.append(content)
        findings += content.findings
    return contents, findings


def _about_the_pair(units: list[Content], ranges: list[Content], form: Format) -> list[Finding]:
    """Files too many, with the name of the other, or alone."""
    findings: list[Finding] = []
    for kind, found, others_name in (("zu", units, form.ra_file), ("ra", ranges, form.zu_file)):
        for more in found[1:]:
            what = _("Zwei Dateien „{kind}“: geprüft wird „{name}“.").format(kind=kind, name=found[0].name)
            findings.append(Finding(what, file=more.name, severity="warning"))
        for content in found:
            if PurePath(content.name).name.casefold() == others_name.casefold():
                what = _("Nach den Spalten ist das die Datei „{kind}“, dem Namen nach die andere.").format(kind=kind)
                todo = _("Vermutlich sind die Namen vertauscht: Benennen Sie die Dateien um.")
                findings.append(Finding(what, file=content.name, severity="warning", todo=todo))
    whole = [(kind, found[0]) for kind, found in (("zu", units), ("ra", ranges)) if found and found[0].lines]
    if len(whole) == 1:
        kind, content = whole[0]
        alone = {"zu": _("Nur „zu“ geprüft, „ra“ fehlt."), "ra": _("Nur „ra“ geprüft, „zu“ fehlt.")}
        todo = _("Ob beide zueinander passen, zeigt erst die Prüfung beider Dateien.")
        findings.append(Finding(alone[kind], file=content.name, severity="note", todo=todo))
    return findings


def _at(finding: Finding, content: Content) -> Finding:
    return replace(finding, file=content.name)


def _label(line: Line) -> str:
    return shown(f"{line['key']} {line['name']}".strip(), LABEL)


def _names(lines: Iterable[Line]) -> dict[str, str]:
    """Key -> name of the rows of `zu`."""
    return {line["key"]: line["name"] for line in lines}


def _heads(keys: Iterable[str]) -> set[str]:
    """Beginnings of keys that have parts of their own: '101' of a divided district, '101100' of a divided Bezirk."""
    there = list(keys)
    divided = {key[:3] for key in there if not key.endswith("000000")}
    return divided | {key[:6] for key in there if not key.endswith("000")}


def _is_upper(key: str, heads: set[str]) -> bool:
    return key.endswith("000") and (key[:3] if key.endswith("000000") else key[:6]) in heads


def _check_units(content: Content, form: Format) -> list[Finding]:
    findings = []
    column = form.title("zu", "key")
    seen: dict[str, Line] = {}
    keys = {line["key"] for line in content.lines}
    heads = _heads(keys)
    for line in content.lines:
        key = line["key"]
        fault = key_fault(key, keys)
        if fault:
            findings.append(replace(fault, row=line.number, column=column))
        if key in seen and key:
            what = _("Der Schlüssel „{key}“ steht auch in Zeile {row}: „{one}“ und „{other}“.")
            one, other = shown(seen[key]["name"], LABEL), shown(line["name"], LABEL)
            text = what.format(key=shown(key), row=seen[key].number, one=one, other=other)
            findings.append(Finding(text, row=line.number, column=column, todo=_("Jeder Schlüssel steht einmal.")))
        seen.setdefault(key, line)
        if not line["name"]:
            what = _("„{key}“ hat keine Bezeichnung.").format(key=shown(key))
            findings.append(Finding(what, row=line.number, column=form.title("zu", "name"),
                                    todo=_("Ergänzen Sie den Namen.")))  # fmt: skip
        findings += _check_people(line, _is_upper(key, heads), form)
    return findings


def _check_people(line: Line, upper: bool, form: Format) -> list[Finding]:
    column, text = form.title("zu", "inhabitants"), line["inhabitants"]
    label = _label(line)
    if upper and not text:
        return []
    if not text:
        what = _("{area}: Die Zahl der Einwohnerinnen und Einwohner fehlt.").format(area=label)
        todo = _("Verlangt ist sie für jedes Stadtviertel zum 31.12. des Vorjahres.")
        return [Finding(what, row=line.number, column=column, todo=todo)]
    people = whole_number(text)
    if people is None:
        what = _("{area}: „{text}“ ist keine ganze Zahl.").format(area=label, text=shown(text))
        todo = _("Schreiben Sie die Zahl ohne Punkt und Komma.")
        return [Finding(what, row=line.number, column=column, todo=todo)]
    if upper or people >= AT_LEAST:
        return []
    what = _("{area}: {people} Einwohnerinnen und Einwohner, verlangt sind mindestens 1.000.")
    todo = _("Geben Sie das Gebiet zusammen mit einem ähnlichen Nachbargebiet ab (Liefergruppe).")
    return [Finding(what.format(area=label, people=count(people)), row=line.number, column=column, todo=todo)]


def key_fault(key: str, known: Iterable[str] = ()) -> Finding | None:
    """What is wrong with the form of a key; None when it has nine digits."""
    if KEY.fullmatch(key):
        return None
    if not key:
        return Finding(_("Der Schlüssel fehlt."), todo=_("Ergänzen Sie die neun Ziffern."))
    digits = key.isascii() and key.isdigit()
    if digits and len(key) < 9 and key.zfill(9) in set(known):
        what = _("„{key}“: Führende Null verloren, gemeint ist „{right}“.").format(key=key, right=key.zfill(9))
        return Finding(what, todo=_("Speichern Sie den Schlüssel als Text, nicht als Zahl."))
    if digits and len(key) < 9:
        what = _("„{key}“ hat nur {digits} Ziffern statt neun; vermutlich ging eine führende Null verloren.")
        todo = _("Speichern Sie den Schlüssel als Text, nicht als Zahl.")
        return Finding(what.format(key=key, digits=len(key)), todo=todo)
    what = _("„{key}“ ist kein Schlüssel aus neun Ziffern.").format(key=shown(key))
    return Finding(what, todo=_("Ziffern 1 bis 3 Distrikt, 4 bis 6 Bezirk, 7 bis 9 Viertel."))


def _check_levels(content: Content, form: Format) -> list[Finding]:
    """Every Viertel has its Bezirk and its district in the list, each said once."""
    keys = {line["key"] for line in content.lines if KEY.fullmatch(line["key"])}
    findings = []
    said: set[str] = set()
    for line in content.lines:
        key = line["key"]
        if key not in keys:
            continue
        for digits, level in LEVELS:
            upper = key[:digits] + "0" * (9 - digits)
            if upper not in keys and upper not in said and key[3:] != "000000":
                said.add(upper)
                what = _("Zu „{key}“ fehlt die Ebene darüber: {level} „{upper}“.")
                text = what.format(key=key, level=level, upper=upper)
                todo = _("Ergänzen Sie eine Zeile mit diesem Schlüssel und seiner Bezeichnung.")
                findings.append(Finding(text, row=line.number, column=form.title("zu", "key"), todo=todo))
    return findings


def _check_used(content: Content, ranges: Content, form: Format) -> list[Finding]:
    """Viertel without a single street."""
    used = {line["key"] for line in ranges.lines}
    keys = {line["key"] for line in content.lines}
    heads = _heads(keys)
    findings = []
    for line in content.lines:
        key = line["key"]
        if not _is_upper(key, heads) and key not in used:
            what = _("{area}: Keine einzige Straße gehört dazu.").format(area=_label(line))
            todo = _("Ordnen Sie Straßen zu oder nehmen Sie das Gebiet heraus.")
            findings.append(Finding(what, row=line.number, column=form.title("zu", "key"), todo=todo))
    return findings


def _check_keys(content: Content, known: Mapping[str, str] | None, form: Format) -> list[Finding]:
    """Keys and postcodes of `ra`, each line by itself."""
    findings = []
    heads = _heads(known or ())
    for line in content.lines:
        street, key = line["street"], line["key"]
        fault = key_fault(key, known or ())
        if fault is None and known is not None and key not in known:
            what = _("Der Schlüssel „{key}“ steht nicht in der Zuordnungsdatei.").format(key=key)
            fault = Finding(what, todo=_("Berichtigen Sie ihn oder ergänzen Sie ihn dort."))
        elif fault is None and known is not None and _is_upper(key, heads):
            what = _("„{key}“ ist kein Stadtviertel, sondern eine Ebene darüber.").format(key=key)
            fault = Finding(what, todo=_("Straßen gehören zur kleinsten Ebene."))
        if fault:
            findings.append(_of_street(fault, street, line, form.title("ra", "key")))
        if not street:
            todo = _("Ergänzen Sie den Namen.")
            what = _("Der Straßenname fehlt.")
            findings.append(Finding(what, row=line.number, column=form.title("ra", "street"), todo=todo))
        code = line["postcode"]
        if not (len(code) == 5 and whole_number(code) is not None):
            what = _("{code} ist keine Postleitzahl aus fünf Ziffern.").format(code=quoted(shown(code)))
            todo = _("Eine führende Null darf nicht verloren gehen: Speichern Sie die Spalte als Text.")
            findings.append(_of_street(Finding(what, todo=todo), street, line, form.title("ra", "postcode")))
    return findings


def _of_street(finding: Finding, street: str, line: Line, column: str) -> Finding:
    what = f"{shown(street, LABEL)}: {finding.what}" if street else finding.what
    return replace(finding, what=what, row=line.number, column=column)
