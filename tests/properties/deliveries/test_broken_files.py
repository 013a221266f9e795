"""Law: whatever happened to a file on its way, it is opened or refused in one sentence; nothing else comes out."""

from contextlib import suppress
from pathlib import Path

import pytest

from broken_files import broken_files, ods_bytes, specimens
from sozialraum.base import InputRefused
from sozialraum.deliveries import find_recipe
from sozialraum.deliveries.files import open_file

# python benchmarks/fuzz_files.py breaks thousands and measures the memory.
HERE = 96
# Map files are opened in a process of their own, a second each: fewer of them, and each opened once.
MAPS, MAPS_HERE = (".gpkg", ".geojson"), 48


def opened_or_refused(path: Path) -> str:
    try:
        content = open_file(path)
    except InputRefused as refused:
        sentences = [finding.what for finding in refused.findings]
        return "refused" if len(sentences) == 1 and sentences[0].endswith((".", ":")) else f"said: {sentences}"
    return "opened" if content.name == path.name else "opened under another name"


@pytest.mark.parametrize("name", sorted(specimens()))
def test_a_whole_file_is_opened(tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(specimens()[name])
    assert opened_or_refused(tmp_path / name) == "opened"


def test_a_broken_file_is_opened_or_refused(tmp_path: Path):
    seen = {"opened": 0, "refused": 0}
    for place, (name, data) in enumerate(broken_files(HERE, seed=20261128)):
        if name.endswith(MAPS) and place >= MAPS_HERE:
            continue
        path = tmp_path / f"{place}-{name}"
        path.write_bytes(data)
        outcome = opened_or_refused(path)
        assert outcome in seen, path.name
        seen[outcome] += 1
        if not name.endswith(MAPS):
            with suppress(InputRefused):
                find_recipe(path)
    assert min(seen.values()) > 10


def test_repeated_cells_of_an_open_document_do_not_fill_the_memory(tmp_path: Path):
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    (tmp_path / "a.ods").write_bytes(ods_bytes(rows))
    assert opened_or_refused(tmp_path / "a.ods") == "refused"
