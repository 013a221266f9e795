"""Versions are pinned once, and what is installed is what is pinned."""

import re
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {plain(name): version for name, version in pairs}


def test_everything_installed_that_is_pinned_has_the_pinned_version():
    wanted = pinned()
    installed = {plain(found.metadata["Name"]): found.version for found in distributions()}
    assert "pandas" in installed
    assert {name: version for name, version in installed.items() if name in wanted and wanted[name] != version} == {}


def test_every_direct_dependency_is_pinned():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    direct = re.findall(r'^\s+"([a-z0-9-]+)[>=]', text, flags=re.MULTILINE)
    assert "geopandas" in direct
    assert [name for name in direct if plain(name) not in pinned()] == []


def test_constraints_name_no_address():
    assert "://" not in (ROOT / "constraints.txt").read_text(encoding="utf-8")
