"""Which definitions a project counts by: its own, kept as tables in its settings, or those of the package."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sozialraum import indicators
from sozialraum.indicators import benefit_names
from sozialraum.project import Project


@contextmanager
def counting_as(project: Project) -> Iterator[indicators.Catalogue]:
    """Inside the with block all indicators, features and sources are those of the project.

    The setting `definitions` holds the tables of a catalogue (see indicators.read_tables); without it
    the catalogue of the package counts. The setting `benefit_names` holds names of benefits by period of validity.
    """
    tables = project.settings.get("definitions")
    own = indicators.catalogue_from(tables) if tables else None
    with indicators.in_catalogue(own), benefit_names.using_names(project.settings.get("benefit_names")):
        yield indicators.current_catalogue()
