"""The page "Bausteine" of a town drawn by hand, as its tests ask it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
from fastapi.testclient import TestClient
from web_workshop import OWN, ended

from drawn_town import addresses, lines, towns
from sozialraum.web import create_app
from sozialraum.workflow import create_project

CROSS = (("street", "Querstraße", [(0, 500), (1000, 500)]), ("street", "Hochstraße", [(500, 0), (500, 1000)]))
DOORS = ((100, 100, 400), (900, 100, 600), (100, 900, 500), (900, 900, 700))


@contextmanager
def served_project(folder: Path) -> Iterator[TestClient]:
    """A client in front of an empty project in this folder."""
    create_project(folder / "kreis", name="Kreis").close()
    app = create_app(folder, folder / "kreis")
    with TestClient(app, base_url="http://127.0.0.1:8765", headers=OWN) as found:
        yield found


def layer(folder: Path, name: str, frame: gpd.GeoDataFrame, within: str = "") -> Path:
    path = folder / f"{name}.gpkg"
    pyogrio.write_dataframe(frame, path, layer=within or name, driver="GPKG", append=path.exists())
    return path


def three(folder: Path) -> list[Path]:
    doors = addresses(*DOORS).assign(suffix="", postcode="05901")
    return [
        layer(folder, "gemeinden", towns()),
        layer(folder, "strassen", lines(*CROSS)),
        layer(folder, "anschriften", doors),
    ]


def drop(client: TestClient, *paths: Path) -> Any:
    files = [("files", (path.name, path.read_bytes())) for path in paths]
    return ended(client, client.post("/api/ground/files", files=files))


def page(client: TestClient) -> dict[str, Any]:
    return client.get("/api/ground").json()


def change(client: TestClient, number: int, **wish: str) -> Any:
    file = page(client)["files"][number]
    body = {name: file[name] for name in ("role", "key", "name", "reading")} | wish
    return client.post(f"/api/ground/files/{number}", json=body)


def build(client: TestClient) -> Any:
    return ended(client, client.post("/api/ground/build"))


def built(client: TestClient, folder: Path) -> dict[str, Any]:
    drop(client, *three(folder))
    assert build(client).state == "done"
    return page(client)["built"]
