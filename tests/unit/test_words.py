"""German stands in the code; every text has its English, and no text a person reads escapes the catalogue."""

from __future__ import annotations

import ast
import gettext
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools import words

from sozialraum.base import _, in_language, plural
from sozialraum.base.language import catalogue
from sozialraum.base.numbers import counted, noun

SOURCE = words.ROOT / "src" / "sozialraum"
MODULES = sorted(path for path in SOURCE.rglob("*.py"))
GERMAN_LETTER = re.compile("[äöüÄÖÜß„]")

# Texts that are the same in both languages by right.
SAME = {
    "{number} km",
    "Mitte", "Ost", "Nordost", "Nord", "Nordwest", "West", "Südwest", "Süd", "Südost",  # parts of names of places
    "Beispiel", "Beispiel-mit-Stadt",  # names of folders
    # international words
    "Index", "Name", "Status", "Version", "Block", "Plan", "Plan: {title}", "Plan: {plan}", "Windows (CR LF)",
    "Kindergarten",  # the same word
    "Stadtviertel",  # the agency's own word
    "in {areas}", "in {n} {words}", "{areas} in {towns}", " (in {heads})",  # the same preposition
    "Gauss-Krüger coordinates, zone {zone} (EPSG:{epsg})", "Berlin-Neukölln, population register 2017",  # proper names
    "Give street and house number, for instance “Musterstraße 12a”.",  # an address is written as it is
}  # fmt: skip

# Modules in which German letters stand outside _() and why; everything else must be wrapped.
GERMAN_BY_RIGHT = {
    "base/order.py": "letters for sorting",
    "cli/phrases.py": "the German of the words of the command line library",
    "deliveries/catalogue.py": "heads of catalogues, names of statistical offices, letters for searching",
    "deliveries/differences.py": "words by which a note tells of a break",
    "deliveries/drafting/columns.py": "heads as they stand in deliveries",
    "deliveries/drafting/date_places.py": "words as they stand in deliveries",
    "deliveries/drafting/dates.py": "names of months as they stand in deliveries",
    "deliveries/drafting/head_dates.py": "words as they stand in deliveries",
    "deliveries/drafting/known_texts.py": "words as they stand in deliveries",
    "deliveries/drafting/measures.py": "words as they stand in deliveries",
    "deliveries/drafting/sign_choice.py": "legends as they stand in deliveries",
    "deliveries/drafting/when.py": "words as they stand in deliveries",
    "deliveries/drafting/words.py": "letters for names of features",
    "deliveries/encodings.py": "letters that tell old code pages apart",
    "deliveries/forms.py": "the heads of a form, which is German",
    "deliveries/heads.py": "a pattern of letters",
    "deliveries/periods.py": "names of months as they stand in heads",
    "deliveries/sign_lines.py": "words as they stand in lines of signs",
    "deliveries/sign_words.py": "legends as they stand in deliveries",
    "deliveries/shelters.py": "words as they stand in deliveries",
    "demo/files.py": "the headers of deliveries as German offices send them",
    "demo/names.py": "invented names of places and facilities",
    "demo/orders.py": "deliveries as German offices send them",
    "demo/places.py": "invented names of churches",
    "demo/region.py": "invented names of places",
    "demo/settle.py": "invented names of places",
    "plans/exchange_in.py": "names of columns as German offices write them",
    "project/places_layers.py": "the description of a layer inside the project file, the same for every reader",
    "project/tables.py": "the description of a table inside the project file, the same for every reader",
    "publish/html.py": "letters for file names",
    "publish/print_labels.py": "widths of letters",
    "street_grid/reading.py": "what umlauts look like when they were read wrongly",
    "workflow/blocks_dropping.py": "heads and names of files as offices write them",
    "workflow/geographies.py": "umlauts that a key cannot hold",
    "workflow/geography_files.py": "heads as they stand in files",
    "workflow/trace_places.py": "how the place of a value is written, in either language",
    "workflow/trace_words.py": "a quotation mark that is looked for",
    "workflow/catalogue_round_trip.py": "the name of a sheet, the same for every reader",
    "web/editor_search.py": "letters for searching",
}


@pytest.fixture(scope="module")
def messages() -> dict[words.Message, str]:
    return words.collect()


def pairs() -> list[tuple[str, str]]:
    found = []
    for message in words.read():
        german = [message.id] if isinstance(message.id, str) else list(message.id)
        english = [message.string] if isinstance(message.string, str) else list(message.string)
        found += list(zip(german, english, strict=True)) if german != [""] else []
    return found


def test_every_text_has_its_english(messages: dict[words.Message, str]) -> None:
    assert len(messages) > 1000
    assert words.missing(words.updated(words.read(), messages)) == []


def test_the_catalogue_has_no_text_that_is_gone(messages: dict[words.Message, str]) -> None:
    now = {message if isinstance(message, str) else message[0] for message in messages}
    kept = {message.id if isinstance(message.id, str) else message.id[0] for message in words.read() if message.id}
    assert sorted(kept - now) == []


def test_no_singular_has_two_plurals(messages: dict[words.Message, str]) -> None:
    assert words.clashes(messages) == []
    assert words.clashes([("1 Gebiet", "{n} Gebiete"), ("1 Gebiet", "{n} Gebieten")]) == ["1 Gebiet"]


