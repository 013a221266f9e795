"""The reply to a municipality: every proposal and remark with the decision on it, as table, page and print."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.resources import files
from types import MappingProxyType

import typst
import xlsxwriter

from sozialraum.base import _, code_key, current_language, name_key, plural, quoted
from sozialraum.base.numbers import count, day
from sozialraum.consultation.answer import Answer
from sozialraum.consultation.board import NEW, Base
from sozialraum.consultation.suggestions import AGREEMENT, CONFLICT, Suggestion, Voice
from sozialraum.publish.fonts_folder import fonts_folder

ACCEPTED, REJECTED = "accepted", "rejected"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided on one item of an answer. item : 'e3' third proposal, 'c1' first remark. when : ISO."""

    answer_id: str
    item: str
    decision: str
    reason: str
    role: str
    when: str


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One line of the reply; all texts in the language it was made in."""

    role: str
    what: str
    why: str
    standing: str
    decision: str
    reason: str


@dataclass(frozen=True)
class Reply:
    """The reply list. facts : lines under the title; rows : by role, in the order of each answer."""

    title: str
    facts: tuple[str, ...]
    notice: str
    rows: tuple[ReplyRow, ...]
    written: str

    @property
    def columns(self) -> tuple[str, ...]:
        return (
            _("Wer antwortet"), _("Vorschlag oder Anmerkung"), _("Begründung"), _("Andere Antworten"),
            _("Entscheidung"), _("Grund der Entscheidung"),
        )  # fmt: skip


def make_reply(
    municipality: str,
    base: Base,
    answers: Sequence[Answer],
    suggestions: Sequence[Suggestion],
    verdicts: Sequence[Verdict],
    *,
    written: str,
    package_written: str,
    notice: str = "",
) -> Reply:
    """The reply list of one package.

    answers, suggestions : see `compare_answers`. verdicts : decisions so far; what has none is said to be open.
    written, package_written : ISO date-time texts.
    """
    decided = {(verdict.answer_id, verdict.item): verdict for verdict in verdicts}
    rows = []
    for answer in sorted(answers, key=lambda one: (name_key(one.role), one.answer_id)):
        made = [(voice, one) for one in suggestions for voice in one.voices if voice.answer_id == answer.answer_id]
        for voice, one in sorted(made, key=lambda pair: pair[0].number):
            verdict = decided.get((answer.answer_id, f"e{voice.number}"))
            standing = standing_words(one, base, voice)
            rows.append(_row(answer.role, suggestion_words(one, base, voice), voice.why, standing, verdict))
        for comment in answer.comments:
            place = _("Anmerkung zu Gebiet {code}").format(code=base.code_of(comment.area_id))
            what = place if comment.area_id else _("Anmerkung zu einem Ort")
            verdict = decided.get((answer.answer_id, f"c{comment.number}"))
            decision = "" if verdict is None else remark_words(verdict.decision)
            rows.append(_row(answer.role, what, comment.text, "", verdict, decision))
    open_items = sum(row.decision == _("offen") for row in rows)
    facts = [
        _("Abstimmungspaket vom {day}").format(day=day(package_written[:10])),
        plural("{count} Antwort", "{count} Antworten", len(answers)).format(count=count(len(answers))),
        _("Stand der Entscheidungen: {day}").format(day=day(written[:10])),
    ]
    if open_items:
        facts.append(
            plural("{count} Punkt ist noch offen.", "{count} Punkte sind noch offen.", open_items).format(
                count=count(open_items)
            )
        )
    title = _("Antwort auf die Vorschläge zum Gebietszuschnitt: {name}").format(name=municipality)
    return Reply(title, tuple(facts), notice, tuple(rows), written)


def suggestion_words(one: Suggestion, base: Base, voice: Voice | None = None) -> str:
    """One suggestion in a sentence, with the codes people know."""
    edit = (voice or one.voices[0]).edit
    number = plural("{count} Baustein", "{count} Bausteine", len(one.blocks)).format(count=count(len(one.blocks)))
    if one.kind == "rename":
        return _("Gebiet {code} soll „{name}“ heißen.").format(code=target_words(one.target, base), name=one.name)
    if one.kind == "split":
        return _("Gebiet {code} teilen: {blocks} werden ein eigenes Gebiet ({one} und {other}).").format(
            code=base.code_of(one.area),
            blocks=number,
            one=edit.rest_code or base.code_of(edit.area),
            other=f"{edit.code} {edit.name}".strip(),
        )
    if one.kind == "merge":
        return _("Gebiet {code} mit Gebiet {other} zusammenlegen.").format(
            code=base.code_of(edit.area), other=target_words(one.target, base)
        )
    homes = sorted({base.code_of(base.blocks[block]) for block in one.blocks}, key=code_key)
    return _("{blocks} von {homes} nach {target} verschieben.").format(
        blocks=number, homes=", ".join(homes), target=target_words(one.target, base)
    )


def target_words(target: str, base: Base) -> str:
    """'4 Siedlung', or 'neuer Teil von 3' for an area that does not exist yet."""
    if target.startswith(NEW):
        return _("neuer Teil von {code}").format(code=base.code_of(target.removeprefix(NEW)))
    name = next((name for key, _code, name in base.areas if key == target), "")
    return f"{base.code_of(target)} {name}".strip()


def standing_words(one: Suggestion, base: Base, voice: Voice | None = None) -> str:
    """How a suggestion stands to the other answers, in words; who contradicts is named with what they want."""
    total = len(one.blocks)
    if one.state == CONFLICT:
        return _conflict_words(one, base)
    if one.state == AGREEMENT:
        others = sorted({other.role for other in one.voices if voice is None or other.answer_id != voice.answer_id})
        if len(one.voices) > 1 and others:
            return _("Übereinstimmung: {roles}").format(roles=", ".join(others))
        return _("Übereinstimmung bei {count} von {total} Bausteinen").format(
            count=count(len(one.agreed)), total=count(total)
        )
    return _("Niemand sonst äußert sich dazu.")


def _conflict_words(one: Suggestion, base: Base) -> str:
    if one.kind == "rename":
        others = "; ".join(f"{role}: {quoted(name)}" for role, name in one.rivals)
        return _("Widerspruch: {others}").format(others=others)
    others = "; ".join(
        _("{role}: nach {target}").format(role=role, target=target_words(target, base)) for role, target in one.rivals
    )
    return _("Widerspruch bei {count} von {total} Bausteinen. {others}").format(
        count=count(len(one.contested)), total=count(len(one.blocks)), others=others
    )


def decision_words(decision: str) -> str:
    if decision == ACCEPTED:
        return _("angenommen")
    return _("abgelehnt") if decision == REJECTED else _("offen")


def remark_words(decision: str) -> str:
    """What was decided on a remark: it proposes nothing that could be accepted."""
    if decision == ACCEPTED:
        return _("berücksichtigt")
    return _("nicht berücksichtigt") if decision == REJECTED else _("offen")


def _row(role: str, what: str, why: str, standing: str, verdict: Verdict | None, words: str = "") -> ReplyRow:
    if verdict is None:
        return ReplyRow(role, what, why, standing, _("offen"), "")
    decision = f"{words or decision_words(verdict.decision)}, {day(verdict.when[:10])}"
    return ReplyRow(role, what, why, standing, decision, verdict.reason)


def reply_xlsx(reply: Reply) -> bytes:
    """The reply as a workbook of one sheet; the same reply gives the same bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": reply.title, "created": datetime.fromisoformat(reply.written[:10])})
    sheet = book.add_worksheet(_("Antwortliste"))
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, reply.title, bold)
    lines = [*reply.facts, *([reply.notice] if reply.notice else []), internal_words()]
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line)
    top = len(lines) + 2
    for column, (title, width) in enumerate(zip(reply.columns, (24, 46, 42, 34, 22, 42), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, title, head)
    for row, one in enumerate(reply.rows, start=top + 1):
        for column, text in enumerate(_texts(one)):
            sheet.write_string(row, column, text, cell)
    sheet.freeze_panes(top + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    book.close()
    return buffer.getvalue()


def reply_html(reply: Reply) -> str:
    """The reply as one page without scripts or anything loaded."""
    style = (files("sozialraum.consultation") / "reply.css").read_text(encoding="utf-8")
    facts = "".join(f"<p>{escape(line)}</p>" for line in (*reply.facts, reply.notice, internal_words()) if line)
    heads = "".join(f'<th scope="col">{escape(title)}</th>' for title in reply.columns)
    body = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in _texts(row)) + "</tr>" for row in reply.rows)
    empty = "" if reply.rows else f"<p>{escape(_('Es liegen noch keine Vorschläge vor.'))}</p>"
    return (
        f'<!DOCTYPE html>\n<html lang="{current_language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(reply.title)}</title><style>{style}</style></head><body><main>"
        f"<h1>{escape(reply.title)}</h1><div class=facts>{facts}</div>"
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(reply.title)}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>{empty}</main></body></html>\n"
    )


