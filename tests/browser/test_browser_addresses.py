"""The yearly chore with addresses in the browser, from the newer register to an address that nobody may find."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from rules import broken_rules
from served import served

from address_town import HIDDEN_NUMBER, HIDDEN_STREET, POSTCODE, address_town, all_doors, doors, write_register
from street_grid_town import area

SECRET = re.compile(HIDDEN_STREET[:8], re.IGNORECASE)
LIST = (
    "Aktenzeichen;Straße;Haus-Nr.;PLZ\n"
    "A-1;Anne-Frank-Weg;3;52499\nA-2;Altweg;4;52499\nA-3;Sidlerweg;1;52499\nA-4;Sidlerweg;2;52499\n"
    "A-5;Bahnweg;4b;52499\nA-6;Nirgends;1;52499\nA-7;Dorfweg;;52499\n"
)


def next_year():
    """Altweg has another name, Bahnweg 10 is gone, Siedlerweg is longer, Dorfweg 3 moved, Am Rand lies outside."""
    rows = [row for row in all_doors() if row[0] not in ("Altweg", "Bahnweg", "Dorfweg")]
    rows += doors("Anne-Frank-Weg", "A") + doors("Bahnweg", "B", range(1, 10)) + doors("Siedlerweg", "C", [11, 12])
    village = doors("Dorfweg", "D")
    moved = [(*row[:3], row[3] - 60.0, row[4]) if row[1] == 3 else row for row in village]
    return [*rows, *moved, ("Am Rand", 1, "", village[-1][3] + 2_000.0, village[0][4])]


@dataclass
class Desk:
    """A browser window on the page, where files lie, and what the window asked for elsewhere."""

    page: object
    address: str
    folder: Path
    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def save(self, name: str) -> Path:
        """Press a button that saves a file; the file."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name=name).click()
        target = self.folder / download.value.suggested_filename
        download.value.save_as(target)
        return target


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory) -> Iterator[Desk]:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("addresses")
    address_town(folder / "p").close()
    write_register(folder / "neu.gpkg", next_year())
    (folder / "liste.csv").write_text(LIST, encoding="cp1252")
    with served(folder, folder / "p") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="de-DE", accept_downloads=True)
        found = Desk(page, address, folder)

        def only_ours(route, request) -> None:  # type: ignore[no-untyped-def]
            if request.url.startswith((address, "blob:", "data:")):
                route.continue_()
            else:
                found.elsewhere.append(request.url)
                route.abort()

        page.route("**/*", only_ours)
        page.on("pageerror", lambda error: found.errors.append(str(error)))
        page.on("console", lambda said: found.errors.append(said.text) if said.type == "error" else None)
        page.goto(f"{address}#/daten")
        page.get_by_role("link", name="Adressen").click()
        page.get_by_role("heading", name="Adressregister", exact=True).wait_for()
        yield found
        page.close()


def group(desk, name):
    """The item of a street in the waiting update."""
    return desk.page.get_by_role("listitem").filter(has=desk.page.get_by_role("heading", name=name))


def test_the_page_says_what_the_register_holds(desk):
    assert desk.page.get_by_text("41 Adressen in 5 Straßen").is_visible()
    assert desk.page.get_by_role("link", name="Daten", exact=False).first.get_attribute("aria-current") == "true"
    assert broken_rules(desk.page) == []


def test_a_newer_register_is_dropped_and_waits_in_groups(desk):
    page = desk.page
    page.get_by_label("Bezeichnung").fill("Stand Januar 2027")
    page.locator("input[type=file]").first.set_input_files(desk.folder / "neu.gpkg")
    page.get_by_role("heading", name="Adressen fortschreiben: Stand Januar 2027").wait_for()
    assert page.get_by_text("0 von 15 Änderungen entschieden").is_visible()
    assert page.get_by_text("15 Änderungen sind offen, 2 davon unklar.").is_visible()
    kinds = page.locator(".ad-desk h3").all_inner_texts()
    assert [re.sub(r"\s+\d.*", "", kind) for kind in kinds] == [
        "Neue Adressen", "Weggefallene Adressen", "Neue Straßennamen", "Andere Lage",
    ]  # fmt: skip
    assert "3 Siedlung (nach der Lage)" in group(desk, "Siedlerweg").inner_text()
    assert page.get_by_role("button", name="Adressregister übernehmen").is_disabled()
    assert broken_rules(page) == []