def test_english_differs_from_german_unless_it_is_the_same_by_right() -> None:
    wordless = re.compile(r"\{\w+\}")
    same = {german for german, english in pairs() if german == english}
    assert sorted(text for text in same - SAME if re.search("[A-Za-z]{2}", wordless.sub("", text))) == []


def test_places_for_values_agree() -> None:
    siblings = fields_of_siblings()
    wrong = [german for german, english in pairs() if not fields(english) <= fields(german) | siblings[german]]
    assert wrong == []


def fields(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)[^}]*\}", text))


def fields_of_siblings() -> dict[str, set[str]]:
    """For every German text the places of all forms of the same message."""
    found: dict[str, set[str]] = defaultdict(set)
    for message in words.read():
        if not isinstance(message.id, str):
            for form in message.id:
                found[form] |= {field for other in message.id for field in fields(other)}
    return found


def test_english_has_english_quotation_marks_and_no_german_letters() -> None:
    assert [text for _german, text in pairs() if "„" in text] == []
    assert [text for _german, text in pairs() if GERMAN_LETTER.search(text) and text not in SAME] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_texts_are_literals_asked_for_when_they_are_shown(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    built = [call.lineno for call in words.calls(tree) if any(isinstance(one, ast.JoinedStr) for one in call.args)]
    assert built == [], "an f-string inside _() is never found in the catalogue"
    early = [call.lineno for call in at_import(tree)]
    assert early == [], "a text asked for at import stays in the language of that moment"


def at_import(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls for texts that run when the module is imported."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if node in words.calls(node):
            yield node
        yield from at_import(node)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_german_stands_outside_the_catalogue(path: Path) -> None:
    name = path.relative_to(SOURCE).as_posix()
    found = german_outside(ast.parse(path.read_text(encoding="utf-8")))
    if name in GERMAN_BY_RIGHT:
        assert found, f"{name} needs no exception any more"
    else:
        assert found == []


def test_the_reader_of_modules_sees_german_outside_the_catalogue() -> None:
    code = '"""Über."""\nline = f"für {town}"\ntext = _("Größe")\nlabel = counted(2, _("Straße"), "Straßen")\n'
    assert german_outside(ast.parse(code)) == [(2, "für ")]


def german_outside(tree: ast.AST) -> list[tuple[int, str]]:
    """Strings with German letters that are neither docstrings nor given to _(), plural(), noun() or counted()."""
    inside = {id(part) for call in words.calls(tree) for word in words.words_of(call) for part in ast.walk(word)}
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and GERMAN_LETTER.search(node.value)
        if id(node) not in inside | documents
    ]


def test_the_collector_reads_nested_calls_and_texts_over_several_lines() -> None:
    code = (
        'a = _("Erste "\n  "Zeile")\nb = counted(n, _("Gebiet"), _("Gebiete"))\nc = plural("1 Kind", "{n} Kinder", n)'
    )
    found = [text for _line, text in words.of_python(code)]
    assert found == ["Erste Zeile", "Gebiet", "Gebiete", ("1 Kind", "{n} Kinder")]


@pytest.fixture
def compiled() -> gettext.NullTranslations:
    if not words.CATALOGUE.with_suffix(".mo").is_file():
        pytest.skip("the catalogue is not compiled; run python -m tools.words")
    return catalogue("en")


def test_a_sentence_with_a_plural_comes_out_in_english(compiled: gettext.NullTranslations) -> None:
    with in_language("en"):
        said = [plural("{count} Befund", "{count} Befunde", n).format(count=n) for n in (0, 1, 2)]
        assert said == ["0 findings", "1 finding", "2 findings"]
        assert counted(1234, _("Gebiet"), _("Gebiete")) == "1,234\u00a0areas"
        assert noun(_("Gemeinde"), _("Gemeinden"), 1) == "municipality"
        assert _("Gemeinde") == "Municipality"
        assert _("sozialer Status hoch (geringe Belastung)") == "social status high (little burden)"
    assert counted(1234, _("Gebiet"), _("Gebiete")) == "1.234\u00a0Gebiete"


def test_help_comes_out_in_english(compiled: gettext.NullTranslations) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "sozialraum.cli", "--lang", "en", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert "Propose areas" in shown
    assert not GERMAN_LETTER.search(shown)


def test_the_words_of_the_pages_are_the_same_catalogue(compiled: gettext.NullTranslations) -> None:
    from sozialraum.web.views import words as page_words

    assert page_words("de") == {}
    english = page_words("en")
    assert english["Handlungsbedarf"] == "Need for action"
    assert english["{count} Befund"] == ["{count} finding", "{count} findings"]


def test_a_wheel_brings_the_english_along(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    environment = {"PATH": "", "SOZIALRAUM_SKIP_WEB": "1", "HOME": str(tmp_path)}
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=words.ROOT, env=environment, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        assert "sozialraum/locale/en/LC_MESSAGES/sozialraum.mo" in packed.namelist()
        packed.extractall(tmp_path / "installed")
    code = "from sozialraum.base import _, in_language\nwith in_language('en'): print(_('Gebietsprofil'))"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "installed", env={"PYTHONPATH": str(tmp_path / "installed")},
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert said.strip() == "Area profile"


def test_the_meanings_of_signs_are_texts_for_translators() -> None:
    assert words.collect()["unter 10, verdeckt"] == "src/sozialraum/deliveries/signs.toml"
