"""The web report: a small static site of the prepared model that opens from a folder, without network or scripts."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from sozialraum.base import in_language
from sozialraum.publish import svg
from sozialraum.publish.content import ReportContent
from sozialraum.publish.document import Page, Report
from sozialraum.publish.fonts_folder import WEIGHTS, fonts_folder
from sozialraum.publish.marks import notes_with_marks
from sozialraum.publish.model import prepare
from sozialraum.publish.pdf import runs


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of the site: its name, its title, its pages; `group` is the chapter of which it is a part, its
    `short` title then stands in the navigation."""

    name: str
    title: str
    pages: tuple[Page, ...]
    group: str = ""
    short: str = ""


def write_html(content: ReportContent, folder: Path) -> None:
    """Write the report as `index.html` and a few more pages into `folder`, which appears whole or not at all.

    An existing folder is replaced. No scripts, no network; OSError when it cannot be written.
    """
    report = prepare(content)
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        part.chmod(0o755)
        _write_site(report, part)
        if folder.exists():
            shutil.rmtree(folder)
        os.replace(part, folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _write_site(report: Report, folder: Path) -> None:
    sheets = sheets_of(report)
    places = {page.key: sheet.name for sheet in sheets for page in sheet.pages}
    fonts = fonts_folder()
    if fonts is not None:
        (folder / "fonts").mkdir()
        for name in (*WEIGHTS.values(), *[path.name for path in fonts.glob("LICENSE*")]):
            shutil.copyfile(fonts / name, folder / "fonts" / name)
    environment = _environment(report, places, has_fonts=fonts is not None)
    template = environment.get_template("page.html")
    with in_language(report.language):
        for place, sheet in enumerate(sheets):
            before = sheets[place - 1] if place else None
            after = sheets[place + 1] if place + 1 < len(sheets) else None
            text = template.render(
                report=report, sheet=sheet, sheets=sheets, before=before, after=after, first=place == 0
            )
            (folder / sheet.name).write_text(text, encoding="utf-8")


def sheets_of(report: Report) -> list[Sheet]:
    """The files: opening chapters on the first, one per further chapter, profiles one per municipality."""
    opening = tuple(page for page in report.pages if page.chapter in ("vorweg", "gebiete"))
    sheets = [Sheet("index.html", report.labels["start"], opening)]
    for chapter in report.chapters:
        pages = [page for page in report.pages if page.chapter == chapter.key]
        if chapter.key in ("vorweg", "gebiete") or not pages:
            continue
        if chapter.key != "profile":
            sheets.append(Sheet(f"{chapter.key}.html", chapter.title, tuple(pages)))
            continue
        for town, members in groupby(pages, key=lambda page: page.group):
            sheets.append(
                Sheet(
                    f"{chapter.key}-{file_word(town)}.html",
                    f"{chapter.title} {town}",
                    tuple(members),
                    chapter.title,
                    town,
                )
            )
    return sheets


def file_word(name: str) -> str:
    """A name as part of a file name: 'Mühlrode' as 'muehlrode'."""
    plain = name.lower()
    for letter, pair in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(letter, pair)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "gemeinde"


def _environment(report: Report, places: dict[str, str], has_fonts: bool) -> Environment:
    folder = files("sozialraum.publish") / "templates"

    def load(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    environment = Environment(
        loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        style=Markup(load("report.css")),
        has_fonts=has_fonts,
        weights=WEIGHTS,
        picture=lambda key, alt="": Markup(svg.with_alt(report.pictures[key], alt)),
        notes=notes_with_marks,
        heading_level=2,
        link=lambda key: f"{places[key]}#{key}" if key in places else "",
    )
    environment.filters["bold"] = _bold
    return environment


def _bold(text: str) -> Markup:
    return Markup("").join(
        Markup("<strong>{}</strong>").format(piece) if strong else escape(piece) for piece, strong in runs(text)
    )
