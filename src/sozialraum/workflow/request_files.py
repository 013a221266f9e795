"""The files of a request: a letter with the exact table wanted, the empty form, and a reminder."""

from __future__ import annotations

from pathlib import Path

from sozialraum.base import UsageError, _, in_language, plural
from sozialraum.base.numbers import count, day
from sozialraum.base.whole_files import write_whole
from sozialraum.deliveries.calendars import reminder
from sozialraum.deliveries.catalogue_records import counts_words, geography_words
from sozialraum.deliveries.form_files import form_bytes
from sozialraum.deliveries.form_signs import sign_meanings
from sozialraum.deliveries.forms import Form
from sozialraum.deliveries.letters import Letter, LetterTable, letter_bytes, letter_text
from sozialraum.project import Project
from sozialraum.workflow.query_files import letter_facts, project_mark, sender
from sozialraum.workflow.recipe_keeping import own_signs
from sozialraum.workflow.requesting import Request, request_of

AREAS_IN_LETTER = 120


def request_letter(project: Project, made: Request) -> Letter:
    """The letter of a request: what is asked for, on which basis, until when; in its annex the wanted table."""
    with in_language("de"), own_signs(project):
        opening = _("für die Sozialberichterstattung ({project}) bitten wir Sie um die folgenden Angaben.")
        body: tuple[str | LetterTable, ...] = (
            _("Guten Tag,"),
            opening.format(project=project.settings.get("name", "")),
            _wanted(made),
            made.words,
            *_how(made),
        )
        annex: tuple[str | LetterTable | None, ...] = (_columns(made.form), _signs(made.form), _areas(made.form))
        return Letter(
            sender=sender(project),
            addressee=made.to,
            day=day(made.created[:10]),
            reference=_("Zeichen: {key}").format(key=made.request_id) if made.request_id else "",
            subject=_("Bitte um Daten: {title}, Stichtag {day}").format(
                title=made.data_set.title, day=day(made.period)
            ),
            body=tuple(part for part in body if part),
            closing=(_("Mit freundlichen Grüßen"), made.role),
            facts=letter_facts(made.role, made.due),
            annex=tuple(part for part in annex if part),
        )


def _how(made: Request) -> tuple[str, ...]:
    """How the data are sent, and what is not wanted."""
    please = _("Bitte senden Sie die Angaben bis zum {due} an die oben genannte Stelle.").format(due=day(made.due))
    if made.form is None:
        return (please,)
    please += " " + _(
        "Füllen Sie dazu das beigefügte Formblatt aus; eine eigene Tabelle mit denselben Schlüsseln ist ebenso recht. "
        "Was in jede Spalte gehört und wie Sie Fehlendes kennzeichnen, steht in der Anlage und im Formblatt."
    )
    if not made.form.units:
        return (please,)
    return (please, _("Gebraucht werden nur Summen je Zeile, keine Angaben zu einzelnen Personen."))


def _cover(project: Project, made: Request) -> tuple[str | LetterTable, ...]:
    """What stands on the sheet before the table: who asks whom, until when, and how the table is filled in."""
    assert made.form is not None
    about = [
        (_("Absender"), "\n".join(sender(project))),
        (_("An"), "\n".join(made.to)),
        (_("Zeichen"), made.request_id),
        (_("Fragen an"), made.role),
    ]
    wanted = _wanted(made)
    rows = (*((name, text) for name, text in about if text), *wanted.rows)
    lines = (
        _("Bitte füllen Sie auf dem Blatt „Tabelle“ die hellen Felder aus und senden Sie diese Datei zurück."),
        _("Ein leeres Feld gilt als nicht geliefert, eine 0 als null. Schlüssel und Namen bleiben, wie sie sind."),
    )
    tables = (_signs(made.form), _columns(made.form))
    about_it = LetterTable(_("Anforderung"), wanted.heads, rows)
    return (about_it, *(lines if made.form.units else lines[:1]), *(table for table in tables if table))


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
    with in_language("de"), own_signs(project):
        return form_bytes(
            made.form,
            project=project_mark(project),
            request=made.request_id,
            written=made.created,
            cover=_cover(project, made),
        )


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
    return write_files_of(project, request_of(project, request_id), folder)


def write_files_of(project: Project, made: Request, folder: Path) -> list[Path]:
    """Like `write_request`, for a request that is just being kept."""
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
    rows = tuple((column.head, column.note or column.head) for column in form.columns)
    return LetterTable(_("Spalten der Tabelle"), (_("Spalte"), _("Was eingetragen wird")), rows)


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
    rows = [("0", _("null, wirklich keine Fälle"))]
    for one in sign_meanings(form.columns):
        heads = ", ".join(_("„{head}“").format(head=form.columns[place].head) for place in one.places)
        where = _(" (in {heads})").format(heads=heads) if heads else ""
        rows.append((one.text or _("leer"), one.meaning + where))
    return LetterTable(_("Zeichen für das, was fehlt"), (_("Zeichen"), _("Bedeutung")), tuple(rows))
