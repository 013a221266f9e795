"""Files of a street grid that were written anywhere, and the form of the files as a file to hand on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sozialraum import street_grid
from sozialraum.base import Finding, InputRefused, _
from sozialraum.base.text import shown
from sozialraum.base.whole_files import write_whole
from sozialraum.street_grid import Format


def check_street_grid(files: Mapping[str, bytes], form: Format | None = None) -> list[Finding]:
    """All findings of files written anywhere. form : by default the guess of the package."""
    return street_grid.check_files(files, form or street_grid.guessed_format())


def street_grid_to_check(paths: Sequence[Path], form: Format | None = None) -> dict[str, bytes]:
    """The files to check: those named, or of a folder the two with the names of the form, else all its csv files.

    Raises InputRefused for what is not there.
    """
    form = form or street_grid.guessed_format()
    found: list[Path] = []
    for path in map(Path, paths):
        if not path.is_dir():
            found.append(path)
            continue
        named = [path / name for name in (form.zu_file, form.ra_file) if (path / name).is_file()]
        found += named or sorted(file for file in path.iterdir() if file.suffix.lower() in (".csv", ".txt"))
    gone = [path for path in found if not path.is_file()]
    if gone or not found:
        raise InputRefused(
            _("Zu prüfen ist mindestens eine der Dateien „zu“ und „ra“."),
            [Finding(_("„{file}“ gibt es nicht.").format(file=shown(str(path), 400))) for path in gone],
            _("Geben Sie beide Dateien oder den Ordner an, in dem sie liegen."),
        )
    return files_by_name((path.name, path.read_bytes()) for path in found)


def files_by_name(files: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Name -> content; of several files of one name the others get a number, so that none is lost."""
    named: dict[str, bytes] = {}
    for given, content in files:
        plain = shown(given, 200)
        name, number = plain, 1
        while name in named:
            number += 1
            name = f"{plain} ({number})"
        named[name] = content
    return named


def write_street_grid_form(form: Format, file: Path) -> None:
    """Write a form as a settings file that can be handed on. OSError when it cannot be written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole({file: street_grid.form_text(form).encode()})
