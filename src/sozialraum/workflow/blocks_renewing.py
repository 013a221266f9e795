"""A whole set of blocks takes the place of the present one: look, do, and bring plans onto the new blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import geopandas as gpd
import pandas as pd
import shapely

from sozialraum.base import InputRefused, UsageError, _, plural
from sozialraum.base.numbers import count, percent
from sozialraum.blocks import attribute_columns, check_ground
from sozialraum.delineation import Plan
from sozialraum.plans.block_lineage import crossed_blocks
from sozialraum.plans.block_links import block_links, with_lasting_keys
from sozialraum.plans.block_renewal import BlockRenewal
from sozialraum.project import Project
from sozialraum.workflow.main import now

NAMED = 5


class Built(Protocol):
    """Whatever brings blocks in contract columns, as `blocks.building` makes them."""

    @property
    def blocks(self) -> gpd.GeoDataFrame: ...


@dataclass(frozen=True, eq=False)
class Outlook:
    """What a renewal would do, before anything is kept.

    blocks : of the next version. renewal : its record. given : key as built -> key given, where they differ;
    kept : how many of those are keys of old blocks. lost : attributes of the old blocks that the new ones do not have.
    crossed : new blocks through which a border of the current plan runs: block_id, area_id, share, others.
    """

    blocks: gpd.GeoDataFrame
    renewal: BlockRenewal
    given: dict[str, str]
    kept: int
    lost: int
    crossed: pd.DataFrame

    def sentences(self) -> list[str]:
        """What would come of it, for people."""
        said = [*self.renewal.sentences()]
        if self.kept:
            text = plural(
                "1 Baustein liegt wie bisher und behält seinen bisherigen Schlüssel.",
                "{count} Bausteine liegen wie bisher und behalten ihren bisherigen Schlüssel.",
                self.kept,
            )
            said.append(text.format(count=count(self.kept)))
        if len(self.given) > self.kept:
            text = plural(
                "1 neuer Baustein trägt einen anderen Schlüssel als gebildet, damit kein Schlüssel zweierlei bedeutet.",
                "{count} neue Bausteine tragen einen anderen Schlüssel als gebildet, damit kein Schlüssel zweierlei "
                "bedeutet.",
                len(self.given) - self.kept,
            )
            said.append(text.format(count=count(len(self.given) - self.kept)))
        if self.lost:
            text = plural(
                "Den neuen Bausteinen fehlt 1 Merkmal der bisherigen; Vorschläge achten darauf nicht mehr.",
                "Den neuen Bausteinen fehlen {count} Merkmale der bisherigen; Vorschläge achten darauf nicht mehr.",
                self.lost,
            )
            said.append(text.format(count=count(self.lost)))
        return [*said, *crossed_sentences(self.crossed)]


def look_at_renewal(
    project: Project, built: Built | gpd.GeoDataFrame, why: str = "", role: str = "", when: str = ""
) -> Outlook:
    """What `renew_blocks` would do. Raises as that does."""
    new = built if isinstance(built, gpd.GeoDataFrame) else built.blocks
    version = project.blocks_version()
    old = project.blocks(version)
    if old.empty:
        raise UsageError(_("Es gibt noch keine Bausteine. Lesen Sie sie zuerst ein."))
    new = new.to_crs(old.crs) if new.crs != old.crs else new
    _refuse_faults(new, project.municipalities())
    after, given = with_lasting_keys(old, new, project.used_block_keys(), version + 1)
    links = block_links(old, after, project.addresses())
    renewal = BlockRenewal(version + 1, links, why.strip(), role.strip(), when or now())
    kept = len(set(given.values()) & set(old["block_id"].astype(str)))
    lost = len(set(attribute_columns(old)) - set(attribute_columns(new)))
    return Outlook(after, renewal, given, kept, lost, _crossed(project, after, renewal))


def renew_blocks(project: Project, built: Built | gpd.GeoDataFrame, why: str, role: str, when: str = "") -> int:
    """Put a whole set of blocks in the place of the newest one; returns the number of the version that begins.

    built : blocks in contract columns, or what carries them as `blocks`. Blocks with the ground of an old one keep its
    key. Plans stay on the version they rest on, readable as before; `bring_plan` gives one a successor. Deliveries by
    old keys stay valid: their counts are shared out by addresses, else by ground, and then marked as estimated.
    Raises UsageError without reason or role, or before the first import; InputRefused for blocks with faults, or when
    nothing would change.
    """
    if not role.strip():
        raise UsageError(_("Geben Sie an, in welcher Rolle Sie die Bausteine erneuern."))
    if not why.strip():
        raise UsageError(_("Geben Sie an, warum die Bausteine erneuert werden."))
    outlook = look_at_renewal(project, built, why, role, when)
    if _same(outlook.blocks, project.blocks(project.blocks_version())):
        raise InputRefused(_("Es sind dieselben Bausteine; es gibt nichts zu erneuern."))
    return project.save_block_renewal(outlook.blocks, outlook.renewal)


def bring_plan(project: Project, plan_id: str = "", role: str = "", when: str = "") -> tuple[Plan, pd.DataFrame]:
    """Give a plan, by default the current one, a successor on the newest blocks; each block goes to the area of most
    of its people.

    Returns the successor and the blocks through which a border of the plan runs: block_id, area_id, share, others.
    Open drafts that rest on the plan go on there. Where such blocks lie in a decided municipality the successor is in
    revision again, and what was decided holds on beside it until somebody decides anew.
    Raises UsageError without a role, for an unknown plan, or when it rests on the newest blocks already.
    """
    if not role.strip():
        raise UsageError(_("Geben Sie an, in welcher Rolle Sie den Plan ändern."))
    plan = project.plan(plan_id or None)
    if plan is None:
        raise UsageError(_("Es gibt noch keinen Plan."))
    crossed = project.crossed_blocks(plan)
    return project.bring_plan(plan.plan_id, when or now(), role.strip()), crossed


def block_history(project: Project) -> pd.DataFrame:
    """What led to each version of the blocks, oldest first: version, kind ('split', 'renewal'), what, why, role, when.

    what : a sentence. Without rows as long as the blocks are those that came in.
    """
    rows = []
    for version, step in enumerate(project.block_steps(), start=2):
        if isinstance(step, BlockRenewal):
            kind, what = "renewal", " ".join(step.sentences())
        else:
            text = _("Baustein {block} geteilt in {parts}.")
            kind, what = "split", text.format(block=step.block_id, parts=", ".join(step.parts))
        rows.append((version, kind, what, step.why, step.role, step.when))
    return pd.DataFrame(rows, columns=["version", "kind", "what", "why", "role", "when"])


def brought_sentences(project: Project, plan: Plan, crossed: pd.DataFrame) -> list[str]:
    """What `bring_plan` did, for people. plan : the successor."""
    text = _("Plan „{title}“ auf den jüngsten Stand der Bausteine gebracht.")
    said = [text.format(title=plan.title), *crossed_sentences(crossed, done=True)]
    before = project.plan(plan.parent)
    if before is None or before.status != "adopted":
        return said
    names = dict(project.municipalities()[["ags", "name"]].itertuples(index=False))
    towns = sorted(names.get(ags, ags) for ags in set(plan.areas["municipality"]) - set(plan.decisions))
    text = _("Der beschlossene Plan gilt weiter. Neu zu beschließen ist in: {towns}.")
    return [*said, text.format(towns=", ".join(towns))]


def crossed_sentences(crossed: pd.DataFrame, *, done: bool = False) -> list[str]:
    """The blocks a border of the plan runs through, for people; [] when there are none. done : they are placed."""
    if crossed.empty:
        return []
    was = plural(
        "Durch 1 neuen Baustein läuft eine Grenze des Plans; er kam zum Gebiet mit den meisten Einwohnern:",
        "Durch {count} neue Bausteine läuft eine Grenze des Plans; jeder kam zum Gebiet mit den meisten Einwohnern:",
        len(crossed),
    )
    would = plural(
        "Durch 1 neuen Baustein läuft eine Grenze des Plans; er käme zum Gebiet mit den meisten Einwohnern:",
        "Durch {count} neue Bausteine läuft eine Grenze des Plans; jeder käme zum Gebiet mit den meisten Einwohnern:",
        len(crossed),
    )
    said = [(was if done else would).format(count=count(len(crossed)))]
    for block, area, share, others in crossed.head(NAMED).itertuples(index=False):
        line = _("{block}: {share} in {area}, der Rest in {others}.")
        said.append(line.format(block=block, share=percent(float(share), 0), area=area, others=others))
    if len(crossed) > NAMED:
        said.append(_("{count} weitere").format(count=count(len(crossed) - NAMED)))
    return said


def _same(new: gpd.GeoDataFrame, old: gpd.GeoDataFrame) -> bool:
    """Whether blocks have the same keys, values and borders, to a millimetre."""
    if set(new.columns) != set(old.columns) or len(new) != len(old):
        return False
    values = [column for column in old.columns if column != old.geometry.name]
    before, after = (frame.sort_values("block_id", ignore_index=True) for frame in (old, new))
    for column in values:
        was, now_is = (frame[column].astype(object).where(frame[column].notna(), None) for frame in (before, after))
        if was.tolist() != now_is.tolist():
            return False
    shapes = [shapely.normalize(frame.geometry.to_numpy()) for frame in (before, after)]
    return bool(shapely.equals_exact(*shapes, tolerance=0.001).all())


def _crossed(project: Project, after: gpd.GeoDataFrame, renewal: BlockRenewal) -> pd.DataFrame:
    """As `Project.crossed_blocks`, for a renewal that is not kept yet."""
    plan = project.plan()
    if plan is None:
        return pd.DataFrame(columns=["block_id", "area_id", "share", "others"])
    return crossed_blocks(plan, (*project.block_steps(), renewal), after["block_id"])


def _refuse_faults(blocks: gpd.GeoDataFrame, municipalities: gpd.GeoDataFrame) -> None:
    faults = check_ground(blocks, municipalities)
    errors = [fault.finding for fault in faults if fault.finding.severity == "error"]
    if errors:
        todo = _("Beheben Sie die Fehler zuerst; die Prüfung der Bausteine zeigt sie auf der Karte.")
        raise InputRefused(_("Die Bausteine können so nicht übernommen werden."), errors, todo)
