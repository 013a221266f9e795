"""Words that planners do not meet in the report, and words that must never stand there."""

from __future__ import annotations

import re

import pytest

# Method and file words: they may stand behind 'Wie gerechnet?', nowhere else.
METHOD_WORDS = [
    "z-Wert", "z-Werte", "z", "LISA", "FDR", "2SFCA", "LP", "TOML", "GeoPackage", "Rezept", "recipe", "Hash",
    "Fingerprint", "Moran", "Gi", "Wilson", "Poisson", "Byar", "ddof", "p-Wert", "Ward", "NaN", "None", "nan",
    "suppressed", "missing", "blocked", "uncertain", "estimated", "region", "year_sum", "other_date", "few_cases",
]  # fmt: skip

# Never, on no page.
NEVER = [
    "Problemgebiet", "Brennpunkt", "Schlusslicht", "Rang", "schlechte Werte", "Ausländer", "Hartz", "sozial schwach",
    "versäumt", "abbauen",
]  # fmt: skip


def standing(report, word: str, *, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Page and text of every place where the word stands as a word."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    return [(page.key, text) for page, text in report.texts() if page.key not in without and pattern.search(text)]


@pytest.mark.parametrize("word", METHOD_WORDS)
def test_a_method_word_stands_only_behind_how_computed(written, word):
    assert standing(written.report, word, without=("wie-gerechnet",)) == []


def test_how_computed_does_name_the_method(written):
    assert {key for key, _text in standing(written.report, "Wilson")} == {"wie-gerechnet"}
    assert {key for key, _text in standing(written.report, "z-Wert")} == {"wie-gerechnet"}


@pytest.mark.parametrize("word", NEVER)
def test_a_judging_word_stands_nowhere(written, word):
    assert [found for found in standing(written.report, word) if "Rangplatz" not in found[1]] == []


def test_social_status_is_never_bare(written):
    for page, text in written.report.texts():
        for found in re.finditer(r"Status (hoch|mittel|niedrig|sehr niedrig)", text):
            assert text[found.end() :].startswith(" ("), (page.key, text)


@pytest.mark.parametrize("word", ["gering", "mittel", "hoch", "sehr hoch"])
def test_handlungsbedarf_has_four_words(written, word):
    page = next(page for page in written.report.pages if page.key == "handlungsbedarf")
    assert word in [text for found, text in written.report.texts() if found is page]


def test_every_map_legend_says_what_dark_means(written):
    from sozialraum.publish.document import Legend, walk

    legends = [part for page in written.report.pages for part in walk(page.parts) if isinstance(part, Legend)]
    assert len(legends) == len(written.content.definitions) + 1
    assert all(part.note.startswith("Dunkel = ") for part in legends)


def test_sentences_have_the_right_number(written):
    for page, text in written.report.texts():
        assert not re.search(r"(?<![\d.,])1[\s\u00a0](Sozialräume|Gebiete|Gemeinden|Werte|Kinder|Impulse)\b", text), (
            page.key,
            text,
        )
        assert "{" not in text, (page.key, text)
