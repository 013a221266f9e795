"""Berlin-Neukölln divided by computation beside its official planning areas."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from sozialraum.base import InputRefused

DATA = Path(__file__).parents[2].parent / "shared" / "data"
EXAMPLE = Path(__file__).parents[2] / "examples" / "berlin_neukoelln"
pytestmark = pytest.mark.real
needs_data = pytest.mark.skipif(
    not (DATA / "berlin-neukoelln-zensus2011-100m").is_dir(), reason="the open data of Neukölln are not there"
)


@pytest.fixture(scope="module")
def scripts():
    """The example's two scripts as modules; the example is no package."""
    found = {}
    for name in ("agreement", "compare"):
        spec = importlib.util.spec_from_file_location(name, EXAMPLE / f"{name}.py")
        found[name] = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(found[name])
    yield found
    for name in found:
        del sys.modules[name]


@pytest.fixture(scope="module")
def compare(scripts):
    return scripts["compare"]


@pytest.fixture(scope="module")
def district(compare):
    return compare.read_district(DATA)


def in_one_piece(edges, labels):
    kept = edges[labels[edges[:, 0]] == labels[edges[:, 1]]]
    graph = coo_matrix((np.ones(len(kept)), kept.T), shape=(len(labels), len(labels)))
    return connected_components(graph, directed=False)[0] == len(set(labels.tolist()))


@pytest.mark.parametrize(
    ("one", "other", "index"),
    [
        ([0, 0, 1, 1], ["b", "b", "a", "a"], 1.0),
        ([0, 0, 1, 1], [0, 0, 1, 2], 4 / 7),
        ([0, 0, 1, 1], [0, 1, 0, 1], -0.5),
        # Yeung and Ruzzo 2001, supplement to Bioinformatics 17, table 2: 0.313
        ([1, 1, 2, 2, 2, 2, 3, 3, 3, 3], [1, 2, 1, 2, 2, 3, 3, 3, 3, 3], 0.313),
    ],
)
def test_the_adjusted_rand_index_is_the_published_one(scripts, one, other, index):
    assert scripts["agreement"].adjusted_rand_index(np.array(one), np.array(other)) == pytest.approx(index, abs=5e-4)


def test_a_block_of_three_persons_counts_as_three_persons(scripts):
    random = np.random.default_rng(5)
    one, other, people = random.integers(0, 4, 30), random.integers(0, 4, 30), random.integers(0, 6, 30)
    for measure in (scripts["agreement"].adjusted_rand_index, scripts["agreement"].placed_alike):
        weighted = measure(np.array(one), np.array(other), people)
        assert weighted == pytest.approx(measure(np.repeat(one, people), np.repeat(other, people)))


def test_alike_is_the_best_matching_and_not_the_first(scripts):
    # taking the largest overlap first (0 with 0: 3) would leave area 1 without a partner: 3 of 7
    one = np.array([0, 0, 0, 0, 0, 1, 1])
    other = np.array([0, 0, 0, 1, 1, 0, 0])
    assert scripts["agreement"].placed_alike(one, other) == pytest.approx(4 / 7)


@needs_data
def test_torn_official_areas_are_listed_and_joined(compare, district):
    assert len(district.names) == 40
    assert in_one_piece(district.edges, district.official)
    assert not in_one_piece(district.edges[district.lengths > 0], district.official)
    said = "\n".join(compare.described(district))
    for area, bridge in district.bridges:
        assert area in said
        assert bridge.one in said


@needs_data
def test_the_official_division_takes_its_inhabitants_from_the_cells(district):
    cells = district.blocks["land"] == "settlement"
    assert district.blocks.loc[cells, "plr_id"].str.startswith("08").all()
    expected = district.blocks[cells].groupby("plr_id")["population"].sum().to_numpy()
    assert np.array_equal(district.sizes, expected)
    assert district.people.sum() == pytest.approx(296_633, abs=1)


@needs_data
def test_the_computed_division_keeps_the_official_bounds_and_is_more_alike_inside(compare, district):
    official, _free, computed = compare.compare(district, "draft", prices=())
    assert computed.whole
    assert district.sizes.min() <= computed.smallest <= computed.largest <= district.sizes.max()
    assert computed.ssd < official.ssd
    assert computed.borders < official.borders
    assert official.rand_persons == official.alike == 1.0
    assert 0.2 < computed.rand_persons < 1.0


def test_a_folder_without_the_data_is_refused_with_the_names(compare, tmp_path):
    with pytest.raises(InputRefused, match=r"zensus2011_100m_neukoelln.*lor_bis2020"):
        compare.read_district(tmp_path)