def test_a_group_shows_its_addresses_in_a_list_and_on_a_small_map(desk):
    item = group(desk, "Dorfweg")
    item.get_by_role("button", name="Einzeln Dorfweg").click()
    picture = item.get_by_role("img", name="Karte der Adressen von Dorfweg")
    picture.wait_for()
    assert {"3 Siedlung", "4 Dorf"} <= set(picture.locator("text").all_text_contents())
    assert "bisher 4 Dorf" in item.inner_text()
    assert "Die Adresse läge in einem anderen Gebiet als bisher." in item.inner_text()
    assert broken_rules(desk.page) == []


def test_one_is_decided_by_keyboard_and_taken_back_where_the_focus_is(desk):
    page = desk.page
    item = group(desk, "Bahnweg")
    item.get_by_role("button", name="Übernehmen Bahnweg").focus()
    page.keyboard.press("Enter")
    back = item.get_by_role("button", name="Zurücknehmen Bahnweg")
    back.wait_for()
    assert back.evaluate("button => button === document.activeElement")
    assert "übernommen" in item.inner_text()
    page.keyboard.press("Enter")
    item.get_by_role("button", name="Übernehmen Bahnweg").wait_for()
    assert page.get_by_text("0 von 15 Änderungen entschieden").is_visible()


def test_a_kind_and_then_all_that_is_clear_are_confirmed_in_bulk(desk):
    page = desk.page
    page.get_by_role("button", name="10 klare übernehmen").click()
    page.get_by_text("10 von 15 Änderungen entschieden").wait_for()
    page.get_by_role("button", name="Alle 3 klaren übernehmen").click()
    page.get_by_text("13 von 15 Änderungen entschieden").wait_for()
    assert page.get_by_role("button", name="klaren übernehmen").count() == 0
    assert page.get_by_text("2 Änderungen sind offen, 2 davon unklar.").is_visible()
    page.get_by_role("button", name="Nur Offenes zeigen").click()
    assert page.locator(".ad-group h4").count() == 2


def test_what_is_unclear_is_decided_singly(desk):
    page = desk.page
    group(desk, "Dorfweg").get_by_role("button", name="Wie bisher Dorfweg 3").click()
    group(desk, "Dorfweg").get_by_text("bleibt wie bisher").first.wait_for()
    edge = group(desk, "Am Rand")
    edge.get_by_role("button", name="Gebiet wählen Am Rand").click()
    single = edge.get_by_role("button", name="Übernehmen Am Rand 1")
    single.wait_for()
    assert single.is_disabled()
    edge.get_by_label("Gebiet, in das übernommen wird").select_option(label="4 Dorf")
    single.click()
    page.get_by_text("15 von 15 Änderungen entschieden").wait_for()
    assert "4 Dorf (von Ihnen gewählt)" in edge.inner_text()
    assert page.get_by_text("Alles ist entschieden. Der Plan „Plan“ bleibt, wie er ist.").is_visible()


def test_taken_over_the_plan_is_the_same_and_the_street_grid_is_written_again(desk):
    page = desk.page
    page.get_by_role("button", name="Adressregister übernehmen").click()
    page.get_by_role("heading", name="Adressregister fortgeschrieben: Stand Januar 2027").wait_for()
    assert page.get_by_text("Der Plan „Plan“ ist derselbe wie vorher").is_visible()
    assert page.get_by_role("heading", name="Straßenraster geprüft und neu geschrieben").is_visible()
    assert page.get_by_text("Die Prüfung ergab keinen Befund.").is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="ra.csv speichern").click()
    grid = download.value.path().read_text(encoding="cp1252")
    assert "Anne-Frank-Weg" in grid
    assert "Altweg" not in grid
    assert page.get_by_text("Stand Januar 2027, übernommen am").is_visible()
    assert broken_rules(page) == []


def test_the_directory_of_an_area_is_saved_for_printing_and_as_a_table(desk):
    desk.page.get_by_role("combobox", name="Gebiet", exact=True).select_option(label="1 Altstadt")
    printed = "\n".join(page.extract_text() for page in PdfReader(desk.save("Zum Drucken (PDF)")).pages)
    assert "Anne-Frank-Weg" in printed
    assert "Bahnweg" not in printed
    rows = rows_of(desk.save("Als Tabelle (Excel)"))
    assert {row[-1] for row in rows[1:]} == {area("A")}


