"""A recipe as a workbook with sheets in plain words, and back; what changed between two, as sentences."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from sozialraum.base import Finding, InputRefused, _
from sozialraum.base.numbers import count
from sozialraum.deliveries.catalogue import spelled
from sozialraum.deliveries.recipe import Recipe
from sozialraum.deliveries.recipe_fields import Field, Options, Section
from sozialraum.deliveries.recipe_tables import MEANINGS, Row, Tables, recipe_of_tables, tables_of
from sozialraum.deliveries.recipe_words import places_of_meanings, sections
from sozialraum.deliveries.sign_profiles import Sign, SignProfile, sign_profiles
from sozialraum.deliveries.workbook_tables import SheetTables
from sozialraum.deliveries.workbook_writing import text_rows, write_tables


def recipe_workbook(recipe: Recipe, titles: Mapping[str, str] | None = None) -> bytes:
    """The recipe as XLSX: a sheet per section, and one that explains its signs.

    titles : what features are called. Columns are called by their heads.
    """
    tables = tables_of(recipe)
    words = form_words(recipe, tables)
    if titles:
        words["value.feature"] = feature_words(recipe, titles)
    hints = (
        _("Einleseregel: {title}").format(title=_(recipe.title)),
        _("Tragen Sie Änderungen ein und lesen Sie die Datei auf der Seite „Einleseregeln“ wieder ein; vor dem "
          "Speichern sehen Sie, was sich ändert."),
        _("Mehrere Texte in einem Feld stehen untereinander, je Zeile einer."),
        _("Spalten werden in den anderen Blättern mit ihrer Überschrift genannt, Merkmale mit ihrem Titel."),
        _("Muster und Kurznamen braucht nur, wer sich damit auskennt; sie sind eingeklappt (Plus am Rand)."),
        _("Das Blatt „Zeichen“ erklärt nur; Zeichen werden für alle Einleseregeln einer Quelle gemeinsam geändert."),
    )  # fmt: skip
    return write_tables(sections(), tables, hints, {_("Zeichen"): sign_rows(profiles_of(tables))}, words)


def recipe_from_sheets(path: Path) -> Recipe:
    """Read a recipe from such a workbook.

    Raises InputRefused with every fault at its sheet, row and column; nothing is half taken.
    """
    found = SheetTables(path, sections, _words_read)
    findings = list(found.findings)
    signs = found.rows_of(_("Zeichen"))
    if signs is not None and not findings and signs != _padded(sign_rows(profiles_of(found.tables)), signs):
        findings.append(
            Finding(_("Zeichen lassen sich in dieser Datei nicht ändern."), path.name, _("Zeichen"), todo=_(
                "Bitte die Zeichen auf der Seite „Einleseregeln“ ändern und dieses Blatt lassen, wie es war."))
        )  # fmt: skip
    if findings:
        raise InputRefused(
            _("„{file}“ ist keine vollständige Einleseregel.").format(file=path.name),
            findings,
            _("Es wurde nichts gespeichert."),
        )
    return recipe_of_tables(found.tables, path.name, found.locate)


def _padded(rows: list[list[str]], like: list[list[str]]) -> list[list[str]]:
    """Rows as a workbook gives them back: all of the same width."""
    width = max((len(row) for row in like), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def form_words(recipe: Recipe, tables: Tables) -> dict[str, Options]:
    """Choices that depend on a recipe, by '<part>.<field>': its columns by their heads, and what texts stand in."""
    heads = column_words(tables, _shown_heads(recipe))
    return {**_words(tables, dict(heads)), **_places(heads)}


def _words(tables: Tables, heads: Mapping[str, str]) -> dict[str, Options]:
    """What texts of the file can be explained for, called by the columns they stand in."""
    named = {
        str(row.get("name", "")).strip(): ", ".join(
            heads.get(line, line) for line in row.get("columns", "").splitlines()
        )
        for row in tables.get("dimension", ())
    }
    found = []
    for place, word in places_of_meanings(named):
        part, _dot, kind = place.rpartition(".")
        name = part.removeprefix("dimension.")
        text = _("Alter in „{head}“") if kind == "bands" else _("Texte in „{head}“")
        found.append((place, text.format(head=named[name]) if part != name and named.get(name) else word))
    return {f"{MEANINGS}.where": _unlike(found)}


def _words_read(tables: Tables) -> dict[str, Options]:
    """The words of a workbook that came back; a new column gets its short name from its head."""
    taken = {str(row.get("name", "")).strip() for row in tables.get("columns", ())}
    for row in tables.get("columns", ()):
        if isinstance(row, dict) and not row.get("name", "").strip() and row.get("head", "").strip():
            short = re.sub(r"[^a-z0-9]+", "_", spelled(row["head"])).strip("_")[:30] or "x"
            names = (short, *(f"{short}_{number}" for number in range(2, len(taken) + 3)))
            row["name"] = next(name for name in names if name not in taken)
            taken.add(row["name"])
    heads = column_words(tables)
    return {**_words(tables, dict(heads)), **_places(heads)}


def column_words(tables: Tables, shown: Mapping[str, str] | None = None) -> Options:
    """Short name of each column -> its head as people read it. shown : heads of columns that have a pattern instead."""
    found = [
        (
            str(row.get("name", "")),
            (row.get("head") or (shown or {}).get(row.get("name", ""), "") or row.get("name", "")),
        )
        for row in tables.get("columns", ())
    ]
    return _unlike([(name, head.replace(" | ", ", ")) for name, head in found])


def _unlike(options: Sequence[tuple[str, str]]) -> Options:
    """The choices with their code behind words that stand for several."""
    words = [word.casefold() for _code, word in options]
    return tuple((code, f"{word} ({code})" if words.count(word.casefold()) > 1 else word) for code, word in options)


def _places(heads: Options) -> dict[str, Options]:
    """The choices of every field that names columns."""
    return {
        f"{section.part}.{field.name}": heads
        for section in sections()
        for field in section.fields
        if field.kind in ("column", "columns")
    }


def feature_words(recipe: Recipe, titles: Mapping[str, str], more: Sequence[str] = ()) -> Options:
    """Features by title: those of the recipe first, then those of `titles`.

    A value that is divided into several is called by the first of them. more : codes that stand for several others
    and are not offered.
    """
    found: dict[str, str] = {}
    for value in recipe.values:
        if value.feature:
            column = recipe.columns.get(value.column)
            head = column.shown.replace(" | ", ", ") if column is not None else ""
            known = [titles.get(code) or head or code for code in recipe.features_of(value)]
            several = _("{first} und {count} weitere").format(first=known[0], count=len(known) - 1)
            found[value.feature] = known[0] if len(known) == 1 else several
    others = {code: title for code, title in titles.items() if code not in found and code not in more}
    return _unlike([*found.items(), *others.items()])


def profiles_of(tables: Tables) -> list[SignProfile]:
    """The explanations of signs that a recipe uses, each once."""
    codes = [row.get("signs", "") for part in ("value", "facilities.places") for row in tables.get(part, ())]
    known = sign_profiles()
    return [known[code] for code in dict.fromkeys(codes) if code in known]


def sign_rows(profiles: list[SignProfile]) -> list[list[str]]:
    """Every sign with its meaning, its bounds, its status and what the source says."""
    head = (_("Quelle"), _("Zeichen"), _("Bedeutung"), _("von"), _("bis"), _("gilt als"), _("Die Quelle sagt"))
    rows = [
        (
            profile.title,
            sign.text or _("(leer)"),
            sign.meaning,
            *bounds_text(sign),
            status_word(sign.status),
            sign.legend,
        )
        for profile in profiles
        for sign in profile.signs.values()
    ]
    return text_rows(head, rows)


def bounds_text(sign: Sign) -> tuple[str, str]:
    """Both ends in words; empty without a number."""
    if sign.low is None or sign.high is None:
        return "", ""
    return count(sign.low), _("ohne Grenze") if math.isinf(sign.high) else count(sign.high)


def status_word(status: str) -> str:
    """The status of a value in one word."""
    words = {
        "observed": _("gezählt"), "rounded": _("gerundet"), "suppressed": _("verdeckt"), "missing": _("fehlend"),
        "blocked": _("gesperrt"), "uncertain": _("unsicher"), "estimated": _("geschätzt"),
    }  # fmt: skip
    return words[str(status)]


def recipe_differences(before: Recipe, after: Recipe, titles: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """What changed, as sentences; nothing about the number of the version.

    titles : what features are called; columns are called by their head.
    """
    old, new = tables_of(before), tables_of(after)
    words = _both(form_words(before, old), form_words(after, new)) | {"value.feature": tuple((titles or {}).items())}
    return differences_of(sections(), old, new, words)


def _both(old: Mapping[str, Options], new: Mapping[str, Options]) -> dict[str, Options]:
    return {place: (*old.get(place, ()), *options) for place, options in new.items()}


def _shown_heads(recipe: Recipe) -> dict[str, str]:
    return {name: column.shown for name, column in recipe.columns.items()}


def differences_of(
    sections: Sequence[Section], old: Tables, new: Tables, words: Mapping[str, Options]
) -> tuple[str, ...]:  # fmt: skip
    """What changed between two fillings of the same sections, as sentences."""
    found = [_section_differences(each, old.get(each.part, ()), new.get(each.part, ()), words) for each in sections]
    return tuple(sentence for sentences in found for sentence in sentences)


def _section_differences(
    section: Section, old: Sequence[Row], new: Sequence[Row], words: Mapping[str, Options]
) -> list[str]:
    before, after = _keyed(section, old), _keyed(section, new)
    found = [
        _("{part} kommt hinzu.").format(part=_named(section, after[key], words)) for key in after if key not in before
    ]
    found += [
        _("{part} fällt weg.").format(part=_named(section, before[key], words)) for key in before if key not in after
    ]
    for key in after:
        if key in before:
            found += _row_differences(section, before[key], after[key], words)
    same = [key for key in before if key in after]
    if section.many and same != [key for key in after if key in before]:
        found.append(_("{part}: Die Reihenfolge ist anders.").format(part=section.title))
    return found


def _keyed(section: Section, rows: Sequence[Row]) -> dict[tuple[str, ...], Row]:
    """Rows by what names them; rows of the same name are told apart by their order."""
    found: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = tuple(row.get(name, "") for name in section.key)
        number = 1
        while (*key, str(number)) in found:
            number += 1
        found[(*key, str(number))] = row
    return found


def _named(section: Section, row: Row, words: Mapping[str, Options]) -> str:
    """A row in words: 'Spalten, „Kinder“'."""
    if not section.many:
        return section.title
    texts = [_value_words(row.get(name, ""), section.field(name), section, words) for name in section.key]
    if section.part == "columns":
        texts = [row.get("head", "") or row.get("name", "")]
    return f"{section.title}, {' / '.join(_('„{text}“').format(text=text) for text in texts if text)}"


def _row_differences(section: Section, old: Row, new: Row, words: Mapping[str, Options]) -> list[str]:
    found = []
    for field in section.fields:
        before, after = old.get(field.name, ""), new.get(field.name, "")
        if before == after or (not section.part and field.name == "version"):
            continue
        what = _("{part}: „{field}“ ist jetzt {after}, vorher {before}.")
        if not before:
            what = _("{part}: „{field}“ ist jetzt {after}.")
        if not after:
            what = _("{part}: „{field}“ ist jetzt leer, vorher {before}.")
        if field.kind == "pattern":
            found.append(
                _("{part}: „{field}“ ist geändert.").format(part=_named(section, new, words), field=field.title)
            )
            continue
        shown = [_("„{text}“").format(text=_value_words(each, field, section, words)) for each in (before, after)]
        found.append(what.format(part=_named(section, new, words), field=field.title, before=shown[0], after=shown[1]))
    return found


def _value_words(text: str, field: Field, section: Section, words: Mapping[str, Options]) -> str:
    if field.kind == "yes":
        return _("ja") if text == "true" else _("nein")
    known = dict(words.get(f"{section.part}.{field.name}", field.options))
    return ", ".join(known.get(line, line) for line in text.splitlines())
