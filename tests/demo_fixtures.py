"""One invented region and its files, made once for all tests that read them."""

from pathlib import Path

import pandas as pd
import pytest

from sozialraum.demo import World, answer_orders, build_world, write_first_files


@pytest.fixture(scope="session")
def demo_world() -> World:
    return build_world()


@pytest.fixture(scope="session")
def demo_city_world() -> World:
    return build_world(with_city=True)


def quarter_plan(world: World) -> tuple[pd.Series, pd.Series, dict[str, str]]:
    """Quarters as areas: assignment, agency keys, names. Good enough to order data for."""
    blocks = world.blocks
    number = blocks.groupby("municipality")["quarter"].transform(lambda names: pd.factorize(names)[0] + 1)
    area_id = blocks["municipality"] + "-" + number.map("{:02d}".format)
    district = {ags: 101 + k for k, ags in enumerate(sorted(blocks["municipality"].unique()))}
    areas = sorted(area_id.unique())
    keys = pd.Series({area: f"{district[area[:8]]}100{100 + int(area[9:])}" for area in areas})
    names = dict(zip(area_id, blocks["quarter"], strict=True))
    return pd.Series(area_id.to_numpy(), index=blocks["block_id"]), keys, names


@pytest.fixture(scope="session")
def demo_order(demo_world: World) -> tuple[pd.Series, pd.Series, dict[str, str]]:
    return quarter_plan(demo_world)


@pytest.fixture(scope="session")
def demo_files(demo_world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo_files")
    write_first_files(demo_world, folder)
    answer_orders(demo_world, *quarter_plan(demo_world), folder)
    return folder


@pytest.fixture(scope="session")
def demo_city_files(demo_city_world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo_city_files")
    write_first_files(demo_city_world, folder)
    answer_orders(demo_city_world, *quarter_plan(demo_city_world), folder)
    return folder
