"""What a block holds that has to be shared when it is divided: counts and facilities."""

from __future__ import annotations

from collections.abc import Mapping

from sozialraum import indicators
from sozialraum.base import UsageError, _
from sozialraum.base.numbers import percent
from sozialraum.plans.block_lineage import facilities_onto, place_of
from sozialraum.plans.block_split import EVERYTHING, BlockSplit
from sozialraum.project import Project
from sozialraum.workflow.catalogue import counting_as


def shared_counts(project: Project) -> dict[str, str]:
    """What can have a share of its own, with its title: inhabitants, all other counts, each delivered count."""
    with counting_as(project):
        known = indicators.features()
    titles = {code: known[code].title if code in known else code for code in project.counted_by_block()}
    return {"population": _("Einwohner"), EVERYTHING: _("alle übrigen Anzahlen"), **titles}


def facilities_in(project: Project, block_id: str) -> dict[str, str]:
    """facility_id -> name of the facilities in a block of the current plan; protected ones have no place."""
    blocks = set(project.blocks()["block_id"])
    rows = facilities_onto(project.facilities(), project.block_steps(), blocks)
    if rows is None or rows.empty:
        return {}
    own = rows[rows["block_id"] == block_id]
    pairs = zip(own["facility_id"].astype(str), own["name"].astype(str), strict=True)
    return dict(sorted(pairs, key=lambda pair: (pair[1], pair[0])))


def refuse_strange(
    block_id: str,
    shares: Mapping[str, float],
    counts: Mapping[str, str],
    facilities: Mapping[str, str],
    there: Mapping[str, str],
) -> None:
    """Raise UsageError for a share of nothing that is counted, or a facility that is not in the block."""
    for name in sorted(set(shares) - set(counts)):
        known = ", ".join(counts)
        raise UsageError(_("„{name}“ wird nicht gezählt. Es gibt: {known}.").format(name=name, known=known))
    for name in sorted(set(facilities) - set(there)):
        text = _("Die Einrichtung „{name}“ steht nicht in Baustein {block}. Dort stehen: {known}.")
        known = ", ".join(f"{key} ({title})" for key, title in there.items()) or _("keine")
        raise UsageError(text.format(name=name, block=block_id, known=known))


def division_sentences(split: BlockSplit, counts: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    """Shares somebody decided on, and where each facility stands after the division."""
    said = []
    for one in split.shares:
        if one.basis == "decided" and one.attribute != "population":
            text = _("{what}: {share} im nördlichen Teil, wie festgelegt.")
            said.append(text.format(what=counts.get(one.attribute, one.attribute), share=percent(one.share, 0)))
    for key, title in there.items():
        text = _("{facility}: in {part}, wie festgelegt.")
        if key not in split.facilities:
            text = _("{facility}: in {part}; dort leben mehr Menschen.")
        said.append(text.format(facility=title, part=place_of(key, split)))
    return said
