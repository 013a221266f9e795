"""The file of an answer as JSON: what can be read of it, kept and said; everything else is refused with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sozialraum.base import Finding, InputRefused, _
from sozialraum.base.text import is_plain, shown

LARGEST = 20_000_000  # bytes; an answer has a few thousand
LONGEST_DIGITS = 30  # of a number; coordinates have seven
FREE_TEXTS = ("why", "text")  # may have several lines


def name_of(file: Path) -> str:
    """The name of a file, as it can be said and kept."""
    return shown(Path(file).name, 200)


def damaged(file: Path, findings: list[Finding]) -> InputRefused:
    """The file is no whole answer, with every reason."""
    return InputRefused(
        _("„{file}“ kann nicht als Antwort gelesen werden.").format(file=name_of(file)),
        findings,
        _("Es wurde nichts übernommen. Bitten Sie darum, die Antwort im Paket noch einmal zu speichern."),
    )


def content_of(file: Path) -> Any:
    """The JSON value of a file, all of its texts plain and its numbers finite. Raises InputRefused."""
    content = _json(file)
    for where, text, lines in _texts_in(content):
        if not is_plain(text, lines=lines):
            reason = _("Die Angabe „{name}“ enthält Steuerzeichen oder unlesbare Zeichen.")
            raise damaged(file, [Finding(reason.format(name=shown(where)), file=name_of(file))])
    return content


def _json(file: Path) -> Any:
    try:
        if not file.is_file():
            raise InputRefused(
                _("Die Datei „{file}“ gibt es nicht.").format(file=shown(str(file), 400)),
                (),
                _("Prüfen Sie Ordner und Namen."),
            )
        if file.stat().st_size > LARGEST:
            raise _Unusable(_("Die Datei ist zu groß für eine Antwort."))
        text = file.read_text(encoding="utf-8-sig")
        if text.strip() and text.lstrip()[0] not in "{[":
            raise _Unusable(_("Das ist keine Antwortdatei."))
        return json.loads(text, parse_int=_integer, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        place = _("Zeile {row}, Zeichen {column}").format(row=error.lineno, column=error.colno)
        reason = _("Die Datei bricht ab oder wurde verändert ({place}).").format(place=place)
        raise damaged(file, [Finding(reason, file=name_of(file))]) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise damaged(file, [Finding(_("Das ist keine Antwortdatei."), file=name_of(file))]) from error
    except _Unusable as error:
        raise damaged(file, [Finding(str(error), file=name_of(file))]) from error
    except OSError as error:
        reason = _("Die Datei kann nicht gelesen werden.")
        raise damaged(file, [Finding(reason, file=name_of(file))]) from error


class _Unusable(Exception):
    """What a file holds is no answer; its text says why."""


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_DIGITS:
        raise _Unusable(_("Die Datei enthält eine Zahl mit {count} Ziffern.").format(count=len(digits)))
    return int(digits)


def _no_number(word: str) -> float:
    raise _Unusable(_("Die Datei enthält „{word}“ anstelle einer Zahl.").format(word=word))


def _texts_in(content: Any) -> Iterator[tuple[str, str, bool]]:
    """Every text of a JSON value with the name it stands under, and whether it may have several lines."""
    waiting: list[tuple[str, Any]] = [("", content)]
    while waiting:
        where, value = waiting.pop()
        if isinstance(value, str):
            yield where, value, where in FREE_TEXTS
        elif isinstance(value, list):
            waiting += [(where, one) for one in value]
        elif isinstance(value, dict):
            for name, one in value.items():
                yield name, name, False
                waiting.append((name, one))
