"""Requests ("Anforderungen"): what is asked of whom, for which areas and date, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sozialraum.base import UsageError, _, in_language
from sozialraum.base.text import shown
from sozialraum.deliveries.catalogue_records import DataSet, Source
from sozialraum.deliveries.forms import Form, FormColumn
from sozialraum.project import Project
from sozialraum.project.requesting import Expectation, Kept
from sozialraum.project.settings import DEFAULT_ROLE
from sozialraum.project.store import now
from sozialraum.workflow.asking import in_two_weeks
from sozialraum.workflow.catalogue_search import known_data_sets
from sozialraum.workflow.letter_faults import refuse_faults
from sozialraum.workflow.request_forms import form_for
from sozialraum.workflow.rhythm import rhythm_of


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
    says, in two weeks where that day is over. words : own sentences. to : addressee, () = as the source says.
    columns : heads, for a data set without recipe. Raises UsageError with what is wrong; InputRefused when there are
    no areas yet.
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
        due=due or max(rhythm.due_date(int(year)), in_two_weeks(now())),
        role=role.strip() or DEFAULT_ROLE,
        to=tuple(line.strip() for line in to if line.strip()) or tuple(filter(None, (source.holder, source.contact))),
        words=words.strip(),
        created=now(),
        form=form,
    )
    refuse_faults(request.due, request.created, (*request.to, request.role), request.words)
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
    folder: Path | None = None,
) -> Request:
    """Keep a request and expect what it asks for until its due date; who cares for it stays as it was said.

    Raises as `draft_request`. folder : its files are written there; when they cannot be (OSError), nothing is kept.
    """
    from sozialraum.workflow.request_files import write_files_of

    draft = draft_request(project, data_set, ags, year, due, role, words, to, columns)
    key = draft.data_set.data_set_id
    before = {one.ags: one for one in project.expectations() if (one.data_set, one.year) == (key, year)}
    expected = [
        Expectation(key, one, year, "expected", before[one].owner or draft.role, draft.due, before[one].note)
        if one in before
        else Expectation(key, one, year, "expected", draft.role, draft.due)
        for one in draft.ags
    ]

    def handed_out(key: str) -> None:
        if folder is not None:
            write_files_of(project, replace(draft, request_id=key), folder)

    return replace(draft, request_id=project.save_request(_stored(draft), expected, draft.role, handed_out))


def requests(project: Project) -> list[Request]:
    """All requests, oldest first."""
    return [_read(kept) for kept in project.requests()]


def request_of(project: Project, request_id: str) -> Request:
    """One request. Raises UsageError when there is none."""
    for one in requests(project):
        if one.request_id == request_id:
            return one
    raise UsageError(_("Die Anforderung „{key}“ gibt es nicht.").format(key=shown(request_id)))


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
            "columns": tuple(
                FormColumn(**column | {"own_signs": tuple(column.get("own_signs", ()))})
                for column in content["columns"]
            ),
            "at_most": tuple((smaller, larger) for smaller, larger in content["at_most"]),
            "lines": tuple(content["lines"]),
            "legend": tuple(content["legend"]),
        }
    )


def _column(content: dict[str, Any]) -> FormColumn:
    return FormColumn(**content | {"own_signs": tuple(content.get("own_signs", ()))})