def rows_of(file):
    return [list(row) for row in openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)]


def test_a_list_is_placed_confirmed_in_bulk_and_given_back_with_areas(desk):
    page = desk.page
    page.locator("input[type=file]").last.set_input_files(desk.folder / "liste.csv")
    page.get_by_role("heading", name="liste.csv: 7 Adressen").wait_for()
    card = page.get_by_role("region", name="Adressliste zuordnen")
    assert card.locator(".ad-counts li").all_inner_texts() == [
        "2\nsicher zugeordnet", "3\nwahrscheinlich", "2\nnicht zugeordnet",
    ]  # fmt: skip
    assert broken_rules(page) == []
    card.get_by_label("Sidlerweg, 52499 auswählen").press("Space")
    card.get_by_role("button", name="1 Schreibweise bestätigen").click()
    page.get_by_text("2 Schreibweisen gemerkt").click()  # the other is the name that Altweg had
    page.get_by_text("„sidlerweg 52499“ heißt Siedlerweg, 52499").wait_for()
    assert page.get_by_text("„altweg 52499“ heißt Anne-Frank-Weg, 52499").is_visible()
    card.get_by_label("Alle auswählen").check()
    card.get_by_role("button", name="Passt nicht").click()
    card.get_by_role("heading", name="Gemeint ist wohl").wait_for(state="detached")
    rows = rows_of(desk.save("Liste mit Gebieten speichern"))
    head, keys = rows[0], [row[4] for row in rows[1:]]
    assert head[4:7] == ["Gebietsschlüssel", "Gebiet", "Zuordnung"]
    assert keys == [area("A"), area("A"), area("C"), area("C"), None, None, None]


def test_numbers_nobody_has_lie_between_neighbours_only_when_asked(desk):
    card = desk.page.get_by_role("region", name="Adressliste zuordnen")
    card.get_by_label("Unbekannte Hausnummern").check()
    card.get_by_text("0 Adressen liegen zwischen ihren Nachbarn").wait_for()
    card.get_by_role("button", name="Liste schließen").click()
    card.get_by_role("heading", name="Adressliste zuordnen").wait_for()


def test_nothing_of_the_list_is_kept(desk):
    kept = b"".join(file.read_bytes() for file in (desk.folder / "p").rglob("*") if file.is_file())
    assert b"Aktenzeichen" not in kept
    assert b"A-7" not in kept
    assert desk.page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))") in ([], ["language"])


def test_the_tool_is_saved_and_the_way_to_its_counts_is_shown(desk):
    tool = desk.save("Werkzeug speichern")
    assert tool.suffix == ".html"
    assert "Anne-Frank-Weg" in tool.read_text(encoding="utf-8")
    assert desk.page.get_by_role("link", name="Zählung einlesen").get_attribute("href") == "#/daten"


def everything(desk) -> str:
    """All that the page says, saves and asks for, as one text."""
    page = desk.page
    page.get_by_role("combobox", name="Gebiet", exact=True).select_option("")
    book = zipfile.ZipFile(desk.save("Als Tabelle (Excel)"))
    texts = [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
    texts += [found.extract_text() for found in PdfReader(desk.save("Zum Drucken (PDF)")).pages]
    texts.append(desk.save("Werkzeug speichern").read_text(encoding="utf-8"))
    page.goto(f"{desk.address}#/strassenraster")
    page.get_by_role("button", name="Dateien schreiben").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="ra.csv speichern").click()
    texts += [download.value.path().read_text(encoding="cp1252"), page.content()]
    page.goto(f"{desk.address}#/stand")
    page.get_by_role("heading", name="Arbeitsstand", level=1).wait_for()
    texts.append(page.content())
    page.goto(f"{desk.address}#/adressen")
    page.get_by_role("heading", name="Adressregister", exact=True).wait_for()
    return "\n".join([*texts, page.content()])


