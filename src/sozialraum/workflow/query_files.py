"""The three files of a query: the letter, the table of its questions, the reminder of its due date."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sozialraum.base import UsageError, _, in_language, plural
from sozialraum.base.numbers import count, day
from sozialraum.base.text import line_fault, shown
from sozialraum.base.whole_files import write_whole
from sozialraum.deliveries.calendars import reminder
from sozialraum.deliveries.form_files import question_bytes
from sozialraum.deliveries.forms import QuestionRow
from sozialraum.deliveries.letters import Letter, LetterTable, letter_bytes, letter_text
from sozialraum.project import Project
from sozialraum.workflow.query_records import Query, query_of

LONGEST_LINE = 200


def query_letter(project: Project, query: Query) -> Letter:
    """The letter of a query."""
    with in_language("de"):
        number = len(query.questions)
        table = LetterTable(
            _("Fragen"),
            (_("Nr."), _("Zeile"), _("Gebiet"), _("Spalte"), _("So gelesen"), _("Frage")),
            tuple(_letter_row(place, one.asked) for place, one in enumerate(query.questions, 1)),
        )
        opening = _("in Ihrer Lieferung „{file}“ ist uns etwas aufgefallen, das nur Sie klären können.")
        please = plural(
            "Bitte tragen Sie die Antwort bis zum {due} in die beigefügte Tabelle ein ({count} Zeile) und senden Sie "
            "sie zurück. Ebenso hilft eine berichtigte Datei.",
            "Bitte tragen Sie die Antworten bis zum {due} in die beigefügte Tabelle ein ({count} Zeilen) und senden "
            "Sie sie zurück. Ebenso hilft eine berichtigte Datei.",
            number,
        ).format(due=day(query.due), count=count(number))
        return Letter(
            sender=sender(project),
            addressee=query.to,
            day=day(query.created[:10]),
            reference=_("Zeichen: {key}").format(key=query.query_id) if query.query_id else "",
            subject=_("Rückfrage zu Ihrer Lieferung „{title}“").format(title=query.title),
            body=tuple(filter(None, (
                _("Guten Tag,"), opening.format(file=query.file_name), query.words, table, please,
            ))),
            closing=(_("Mit freundlichen Grüßen"), query.role),
            facts=letter_facts(query.role, query.due),
        )  # fmt: skip


def letter_facts(role: str, due: str) -> tuple[tuple[str, str], ...]:
    """What stands beside the address of every letter: the function that answers questions, and until when."""
    return (_("Fragen an:"), role), (_("Antwort bis:"), day(due))


def letter_preview(project: Project, query: Query) -> str:
    """The letter as text, for the page: the questions as sentences in place of the table."""
    letter = query_letter(project, query)
    body = tuple(part if isinstance(part, str) else _as_sentences(query) for part in letter.body)
    return letter_text(replace(letter, body=body))


def _as_sentences(query: Query) -> str:
    """The questions with their places, one line each; numbered when there are several."""
    lines = []
    with in_language("de"):
        for number, one in enumerate(query.questions, 1):
            row = _("Zeile {row}").format(row=one.asked.row) if one.asked.row is not None else ""
            column = _("Spalte „{column}“").format(column=one.asked.column) if one.asked.column else ""
            place = ", ".join(filter(None, (row, column)))
            begin = f"{number}. " if len(query.questions) > 1 else ""
            lines.append(f"{begin}{place}: {one.asked.question}" if place else f"{begin}{one.asked.question}")
    return "\n".join(lines)


def letter_file(project: Project, query: Query) -> bytes:
    """The letter as DOCX."""
    return letter_bytes(query_letter(project, query), written=query.created)


def table_file(project: Project, query: Query) -> bytes:
    """The table of questions as XLSX; it is known when it comes back."""
    with in_language("de"):
        lines = (
            _("Lieferung: {file}").format(file=query.file_name),
            _("Bitte bis zum {due} in der letzten Spalte antworten und diese Datei zurücksenden.").format(
                due=day(query.due)
            ),
        )
        title = _("Rückfrage {key}: {title}").format(key=query.query_id, title=query.title)
        rows = [one.asked for one in query.questions]
        mark = project_mark(project)
        return question_bytes(rows, query=query.query_id, project=mark, title=title, lines=lines, written=query.created)


def reminder_file(project: Project, query: Query) -> bytes:
    """The due date as a calendar entry."""
    with in_language("de"):
        title = _("Antwort auf Rückfrage {key}: {to}").format(key=query.query_id, to=query.to[0] if query.to else "")
        text = _("Lieferung „{file}“, Projekt {project}").format(
            file=query.file_name, project=project.settings.get("name", "")
        )
    uid = f"{query.query_id}-{project_mark(project)}@sozialraum"
    return reminder(uid, query.due, title, text, written=query.created).encode()


def file_names(query: Query) -> dict[str, str]:
    """What the three files are called."""
    return {kind: f"rueckfrage-{query.query_id}.{ending}" for kind, ending in
            (("letter", "docx"), ("table", "xlsx"), ("reminder", "ics"))}  # fmt: skip


def write_query(project: Project, query_id: str, folder: Path) -> list[Path]:
    """Write letter, table and reminder into a folder, all of them or none. UsageError, OSError."""
    return write_files_of(project, query_of(project, query_id), folder)


def write_files_of(project: Project, query: Query, folder: Path) -> list[Path]:
    """Like `write_query`, for a query that is just being kept."""
    makers = {"letter": letter_file, "table": table_file, "reminder": reminder_file}
    content = {Path(folder) / name: makers[kind](project, query) for kind, name in file_names(query).items()}
    Path(folder).mkdir(parents=True, exist_ok=True)
    write_whole(content)
    return list(content)


def project_mark(project: Project) -> str:
    """A short mark by which a returned file is known to belong to this project."""
    return hashlib.sha256(str(project.settings.get("created", "")).encode()).hexdigest()[:12]


def sender(project: Project) -> tuple[str, ...]:
    """The lines of the sender: as set, else the name of the project."""
    lines = project.settings.get("sender") or [project.settings.get("name", ""), _("Sozialplanung")]
    return tuple(str(line) for line in lines if str(line).strip())


def set_sender(project: Project, lines: Sequence[str]) -> None:
    """Set the lines of the sender; none = the name of the project. Raises UsageError for a line that cannot be."""
    wanted = [line.strip() for line in lines if line.strip()]
    for line in wanted:
        fault = line_fault(line, LONGEST_LINE)
        if fault:
            raise UsageError(_("Die Angabe „{line}“ {fault}").format(line=shown(line), fault=fault))
    project.settings["sender"] = wanted


def _letter_row(number: int, row: QuestionRow) -> tuple[str, ...]:
    place = " ".join(filter(None, (row.key, row.name)))
    return (str(number), "" if row.row is None else str(row.row), place, row.column, row.view, row.question)
