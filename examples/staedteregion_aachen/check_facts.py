"""Check the built report against its sources, with code of its own.

    python examples/staedteregion_aachen/check_facts.py DATA_FOLDER OUT_FOLDER

Nothing of the package is imported: sums come from the source file, adjacency from the geometries, texts
from the written files. Prints one line per fact; the exit code is 1 when one of them does not hold.
"""

from __future__ import annotations

import argparse
import html
import re
import sqlite3
import sys
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pypdf import PdfReader

AREAS = {
    "05334004": 14, "05334008": 7, "05334012": 14, "05334016": 11, "05334020": 2,
    "05334024": 2, "05334028": 3, "05334032": 16, "05334036": 8,
}  # fmt: skip
# The second plan differs in these municipalities and nowhere else.
SECOND = {"05334012": 15, "05334032": 17}
COMPUTED = "gerechnet, nicht beschlossen"
LOW, HIGH = 700, 8500
NOTICE = "Rechenbeispiel mit Zensusdaten 2011 – nicht die Sozialräume der StädteRegion"
RECOMMENDATIONS = ("Ausbau prüfen", "Angebotsstruktur überprüfen", "erhalten, Qualität prüfen", "Stand: bestätigt")
CREDITS = (
    "© GeoBasis-DE / BKG 2017 (Daten verändert)", "Statistische Ämter des Bundes und der Länder", "dl-de/by-2-0",
    "IT.NRW", "© OpenStreetMap-Mitwirkende", "ODbL",
)  # fmt: skip
WORDS = {True: "stimmt", False: "FALSCH", None: "nicht einhaltbar"}
MISSING = (
    "Dynamik",
    "Arbeitslosigkeit",
    "SGB II",
    "Kindertagesbetreuung",
    "Altersgruppen von 10 bis 79",
    "Stadt Aachen",
)
# A fact holds, does not hold, or (None) is a rule that cannot be met and is said instead.
Fact = tuple[bool | None, str]


@dataclass(frozen=True)
class Built:
    """What was built and what it was built from."""

    municipalities: gpd.GeoDataFrame
    cells: pd.DataFrame
    blocks: gpd.GeoDataFrame
    plan: pd.Series
    second: pd.Series | None
    release: Path
    project: Path


def read(data: Path, out: Path) -> Built:
    """Sources from the data folder; blocks, plan and release from the output folder."""
    borders = gpd.read_file(data / "aachen-gemeinden" / "gemeinden_staedteregion_aachen.gpkg", layer="gemeinden")
    cells = pd.read_csv(
        data / "aachen-zensus2011-grid" / "bausteine_100m_abgeleitet.csv.gz", sep=";", dtype={"AGS": str}
    )
    return Built(
        municipalities=borders[borders["AGS"].isin(list(AREAS))].set_index("AGS"),
        cells=cells[cells["AGS"].isin(list(AREAS))],
        blocks=gpd.read_file(out / "project.gpkg", layer="blocks"),
        plan=read_plan(out / "gebiete.csv"),
        second=read_plan(out / "gebiete_zweiter_plan.csv") if SECOND else None,
        release=sorted((out / "releases").iterdir())[-1],
        project=out / "project.gpkg",
    )


def read_plan(file: Path) -> pd.Series:
    """Area by block."""
    return pd.read_csv(file, sep=";", dtype=str).set_index("block_id")["area_id"]


def numbers(built: Built) -> Iterator[Fact]:
    """As many areas in each municipality as agreed; each block in exactly one area."""
    town = built.plan.str[:8]
    found = {ags: int(built.plan[town == ags].nunique()) for ags in AREAS}
    agreed = sum(AREAS.values())
    yield built.plan.nunique() == agreed, f"{built.plan.nunique()} Gebiete ({agreed})"
    yield found == AREAS, f"je Gemeinde {', '.join(map(str, found.values()))} ({', '.join(map(str, AREAS.values()))})"
    ids = set(built.blocks["block_id"])
    once = built.plan.index.is_unique and set(built.plan.index) == ids
    yield once, f"jeder der {len(ids)} Bausteine steht genau einmal im Plan"


