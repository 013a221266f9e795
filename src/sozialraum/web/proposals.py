"""Routes of the page "Gebiete vorschlagen": wishes for one municipality, alternatives side by side, take one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from fastapi import APIRouter
from pydantic import BaseModel

from sozialraum.base import Finding, InputRefused, NoPlan, Progress, UsageError, _, current_language
from sozialraum.web.acting import start
from sozialraum.web.reading import Open
from sozialraum.web.session import Session
from sozialraum.web.small_maps import Paper, ground, paper
from sozialraum.web.tables import plain, records

router = APIRouter(prefix="/api/proposals")


class Choice(BaseModel):
    key: str


@router.get("/{ags}")
def proposals(session: Open, ags: str) -> dict[str, Any]:
    """The municipality, its wishes, the alternatives computed for them, and what the small maps share."""
    return session.drawn(("proposals", ags, current_language()), lambda: page(session, ags))


@router.post("/{ags}")
def suggest(session: Open, ags: str, wish: dict[str, Any]) -> dict[str, Any]:
    """Compute alternatives as a job; wishes that contradict themselves are refused at once."""
    from sozialraum.delineation.wishes import Wishes

    project, wishes = session.project, Wishes.from_json(wish)
    known(project, ags)

    def work(progress: Progress) -> dict[str, Any]:
        try:
            found = session.work.suggest(project, ags, wishes, progress=progress)
        except NoPlan as impossible:
            raise in_sentences(impossible) from impossible
        return {"ags": ags, "alternatives": len(found)}

    return start(session, _("Vorschläge berechnen"), work)


@router.post("/{ags}/take")
def take(session: Open, ags: str, choice: Choice) -> dict[str, Any]:
    """Put an alternative in the place of the municipality's present areas."""
    refuse_while_busy(session)
    known(session.project, ags)
    plan = session.work.take(session.project, ags, choice.key, when=now())
    session.forget()
    return {"plan_id": plan.plan_id, "areas": int((plan.areas["municipality"] == ags).sum())}


@router.post("/{ags}/undo")
def undo(session: Open, ags: str) -> dict[str, Any]:
    """Let the areas hold again that held before the last step in this municipality."""
    refuse_while_busy(session)
    before = plan_before(session.project, ags)
    if before is None:
        raise UsageError(_("Für diese Gemeinde ist kein voriger Zuschnitt gespeichert."))
    session.project.make_current(before.plan_id)
    session.forget()
    return {"plan_id": before.plan_id}


def refuse_while_busy(session: Session) -> None:
    running = session.jobs.running()
    if running is not None:
        raise UsageError(_("Es wird noch gerechnet: {title}. Danach geht es hier weiter.").format(title=running.title))


def plan_before(project: Any, ags: str) -> Any:
    """The plan the present one came from, when they differ in this municipality and nowhere else; else None.

    What was decided on is not undone here.
    """
    plan = project.plan()
    if plan is None or decided(plan, ags) or plan.parent not in set(project.plans()["plan_id"]):
        return None
    before = project.plan(plan.parent)
    if not before.assignment.index.equals(plan.assignment.index):
        return None
    changed = plan.assignment.index[before.assignment.to_numpy() != plan.assignment.to_numpy()]
    towns = project.blocks().set_index("block_id")["municipality"].reindex(changed)
    return before if set(towns) == {ags} else None


def decided(plan: Any, ags: str) -> bool:
    """Whether a body decided on the areas of the municipality, in this plan or before."""
    return plan.status in ("adopted", "superseded") or ags in plan.decisions


def now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def known(project: Any, ags: str) -> pd.Series:
    """The row of a municipality; UsageError when the project has none of that key."""
    rows = project.municipalities()
    found = rows[rows["ags"] == ags]
    if found.empty:
        raise UsageError(_("Diese Gemeinde gibt es in diesem Projekt nicht."))
    return found.iloc[0]


def in_sentences(impossible: NoPlan) -> InputRefused:
    """Why there is no plan, each reason as a finding of its own."""
    reasons = getattr(impossible, "reasons", ())
    headline = str(impossible).split("\n", 1)[0]
    todo = _("Ändern Sie die Vorgaben und rechnen Sie noch einmal. Bisherige Vorschläge bleiben.")
    return InputRefused(headline, [Finding(reason) for reason in reasons], todo)


