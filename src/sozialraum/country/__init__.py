"""A whole country: areas for every municipality of a grid of inhabited cells, one task each."""

from sozialraum.country.cells import Cells
from sozialraum.country.rule import Rule
from sozialraum.country.run import Summary, propose_country

__all__ = ["Cells", "Rule", "Summary", "propose_country"]