def inhabitants(built: Built) -> Iterator[Fact]:
    """Sizes of areas and the total, summed from the source file."""
    people = built.cells.set_index("GITTER_ID_100m")["einwohner_geschaetzt"]
    unplaced = people.index.difference(built.plan.index)
    yield len(unplaced) == 0, f"alle {len(people)} Zellen der Quelle sind Bausteine (ohne: {len(unplaced)})"
    sizes = people.groupby(built.plan.reindex(people.index)).sum().reindex(sorted(set(built.plan)))
    yield from within_limits(built, built.plan, sizes)
    yield from rounding(built)
    total, source = float(sizes.sum()), float(people.sum())
    yield (
        abs(total - source) < 0.01,
        f"Summe der Gebiete {total:.2f} = Summe der neun Gemeinden in der Quelle {source:.2f}",
    )
    with sqlite3.connect(f"file:{built.project}?mode=ro", uri=True) as project:
        released = dict(project.execute(
            "SELECT unit, low FROM released_counts WHERE level = 'area' AND feature = 'c11_population'"))  # fmt: skip
        states = {state for (state,) in project.execute(
            "SELECT DISTINCT status FROM released_counts WHERE feature = 'c11_population'")}  # fmt: skip
    difference = max(abs(released.get(area, np.inf) - size) for area, size in sizes.items())
    yield difference < 0.01, f"die freigegebenen Zahlen sind diese Summen (größte Abweichung {difference:.4f})"
    yield states == {"estimated"}, f"alle Einwohnerzahlen gelten als geschätzt ({', '.join(sorted(states))})"


def within_limits(built: Built, plan: pd.Series, sizes: pd.Series) -> Iterator[Fact]:
    """Areas keep the limits in whole persons and in the estimates of the source, which have fractions."""
    whole = built.blocks.set_index("block_id")["population"].groupby(plan).sum().reindex(sizes.index)
    for people, where in ((whole, "ganze Personen"), (sizes, "Schätzungen der Quelle")):
        yield (
            bool(((people >= LOW) & (people <= HIGH)).all()),
            f"Gebiete haben {people.min():.1f} bis {people.max():.1f} Einwohner ({LOW} bis {HIGH}; {where})",
        )


def rounding(built: Built) -> Iterator[Fact]:
    """A block has the inhabitants of its cell, rounded down or up to whole persons so that each total stays."""
    people = built.cells.set_index("GITTER_ID_100m")["einwohner_geschaetzt"]
    blocks = built.blocks.set_index("block_id")["population"]
    off = (blocks.reindex(people.index) - people).abs()
    yield (
        bool((off < 1).all()),
        f"Bausteine haben die Einwohner ihrer Zelle, gerundet (Abweichung höchstens {off.max():.2f})",
    )
    totals = blocks.groupby(built.blocks.set_index("block_id")["municipality"]).sum()
    apart = (totals - people.groupby(built.cells.set_index("GITTER_ID_100m")["AGS"]).sum()).abs()
    yield bool((apart <= 0.5 + 1e-6).all()), f"je Gemeinde bleibt die Summe (Abweichung höchstens {apart.max():.2f})"


def places(built: Built) -> Iterator[Fact]:
    """Blocks cover each municipality; areas keep to one municipality and hang together."""
    blocks = built.blocks.set_index("block_id").loc[built.plan.index]
    worst, outside = 0.0, 0
    for ags, border in built.municipalities.geometry.items():
        own = blocks.geometry[(blocks["municipality"] == ags).to_numpy()].to_numpy()
        covered = shapely.union_all(own)
        wrong = shapely.area(shapely.symmetric_difference(covered, border)) + (shapely.area(own).sum() - covered.area)
        worst = max(worst, wrong / border.area)
        outside += int((~shapely.intersects(border, shapely.point_on_surface(own))).sum())
    yield worst < 0.001, f"Bausteine bedecken jede Gemeinde (größter Unterschied {100 * worst:.5f} % der Fläche)"
    same = bool((built.plan.str[:8].to_numpy() == blocks["municipality"].to_numpy()).all())
    yield same and not outside, "jedes Gebiet liegt in einer Gemeinde"
    yield from contiguity(built.plan.to_numpy(), blocks)