def reply_pdf(reply: Reply) -> bytes:
    """The reply as an accessible PDF, A4 across; the same reply gives the same bytes."""
    data = {
        "title": reply.title, "facts": [*reply.facts], "notice": reply.notice, "internal": internal_words(),
        "language": current_language(), "columns": reply.columns, "rows": [_texts(row) for row in reply.rows],
        "empty": _("Es liegen noch keine Vorschläge vor."),
        "date": [int(part) for part in reply.written[:10].split("-")],
        "page": _("Seite {page} von {pages}"),
    }  # fmt: skip
    template = (files("sozialraum.consultation") / "reply.typ").read_bytes()
    folder = fonts_folder()
    return typst.compile(  # type: ignore[call-overload]  # the stubs do not know several named inputs
        {"main": template, "data.json": json.dumps(data, ensure_ascii=False).encode()},
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        font_paths=[str(folder)] if folder else [],
    )


WRITERS: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "application/pdf",
        "html": "text/html; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)


def reply_file(reply: Reply, kind: str) -> bytes:
    """The reply as 'pdf', 'html' or 'xlsx'."""
    if kind == "html":
        return reply_html(reply).encode()
    return reply_xlsx(reply) if kind == "xlsx" else reply_pdf(reply)


def internal_words() -> str:
    """What stands on every reply: it holds reasons that nobody released."""
    return _("Nur für die Abstimmung mit der Gemeinde; Begründungen sind nicht zur Veröffentlichung bestimmt.")


def _texts(row: ReplyRow) -> tuple[str, ...]:
    return (row.role, row.what, row.why, row.standing, row.decision, row.reason)
