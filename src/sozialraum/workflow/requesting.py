"""Requests ("Anforderungen"): a letter with the exact table wanted, the empty form, and a reminder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sozialraum.base import UsageError, _, in_language, plural
from sozialraum.base.numbers import count, day
from sozialraum.base.text import is_plain, line_fault, shown
from sozialraum.base.whole_files import write_whole
from sozialraum.deliveries.calendars import reminder
from sozialraum.deliveries.catalogue_records import DataSet, Source, counts_words, geography_words
from sozialraum.deliveries.form_files import form_bytes
from sozialraum.deliveries.forms import Form, FormColumn
from sozialraum.deliveries.letters import Letter, LetterTable, letter_bytes, letter_text
from sozialraum.deliveries.signs import sign_profiles
from sozialraum.project import Project
from sozialraum.project.requesting import Expectation, Kept
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.project.store import now
from sozialraum.workflow.catalogue_search import known_data_sets
from sozialraum.workflow.query_files import project_mark, sender
from sozialraum.workflow.request_forms import form_for
from sozialraum.workflow.rhythm import rhythm_of

LONGEST_LINE = 200
LONGEST_WORDS = 2_000
AREAS_IN_LETTER = 120


@dataclass(frozen=True)
class Request:
    """A request for one data set for one date.

    request_id : '' while it is a draft. ags : municipalities it is about. period, due : ISO dates.
    to : lines of the addressee. role : function that asks. form : the empty table, None where none is sent.
    """

    request_id: str
    data_set: DataSet
    source: Source
    ags: tuple[str, ...]
    towns: tuple[str, ...]
    period: str
    due: str
    role: str
    to: tuple[str, ...]
    words: str
    created: str
    form: Form | None


def draft_request(
    project: Project,
    data_set: str,
    ags: Sequence[str],
    year: str,
    due: str = "",
    role: str = DEFAULT_ROLE,
    words: str = "",
    to: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> Request:
    """The request as it would be sent, nothing is kept.

    ags : municipalities, () = all. year : of the reference date. due : ISO date, '' = as the rhythm of editions
    says. words : own sentences. to : addressee, () = as the source says. columns : heads, for a data set without
    recipe. Raises UsageError with what is wrong; InputRefused when there are no areas yet.
    """
    sources, data_sets = known_data_sets(project)
    wanted = next((one for one in data_sets if one.data_set_id == data_set), None)
    if wanted is None:
        raise UsageError(_("Den Datensatz „{key}“ gibt es nicht.").format(key=shown(data_set)))
    if not (year.isascii() and year.isdecimal() and 1990 <= int(year) <= 2100):
        raise UsageError(_("„{year}“ ist kein Jahr.").format(year=shown(year)))
    names = dict(zip(project.municipalities()["ags"], project.municipalities()["name"], strict=True))
    towns = tuple(sorted(set(ags) or names))
    lost = [one for one in towns if one not in names]
    if lost:
        raise UsageError(_("Die Gemeinde „{ags}“ gibt es in diesem Projekt nicht.").format(ags=shown(lost[0])))
    source = next(one for one in sources if one.source_id == wanted.source_id)
    rhythm = rhythm_of(project)
    period = rhythm.reference_date(int(year))
    with in_language("de"):  # letter and form are German whatever the page speaks
        form = form_for(project, wanted, source, towns, period, columns)
    request = Request(
        request_id="",
        data_set=wanted,
        source=source,
        ags=towns,
        towns=tuple(str(names[one]) for one in towns),
        period=period,
        due=due or rhythm.due_date(int(year)),
        role=role.strip() or DEFAULT_ROLE,
        to=tuple(line.strip() for line in to if line.strip()) or tuple(filter(None, (source.holder, source.contact))),
        words=words.strip(),
        created=now(),
        form=form,
    )
    _refuse_faults(request)
    return request


def request(
    project: Project,
    data_set: str,
    ags: Sequence[str],
    year: str,
    due: str = "",
    role: str = DEFAULT_ROLE,
    words: str = "",
    to: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> Request:
    """Keep a request and expect what it asks for until its due date. Raises as `draft_request`."""
    draft = draft_request(project, data_set, ags, year, due, role, words, to, columns)
    expected = [
        Expectation(draft.data_set.data_set_id, one, year, "expected", draft.role, draft.due) for one in draft.ags
    ]
    return replace(draft, request_id=project.save_request(_stored(draft), expected, draft.role))


def requests(project: Project) -> list[Request]:
    """All requests, oldest first."""
    return [_read(kept) for kept in project.requests()]


def request_of(project: Project, request_id: str) -> Request:
    """One request. Raises UsageError when there is none."""
    for one in requests(project):
        if one.request_id == request_id:
            return one
    raise UsageError(_("Die Anforderung „{key}“ gibt es nicht.").format(key=shown(request_id)))


def request_letter(project: Project, made: Request) -> Letter:
    """The letter of a request: what is asked for, for which areas and date, on which basis, until when."""
    with in_language("de"):
        opening = _("für die Sozialberichterstattung ({project}) bitten wir Sie um die folgenden Angaben.")
        please = _("Bitte senden Sie die Angaben bis zum {due}.").format(due=day(made.due))
        if made.form is not None:
            please += " " + _("Füllen Sie dazu das beigefügte Formblatt aus; eine eigene Tabelle mit denselben "
                              "Schlüsseln ist ebenso recht.")  # fmt: skip
        parts = (
            _("Guten Tag,"),
            opening.format(project=project.settings.get("name", "")),
            _wanted(made),
            _columns(made.form),
            _areas(made.form),
            _signs(made.form),
            made.words,
            please,
        )
        return Letter(
            sender=sender(project),
            addressee=made.to,
            day=day(made.created[:10]),
            reference=_("Zeichen: {key}").format(key=made.request_id) if made.request_id else "",
            subject=_("Bitte um Daten: {title}, Stichtag {day}").format(
                title=made.data_set.title, day=day(made.period)
            ),
            body=tuple(part for part in parts if part),
            closing=(_("Mit freundlichen Grüßen"), made.role),
        )


def request_preview(project: Project, made: Request) -> str:
    """The letter as text, for the page."""
    return letter_text(request_letter(project, made))


def request_letter_file(project: Project, made: Request) -> bytes:
    """The letter as DOCX."""
    return letter_bytes(request_letter(project, made), written=made.created)


def request_form_file(project: Project, made: Request) -> bytes:
    """The empty table as XLSX. Raises UsageError where none is sent."""
    if made.form is None:
        raise UsageError(_("Zu dieser Anforderung gibt es kein Formblatt."))
    with in_language("de"):
        return form_bytes(made.form, project=project_mark(project), request=made.request_id, written=made.created)


def request_reminder_file(project: Project, made: Request) -> bytes:
    """The due date as a calendar entry."""
    with in_language("de"):
        title = _("Daten erwartet: {title}, {to}").format(title=made.data_set.title, to=made.to[0] if made.to else "")
        text = _("Anforderung {key}, Stichtag {day}").format(key=made.request_id, day=day(made.period))
    uid = f"{made.request_id}-{project_mark(project)}@sozialraum"
    return reminder(uid, made.due, title, text, written=made.created).encode()


def request_file_names(made: Request) -> dict[str, str]:
    """What the files are called; without a form there are two."""
    names = {"letter": "docx", "form": "xlsx", "reminder": "ics"}
    if made.form is None:
        del names["form"]
    return {kind: f"anforderung-{made.request_id}.{ending}" for kind, ending in names.items()}


def write_request(project: Project, request_id: str, folder: Path) -> list[Path]:
    """Write the files of a request into a folder, all of them or none. UsageError, OSError."""
    made = request_of(project, request_id)
    makers = {"letter": request_letter_file, "form": request_form_file, "reminder": request_reminder_file}
    content = {Path(folder) / name: makers[kind](project, made) for kind, name in request_file_names(made).items()}
    Path(folder).mkdir(parents=True, exist_ok=True)
    write_whole(content)
    return list(content)


def _wanted(made: Request) -> LetterTable:
    data_set = made.data_set
    rows = [
        (_("Angaben"), data_set.title),
        (_("Stichtag"), day(made.period)),
        (_("Raumbezug"), f"{geography_words()[data_set.geography]}: {', '.join(made.towns)}"),
        (_("Gezählt werden"), counts_words()[data_set.counts]),
        (_("Rechtsgrundlage"), made.source.legal_basis),
        (_("Bedingungen"), data_set.terms),
        (_("Schwelle"), data_set.threshold),
        (_("Frist"), day(made.due)),
    ]
    return LetterTable(_("Was gebraucht wird"), (_("Angabe"), _("Inhalt")), tuple(row for row in rows if row[1]))


def _columns(form: Form | None) -> LetterTable | None:
    if form is None:
        return None
    rows = tuple((column.head, column.note or _("wie die Überschrift sagt")) for column in form.columns)
    return LetterTable(_("Spalten der Tabelle"), (_("Spalte"), _("Was gezählt wird")), rows)


def _areas(form: Form | None) -> LetterTable | str | None:
    if form is None or not form.units:
        return None
    if len(form.units) > AREAS_IN_LETTER:
        return plural("Die {count} Zeile mit Schlüssel und Namen steht im Formblatt.",
                      "Die {count} Zeilen mit Schlüsseln und Namen stehen im Formblatt.", len(form.units)).format(
                          count=count(len(form.units)))  # fmt: skip
    return LetterTable(_("Zeilen der Tabelle"), (_("Schlüssel"), _("Name")), form.units)


def _signs(form: Form | None) -> LetterTable | None:
    if form is None or not form.units:
        return None
    rows: dict[tuple[str, str], None] = {("0", _("null, wirklich keine Fälle")): None}
    for code in dict.fromkeys(column.signs for column in form.columns):
        rows |= {(sign.text or _("leer"), _(sign.meaning)): None for sign in sign_profiles()[code].signs.values()}
    return LetterTable(_("Zeichen für das, was fehlt"), (_("Zeichen"), _("Bedeutung")), tuple(rows))


def _refuse_faults(made: Request) -> None:
    try:
        date.fromisoformat(made.due)
    except ValueError:
        raise UsageError(_("„{due}“ ist kein Datum.").format(due=shown(made.due))) from None
    for line in (*made.to, made.role):
        fault = line_fault(line, LONGEST_LINE)
        if fault:
            raise UsageError(_("Die Angabe „{line}“ {fault}").format(line=shown(line), fault=fault))
    if not is_plain(made.words, lines=True):
        raise UsageError(_("Der Text enthält Steuerzeichen oder unlesbare Zeichen."))
    if len(made.words) > LONGEST_WORDS:
        raise UsageError(_("Der eigene Text hat mehr als {most} Zeichen.").format(most=count(LONGEST_WORDS)))


def _stored(made: Request) -> Kept:
    content = {
        "data_set": asdict(made.data_set),
        "source": asdict(made.source),
        "ags": list(made.ags),
        "towns": list(made.towns),
        "to": list(made.to),
        "words": made.words,
        "form": None if made.form is None else asdict(made.form),
    }
    return Kept("", made.data_set.data_set_id, made.due, made.role, made.created, content, period=made.period)


def _read(kept: Kept) -> Request:
    content = kept.content
    return Request(
        kept.key, DataSet(**content["data_set"]), Source(**content["source"]), tuple(content["ags"]),
        tuple(content["towns"]), kept.period, kept.due, kept.role, tuple(content["to"]), content["words"],
        kept.created, _form(content["form"]),
    )  # fmt: skip


def _form(content: dict[str, Any] | None) -> Form | None:
    if content is None:
        return None
    return Form(
        **content
        | {
            "units": tuple((key, name) for key, name in content["units"]),
            "columns": tuple(FormColumn(**column) for column in content["columns"]),
            "at_most": tuple((smaller, larger) for smaller, larger in content["at_most"]),
            "lines": tuple(content["lines"]),
            "legend": tuple(content["legend"]),
        }
    )
