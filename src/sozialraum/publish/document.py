"""The report as a tree of plain parts; PDF, HTML and XLSX are three readings of this one tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sozialraum.publish.cells import Cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column: head, alignment ('left', 'right', 'strip') and its share of the width (0 = as its content needs).

    general : the head where the tables of several areas stand as one ('Gemeinde' in place of its name).
    """

    title: str
    align: str = "right"
    width: float = 0.0
    general: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, the label first. `total` rows stand last and bold."""

    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the marks that occur are explained beneath, then notes, then the source."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    sheet: str = ""
    folded: bool = False
    kind: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a page."""

    text: str
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `**term**` is bold. style: 'text', 'note' or 'mark' (a rule-made sentence)."""

    text: str
    style: str = "text"
    kind: str = field(default="text", init=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn picture: key into Report.pictures, alternative text of 30 to 60 words, width in mm."""

    picture: str
    alt: str
    width: float
    kind: str = field(default="picture", init=False)


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of a legend: picture key of the swatch, words, number of areas at the right."""

    swatch: str
    label: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """A legend as a column, highest class first."""

    entries: tuple[LegendEntry, ...]
    note: str = ""
    kind: str = field(default="legend", init=False)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A large number with what it is."""

    number: str
    label: str


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Two to four key figures side by side."""

    figures: tuple[KeyFigure, ...]
    kind: str = field(default="figures", init=False)


@dataclass(frozen=True, slots=True)
class Columns:
    """Parts side by side; widths in mm with a gutter of 6."""

    widths: tuple[float, ...]
    parts: tuple[tuple[Part, ...], ...]
    kind: str = field(default="columns", init=False)


@dataclass(frozen=True, slots=True)
class Box:
    """A framed or tinted part. look: 'example', 'impulse' or 'frame'."""

    look: str
    parts: tuple[Part, ...]
    kind: str = field(default="box", init=False)


@dataclass(frozen=True, slots=True)
class Steps:
    """A chain of states, each filled (done) or hollow, with word and date."""

    steps: tuple[tuple[bool, str, str], ...]
    kind: str = field(default="steps", init=False)


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms with their explanation: the glossary."""

    terms: tuple[tuple[str, str], ...]
    kind: str = field(default="terms", init=False)


Part = Heading | Text | Table | Picture | Legend | KeyFigures | Columns | Box | Steps | Terms


@dataclass(frozen=True, slots=True)
class Page:
    """One subject that begins a page: key (link target), chapter, theme line, heading, lead (the finding), parts.

    chapter : key of Report.chapters. group : heading under which the contents list the page (a municipality), or ''.
    """

    key: str
    chapter: str
    kicker: str
    title: str
    lead: str
    parts: tuple[Part, ...]
    group: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the contents."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the writers need; nothing in it is computed again."""

    title: str
    subtitle: str
    region: str
    language: str
    notice: str
    head: str
    foot: str
    facts: tuple[str, ...]
    check_line: str
    created_on: str
    cover: str
    state: str
    chapters: tuple[Chapter, ...]
    pages: tuple[Page, ...]
    pictures: dict[str, str]
    labels: dict[str, str]

    def tables(self) -> Iterator[tuple[Page, Table]]:
        """All tables with their page, in reading order."""
        for page in self.pages:
            for part in walk(page.parts):
                if isinstance(part, Table):
                    yield page, part

    def texts(self) -> Iterator[tuple[Page, str]]:
        """Every running text with its page, for checks of words."""
        for page in self.pages:
            yield page, page.title
            yield page, page.lead
            for part in walk(page.parts):
                yield from ((page, text) for text in texts_of(part))


def walk(parts: tuple[Part, ...]) -> Iterator[Part]:
    """All parts, those inside columns and boxes too, in reading order."""
    for part in parts:
        yield part
        if isinstance(part, Columns):
            for inner in part.parts:
                yield from walk(inner)
        if isinstance(part, Box):
            yield from walk(part.parts)


def texts_of(part: Part) -> list[str]:
    """The words of one part, without those of the parts inside it."""
    match part:
        case Heading() | Text():
            return [part.text]
        case Picture():
            return [part.alt]
        case Table():
            cells = [cell.text for row in part.rows for cell in row.cells]
            return [part.caption, *[column.title for column in part.columns], *cells, *part.notes]
        case Legend():
            return [part.note, *[entry.label for entry in part.entries]]
        case KeyFigures():
            return [word for figure in part.figures for word in (figure.number, figure.label)]
        case Terms():
            return [word for pair in part.terms for word in pair]
        case Steps():
            return [word for step in part.steps for word in step[1:]]
        case _:
            return []
