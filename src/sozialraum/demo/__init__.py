"""An invented Kreis, drawn by seed: its blocks, people and places, and the deliveries its authorities would send."""

from sozialraum.demo.adopted import ADOPTED_TOWN, experts_revision
from sozialraum.demo.councils import first_decisions, groups_for_talks, second_decisions
from sozialraum.demo.files import write_first_files
from sozialraum.demo.orders import answer_orders
from sozialraum.demo.region import CITY, CITY_SINCE, EDITIONS, NOTICE, REGION_NAME, target
from sozialraum.demo.world import World, build_world

SPLITS = experts_revision

__all__ = [
    "ADOPTED_TOWN",
    "CITY",
    "CITY_SINCE",
    "EDITIONS",
    "NOTICE",
    "REGION_NAME",
    "SPLITS",
    "World",
    "answer_orders",
    "build_world",
    "experts_revision",
    "first_decisions",
    "groups_for_talks",
    "second_decisions",
    "target",
    "write_first_files",
]
