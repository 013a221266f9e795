"""The form of the two files as a settings file (TOML) that one planner can hand on to another."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from sozialraum.base import Finding, InputRefused, _
from sozialraum.base.text import shown
from sozialraum.street_grid.format import ENCODINGS, Column, Format, field_labels, format_from

LARGEST = 100_000  # bytes; a form has two thousand


def form_text(form: Format) -> str:
    """The settings as TOML, each with what is possible there; `read_form` gives the same form back."""
    lines = [
        "# " + _("Form der beiden Dateien des Straßenrasters."),
        "# " + _("Verwenden: sozialraum street-grid export PROJEKT ZIEL --form DATEI"),
        "",
        _line("separator", form.separator, _("Trennzeichen: ; , | oder tab")),
        _line("encoding", form.encoding, _("Zeichensatz: {names}").format(names=", ".join(ENCODINGS))),
        _line("header", form.header, _("true = die erste Zeile nennt die Spalten")),
        _line("line_end", form.line_end, _("Zeilenende: crlf oder lf")),
        _line("last", form.last, _("letzte Hausnummer: open = 997 und 998, known = die letzte bekannte")),
        _line("zu_file", form.zu_file),
        _line("ra_file", form.ra_file),
    ]
    for kind in ("zu", "ra"):
        for number, column in enumerate(form.columns(kind), 1):
            lines += ["", *_column(kind, number, column)]
    return "\n".join(lines) + "\n"


def read_form(file: Path) -> Format:
    """The form in a settings file; what it leaves out is as assumed. Raises InputRefused with every fault at once."""
    name = shown(str(file), 400)
    try:
        if not file.is_file():
            raise InputRefused(
                _("Die Datei „{file}“ gibt es nicht.").format(file=name), (), _("Prüfen Sie Ordner und Namen.")
            )
        if file.stat().st_size > LARGEST:
            raise _refused(name, _("Sie ist dafür zu groß."))
        given = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _refused(name, _("Sie ist keine Textdatei in utf-8.")) from error
    except (ValueError, RecursionError) as error:
        # tomllib speaks English and names line and column at the end
        place = str(error)[str(error).find("(at line") :] if "(at line" in str(error) else ""
        line = "".join(sign for sign in place.partition(",")[0] if sign.isdigit())
        what = _("Zeile {row} ist nicht als Angabe „name = wert“ zu lesen.").format(row=line) if line else ""
        raise _refused(name, what or _("Sie ist nicht als Liste von Angaben „name = wert“ zu lesen.")) from error
    except OSError as error:
        raise _refused(name, _("Sie kann nicht geöffnet werden.")) from error
    return format_from(given)


def _refused(name: str, why: str) -> InputRefused:
    return InputRefused(
        _("„{file}“ ist keine Form des Straßenrasters.").format(file=name),
        [Finding(why)],
        _("Eine solche Datei schreibt „sozialraum street-grid form PROJEKT DATEI“."),
    )


def _line(name: str, value: str | bool, note: str = "") -> str:
    # JSON writes texts and truth as TOML reads them
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    return f"{line}  # {note}" if note else line


def _column(kind: str, number: int, column: Column) -> list[str]:
    label = field_labels().get(column.field, column.field)
    return [
        f"[[{kind}]]  # {number}: {label}",
        _line("field", column.field),
        _line("title", column.title),
    ]
