"""The invented report, written once as PDF, web pages and spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

import invented_report
from sozialraum.publish import ReportContent, write_html, write_pdf, write_xlsx
from sozialraum.publish.document import Report
from sozialraum.publish.model import prepare


@dataclass(frozen=True)
class Written:
    """A content, its prepared report and the three outputs."""

    content: ReportContent
    report: Report
    pdf: Path
    html: Path
    xlsx: Path


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("report")
    content = invented_report.small()
    done = Written(content, prepare(content), folder / "report.pdf", folder / "report", folder / "report.xlsx")
    write_pdf(content, done.pdf)
    write_html(content, done.html)
    write_xlsx(content, done.xlsx)
    return done
