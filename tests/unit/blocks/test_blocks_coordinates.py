"""Wrong and missing coordinate systems are named, with the one reading that fits."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from sozialraum.base import InputRefused, UsageError
from sozialraum.blocks import read_layers
from sozialraum.blocks.coordinates import Reading, check_coordinates, judge_points, read_as
from sozialraum.blocks.regions import region_of, region_of_keys
from village import draw_municipality, village_blocks

NRW = region_of_keys(["05999004"])


def delivered(true: int, said: int | None, *, swapped: bool = False) -> gpd.GeoDataFrame:
    """The village in the numbers of one system, labelled as another."""
    frame = village_blocks().to_crs(true)
    shapes = frame.geometry.to_numpy()
    if swapped:
        shapes = shapely.transform(shapes, lambda points: points[:, ::-1])
    return gpd.GeoDataFrame(frame.drop(columns="geometry"), geometry=shapes, crs=said)


def found(true: int, said: int | None, region=NRW, *, swapped: bool = False) -> tuple[str, str]:
    """Sentence and offered code of the only fault."""
    coordinates = check_coordinates(delivered(true, said, swapped=swapped), region)
    assert [fault.kind for fault in coordinates.faults] == ["coordinates"]
    finding = coordinates.faults[0].finding
    assert finding.code == "coordinates"
    return finding.what, finding.offer


@pytest.mark.parametrize("epsg", [25832, 4647, 4326, 31466, 3035, 3857])
def test_rightly_named_coordinates_are_no_fault(epsg):
    assert check_coordinates(delivered(epsg, epsg), NRW, "addresses").faults == ()


def test_blocks_need_metres():
    assert found(4326, 4326) == ("Die Koordinaten sind Grad, gebraucht werden Meter.", "EPSG:4326")
    assert check_coordinates(delivered(4326, 4326), NRW).proposal == Reading(4326)


def test_a_zone_number_before_the_easting_is_named():
    assert found(4647, 25832) == (
        "Die Koordinaten beginnen mit der Zonennummer 32, angegeben ist EPSG:25832.",
        "EPSG:4647",
    )


def test_a_missing_zone_number_is_named():
    what, offer = found(25832, 4647, None)
    assert (what, offer) == ("Den Koordinaten fehlt die Zonennummer 32, die zu EPSG:4647 gehört.", "EPSG:25832")


def test_degrees_labelled_as_metres_and_the_reverse():
    assert found(4326, 25832) == ("Die Koordinaten sind Grad, angegeben sind Meter (EPSG:25832).", "EPSG:4326")
    assert found(25832, 4326) == ("Die Koordinaten sind Meter, angegeben sind Grad (EPSG:4326).", "EPSG:25832")


def test_swapped_numbers():
    assert found(4326, 4326, swapped=True) == ("Länge und Breite sind vertauscht.", "EPSG:4326/vertauscht")
    assert found(25832, 25832, swapped=True) == (
        "Rechtswert und Hochwert sind vertauscht.",
        "EPSG:25832/vertauscht",
    )


def test_gauss_krueger_and_the_european_grid():
    assert found(31466, 25832)[1] == "EPSG:31466"
    assert "Gauß-Krüger-Koordinaten, Streifen 2" in found(31466, 25832)[0]
    assert found(3035, 25832)[1] == "EPSG:3035"


def test_no_system_at_all_is_answered_by_the_state_of_the_keys():
    assert found(25832, None) == ("Die Ebene nennt kein Koordinatensystem.", "EPSG:25832")
    assert check_coordinates(delivered(25832, None)).proposals == (Reading(25832), Reading(25833))
    assert check_coordinates(delivered(25832, None)).proposal is None


def test_another_zone_is_told_only_by_a_region():
    shifted = delivered(25832, 25833)
    assert check_coordinates(shifted).faults == ()
    assert check_coordinates(shifted, NRW).proposal == Reading(25832)
    assert check_coordinates(shifted, draw_municipality()).proposal == Reading(25832)


def test_what_fits_nothing_has_no_proposal():
    sea = village_blocks().set_geometry(village_blocks().geometry.translate(-3_000_000, 0))
    coordinates = check_coordinates(sea, NRW)
    assert coordinates.proposals == ()
    assert "passen zu keinem gebräuchlichen System" in coordinates.faults[0].finding.what


def test_the_fault_lies_where_the_layer_belongs():
    fault = check_coordinates(delivered(4647, 25832), NRW).faults[0]
    assert np.allclose(fault.geometry.bounds, village_blocks().total_bounds)


def test_single_rows_far_away_are_counted():
    blocks = village_blocks()
    blocks.loc[[3], "geometry"] = shapely.box(0, 0, 10, 10)
    finding = check_coordinates(blocks, NRW).faults[0].finding
    assert finding.what == "Eine Koordinate liegt weit außerhalb von Deutschland (Zeile 4)."
    assert finding.severity == "error"


@pytest.mark.parametrize("reading", [Reading(4647), Reading(31466), Reading(4326, True), Reading(25832, True)])
def test_reading_rightly_gives_the_true_place(reading):
    frame = delivered(reading.epsg, None, swapped=reading.swapped)
    read = read_as(frame, reading)
    assert read.crs.to_epsg() == 25832
    assert np.allclose(read.total_bounds, village_blocks().total_bounds, atol=0.01)


def test_codes_are_read_back_and_unknown_ones_refused():
    assert Reading.of("EPSG:4326/vertauscht") == Reading(4326, True)
    with pytest.raises(UsageError, match="EPSG:9“ ist nicht bekannt"):
        Reading.of("EPSG:9")


def test_points_without_a_number_do_not_count():
    assert not judge_points(np.full((3, 2), np.nan), None).wrong


def test_a_list_of_the_whole_country_is_read_as_such():
    everywhere = np.array([[32_300_000.0, 5_600_000.0], [32_700_000.0, 5_400_000.0], [32_560_000.0, 5_950_000.0]])
    named = draw_municipality().crs
    assert judge_points(everywhere, named, region_of(draw_municipality())).proposals == (Reading(4647),)


def write(folder, blocks, municipalities=None):
    path = folder / "kreis.gpkg"
    towns = draw_municipality() if municipalities is None else municipalities
    towns.to_file(path, layer="municipalities", engine="pyogrio")
    blocks.to_file(path, layer="blocks", engine="pyogrio")
    return path


def test_a_file_with_wrong_coordinates_is_refused_and_read_on_request(tmp_path):
    path = write(tmp_path, delivered(4647, 25832))
    with pytest.raises(InputRefused, match="Zonennummer 32") as refused:
        read_layers(path)
    assert [finding.offer for finding in refused.value.findings] == ["EPSG:4647"]
    layers = read_layers(path, readings={"blocks": "EPSG:4647"})
    assert np.allclose(layers.blocks.total_bounds, village_blocks().total_bounds)


def test_both_layers_wrong_are_told_by_the_keys(tmp_path):
    towns = gpd.GeoDataFrame(
        draw_municipality().drop(columns="geometry"),
        geometry=draw_municipality().to_crs(4647).geometry.to_numpy(),
        crs=25832,
    )
    path = write(tmp_path, delivered(4647, 25832), towns)
    with pytest.raises(InputRefused) as refused:
        read_layers(path)
    assert [(one.sheet, one.offer) for one in refused.value.findings] == [
        ("municipalities", "EPSG:4647"),
        ("blocks", "EPSG:4647"),
    ]