def contiguity(area_of: np.ndarray, blocks: gpd.GeoDataFrame) -> Iterator[Fact]:
    """Each area is one piece by shared edges, or one piece in each separate part of its municipality."""
    beside = shared_edges(blocks.geometry.to_numpy())
    part_of = components(range(len(blocks)), beside, blocks["municipality"].to_numpy())
    piece_of = components(range(len(blocks)), beside, area_of)
    broken, bridging = [], []
    for area in sorted(set(area_of)):
        rows = np.flatnonzero(area_of == area)
        pieces = {piece_of[row] for row in rows}
        parts = {part_of[row] for row in rows}
        if len(pieces) > len(parts):
            broken.append(area)
        elif len(pieces) > 1:
            bridging.append(area)
    whole = len(set(area_of)) - len(broken) - len(bridging)
    yield not broken, f"{whole} Gebiete hängen über gemeinsame Kanten zusammen{_named(', zerrissen', broken)}"
    for area in bridging:
        count = len({part_of[row] for row in np.flatnonzero(area_of == area)})
        text = (
            f"Gebiet {area} besteht aus {count} Teilen, weil seine Gemeinde selbst aus getrennten Teilen besteht; "
            "in jedem Teil hängt es zusammen"
        )
        yield None, text


def shared_edges(shapes: np.ndarray) -> list[list[int]]:
    """For each shape those it shares an edge of more than a centimetre with."""
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    keep = first < second
    first, second = first[keep], second[keep]
    length = shapely.length(shapely.intersection(shapes[first], shapes[second]))
    beside: list[list[int]] = [[] for _ in shapes]
    for one, other in zip(first[length > 0.01].tolist(), second[length > 0.01].tolist(), strict=True):
        beside[one].append(other)
        beside[other].append(one)
    return beside


def components(nodes: Iterable[int], beside: list[list[int]], group: np.ndarray) -> list[int]:
    """The piece each node belongs to when one may only step to neighbours of the same group (breadth first)."""
    piece = [-1] * len(group)
    for start in nodes:
        if piece[start] >= 0:
            continue
        piece[start] = start
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for there in beside[here]:
                if piece[there] < 0 and group[there] == group[here]:
                    piece[there] = start
                    waiting.append(there)
    return piece


def second_plan(built: Built) -> Iterator[Fact]:
    """The second plan: its numbers, sizes and connection, what it shares with the first, and what it is called."""
    if built.second is None:
        return
    expected = AREAS | SECOND
    town = built.second.str[:8]
    found = {ags: int(built.second[town == ags].nunique()) for ags in AREAS}
    agreed = ", ".join(f"{ags} {number}" for ags, number in SECOND.items())
    yield (
        found == expected and built.second.nunique() == sum(expected.values()),
        f"zweiter Plan: {built.second.nunique()} Gebiete ({sum(expected.values())}; {agreed})",
    )
    once = built.second.index.is_unique and set(built.second.index) == set(built.plan.index)
    yield once, "zweiter Plan: jeder Baustein steht genau einmal darin"
    people = built.cells.set_index("GITTER_ID_100m")["einwohner_geschaetzt"]
    sizes = people.groupby(built.second.reindex(people.index)).sum().reindex(sorted(set(built.second)))
    for holds, text in within_limits(built, built.second, sizes):
        yield holds, f"zweiter Plan: {text}"
    blocks = built.blocks.set_index("block_id").loc[built.second.index]
    for holds, text in contiguity(built.second.to_numpy(), blocks):
        yield holds, f"zweiter Plan: {text}"
    elsewhere = ~town.isin(list(SECOND))
    same = bool((built.second[elsewhere] == built.plan.reindex(built.second.index)[elsewhere]).all())
    yield same, "zweiter Plan: außerhalb dieser Gemeinden wie der erste"
    yield from names_of_plans(built)


def names_of_plans(built: Built) -> Iterator[Fact]:
    """The project holds both plans, the second called computed and not in force."""
    with sqlite3.connect(f"file:{built.project}?mode=ro", uri=True) as project:
        plans = dict(project.execute("SELECT plan_id, title FROM plans"))
        status = {state for (state,) in project.execute("SELECT DISTINCT status FROM plans")}
        released = {plan for (plan,) in project.execute("SELECT DISTINCT plan_id FROM releases")}
    computed = {plan for plan, title in plans.items() if COMPUTED in title}
    yield len(plans) == 2 and len(computed) == 1, f"im Projekt stehen zwei Pläne, einer heißt „{COMPUTED}“"
    yield status == {"proposal"}, f"kein Plan ist beschlossen ({', '.join(sorted(status))})"
    yield not (computed & released), "der Bericht beruht nicht auf dem zweiten Plan"


