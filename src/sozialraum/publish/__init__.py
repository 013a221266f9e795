"""The report as PDF, web pages and spreadsheet: three readings of one prepared model."""

from sozialraum.publish.content import Comparison, ReportContent, SupplyWords, daycare_words
from sozialraum.publish.html import write_html
from sozialraum.publish.pdf import write_pdf
from sozialraum.publish.xlsx import write_xlsx

__all__ = ["Comparison", "ReportContent", "SupplyWords", "daycare_words", "write_html", "write_pdf", "write_xlsx"]
