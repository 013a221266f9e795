"""Routes of the page "Katalog": sources and data sets, as a workbook too; imported catalogues and their search."""

from __future__ import annotations

import shutil
from typing import Any

from fastapi import APIRouter, UploadFile

from sozialraum.base import InputRefused, UsageError
from sozialraum.web.acting import kept
from sozialraum.web.jobs import problem_of
from sozialraum.web.plain_model import PlainModel
from sozialraum.web.reading import Open
from sozialraum.web.requests_answers import catalogue_json, entry_json
from sozialraum.web.round_trips import RoundTrip, add_round_trip
from sozialraum.web.session import Session
from sozialraum.workflow import catalogue_round_trip

router = APIRouter(prefix="/api/catalogue")
SHOWN = 100


class SourceRecord(PlainModel):
    source_id: str = ""
    holder: str
    contact: str = ""
    legal_basis: str = ""
    note: str = ""


class DataSetRecord(PlainModel):
    data_set_id: str = ""
    source_id: str
    title: str
    theme: str = ""
    geography: str = "area"
    rhythm: int = 12
    terms: str = ""
    threshold: str = ""
    visible_to: str = "team"
    recipe: str = ""
    counts: str = "persons"


class Key(PlainModel):
    key: str


@router.get("")
def catalogue(session: Open) -> dict[str, Any]:
    """Sources, data sets, catalogues, and what can be chosen in their forms."""
    return catalogue_json(session.project)


@router.get("/search")
def search(session: Open, words: str = "") -> dict[str, Any]:
    """The entries that hold every word, the best first, and how many there are."""
    index = index_of(session)
    found = index.search(words, SHOWN)
    return {"words": words, "count": index.count(words), "entries": [entry_json(one) for one in found]}


@router.post("/import")
def read_catalogues(session: Open, files: list[UploadFile]) -> dict[str, Any]:
    """Read catalogues one after the other; a refused file does not stop the others."""
    from sozialraum.workflow import catalogue_search

    folder, paths = kept(files)
    found: list[dict[str, Any]] = []
    try:
        for path in paths:
            try:
                sentences = catalogue_search.import_catalogue(session.project, path)
                found.append({"file": path.name, "sentences": sentences, "problem": None})
            except (InputRefused, UsageError) as refused:
                found.append({"file": path.name, "sentences": [], "problem": problem_of(refused)})
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    session.forget()
    return {"files": found, "catalogue": catalogue_json(session.project)}


@router.post("/remove")
def remove_catalogue(session: Open, wanted: Key) -> dict[str, Any]:
    """Take an imported catalogue away."""
    session.project.remove_catalogue(wanted.key)
    session.forget()
    return catalogue_json(session.project)


@router.post("/sources")
def source(session: Open, record: SourceRecord) -> dict[str, Any]:
    """Enter or change a source."""
    from sozialraum.deliveries.catalogue_records import Source
    from sozialraum.workflow import catalogue_search

    catalogue_search.save_source(session.project, Source(**record.model_dump()))
    session.forget()
    return catalogue_json(session.project)


@router.post("/data-sets")
def data_set(session: Open, record: DataSetRecord) -> dict[str, Any]:
    """Enter or change a data set."""
    from sozialraum.deliveries.catalogue_records import DataSet
    from sozialraum.workflow import catalogue_search

    catalogue_search.save_data_set(session.project, DataSet(**record.model_dump()))
    session.forget()
    return catalogue_json(session.project)


@router.post("/records/remove")
def remove_record(session: Open, wanted: Key) -> dict[str, Any]:
    """Take a source or a data set away."""
    from sozialraum.workflow import catalogue_search

    catalogue_search.remove_record(session.project, wanted.key)
    session.forget()
    return catalogue_json(session.project)


@router.post("/proposed")
def keep_proposed(session: Open) -> dict[str, Any]:
    """Enter the data sets that deliveries speak of."""
    from sozialraum.workflow import catalogue_search

    catalogue_search.keep_proposed(session.project)
    session.forget()
    return catalogue_json(session.project)


add_round_trip(
    router,
    "/records",
    RoundTrip(
        "quellen-und-datensaetze.xlsx",
        catalogue_round_trip.records_workbook,
        catalogue_round_trip.read_records,
        catalogue_round_trip.apply_records,
        lambda project: {"catalogue": catalogue_json(project)},
    ),
)


def index_of(session: Session) -> Any:
    """The index over all entries, made when it is first asked for after a change."""
    from sozialraum.deliveries.catalogue import CatalogueIndex

    return session.drawn(("catalogue",), lambda: CatalogueIndex(session.project.catalogue()))
