"""A file is compared with totals that others published, never with those of its own source."""

from __future__ import annotations

from dataclasses import replace

import pytest

import traced_village as village
from sozialraum.deliveries import recipes
from sozialraum.deliveries.corrections import Corrections
from sozialraum.deliveries.files import open_file
from sozialraum.deliveries.recipe_writing import recipe_text
from sozialraum.workflow.looking import read_now


@pytest.mark.parametrize(("source", "said"), [("Jugendämter", 0), ("Landesjugendamt", 2)])
def test_only_totals_of_another_source_are_compared(tmp_path, source, said):
    youth = next(recipe for recipe in recipes() if recipe.code == "youth_office")
    with village.make_project(tmp_path / "p", tmp_path / "files", compute=False) as project:
        own = replace(youth, code="youth_again", source=source)
        project.save_recipe(recipe_text(own), "Planung", "Probe")
        fewer = {number: (there, care - 5, aid - 1) for number, (there, care, aid) in village.YOUTH.items()}
        file = village.write_youth(tmp_path / "jugendamt_neu.xlsx", fewer)
        reading = read_now(project, file, open_file(file), own, Corrections())
    told = [finding.what for finding in reading.findings if finding.code == "sum"]
    assert len(told) == said
    assert all("veröffentlicht sind" in what for what in told)
