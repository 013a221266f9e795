"""What the build hook does: skip, build anew, stop with one message."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def built(hook: ModuleType, tmp_path: Path) -> Path:
    """A source tree whose outputs are newer than its sources."""
    (tmp_path / "web" / "src").mkdir(parents=True)
    (tmp_path / "web" / "package.json").write_text("{}", encoding="utf-8")
    (tmp_path / "web" / "src" / "main.tsx").write_text("", encoding="utf-8")
    for path in hook.outputs(tmp_path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("built", encoding="utf-8")
    return tmp_path


def test_what_is_newer_than_its_sources_is_not_built_again(hook: ModuleType, built: Path) -> None:
    assert not hook.is_stale(built)


def test_a_changed_source_makes_the_pages_stale(hook: ModuleType, built: Path) -> None:
    later = (built / "src" / "sozialraum" / "web" / "static" / "index.html").stat().st_mtime + 10
    os.utime(built / "web" / "src" / "main.tsx", (later, later))
    assert hook.is_stale(built)


def test_a_missing_font_makes_everything_stale(hook: ModuleType, built: Path) -> None:
    hook.outputs(built)[1].unlink()
    assert hook.is_stale(built)


def test_without_npm_the_message_names_the_way_out(
    hook: ModuleType, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = subprocess.CompletedProcess([], 1, "", "npm error network request failed")
    monkeypatch.setattr(hook, "find_node", lambda: built)
    monkeypatch.setattr(hook.subprocess, "run", lambda *_args, **_more: failed)
    with pytest.raises(SystemExit, match="SOZIALRAUM_SKIP_WEB=1") as stopped:
        hook.run_npm(built / "web", "ci")
    assert "network request failed" in str(stopped.value)


def test_catalogues_are_compiled_once(hook: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "sozialraum.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "Gebiet"\nmsgstr "Area"\n', encoding="utf-8")
    hook.compile_catalogues(tmp_path)
    made = folder / "sozialraum.mo"
    first = made.stat().st_mtime_ns
    hook.compile_catalogues(tmp_path)
    assert b"Area" in made.read_bytes()
    assert made.stat().st_mtime_ns == first


def test_the_lock_file_names_no_address() -> None:
    lock = (ROOT / "web" / "package-lock.json").read_text(encoding="utf-8")
    assert "http" not in lock
    assert '"resolved"' not in lock


def test_the_lock_file_knows_every_package_it_names() -> None:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    named = {
        name
        for entry in packages.values()
        for kind in ("dependencies", "optionalDependencies", "devDependencies")
        for name in entry.get(kind, {})
    }
    assert sorted(name for name in named if f"node_modules/{name}" not in packages) == []
