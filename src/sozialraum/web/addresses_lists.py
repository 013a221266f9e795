"""Routes of the page "Adressen": lists placed, street directory, Zuordnungswerkzeug, protected addresses."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import Response

from sozialraum.addresses import KINDS
from sozialraum.base import Progress, Silent, UsageError, _
from sozialraum.web import addresses_answers as answers
from sozialraum.web.acting import in_memory
from sozialraum.web.plain_model import PlainModel
from sozialraum.web.print_routes import MEDIA
from sozialraum.web.proposals import refuse_while_busy
from sozialraum.web.reading import Open
from sozialraum.workflow import address_lists, addresses_placing

router = APIRouter(prefix="/api/addresses")


class Address(PlainModel):
    street: str
    number: str
    postcode: str = ""
    kind: str = "other"
    even_unknown: bool = False

    def text(self) -> str:
        """As one line, the way addresses are written."""
        return f"{self.street.strip()} {self.number.strip()}" + (
            f", {self.postcode.strip()}" if self.postcode.strip() else ""
        )


class Written(PlainModel):
    written: str


@router.post("/list")
def look(session: Open, file: UploadFile, wishes: str = Form("{}"), learn: bool = Form(False)) -> dict[str, Any]:
    """Place a list as a job; it stays in memory while that runs, and nothing of it is kept.

    wishes : `interpolate`, keys of `confirmed` and `refused` spellings. learn : remember the confirmed ones.
    """
    project, wanted = session.project, wishes_from(wishes)
    (held,) = in_memory([file])

    def work(progress: Progress) -> dict[str, Any]:
        seen = address_lists.look_at_list(project, held, wanted, progress, learn=learn)
        return {"address_list": answers.list_json(held.name, seen)}

    # nothing that was drawn of the project becomes untrue by it, but for what the page says of spellings
    job = session.jobs.start(_("Adressliste zuordnen"), work, finished=lambda: session.forget("addresses", "project"))
    return job.as_json()


@router.post("/list/workbook")
def workbook(session: Open, file: UploadFile, wishes: str = Form("{}")) -> Response:
    """The same list with area key and area, as XLSX."""
    (held,) = in_memory([file])
    content = address_lists.list_workbook(session.project, held, wishes_from(wishes), Silent())
    name = _("{file} mit Gebieten").format(file=PurePosixPath(held.name).stem)
    return attachment(content, f"{name}.xlsx", MEDIA["xlsx"])


def wishes_from(text: str) -> address_lists.Wishes:
    """What the page sends beside a list. Raises UsageError for anything else."""
    try:
        given = json.loads(text)
        return address_lists.Wishes(
            bool(given.get("interpolate")), frozenset(map(str, given.get("confirmed", ()))),
            frozenset(map(str, given.get("refused", ()))),
        )  # fmt: skip
    except (ValueError, AttributeError, TypeError) as error:
        raise UsageError(_("Die Angaben zur Liste sind nicht zu lesen.")) from error


@router.get("/spellings")
def spellings(session: Open) -> list[dict[str, str]]:
    """The spellings that are remembered, and the streets they stand for."""
    rows = session.project.street_aliases()
    names = ["written", "postcode", "street", "street_postcode"]
    return [dict(zip(names, map(str, row), strict=True)) for row in rows[names].itertuples(index=False, name=None)]


@router.post("/spellings/forget")
def forget(session: Open, wish: Written) -> dict[str, Any]:
    """Forget a spelling, whatever its postcode."""
    refuse_while_busy(session)
    session.project.forget_street_aliases([wish.written])
    session.forget()
    return {}


@router.get("/directory.{ending}")
def directory(session: Open, ending: Literal["pdf", "xlsx"], ags: str = "", area: str = "") -> Response:
    """The street directory of the present plan, of one municipality or one area."""
    from sozialraum.publish.street_directory import directory_pdf, directory_workbook
    from sozialraum.workflow.street_directory import street_directory

    made = street_directory(session.project, ags=ags, area_id=area)
    content = directory_pdf(made) if ending == "pdf" else directory_workbook(made)
    name = " ".join(part for part in (_("Straßenverzeichnis"), area or ags) if part)
    return attachment(content, f"{name}.{ending}", MEDIA[ending])


@router.get("/tool")
def tool(session: Open) -> Response:
    """The Zuordnungswerkzeug of the region, to be saved and handed on."""
    from sozialraum.workflow.placing_tool import placing_tool

    name, page = placing_tool(session.project)
    return attachment(page.encode(), name, "text/html; charset=utf-8")


def attachment(content: bytes, name: str, media: str) -> Response:
    """A file that is saved under this name, whatever letters it has."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type=media, headers=headers)


@router.post("/protected")
def protect(session: Open, address: Address) -> dict[str, int]:
    """Protect an address; answers with how many there are now, and how many left the register by it.

    An address in no register is 'unknown' and not protected until it is sent with even_unknown: a wrong spelling
    would protect nothing.
    """
    refuse_while_busy(session)
    if address.kind not in KINDS:
        raise UsageError(_("Wählen Sie, was an der Anschrift liegt."))
    project = session.project
    before, known = len(project.addresses()), len(project.protected_addresses())
    try:
        addresses_placing.protect_address(project, address.text(), address.kind, even_unknown=address.even_unknown)
    except addresses_placing.UnknownAddress:
        return {"protected": known, "added": 0, "left": 0, "unknown": 1}
    session.forget()
    session.jobs.forget_results()  # a list may have been offered the address
    protected = len(project.protected_addresses())
    return {"protected": protected, "added": protected - known, "left": before - len(project.addresses())}


@router.post("/protected/end")
def unprotect(session: Open, address: Address) -> dict[str, int]:
    """End the protection of an address that somebody typed again."""
    refuse_while_busy(session)
    addresses_placing.unprotect_address(session.project, address.text())
    session.forget()
    return {"protected": len(session.project.protected_addresses())}