def test_a_protected_address_is_nowhere_to_be_found(desk):
    page = desk.page
    assert SECRET.search(everything(desk))
    page.get_by_label("Was dort liegt").select_option(label="Frauenhaus")
    page.get_by_label("Straße", exact=True).fill(HIDDEN_STREET)
    page.get_by_label("Hausnummer", exact=True).fill(str(HIDDEN_NUMBER))
    page.get_by_label("Postleitzahl", exact=True).fill(POSTCODE)
    page.get_by_role("button", name="Anschrift schützen").click()
    page.get_by_text("1 Hausnummer ist geschützt.").wait_for()
    assert page.get_by_text("Die Anschrift ist geschützt und steht nicht mehr im Adressregister.").is_visible()
    assert page.get_by_label("Straße", exact=True).input_value() == ""
    assert not SECRET.search(everything(desk))
    stored = b"".join(file.read_bytes() for file in (desk.folder / "p").rglob("*") if file.is_file())
    assert HIDDEN_STREET.encode() not in stored


def test_who_lives_there_is_placed_nowhere_and_the_register_shows_no_gap(desk):
    page = desk.page
    (desk.folder / "geheim.csv").write_text(f"Straße;Nr.\n{HIDDEN_STREET};{HIDDEN_NUMBER}\n", encoding="cp1252")
    page.locator("input[type=file]").last.set_input_files(desk.folder / "geheim.csv")
    page.get_by_role("heading", name="geheim.csv: 1 Adresse").wait_for()
    card = page.get_by_role("region", name="Adressliste zuordnen")
    assert "Die Straße steht nicht im Adressregister." in card.inner_text()
    assert card.get_by_role("heading", name="Gemeint ist wohl").count() == 0
    page.locator("input[type=file]").first.set_input_files(desk.folder / "neu.gpkg")
    page.get_by_role("heading", name="Adressen fortschreiben: neu").wait_for()
    assert not SECRET.search(page.locator(".ad-desk").inner_text())
    page.get_by_role("button", name="Zurückstellen").click()
    page.get_by_role("dialog").get_by_role("button", name="Zurückstellen").click()
    page.get_by_role("heading", name="Adressen fortschreiben", exact=True).wait_for()


def test_wrong_coordinates_are_named_and_read_as_proposed(desk):
    page = desk.page
    rows = [f"{street};{number};{x + 32_000_000};{y};52499" for street, number, _s, x, y in next_year()[:-1]]
    (desk.folder / "hk.csv").write_text("STN;HNR;Ostwert;Nordwert;PLZ\n" + "\n".join(rows) + "\n")
    page.locator("input[type=file]").first.set_input_files(desk.folder / "hk.csv")
    page.get_by_role("alert").get_by_text("Zonennummer").first.wait_for()
    page.get_by_role("button", name="Als UTM-Koordinaten, Zone 32 mit vorangestellter Zonennummer").click()
    page.get_by_role("heading", name="Adressen fortschreiben: hk").wait_for()
    assert not SECRET.search(page.locator(".ad-desk").inner_text())
    page.get_by_role("button", name="Zurückstellen").click()
    page.get_by_role("dialog").get_by_role("button", name="Zurückstellen").click()
    page.get_by_role("heading", name="Adressen fortschreiben", exact=True).wait_for()


def test_protection_ends_only_for_who_types_the_address_again(desk):
    page = desk.page
    page.get_by_label("Straße", exact=True).fill(HIDDEN_STREET)
    page.get_by_label("Hausnummer", exact=True).fill("77")
    page.get_by_role("button", name="Schutz dieser Anschrift beenden").click()
    page.get_by_role("alert").get_by_text("Diese Anschrift ist nicht geschützt.").wait_for()
    page.get_by_label("Hausnummer", exact=True).fill(str(HIDDEN_NUMBER))
    page.get_by_role("button", name="Schutz dieser Anschrift beenden").click()
    page.get_by_text("Noch ist keine Anschrift geschützt.").wait_for()


def test_the_page_holds_in_a_narrow_window(desk):
    desk.page.set_viewport_size({"width": 760, "height": 900})
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert broken_rules(desk.page) == []


def test_nothing_left_this_computer_and_nothing_broke(desk):
    assert desk.elsewhere == []
    # what was refused is an answer of status 409, which the browser notes as well
    assert [error for error in desk.errors if "409" not in error] == []
