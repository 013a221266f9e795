"""Check the blocks of a file or of a project, and mend what somebody chose, with a protocol."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
import xlsxwriter

from sozialraum.base import InputRefused, UsageError, _, plural
from sozialraum.base.numbers import count
from sozialraum.base.whole_files import write_whole
from sozialraum.blocks import Fault, Repaired, check_ground, repair, ways
from sozialraum.blocks.ground_files import Ground, read_ground
from sozialraum.project import Project
from sozialraum.workflow.blocks_renewing import renew_blocks
from sozialraum.workflow.main import now

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
KINDS = ("coordinates", "invalid", "twice", "outside", "overlap", "gap", "sliver")


def check_file(file: Path, layer: str = "blocks", readings: Mapping[str, str] | None = None) -> Ground:
    """The layers of a file with the faults of its blocks. readings : layer -> code of the coordinates to read it with.

    Raises InputRefused for what has no place on the map.
    """
    return read_ground(Path(file), layer, readings=readings)


def check_project(project: Project) -> Ground:
    """The newest blocks of a project with their faults. Raises UsageError before the first import."""
    blocks = project.blocks(project.blocks_version())
    if blocks.empty:
        raise UsageError(_("Es gibt noch keine Bausteine. Lesen Sie sie zuerst ein."))
    towns, lines = project.municipalities(), project.lines()
    return Ground(towns, blocks, lines, {}, check_ground(blocks, towns, lines))


def kind_title(kind: str) -> str:
    """What people call a kind of fault, in the plural."""
    return {
        "coordinates": _("Falsche Koordinaten"),
        "invalid": _("Fehlerhafte Ränder"),
        "twice": _("Doppelte Bausteine"),
        "outside": _("Über die Gemeindegrenze"),
        "overlap": _("Überlappungen"),
        "gap": _("Lücken"),
        "sliver": _("Schmale Lücken und Überlappungen"),
    }[kind]


def fault_sentences(faults: Sequence[Fault]) -> list[str]:
    """How many faults of each kind, then each fault in a sentence."""
    if not faults:
        return [_("Die Bausteine decken ihre Gemeinden ohne Lücke und ohne Überlappung.")]
    total = plural("1 Fehler gefunden.", "{count} Fehler gefunden.", len(faults)).format(count=count(len(faults)))
    said = [total]
    for kind in KINDS:
        number = sum(fault.kind == kind for fault in faults)
        if number:
            said.append(f"{kind_title(kind)}: {count(number)}")
    return said + [fault.finding.what for fault in faults]


def fault_frame(ground: Ground) -> gpd.GeoDataFrame:
    """The faults for a map, in the coordinates of the blocks, in their order.

    Columns: fault_id, kind, title (of the kind), severity, what, todo, blocks (comma separated), ways (codes, the
    proposed one first, comma separated), x, y (a point inside, NaN without a place), geometry (missing without one).
    """
    rows = [
        (
            fault.fault_id, fault.kind, kind_title(fault.kind), fault.finding.severity, fault.finding.what,
            fault.finding.todo, ", ".join(fault.blocks),
            ", ".join(way.code for way in ways(fault, ground.blocks)),
        )
        for fault in ground.faults
    ]  # fmt: skip
    columns = ["fault_id", "kind", "title", "severity", "what", "todo", "blocks", "ways"]
    shapes = np.array([fault.geometry for fault in ground.faults], dtype=object)
    points = shapely.point_on_surface(shapes)
    places = pd.DataFrame({"x": shapely.get_x(points), "y": shapely.get_y(points)})
    table = pd.concat([pd.DataFrame(rows, columns=columns), places], axis=1)
    return gpd.GeoDataFrame(table, geometry=shapes, crs=ground.blocks.crs)


def write_faults(ground: Ground, file: Path) -> None:
    """The faults as a layer of a file for a map program (.gpkg); what stood there is replaced."""
    frame = fault_frame(ground)
    with TemporaryDirectory(prefix="sozialraum-") as folder:
        laid = Path(folder) / "faults.gpkg"
        placed = frame[~frame.geometry.isna()]
        pyogrio.write_dataframe(placed, laid, layer="faults", driver="GPKG", geometry_type="Unknown")
        write_whole({Path(file): laid.read_bytes()})


def wishes_for(ground: Ground, kinds: Collection[str]) -> dict[str, str]:
    """The proposed way for every fault of these kinds that has one: fault_id -> code of the way.

    Raises UsageError for an unknown kind.
    """
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        text = _("„{kind}“ ist keine Art von Fehlern. Es gibt: {known}.")
        raise UsageError(text.format(kind=unknown[0], known=", ".join(KINDS)))
    chosen = [fault for fault in ground.faults if fault.kind in kinds]
    found = {fault.fault_id: ways(fault, ground.blocks) for fault in chosen}
    return {fault_id: there[0].code for fault_id, there in found.items() if there}


def readings_of(ground: Ground, wishes: Mapping[str, str]) -> dict[str, str]:
    """The wishes about coordinates as readings: layer -> code. Read the file with them to see the other faults."""
    faults = {fault.fault_id: fault for fault in ground.faults if fault.kind == "coordinates"}
    chosen = {faults[key].layer: code or faults[key].finding.offer for key, code in wishes.items() if key in faults}
    return {**ground.readings, **{layer: code for layer, code in chosen.items() if code}}


def mend(ground: Ground, wishes: Mapping[str, str]) -> Repaired:
    """Mend chosen faults; nothing is kept. Raises as `blocks.repair`; InputRefused while a layer lies elsewhere."""
    refuse_misplaced(ground)
    return repair(ground.blocks, ground.municipalities, ground.faults, wishes)


def refuse_misplaced(ground: Ground) -> None:
    """Raise InputRefused while some layer has to be read with other coordinates."""
    if ground.misplaced:
        findings = [fault.finding for fault in ground.faults if fault.kind == "coordinates"]
        todo = _("Entscheiden Sie zuerst, wie die Koordinaten gelesen werden.")
        raise InputRefused(_("Die Koordinaten sind noch nicht geklärt."), findings, todo)


def take_mended(project: Project, ground: Ground, wishes: Mapping[str, str], why: str = "", role: str = "") -> Repaired:
    """Mend the blocks of a file and take its layers over: at once in a new project, else as a new version.

    Warnings may stay, errors not. Raises as `mend` and `renew_blocks`; InputRefused with the errors that are left.
    """
    done = mend(ground, wishes)
    layers = ground.with_blocks(done.blocks)
    left = [fault.finding for fault in check_ground(layers.blocks, layers.municipalities)]
    errors = [finding for finding in left if finding.severity == "error"]
    if errors:
        todo = _("Es wurde nichts übernommen. Wählen Sie auch diese Fehler aus, oder berichtigen Sie die Datei.")
        raise InputRefused(_("Es bleiben Fehler."), errors, todo)
    if rests_on_blocks(project):
        renew_blocks(project, layers.blocks, why, role)
    else:
        project.save_layers(layers.municipalities, layers.blocks, layers.lines, layers.places)
    return done


def mend_project(project: Project, wishes: Mapping[str, str], why: str, role: str, when: str = "") -> Repaired:
    """Mend chosen faults of the newest blocks of a project; the mended ones are a new version.

    Raises as `mend` and `renew_blocks`; UsageError when nothing is chosen.
    """
    if not wishes:
        raise UsageError(_("Es ist kein Fehler ausgewählt."))
    done = mend(check_project(project), wishes)
    renew_blocks(project, done.blocks, why, role, when or now())
    return done


def rests_on_blocks(project: Project) -> bool:
    """Whether other blocks would have to be a new version, because plans or deliveries rest on the present ones."""
    return bool(project.blocks_version() > 1 or len(project.plans()) or len(project.deliveries()))


def protocol_sentences(protocol: pd.DataFrame, most: int = 40) -> list[str]:
    """How many faults were mended and how, the first ones each in a sentence."""
    text = plural("1 Fehler behoben.", "{count} Fehler behoben.", len(protocol))
    said = [text.format(count=count(len(protocol)))]
    pairs = zip(protocol["fault"].head(most), protocol["what_was_done"].head(most), strict=True)
    said += [f"{fault} {done}" for fault, done in pairs]
    more = len(protocol) - most
    return said if more <= 0 else [*said, _("… und {count} weitere Befunde.").format(count=count(more))]


def protocol_table(protocol: pd.DataFrame) -> pd.DataFrame:
    """The protocol of a repair with headings for people; areas in whole square metres."""
    table = protocol.drop(columns="fault_id")
    table[["area_before", "area_after"]] = table[["area_before", "area_after"]].round().astype("int64")
    table.columns = pd.Index(
        [
            _("Fehler"), _("Was getan wurde"), _("Bausteine"), _("Fläche vorher (m²)"), _("Fläche nachher (m²)"),
            _("Einwohner/-innen vorher"), _("Einwohner/-innen nachher"),
        ]
    )  # fmt: skip
    return table


def protocol_book(protocol: pd.DataFrame) -> bytes:
    """The protocol as a workbook of one sheet; the same protocol gives the same bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": _("Protokoll der Berichtigung"), "created": datetime(2000, 1, 1)})
    sheet = book.add_worksheet(_("Protokoll"))
    table = protocol_table(protocol)
    head, number = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "#,##0"})
    for column, title in enumerate(table.columns):
        sheet.write_string(0, column, str(title), head)
    for row, values in enumerate(table.itertuples(index=False), start=1):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write_number(row, column, int(value), number)
    sheet.freeze_panes(1, 0)
    for column, width in enumerate((60, 50, 30, 16, 16, 16, 16)):
        sheet.set_column(column, column, width)
    book.close()
    return buffer.getvalue()
