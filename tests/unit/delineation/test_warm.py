"""Compiling beside other work happens once per machine and state of the kernels."""

import subprocess
import sys
from pathlib import Path

from sozialraum.delineation import warm
from sozialraum.delineation.kernels import folder


def test_nothing_is_started_where_the_mark_stands(tmp_path, monkeypatch):
    monkeypatch.delenv("NUMBA_DISABLE_JIT", raising=False)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    (tmp_path / warm.MARK).touch()
    assert warm.begin() is None


def test_a_process_of_its_own_compiles_and_leaves_the_mark(tmp_path, monkeypatch):
    monkeypatch.delenv("NUMBA_DISABLE_JIT", raising=False)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    started: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_streams: started.append(command))
    warm.begin()
    assert started == [[sys.executable, "-m", "sozialraum.delineation.warm"]]


def test_nothing_is_compiled_when_the_compiler_is_off(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    assert warm.begin() is None


def test_all_kernels_are_compiled_by_it(tmp_path):
    from sozialraum.delineation.kernels import anneal, reshape, tree, ward

    warm.compile_all()
    entries = [anneal.anneal, anneal.descend, anneal.settle_empty, reshape.recombine_all, reshape.dissolve_and_split,
               reshape.exchange_by_chance, tree.best_cut, ward.bounded_ward]  # fmt: skip
    assert [entry.py_func.__name__ for entry in entries if not entry.signatures] == []


def test_another_text_of_the_kernels_gets_another_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    (tmp_path / "one.py").write_text("a = 1\n", encoding="utf-8")
    monkeypatch.setattr(folder, "HERE", tmp_path)
    first = folder.cache_folder()
    (tmp_path / "one.py").write_text("a = 2\n", encoding="utf-8")
    assert folder.cache_folder() != first
    assert Path(first).is_dir()
