"""What a delivery is read against (Places) and what comes out of it (Reading)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from sozialraum.base import Finding, _, plural
from sozialraum.base.numbers import count, day
from sozialraum.deliveries.recipe import Recipe
from sozialraum.deliveries.shape import Shape

OBSERVATION_COLUMNS = ("geography", "unit", "feature", "period", "low", "high", "status", "cell")
FACILITY_COLUMNS = (
    "facility_id", "name", "kind", "block_id", "group", "low", "high", "status", "provenance", "period", "protected",
)  # fmt: skip

_REMARKS_SHOWN, _PERIODS_SHOWN = 12, 6


@dataclass(frozen=True, slots=True)
class Places:
    """The units deliveries speak of.

    blocks, municipalities : layers as in the contract. plan_id : the plan whose areas were ordered,
    '' while there is none. area_ids : its areas. agency_keys : nine-digit key -> area_id.
    area_names : area_id -> name, for files that name areas instead of giving their keys.
    totals : (feature, unit, period) -> bounds of an official total to compare a file with; unit is an AGS or 'region'.
    titles : feature -> what people call it, for sentences.
    geographies : code of a source geography -> its unit -> name ('' = it has none). geography_titles : code -> title.
    """

    blocks: gpd.GeoDataFrame
    municipalities: pd.DataFrame
    plan_id: str = ""
    area_ids: tuple[str, ...] = ()
    agency_keys: Mapping[str, str] = field(default_factory=dict)
    area_names: Mapping[str, str] = field(default_factory=dict)
    totals: Mapping[tuple[str, str, str], tuple[float, float]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    geographies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    geography_titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class HiddenPlace:
    """Address and kind of a protected facility; printed it says nothing."""

    address: str
    kind: str


@dataclass(frozen=True)
class Reading:
    """A delivery as it was read; nothing in it is placed by guessing.

    observations : frame with OBSERVATION_COLUMNS (empty for facilities). facilities : frame with
    FACILITY_COLUMNS (places of one group as value), or None. periods : dates in it, sorted.
    rows_read : rows of the table. rows_skipped : those of them that gave no value (sums, cells outside).
    assumed : sentences on what was taken for granted. findings : warnings and notes.
    municipalities : AGS the file has rows for. skipped : sentences on what was left out.
    remarks : the source's own legend, footnotes and notes. shape : what next year's file is compared with.
    hidden_places : where protected facilities are, as far as the list says it; only to keep those addresses out of
    the register, kept and shown nowhere.
    """

    recipe: Recipe
    observations: pd.DataFrame
    facilities: pd.DataFrame | None
    periods: tuple[str, ...]
    rows_read: int
    rows_skipped: int
    assumed: tuple[str, ...]
    findings: tuple[Finding, ...]
    municipalities: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    shape: Shape = field(default_factory=Shape)
    hidden_places: tuple[HiddenPlace, ...] = field(default=(), repr=False, compare=False)

    def sentences(self) -> list[str]:
        """What was read, skipped and assumed, as sentences for a person; then the findings."""
        lines = [self._what(), self._rows()]
        lines += [_("Übergangen: {what}").format(what=text) for text in self.skipped]
        lines += [_("Anmerkung der Quelle: {what}").format(what=text) for text in self.remarks[:_REMARKS_SHOWN]]
        more = len(self.remarks) - _REMARKS_SHOWN
        if more > 0:
            text = plural("{count} weitere Anmerkung der Quelle.", "{count} weitere Anmerkungen der Quelle.", more)
            lines.append(text.format(count=more))
        lines += [_("Angenommen: {what}").format(what=text) for text in self.assumed]
        words = {"warning": _("Zu prüfen: {what}"), "note": _("Hinweis: {what}"), "error": _("Fehler: {what}")}
        return lines + [words[each.severity].format(what=each.sentence()) for each in self.findings]

    def _what(self) -> str:
        stand = ", ".join(day(period) for period in self.periods)
        if len(self.periods) > _PERIODS_SHOWN:
            stand = _("{first} bis {last} ({count} Zeitpunkte)").format(
                first=day(self.periods[0]), last=day(self.periods[-1]), count=len(self.periods)
            )
        return _("Gelesen: {title}, Stand {stand}.").format(title=_(self.recipe.title), stand=stand)

    def _rows(self) -> str:
        taken = self.observations if self.facilities is None else self.facilities
        values = plural("{values} Wert übernommen", "{values} Werte übernommen", len(taken))
        if self.facilities is not None:
            values = plural("{values} Einrichtung übernommen", "{values} Einrichtungen übernommen", len(taken))
        rows = plural("{rows} Zeile gelesen", "{rows} Zeilen gelesen", self.rows_read)
        skipped = plural("{skipped} Zeile übergangen", "{skipped} Zeilen übergangen", self.rows_skipped)
        return f"{rows}, {values}, {skipped}.".format(
            rows=count(self.rows_read), values=count(len(taken)), skipped=count(self.rows_skipped)
        )


def no_observations() -> pd.DataFrame:
    """An observations frame without rows, with the types a filled one has."""
    frame = pd.DataFrame({name: pd.Series(dtype="str") for name in OBSERVATION_COLUMNS})
    return frame.astype({"low": float, "high": float})
