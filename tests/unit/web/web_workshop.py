"""A small project of two towns, and work that is quick and can be made to wait or to fail."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import pandas as pd
from fastapi.testclient import TestClient
from shapely import box

from sozialraum.base import UsageError
from sozialraum.delineation.plan import make_plan
from sozialraum.project import Project

OWN = {"X-Sozialraum": "1"}
PERIOD = "2025-12-31"


def blocks() -> gpd.GeoDataFrame:
    """Eight square blocks in two towns, 400 inhabitants each; eastings rise with the number."""
    rows = [
        {
            "block_id": f"0599900{4 if place < 4 else 8}-{place:04d}",
            "municipality": "05999004" if place < 4 else "05999008",
            "population": 400,
            "quarter": "Markt",
            "street": "",
            "land": "settlement",
            "geometry": box(300_000 + 500 * place, 5_620_000, 300_500 + 500 * place, 5_620_500),
        }
        for place in range(8)
    ]
    return gpd.GeoDataFrame(rows, crs="EPSG:25832")


def municipalities() -> gpd.GeoDataFrame:
    towns = blocks().dissolve("municipality").reset_index()[["municipality", "geometry"]]
    names = pd.DataFrame(
        {"name": ["Zell", "Äpfelbach"], "kind": "town", "size_low": 700, "size_high": 8500, "areas": 2}
    )
    frame = pd.concat([towns.rename(columns={"municipality": "ags"}), names], axis=1)
    return gpd.GeoDataFrame(frame, crs="EPSG:25832")


def lines() -> gpd.GeoDataFrame:
    shapes = {"kind": ["river", "street"], "name": ["Aue", "Hauptstraße"]}
    return gpd.GeoDataFrame(shapes, geometry=[box(300_000, 5_620_000, 304_000, 5_620_500).exterior] * 2, crs=25832)


def small_plan() -> Any:
    """Two areas of two blocks in each town; the second of Zell is 2a, so that order of codes shows."""
    ids = blocks()["block_id"]
    areas = ["05999004-02a", "05999004-10", "05999008-01", "05999008-02"]
    table = pd.DataFrame(
        {
            "area_id": areas,
            "code": ["2a", "10", "1", "2"],
            "name": ["Am Markt", "Bahnhof", "Nord", "Süd"],
            "municipality": ["05999004", "05999004", "05999008", "05999008"],
            "origin": "proposal",
        }
    )
    assignment = pd.Series([areas[place // 2] for place in range(8)], index=ids)
    return make_plan(assignment, table, title="Vorschlag", created="2026-01-02T10:00:00+00:00")


def indicator_values() -> pd.DataFrame:
    """One share: shown, hidden, missing and blocked areas, two towns and the region."""
    unit = ["05999004-02a", "05999004-10", "05999008-01", "05999008-02", "05999004", "05999008", "region"]
    nan = float("nan")
    return pd.DataFrame(
        {
            "indicator": "unemployed_share",
            "level": ["area"] * 4 + ["municipality"] * 2 + ["region"],
            "unit": unit,
            "period": PERIOD,
            "count_low": [40.0, 1, nan, nan, 45, nan, 45],
            "count_high": [40.0, 9, nan, nan, 45, nan, 45],
            "base_low": [500.0, 500, 500, 400, 1000, 900, 1000],
            "base_high": [500.0, 500, 500, 400, 1000, 900, 1000],
            "share_low": [0.08, 0.002, nan, nan, 0.045, nan, 0.045],
            "share_high": [0.08, 0.018, nan, nan, 0.045, nan, 0.045],
            "status": ["observed", "suppressed", "missing", "blocked", "observed", "missing", "observed"],
            "ci_low": [0.06, nan, nan, nan, nan, nan, nan],
            "ci_high": [0.107, nan, nan, nan, nan, nan, nan],
            "versus": ["higher", "none", "none", "none", "none", "none", "none"],
            "scope": ["", "", "", "", "", "", "05999008"],
            "note": "",
        }
    )


def released_counts() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "level": ["area", "area"],
            "unit": ["05999004-02a", "05999004-10"],
            "feature": "unemployed",
            "period": PERIOD,
            "low": [40.0, 1.0],
            "high": [40.0, 9.0],
            "status": ["observed", "suppressed"],
            "provenance": "",
            "scope": "",
            "note": "",
            "reason": ["", "primary"],
        }
    )


def impulse_rows() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "impulse_id": "i1",
                "area_id": "05999004-02a",
                "field": "build_up",
                "rule": "build_up",
                "rule_version": "1",
                "figures": '{"children": 40}',
                "state": "arisen",
                "role": "",
                "decided_on": "",
                "reason": "",
            }
        ]
    )


@dataclass
class Workshop:
    """Stands in for sozialraum.workflow: same names, quick, and told when to wait or to break."""

    wait: threading.Event | None = None
    broken: bool = False
    calls: list[str] = field(default_factory=list)

    def create_project(self, folder: Path, *, name: str, language: str = "de", notice: str = "") -> Project:
        self.calls.append("create_project")
        return Project.create(folder, name=name, language=language, notice=notice)

    def import_blocks(self, project: Project, file: Path, layer: str = "blocks", progress: Any = None) -> list[str]:
        self.calls.append(f"import_blocks {file.name} {layer}")
        project.save_layers(municipalities(), blocks(), lines())
        return ["Gelesen: 8 Bausteine."]

    def adopt_plan(self, project: Project, municipality: str, assignment: Path, names: Path | None = None) -> list[str]:
        self.calls.append(f"adopt {municipality} {assignment.name} {names.name if names else ''}")
        return ["Übernommen."]

    def propose(self, project: Project, municipality: Any = None, areas: Any = None, progress: Any = None) -> Any:
        self.calls.append(f"propose {municipality} {areas}")
        progress.stage("Gebiete werden gesucht")
        for place in range(200):
            progress.step(place, 200)
            if self.wait is not None and self.wait.wait(0.02):
                break
        plan = small_plan()
        project.save_plan(plan)
        progress.done("Vorschlag: 4 Gebiete.")
        return plan

    def size_comparison(self, project: Project) -> None:
        return None

    def change_rows(self, project: Project, plan: Any) -> list[dict[str, Any]]:
        return []

    def compute(self, project: Project, progress: Any = None) -> list[str]:
        if self.broken:
            raise ZeroDivisionError("division by zero")
        project.save_results(
            {
                "released_counts": released_counts(),
                "area_counts": released_counts().drop(columns="reason").assign(low=4711.0),
                "indicator_values": indicator_values(),
                "impulses": impulse_rows(),
            },
            {"release": {"summary": {"shown": 1, "primary": 1}, "fingerprint": "7K2M-94QD"}},
        )
        return ["Berechnet."]

    def report(self, project: Project, language: str | None = None, progress: Any = None) -> Path:
        def write(folder: Path) -> None:
            (folder / "report.pdf").write_bytes(b"%PDF-1.7 small")
            (folder / "report").mkdir()
            (folder / "report" / "index.html").write_text("<!doctype html><title>Bericht</title>", encoding="utf-8")
            (folder / "report.xlsx").write_bytes(b"PK")

        return project.folder / "releases" / project.add_release(write, check_number="7K2M-94QD")

    def decide_impulse(self, project: Project, impulse_id: str, state: str, role: str, reason: str = "") -> None:
        if state == "rejected" and not reason:
            raise UsageError("Geben Sie einen Grund an.")
        project.save_impulse_decision(impulse_id, state=state, role=role, reason=reason)

    def demo(self, folder: Path, with_city: bool = False, progress: Any = None) -> Path:
        with Project.create(folder, name="Kreis Auenland", notice="Beispielzahlen") as project:
            self.import_blocks(project, Path("bausteine.gpkg"))
            self.propose(project, progress=progress)
            self.compute(project)
            return self.report(project)

    def state(self, project: Project) -> list[Any]:
        from sozialraum.workflow import state

        return state(project)


def ended(client: TestClient, started: Any) -> SimpleNamespace:
    """How a started job ended, read from its events."""
    assert started.status_code == 200, started.text
    text = client.get(f"/api/jobs/{started.json()['id']}/events").text
    told = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]
    return SimpleNamespace(**told[-1], told=told)
