"""A project is a folder that a person can look into, copy, back up and open in QGIS.

What lies where::

    project.gpkg                       layers and tables, one file
    deliveries/<number>_<own name>     delivered files, unchanged
    releases/<day>-<n>/                frozen outputs
    project.lock                       held while somebody has the project open
"""

import sqlite3

import pyogrio
import pytest
from project_world import WHEN, full_project, new_project, some_reading, village_plan, write_delivery

from sozialraum.base import ProjectRefused
from sozialraum.project import Project

LAYERS = {
    "municipalities": ["ags", "name", "kind", "size_low", "size_high", "areas"],
    "blocks": ["block_id", "municipality", "population"],
    "lines": ["kind", "name"],
    f"areas_{village_plan().plan_id}": ["area_id", "name", "municipality", "population"],
}


def test_what_lies_in_the_folder(tmp_path):
    full_project(tmp_path / "p").close()
    files = sorted(str(path.relative_to(tmp_path / "p")) for path in (tmp_path / "p").rglob("*") if path.is_file())
    assert [name.replace("\\", "/") for name in files] == [
        "deliveries/61f9997b76526426_Haushalte 2025.csv",
        "project.gpkg",
        "project.lock",
        "releases/2026-01-31-1/report.pdf",
        "releases/2026-01-31-1/report/index.html",
    ]


@pytest.mark.parametrize("layer", LAYERS)
def test_the_layers_qgis_shows_and_their_columns(tmp_path, layer):
    full_project(tmp_path / "p").close()
    frame = pyogrio.read_dataframe(tmp_path / "p" / "project.gpkg", layer=layer)
    assert list(frame.columns)[: len(LAYERS[layer])] == LAYERS[layer]
    assert frame.crs == "EPSG:25832"
    assert frame.geometry.is_valid.all()


# What a planner does, what the log says, and what a person reads who asks for it.
LOG = [
    "Projekt angelegt",
    "12 Bausteine übernommen",
    "Lieferung „Haushalte 2025.csv“ übernommen",
    "Planstand „Vorschlag“ gespeichert",
    "Ergebnisse gerechnet",
    "Bericht 2026-01-31-1 geschrieben",
]


def test_the_log_of_a_first_round(tmp_path):
    with full_project(tmp_path / "p") as project:
        assert project.events()["what"].tolist() == LOG
        assert set(project.events()["role"]) == {"Planung"}


def test_no_name_of_a_person_is_kept_in_the_project(tmp_path, monkeypatch):
    """Who has the project open is told to others meanwhile, and forgotten afterwards."""
    monkeypatch.setattr("getpass.getuser", lambda: "a.mustermann")
    with full_project(tmp_path / "p"):
        assert "a.mustermann" in (tmp_path / "p" / "project.lock.json").read_text()
    for path in (tmp_path / "p").rglob("*"):
        assert not path.is_file() or b"mustermann" not in path.read_bytes()


def test_the_words_of_a_refusal_hold_no_method_or_file_words(tmp_path):
    """Planners read these sentences: no 'Hash', no 'GeoPackage', no 'SQLite', no 'Recipe'."""
    (tmp_path / "x").mkdir()
    (tmp_path / "q").mkdir()
    (tmp_path / "q" / "project.gpkg").write_bytes(b"nothing of ours" * 400)
    said = []
    for folder in ("nothing", "x", "q"):
        with pytest.raises(ProjectRefused) as refused:
            Project.open(tmp_path / folder)
        said.append(str(refused.value))
    for sentence in said:
        assert sentence.endswith(".")
        for word in ("hash", "geopackage", "sqlite", "recipe", "traceback", "alembic"):
            assert word not in sentence.lower()


def test_an_edition_is_a_list_of_days_and_the_notice_is_kept(tmp_path):
    with Project.create(
        tmp_path / "p", name="Kreis", notice="erfunden", settings={"editions": ["2025-12-31"]}
    ) as project:
        assert dict(project.settings).items() >= {
            "name": "Kreis", "crs": "EPSG:25832", "language": "de", "notice": "erfunden", "editions": ["2025-12-31"],
        }.items()  # fmt: skip


def test_the_tables_stand_in_plain_sight_beside_the_layers(tmp_path):
    """Anyone with an SQLite tool can read what a project holds."""
    with new_project(tmp_path / "p") as project:
        project.add_delivery(write_delivery(tmp_path), some_reading(), WHEN)
    rows = sqlite3.connect(tmp_path / "p" / "project.gpkg").execute(
        "SELECT geography, unit, feature, period, low, high, status, cell FROM observations"
    )
    assert rows.fetchall() == [
        ("block", "05999004-A", "households", "2025-12-31", 0.0, 0.0, "observed", "Zeile 2"),
        ("block", "05999004-B", "households", "2025-12-31", 1.0, 9.0, "suppressed", "Zeile 3"),
        ("block", "05999004-C", "households", "2025-12-31", None, None, "missing", "Zeile 4"),
    ]