def page(session: Session, ags: str) -> dict[str, Any]:
    """Everything the page shows of one municipality."""
    project = session.project
    town, blocks, plan = known(project, ags), project.blocks(), project.plan()
    own: gpd.GeoDataFrame = blocks[blocks["municipality"] == ags].reset_index(drop=True)
    sheet, present = paper(own), present_codes(plan, own)
    stored = session.work.suggestions(project, ags)
    wishes = session.work.first_wishes(project, ags) if stored is None else stored[0]
    found: tuple[Any, ...] = () if stored is None else stored[1]
    return {
        "municipality": about(town, own),
        "wishes": plain(wishes.to_json()),
        "computed": stored is not None,
        "present": present_areas(plan, ags, sheet, present),
        "before": areas_before(project, ags),
        "takeable": plan is not None or set(blocks["municipality"]) == {ags},
        "ground": ground(sheet, own["population"].to_numpy(dtype=float), project.lines()),
        "alternatives": [alternative(one, found[0], own, sheet, present) for one in found],
    }


def about(town: pd.Series, own: gpd.GeoDataFrame) -> dict[str, Any]:
    """Name, size and limits of the municipality; `target` is the usual size of an area within them."""
    from sozialraum.delineation.wishes import default_target

    low, high = float(town["size_low"]), float(town["size_high"])
    return {
        **{name: plain(town.get(name)) for name in ("ags", "name", "areas")},
        "size_low": low,
        "size_high": high,
        "target": default_target(low, high),
        "population": int(own["population"].sum()),
        "blocks": len(own),
        "largest_block": int(own["population"].max()),
    }


def present_codes(plan: Any, own: gpd.GeoDataFrame) -> np.ndarray | None:
    """Code of the present area of each block; None when the plan does not know all blocks of the municipality."""
    if plan is None:
        return None
    codes = own["block_id"].map(plan.assignment).map(plan.areas.set_index("area_id")["code"])
    return None if codes.isna().any() else codes.to_numpy(dtype=object)


def present_areas(plan: Any, ags: str, sheet: Paper, codes: np.ndarray | None) -> dict[str, Any] | None:
    """Number and borders of the areas that hold now, and whether somebody decided on them."""
    if codes is None:
        return None
    rows = plan.areas[plan.areas["municipality"] == ags]
    adopted = decided(plan, ags) or (rows["origin"] == "adopted").any()
    return {"areas": len(rows), "adopted": bool(adopted), "path": sheet.borders(codes)}


def areas_before(project: Any, ags: str) -> int | None:
    """How many areas the municipality had before the last step; None when that step cannot be undone here."""
    before = plan_before(project, ags)
    return None if before is None else int((before.areas["municipality"] == ags).sum())


def alternative(
    one: Any, first: Any, own: gpd.GeoDataFrame, sheet: Paper, present: np.ndarray | None
) -> dict[str, Any]:
    """One alternative: its words, its figures, its areas with their shapes, and how far it leaves the present plan.

    Each area names the one of the first alternative that it mostly consists of (`like`), for a common colour.
    """
    labels = own["block_id"].map(one.labels)
    codes = labels.to_numpy(dtype=object)
    drawn = sheet.areas(codes)
    like = mostly(labels, own["block_id"].map(first.labels), own["population"])
    rows = records(one.areas, ["code", "name", "population"])
    return {
        "key": one.key,
        "title": one.title,
        "sentence": one.sentence,
        "figures": plain(one.figures.to_json()),
        "notes": list(one.notes),
        "areas": [{**row, **drawn[row["code"]], "like": like[row["code"]]} for row in rows],
        "left": "" if present is None else sheet.borders(present, without=codes),
        "moved": None if present is None else moved(labels, pd.Series(present), own["population"]),
    }


def mostly(labels: pd.Series, first: pd.Series, population: pd.Series) -> dict[str, str]:
    """For each area the one of another plan with which it shares most inhabitants, then most blocks."""
    shared = pd.DataFrame({"area": labels, "other": first, "people": population, "blocks": 1})
    sums = shared.groupby(["area", "other"], as_index=False)[["people", "blocks"]].sum()
    sums = sums.sort_values(["area", "people", "blocks", "other"], ascending=[True, False, False, True])
    return dict(sums.drop_duplicates("area")[["area", "other"]].astype(str).to_numpy().tolist())


def moved(labels: pd.Series, present: pd.Series, population: pd.Series) -> dict[str, Any]:
    """How many inhabitants would live in another area than now, and whether the two plans are the same.

    Each new area stands for at most one present area, so that as many as possible stay.
    """
    from scipy.optimize import linear_sum_assignment

    shared = pd.crosstab(labels, present, values=population, aggfunc="sum").fillna(0).to_numpy()
    pairs = pd.DataFrame({"new": labels, "old": present}).drop_duplicates()
    new, old = linear_sum_assignment(shared, maximize=True)
    same = len(pairs) == labels.nunique() == present.nunique()
    return {"people": round(float(np.sum(shared) - shared[new, old].sum())), "same": bool(same)}
