"""The printed report: the prepared model set by typst, refused if it is not accessible (PDF/UA-1)."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

import typst

from sozialraum.base import in_language
from sozialraum.publish.content import ReportContent
from sozialraum.publish.document import Box, Columns, Part, Report, Table, Text
from sozialraum.publish.fonts_folder import fonts_folder
from sozialraum.publish.marks import notes_with_marks
from sozialraum.publish.model import prepare

BOLD = re.compile(r"\*\*(.+?)\*\*")


def write_pdf(content: ReportContent, path: Path) -> None:
    """Write the report as an accessible PDF (ua-1); the same content gives the same bytes.

    The file appears whole or not at all. OSError when it cannot be written.
    """
    pdf = compile_pdf(prepare(content))
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(pdf)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def compile_pdf(report: Report) -> bytes:
    """The bytes of the PDF of a prepared report."""
    with in_language(report.language):
        data = json.dumps(as_data(report), ensure_ascii=False).encode()
    template = (files("sozialraum.publish") / "report.typ").read_bytes()
    folder = fonts_folder()
    return typst.compile(  # type: ignore[call-overload]  # the stubs do not know several named inputs
        {"main": template, "data.json": data},
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        font_paths=[str(folder)] if folder else [],
    )


def as_data(report: Report) -> dict[str, Any]:
    """The report as plain data for the template: texts as runs, folded tables left to screen and spreadsheet."""
    return {
        "title": report.title, "subtitle": report.subtitle, "region": report.region, "language": report.language,
        "notice": report.notice, "state": report.state, "head": report.head, "foot": report.foot, "facts": report.facts,
        "check_line": report.check_line, "date": [int(part) for part in report.created_on[:10].split("-")],
        "cover": report.cover, "labels": report.labels, "pictures": report.pictures,
        "targets": [page.key for page in report.pages], "contents": contents(report),
        "pages": [
            {"key": page.key, "kicker": page.kicker, "title": page.title, "lead": page.lead, "parts": parts(page.parts)}
            for page in report.pages
        ],
    }  # fmt: skip


def contents(report: Report) -> list[dict[str, Any]]:
    """Chapters, in them groups, in them pages."""
    found = []
    for chapter in report.chapters:
        pages = [page for page in report.pages if page.chapter == chapter.key]
        groups = [
            {"title": group, "entries": [{"key": page.key, "title": page.short or page.title} for page in members]}
            for group, members in groupby(pages, key=lambda page: page.group)
        ]
        plain = len(groups) == 1 and not groups[0]["title"]
        found.append({"title": chapter.title, "plain": plain, "groups": [groups] if plain else in_columns(groups, 3)})
    return found


def in_columns(groups: list[dict[str, Any]], number: int) -> list[list[dict[str, Any]]]:
    """Groups over columns of about equal length; a long group goes on in the next column under its title again."""
    lines = sum(len(group["entries"]) + 1.6 for group in groups)
    columns: list[list[dict[str, Any]]] = [[]]
    height, filled = lines / number + 1, 0.0
    for group in groups:
        entries = list(group["entries"])
        while entries:
            room = int(height - filled - 1.6)
            if len(columns) < number and room < min(3, len(entries)):
                columns.append([])
                filled = 0.0
                continue
            taken = entries if len(columns) == number else entries[: max(room, 1)]
            columns[-1].append({"title": group["title"], "entries": taken})
            filled += len(taken) + 1.6
            entries = entries[len(taken) :]
    return columns


def parts(chosen: tuple[Part, ...]) -> list[dict[str, Any]]:
    """Parts as data, without folded tables."""
    return [part_data(part) for part in chosen if not (isinstance(part, Table) and part.folded)]


def part_data(part: Part) -> dict[str, Any]:
    """One part as data."""
    if isinstance(part, Text):
        return {"kind": "text", "style": part.style, "runs": runs(part.text)}
    if isinstance(part, Columns):
        return {"kind": "columns", "widths": part.widths, "parts": [parts(column) for column in part.parts]}
    if isinstance(part, Box):
        return {"kind": "box", "look": part.look, "parts": parts(part.parts)}
    data = asdict(part)
    if isinstance(part, Table):
        data["notes"] = notes_with_marks(part)
    return data


def runs(text: str) -> list[tuple[str, bool]]:
    """'a **b** c' as [('a ', False), ('b', True), (' c', False)]."""
    return [(piece, place % 2 == 1) for place, piece in enumerate(BOLD.split(text)) if piece]