def report(built: Built) -> Iterator[Fact]:
    """The written files: there, marked on every page, without impulses and quarter names, with sources and gaps."""
    pdf, xlsx, pages = built.release / "report.pdf", built.release / "report.xlsx", built.release / "report"
    there = [path.is_file() for path in (pdf, xlsx, pages / "index.html")]
    yield all(there), "PDF, Internetseiten und Arbeitsmappe sind geschrieben"
    if not all(there):
        return
    printed = [plain(page.extract_text()) for page in PdfReader(pdf).pages]
    without = [number for number, text in enumerate(printed, start=1) if plain(NOTICE) not in text]
    yield (
        not without,
        f"der Vermerk steht auf allen {len(printed)} Seiten der PDF-Datei{_named(', nicht auf', without)}",
    )
    shown = {path.name: plain(text_of(path.read_text(encoding="utf-8"))) for path in sorted(pages.rglob("*.html"))}
    bare = [name for name, text in shown.items() if plain(NOTICE) not in text]
    yield not bare, f"der Vermerk steht auf allen {len(shown)} Internetseiten{_named(', nicht auf', bare)}"
    pictures = sum(text.count("<svg") for text in (path.read_text(encoding="utf-8") for path in pages.rglob("*.html")))
    yield pictures > sum(AREAS.values()), f"die Internetseiten enthalten Karten und Bilder ({pictures})"
    with zipfile.ZipFile(xlsx) as book:
        words = book.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in book.namelist() else ""
    yield NOTICE in html.unescape(words), "der Vermerk steht in der Arbeitsmappe"
    yield from contents(built, " ".join(printed), " ".join(shown.values()))


def contents(built: Built, printed: str, shown: str) -> Iterator[Fact]:
    """No impulse, no quarter names, what is missing with its reason, sources with their licences."""
    with sqlite3.connect(f"file:{built.project}?mode=ro", uri=True) as project:
        (impulses,) = project.execute("SELECT count(*) FROM impulses").fetchone()
    said = [words for words in RECOMMENDATIONS if plain(words) in printed or plain(words) in shown]
    yield impulses == 0 and not said, f"kein Impuls ({impulses}){_named(', gefunden', said)}"
    layer = next(name for name, _kind in pyogrio.list_layers(built.project) if name.startswith("areas_"))
    names = set(gpd.read_file(built.project, layer=layer)["name"])
    own = sorted(name for name in names if not re.fullmatch(r"Vorschlag \d+", name))
    yield not own, f"Gebiete heißen „Vorschlag 1“ …{_named(', außer', own)}"
    stolberg = "seine 16 Gebiete sind ebenfalls ein Vorschlag"
    yield plain(stolberg) in printed and plain(stolberg) in shown, "die 16 Gebiete von Stolberg heißen Vorschlag"
    gaps = [words for words in MISSING if plain(words) not in printed]
    yield not gaps, f"was fehlt, steht im Bericht{_named(', nicht', gaps)}"
    credits = [words for words in CREDITS if plain(words) not in printed or plain(words) not in shown]
    yield not credits, f"alle Quellen und Lizenzen sind genannt{_named(', nicht', credits)}"


def plain(text: str) -> str:
    """Text without blanks, so that line breaks and hyphens at line ends do not matter."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def text_of(page: str) -> str:
    """The words of an HTML page without its tags, styles and scripts."""
    return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", page)))


def _named(before: str, names: list) -> str:
    return f"{before}: {', '.join(map(str, names[:5]))}{' …' if len(names) > 5 else ''}" if names else ""


def facts(built: Built) -> Iterator[Fact]:
    """Every fact with whether it holds."""
    for check in (numbers, inhabitants, places, second_plan, report):
        yield from check(built)


def main() -> int:
    """Print every fact; 1 when one does not hold."""
    parser = argparse.ArgumentParser(description="Das Rechenbeispiel gegen seine Quellen prüfen.")
    parser.add_argument("data", type=Path, help="Ordner mit den offenen Daten")
    parser.add_argument("out", type=Path, help="Ordner, in den build.py geschrieben hat")
    arguments = parser.parse_args()
    all_hold = True
    for holds, text in facts(read(arguments.data, arguments.out)):
        print(f"{WORDS[holds]}: {text}", flush=True)
        all_hold = all_hold and holds is not False
    return 0 if all_hold else 1


if __name__ == "__main__":
    sys.exit(main())
