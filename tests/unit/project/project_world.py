"""A small project to try things on: the invented village, one delivery, one plan, some results."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

import village
from sozialraum import deliveries
from sozialraum.delineation import Plan, make_plan
from sozialraum.deliveries import Reading
from sozialraum.deliveries.reading import no_observations
from sozialraum.project import Project

WHEN = "2026-01-31T12:00:00+00:00"
TWO_HALVES = dict.fromkeys("ABCDEFghi", "05999004-01") | dict.fromkeys("JKL", "05999004-02")


def new_project(folder: Path, **settings: object) -> Project:
    """A project with the village's layers."""
    project = Project.create(folder, name="Musterkreis", settings=settings)
    add_layers(project)
    return project


def add_layers(project: Project) -> None:
    """The village, its blocks and one river around two of them."""
    river = village.draw_blocks("RR").rename(columns={"land": "kind", "quarter": "name"})
    river = river[["kind", "name", "geometry"]].assign(kind="river", name="Inde")
    river["geometry"] = river.geometry.boundary
    project.save_layers(village.draw_municipality(), village.village_blocks(), river)


def full_project(folder: Path) -> Project:
    """A project with layers, a delivery, a plan, results and a release."""
    project = new_project(folder, editions=["2025-12-31"])
    project.add_delivery(write_delivery(folder.parent), some_reading(), WHEN)
    project.save_plan(village_plan())
    project.save_results({"released_counts": some_counts(), "impulses": some_impulses()}, {"index": {"reference": 2}})
    project.add_release(write_report, plan_id=village_plan().plan_id, created=WHEN)
    return project


def village_plan(title: str = "Vorschlag", assignment: dict[str, str] | None = None) -> Plan:
    """Two areas: the village (1) and the hamlet (2)."""
    areas = {f"05999004-{letter}": area for letter, area in (assignment or TWO_HALVES).items()}
    rows = [
        (area, str(int(area[-2:])), f"Gebiet {area[-1]}", area[:8], "proposal") for area in sorted(set(areas.values()))
    ]
    frame = pd.DataFrame(rows, columns=["area_id", "code", "name", "municipality", "origin"])
    return make_plan(areas, frame, title=title, created=WHEN, parameters={"sentences": ["Zwei Gebiete."]})


def some_reading(rows: int = 3, feature: str = "households") -> Reading:
    """A reading of `rows` values; the second one is suppressed, the third missing."""
    units = [f"05999004-{letter}" for letter in "ABCDEFJKL"]
    frame = pd.DataFrame(
        {
            "geography": "block",
            "unit": [units[row % len(units)] for row in range(rows)],
            "feature": feature,
            "period": "2025-12-31",
            "low": [float(row) for row in range(rows)],
            "high": [float(row) for row in range(rows)],
            "status": "observed",
            "cell": [f"Zeile {row + 2}" for row in range(rows)],
        }
    )
    frame.loc[1:1, ["high", "status"]] = [9.0, "suppressed"]
    frame.loc[2:2, ["low", "high", "status"]] = [float("nan"), float("nan"), "missing"]
    return Reading(deliveries.recipes()[0], frame, None, ("2025-12-31",), rows, 0, ("Stichtag angenommen",), ())


def shelter_reading() -> Reading:
    """A reading of two facilities, one of them protected, with more about it than may be kept."""
    rows = [
        (
            "E1",
            "Kita Linde",
            "daycare",
            "05999004-A",
            "under_6",
            40.0,
            40.0,
            "observed",
            "Zeile 2",
            "2025-12-31",
            False,
        ),
        (
            "E2",
            "Haus Geheim",
            "womens_shelter",
            "05999004-B",
            "none",
            12.0,
            12.0,
            "observed",
            "Zeile 3",
            "2025-12-31",
            True,
        ),
    ]
    frame = pd.DataFrame(rows, columns=list(deliveries.FACILITY_COLUMNS))
    return Reading(deliveries.recipes()[0], no_observations(), frame, ("2025-12-31",), 2, 0, (), ())


def some_counts(low: float = 5.0) -> pd.DataFrame:
    """Released counts of two areas, one of them hidden."""
    row = {"level": "area", "feature": "households", "period": "2025-12-31", "provenance": "", "scope": "", "note": ""}
    return pd.DataFrame(
        [
            {**row, "unit": "05999004-01", "low": low, "high": low, "status": "observed", "reason": ""},
            {**row, "unit": "05999004-02", "low": 1.0, "high": 9.0, "status": "suppressed", "reason": "primary"},
        ]
    )


def some_impulses(*ids: str) -> pd.DataFrame:
    """Impulses as a computation leaves them: arisen, nobody has decided."""
    rest = {"field": "build_up", "rule": "coverage_low", "rule_version": "1", "figures": "{}"}
    nobody = {"state": "arisen", "role": "", "decided_on": "", "reason": ""}
    return pd.DataFrame(
        [{"impulse_id": one, "area_id": "05999004-01", **rest, **nobody} for one in ids or ("i1", "i2")]
    )


def write_delivery(folder: Path, text: str = "Baustein;Haushalte\r\n", name: str = "Haushalte 2025.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def write_report(folder: Path) -> None:
    (folder / "report").mkdir()
    (folder / "report" / "index.html").write_text("<p>Bericht</p>", encoding="utf-8")
    (folder / "report.pdf").write_bytes(b"%PDF-1.7")


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file below a folder with its content and time: equal when nothing was touched."""
    return {
        str(path.relative_to(folder)): f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.stat().st_mtime_ns}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
