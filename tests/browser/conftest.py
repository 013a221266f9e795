"""A Chromium without any network but our own server, and the demo Kreis made through the pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from served import STATIC, served

CHROMIUM = Path(shutil.which("chromium") or "/usr/bin/chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    reason = "there is no Chromium" if not CHROMIUM.is_file() else "the web pages are not built"
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.is_file() or not (STATIC / "index.html").is_file():
                item.add_marker(pytest.mark.skip(reason=reason))


@dataclass
class Visit:
    """A page in the browser, with every request it tried to make elsewhere and every error."""

    page: object
    address: str
    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application on a free port of this computer, with an empty home folder."""
    with served(tmp_path_factory.mktemp("browser") / "home") as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def visit(browser, address: str) -> Iterator[Visit]:  # type: ignore[no-untyped-def]
    """One window for all tests: what one does the next one sees, as for a person."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE")
    found = Visit(page, address)

    def only_ours(route, request) -> None:  # type: ignore[no-untyped-def]
        if request.url.startswith((address, "blob:", "data:")):
            route.continue_()
        else:
            found.elsewhere.append(request.url)
            route.abort()

    page.route("**/*", only_ours)
    page.on("pageerror", lambda error: found.errors.append(str(error)))
    page.on("console", lambda message: found.errors.append(message.text) if message.type == "error" else None)
    page.goto(address)
    yield found
    page.close()


@pytest.fixture(scope="session")
def example(visit: Visit) -> Visit:
    """The demo Kreis, set up from the start page."""
    page = visit.page
    page.get_by_role("button", name="Beispiel einrichten").click()
    page.get_by_role("heading", name="Arbeitsstand", level=1).wait_for(timeout=300_000)
    return visit
