"""Routes that print: working maps and the comparison of two plans, as PDF and as data.

They take keys of plans and drafts alone; there is no way to print what the internal view shows.
"""

from __future__ import annotations

import re
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response

from sozialraum.base import current_language
from sozialraum.web.reading import Open

router = APIRouter(prefix="/api/print")

MEDIA = {
    "pdf": "application/pdf",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/{ags}/work-map.pdf")
def work_map(session: Open, ags: str, paper: str = "A3", plan: str = "", scale: int = 0) -> Response:
    """The working map of a municipality. plan : key of a plan or draft, '' = the current plan."""
    from sozialraum.workflow import printing

    pdf = printing.work_map(session.project, ags, paper=paper, plan=plan, scale=scale, language=current_language())
    return saved(pdf, f"Arbeitskarte-{ags}-{paper}", "pdf", inline=True)


@router.get("/compare.{ending}")
def compare(
    session: Open,
    ending: Literal["pdf", "json", "csv", "xlsx"],
    old: str,
    new: str,
    ags: str = "",
    paper: str = "A3",
    table: str = "lineage",
) -> Response:
    """The comparison of two plans or drafts: printed, or as data (csv: one table, 'towns', 'lineage' or 'moved')."""
    from sozialraum.workflow import printing

    language = current_language()
    name = f"Vergleich-{old}-{new}"
    if ending == "pdf":
        sheets = printing.comparison_sheets(session.project, old, new, ags=ags, paper=paper, language=language)
        return saved(sheets, name, "pdf", inline=True)
    data = printing.comparison_data(session.project, old, new, ags=ags, form=ending, table=table)
    return saved(data, f"{name}-{table}" if ending == "csv" else name, ending)


def saved(content: bytes, name: str, ending: str, inline: bool = False) -> Response:
    """A file under a name that every system accepts; PDF opens in the browser."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name)
    way = "inline" if inline else "attachment"
    headers = {"Content-Disposition": f'{way}; filename="{plain}.{ending}"', "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA[ending], headers=headers)
