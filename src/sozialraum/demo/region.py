"""What the invented Kreis is meant to be: its members, their towns and villages, its kinds of neighbourhood.

Everything here is data; the generator draws the rest. Positions are kilometres from the
middle of the region. The region lies in the open sea of zone 32, so that no invented
border can be taken for a real one.
"""

from __future__ import annotations

from dataclasses import dataclass

from sozialraum.base import _

REGION_NAME = "Kreis Merzenrath"
NOTICE = "Die Region ist erfunden. Alle Orte, Namen und Zahlen sind Beispiele."
CRS = "EPSG:25832"
ORIGIN = (400_000.0, 6_020_000.0)
EDITIONS = ("2021-12-31", "2023-12-31", "2025-12-31")
CITY = "05999002"
CITY_SINCE = EDITIONS[1]


@dataclass(frozen=True, slots=True)
class Member:
    """One municipality of the region as it shall become.

    radius : kilometres, of the municipality. core_share : share of the inhabitants in the main place.
    core_cells, village_cells : sizes in mesh cells of about 30 hectares.
    burden : shift of the neighbourhood character (standard deviations, + = more burdened).
    """

    ags: str
    name: str
    kind: str
    areas: int
    inhabitants: int
    seat: tuple[float, float]
    radius: float
    core_cells: int
    core_quarters: int
    villages: int
    village_cells: int
    burden: float
    size_low: int = 700
    size_high: int = 8500


MEMBERS = (
    Member("05999002", "Altenwerth", "city", 14, 250_000, (-10.5, -1.5), 6.9, 100, 52, 8, 6, 0.35, 5000, 30000),
    Member("05999004", "Merzenrath", "town", 16, 62_500, (0.5, 4.0), 4.9, 33, 15, 5, 4, 0.1),
    Member("05999008", "Grevenholt", "town", 14, 55_000, (0.2, -5.3), 4.7, 29, 13, 5, 4, 0.45),
    Member("05999012", "Hallenfeld", "town", 14, 54_000, (8.6, -1.2), 4.7, 29, 13, 5, 4, -0.15),
    Member("05999016", "Ellenbrück", "town", 11, 42_500, (-6.5, 9.2), 4.4, 24, 10, 4, 4, 0.05),
    Member("05999020", "Rodenscheid", "small_town", 8, 30_500, (3.0, 12.3), 4.0, 19, 7, 4, 3, -0.1),
    Member("05999024", "Wiesenrath", "small_town", 7, 27_000, (10.0, 7.2), 4.0, 17, 6, 4, 3, -0.35),
    Member("05999028", "Kaltbroich", "small_town", 3, 11_800, (-7.2, -11.5), 3.6, 9, 4, 3, 2, -0.6),
    Member("05999032", "Buchensief", "rural", 2, 8_600, (3.0, -15.0), 5.2, 5, 1, 5, 2, -0.2),
    Member("05999036", "Wallerseifen", "rural", 2, 8_100, (12.5, -11.0), 5.2, 5, 1, 4, 3, -0.2),
)


@dataclass(frozen=True, slots=True)
class Course:
    """A river, railway or motorway: where it passes and how far the sites beside it stand (metres)."""

    kind: str
    name: str
    points: tuple[tuple[float, float], ...]
    beside: float
    spacing: float


COURSES = (
    Course(
        "motorway",
        "A 599",
        ((-22, 6.4), (-16.5, 6.2), (-11, 6.0), (-6.2, 5.0), (-3.0, 6.9), (1.5, 8.8), (5.2, 7.6), (5.7, 3.6),
         (4.6, 0.3), (4.3, -3.2), (5.2, -7.2), (8.4, -9.4), (9.3, -14), (8.2, -22)),
        210,
        520,
    ),
    Course(
        "railway",
        "Altenwerth–Wiesenrath",
        ((-22, -2.4), (-15, -3.4), (-10.3, -2.2), (-4.5, -4.6), (0.6, -4.1), (4.2, -2.2), (8.2, -0.3), (10.1, 3.2),
         (10.7, 7.6), (13.5, 14), (16, 22)),
        190,
        430,
    ),
    Course(
        "river",
        "Elster",
        ((6.5, -22), (3.4, -17.5), (2.2, -13.2), (-0.4, -9.2), (-0.9, -5.6), (-2.6, -1.2), (0.2, 2.8), (-0.8, 5.4),
         (-4.6, 7.4), (-6.9, 9.6), (-7.8, 13.2), (-11, 22)),
        170,
        390,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of neighbourhood.

    burden : standard deviations. density : inhabitants per hectare. block : hectares. multi : share of dwellings
    in houses with several. ages : key of AGE_PROFILES. foreign : share without German nationality.
    storeys, year : of the typical house.
    """

    burden: float
    density: float
    block: float
    multi: float
    ages: str
    foreign: float
    storeys: float
    year: int


KINDS = {
    "old_town": Kind(0.9, 78, 0.75, 0.84, "young", 0.22, 3.2, 1915),
    "workers": Kind(1.35, 72, 0.85, 0.74, "young", 0.27, 3.0, 1922),
    "wilhelmine": Kind(0.15, 70, 0.9, 0.82, "young", 0.14, 3.5, 1908),
    "estate": Kind(2.0, 84, 1.5, 0.96, "families", 0.31, 5.2, 1973),
    "sixties": Kind(0.35, 48, 1.2, 0.52, "old", 0.12, 2.4, 1963),
    "suburb": Kind(-0.75, 34, 1.25, 0.17, "old", 0.06, 1.8, 1979),
    "family": Kind(-0.8, 37, 1.15, 0.14, "families", 0.07, 2.0, 2003),
    "villa": Kind(-1.5, 25, 1.6, 0.22, "old", 0.05, 2.1, 1938),
    "new": Kind(-0.5, 46, 1.1, 0.42, "families", 0.09, 2.7, 2021),
    "village": Kind(-0.45, 23, 1.6, 0.10, "rural", 0.04, 1.7, 1958),
    "commercial": Kind(0.0, 0, 6.0, 0.0, "young", 0.0, 1.5, 1988),
}

AGE_BANDS = ("00_03", "03_06", "06_15", "15_25", "25_45", "45_65", "65_80", "80_up")
AGE_PROFILES = {
    "young": (0.029, 0.027, 0.076, 0.125, 0.335, 0.248, 0.108, 0.052),
    "families": (0.036, 0.038, 0.112, 0.112, 0.282, 0.256, 0.116, 0.048),
    "old": (0.022, 0.024, 0.073, 0.089, 0.201, 0.300, 0.196, 0.095),
    "rural": (0.023, 0.025, 0.080, 0.094, 0.208, 0.321, 0.176, 0.073),
}


def target() -> dict[str, float | str]:
    """Places per child under six that the invented region has decided; the source in the current language."""
    source = _("Beschluss des Jugendhilfeausschusses zur Kindertagesbetreuung (erfunden)")
    return {"rate": 0.62, "source": source, "date": "2025-03-13"}
