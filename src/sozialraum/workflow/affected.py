"""What rests on a delivery: indicators, index, need, and reports that were made with it."""

from __future__ import annotations

from collections.abc import Iterable

from sozialraum import indicators, need
from sozialraum.indicators.registry import base_features
from sozialraum.project import Project
from sozialraum.workflow.catalogue import counting_as
from sozialraum.workflow.review_record import Affected

# Pages of the application, as they stand in the address, and what they show.
ALWAYS, INDEX_PAGES, NEED_PAGES, REPORT_PAGES = ("indikatoren",), ("index",), ("bedarf",), ("bericht",)


def affected(project: Project, delivery_id: str) -> Affected:
    """What rests on a delivery or would if it were computed now. Raises nothing; an unknown key rests on nothing."""
    return affected_by(project, project.features_of(delivery_id), releases_with(project, delivery_id))


def affected_by(project: Project, features: Iterable[str], releases: tuple[str, ...] = ()) -> Affected:
    """What rests on features: indicators by their counts, index and need by theirs. releases : made with them."""
    given = set(features)
    with counting_as(project) as used:
        hit = [one for one in used.definitions if given & _needs(one)]
        named = tuple((one.id, one.title) for one in hit)
    index = any(one.in_index for one in hit)
    rests = _need_rests_on(project, given, {one.id for one in hit})
    pages = len(pages_of(bool(hit), index, rests, bool(releases)))
    return Affected(named, index, rests, pages, bool(releases), releases)


def pages_of(values: bool, index: bool, need: bool, report: bool) -> tuple[str, ...]:
    """Names of the pages that show what is affected."""
    shown = [(values, ALWAYS), (index, INDEX_PAGES), (need, NEED_PAGES), (report, REPORT_PAGES)]
    return tuple(page for holds, pages in shown if holds for page in pages)


def releases_with(project: Project, delivery_id: str) -> tuple[str, ...]:
    """Frozen reports whose numbers rest on a delivery.

    Reports of earlier versions do not say what they rest on: there it is every delivery that had come by then.
    """
    rows = project.deliveries().set_index("delivery_id")
    if delivery_id not in rows.index:
        return ()
    came, ended = str(rows.at[delivery_id, "received_at"]), str(rows.at[delivery_id, "withdrawn_on"])
    found = []
    for release_id, created in project.releases()[["release_id", "created"]].itertuples(index=False):
        rests_on = project.release_deliveries(str(release_id))
        made_with = (
            delivery_id in rests_on if rests_on is not None else came <= created and (not ended or created < ended)
        )
        if made_with:
            found.append(str(release_id))
    return tuple(found)


def _needs(one: indicators.Definition) -> set[str]:
    """All features an indicator is counted from, sums taken apart."""
    return {one.numerator, one.denominator, *one.numerator_features, *one.denominator_features}


def _need_rests_on(project: Project, given: set[str], hit: set[str]) -> bool:
    target = project.settings.get("target")
    if not target:
        return False
    aim = need.Target(**target)
    with counting_as(project):
        counted = {aim.children, aim.places, *base_features(aim.children), *base_features(aim.places)}
    return bool(given & counted) or aim.need in hit
