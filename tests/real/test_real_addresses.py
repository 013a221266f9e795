"""Addresses as they are really written: Berlin's daycare centres placed by addresses of OpenStreetMap, and the schools
of North Rhine-Westphalia read.

The register here has 3,305 addresses of shops, surgeries and daycare centres, a hundredth of Berlin's. So most of the
list cannot be placed; what is placed is compared with the coordinates of the list.
"""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyproj
import pytest

from sozialraum.addresses import AddressRegister, place, read_house, read_rows

DATA = Path(__file__).parents[2].parent / "shared" / "data"
BERLIN, SCHOOLS = DATA / "berlin-angebote", DATA / "nrw-schulen-sozialindex"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not BERLIN.is_dir(), reason="the open data of Berlin are not there"),
    pytest.mark.skipif(not SCHOOLS.is_dir(), reason="the list of schools is not there"),
]
LAYERS = ("kindergartens", "doctors", "pharmacies", "supermarkets", "community-centers")
TO_METRES = pyproj.Transformer.from_crs(4326, 25833, always_xy=True)


def metres(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    return TO_METRES.transform(frame["lon"].astype(float).to_numpy(), frame["lat"].astype(float).to_numpy())


@pytest.fixture(scope="module")
def register() -> AddressRegister:
    rows = []
    for name in LAYERS:
        content = json.loads((BERLIN / f"osm_{name}.geojson").read_text(encoding="utf-8"))
        rows += [feature["properties"] for feature in content["features"]]
    given = pd.DataFrame(rows).dropna(subset=["street", "zip-code"]).reset_index(drop=True)
    parts = read_rows(pd.DataFrame({"text": given["street"], "postcode": given["zip-code"].astype(int).astype(str)}))
    houses = [read_house(number) for number in parts["number"]]
    written = zip(parts["number"], houses, strict=True)
    x, y = metres(given)
    frame = pd.DataFrame(
        {
            "street": parts["street"],
            "number": [house.number for house in houses],
            "suffix": [text.removeprefix(str(house.number)).strip() for text, house in written],
            "postcode": parts["postcode"],
            "municipality": "11000000",
            "block_id": [f"{int(a // 200)}/{int(b // 200)}" for a, b in zip(x, y, strict=True)],
            "x": x,
            "y": y,
        }
    )  # fmt: skip
    return AddressRegister(frame[frame["number"] > 0].reset_index(drop=True), {"11000000": "Berlin"})


@pytest.fixture(scope="module")
def placed(register) -> pd.DataFrame:
    """The daycare centres with state, reason and metres between both sources."""
    given = pd.read_csv(BERLIN / "kitas_berlin_2025-12.csv", dtype=str)
    rows = pd.DataFrame({"text": given["street"], "postcode": given["zip_code"]})
    frame = place(register, rows, interpolate=True).frame
    x, y = metres(given)
    return frame.assign(metres=np.hypot(frame["x"] - x, frame["y"] - y))


def test_what_is_placed_exactly_is_the_same_house(placed):
    """629 daycare centres, none further than 200 m from where Berlin has it; half of them within 10 m."""
    exact = placed[placed["state"] == "exact"]
    assert len(exact) >= 600
    assert exact["metres"].max() < 200
    assert exact["metres"].median() < 10


def test_another_suffix_and_a_place_between_neighbours_are_near(placed):
    likely = placed[placed["reason"].isin(["suffix_unknown", "suffix_other", "interpolated"])]
    assert len(likely) >= 45
    assert likely["metres"].max() < 200


def test_a_street_in_another_postcode_is_only_ever_likely_and_mostly_wrong_where_the_register_is_not_whole(placed):
    """That is why a planner confirms these, and why no second doubt is let through."""
    elsewhere = placed[placed["reason"].str.contains("other_postcode")]
    assert set(elsewhere["state"]) == {"likely"}
    assert len(elsewhere) <= 10
    assert (elsewhere["metres"] > 1000).all()


def test_most_of_the_list_is_not_placed_and_each_row_says_why(placed):
    none = placed[placed["state"] == "none"]
    unknown = {"unknown_number", "unknown_street", "outside", "no_number"}
    assert set(none["reason"]) <= {*unknown, "several_streets", "several_addresses"}


NUMBER = re.compile(r"\d{1,4}\s?[a-zA-Z]?([-–/;]\s?\d{1,4}\s?[a-zA-Z]?)*")


def as_openstreetmap_has_it(found: str) -> tuple[str, str, str]:
    """Street, number and postcode of '76, Unterrather Straße, Unterrath, …, 40468, Deutschland'; '' without."""
    parts = [part.strip() for part in found.split(",")]
    code = next((part for part in parts if re.fullmatch(r"\d{5}", part)), "")
    at = next((at for at, part in enumerate(parts[:-1]) if NUMBER.fullmatch(part)), None)
    if at is None or NUMBER.match(parts[at + 1]):
        return "", "", code
    return parts[at + 1], parts[at], code


def test_schools_are_placed_at_the_address_that_openstreetmap_has_for_them():
    """The list says 'Unterrather Str. 76', the register 'Unterrather Straße 76': two sources, one truth for each row.

    Of some 5,080 schools 98 % are exact, every one of them right; those in another postcode are likely, and right.
    """
    given = pd.read_csv(SCHOOLS / "schulen_nrw_2024_25_sozialindex.csv.gz", dtype=str).fillna("")
    found = pd.DataFrame([as_openstreetmap_has_it(text) for text in given["found_address"]], index=given.index,
                         columns=["street", "written", "postcode"])  # fmt: skip
    found = found[(found["street"] != "") & (found["postcode"] != "")]
    given = given.loc[found.index]
    houses = [read_house(number) for number in found["written"]]
    town = given["Amtlicher Gemeindeschlüssel"]
    truth = [f"{ags} {street} {house.number}" for ags, street, house in zip(town, found["street"], houses, strict=True)]
    frame = pd.DataFrame(
        {
            "street": found["street"], "number": [house.number for house in houses],
            "suffix": found["written"].str.replace(r"^\d+", "", regex=True).str.strip(), "postcode": found["postcode"],
            "municipality": town, "block_id": truth, "x": 0.0, "y": 0.0,
        }
    ).reset_index(drop=True)  # fmt: skip
    register = AddressRegister(frame, dict(zip(town, given["Ort"], strict=True)))
    rows = pd.DataFrame(
        {"text": given["Straße und Hausnummer"], "postcode": given["Postleitzahl"], "town": given["Ort"]}
    )
    placed = place(register, rows).frame
    right = (placed["block_id"] == np.array(truth, dtype=object)).groupby(placed["state"]).agg(["size", "sum"])
    assert len(placed) > 5000
    assert right.loc["exact", "size"] > 0.97 * len(placed)
    assert right.loc["exact", "sum"] == right.loc["exact", "size"]
    assert right.loc["likely", "sum"] == right.loc["likely", "size"] >= 70


def test_house_numbers_of_5407_schools_are_read():
    """445 are ranges; what is left without a number has none ('Schloßpark', 'In der Zitadelle')."""
    given = pd.read_csv(SCHOOLS / "schulen_nrw_2024_25_sozialindex.csv.gz", dtype=str)
    parts = read_rows(pd.DataFrame({"text": given["Straße und Hausnummer"], "postcode": given["Postleitzahl"]}))
    houses = [read_house(number) for number in parts["number"]]
    assert sum(house.number > 0 and house.is_read for house in houses) >= 5390
    assert sum(house.last > 0 for house in houses) >= 440
    without = [text for text, house in zip(given["Straße und Hausnummer"], houses, strict=True) if not house.number]
    assert not any(letter.isdigit() for text in without for letter in text)
