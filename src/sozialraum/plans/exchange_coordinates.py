"""Plans of others brought into the coordinate system of the blocks; what lies elsewhere is named with what fits."""

from __future__ import annotations

import geopandas as gpd
import pyproj

from sozialraum.base import Finding, _
from sozialraum.blocks.coordinates import SWAPPED, Reading, check_coordinates, read_as
from sozialraum.blocks.regions import Region


def placed(
    frame: gpd.GeoDataFrame, crs: object, source_crs: str, expected: Region | None
) -> tuple[gpd.GeoDataFrame, list[Finding], list[Finding]]:
    """The frame in the coordinate system wanted; what was converted; what is wrong.

    source_crs : of a file that names none, or the code a finding offered for one that names a wrong one.
    """
    target = pyproj.CRS.from_user_input(crs)
    if frame.crs is None and source_crs and not source_crs.endswith(SWAPPED):
        try:
            frame = frame.set_crs(pyproj.CRS.from_user_input(source_crs))
        except pyproj.exceptions.CRSError:
            what = _("Das Koordinatensystem „{crs}“ ist nicht bekannt.").format(crs=source_crs)
            return frame, [], [Finding(what, todo=_("Üblich sind EPSG:25832, EPSG:25833 und EPSG:4326."))]
    elsewhere = [fault.finding for fault in check_coordinates(frame, expected, "").faults if fault.finding.offer]
    if elsewhere and source_crs in {finding.offer for finding in elsewhere}:
        frame = read_as(frame, Reading.of(source_crs))
    elif elsewhere:
        return frame, [], elsewhere
    if frame.crs is None:
        todo = _("Geben Sie es an, zum Beispiel EPSG:25832, oder legen Sie die Datei .prj dazu.")
        return frame, [], [Finding(_("Die Datei nennt kein Koordinatensystem."), todo=todo)]
    if frame.crs == target:
        return frame, [], []
    what = _("Die Datei nutzt ein anderes Koordinatensystem; sie wurde umgerechnet.")
    return frame.to_crs(target), [Finding(what, severity="note")], []
