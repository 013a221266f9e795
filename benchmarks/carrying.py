"""How fast and how exactly counts are carried: an invented town beside other programs, and real data with known truth.

    python benchmarks/carrying.py [--peers] [--real DATA] [--docs docs/carrying.md]

DATA is the folder of the open data. `--docs` puts what was printed between the marks of a Markdown file.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

if __name__ == "__main__":  # the other parts lie in the same folder
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import carrying_city as city
from benchmarks import carrying_real as real

PRINTED = {part: (f"<!-- printed by benchmarks/carrying.py: {part} -->", f"<!-- end of {part} -->")
           for part in ("speed", "real")}  # fmt: skip


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows)])


def speed(peers: bool) -> str:
    town = city.invent()
    lines = [*city.ours(town), *(city.peers(town) if peers else ())]
    used = ["numpy", "scipy", "shapely", "geopandas", "pandas", *(["tobler", "exactextract"] if peers else [])]
    head = f"{date.today().isoformat()}; CPython {platform.python_version()}, "
    head += ", ".join(f"{name} {version(name)}" for name in used) + f"; best of {city.REPEATS} runs."
    rows = [(line.what, line.program, f"{line.wall:.2f}", f"{line.cpu:.2f}", f"{line.error:.2f}") for line in lines]
    ground, points = city.without_fields()
    found = table(["step", "program", "seconds", "CPU s", "error, %"], rows)
    fields = f"Blocks of {city.SIDE // city.BLOCKS} m with their fields onto the areas: {ground:.1f} % by ground,"
    fields += f" {points:.1f} % by inhabited points."
    return f"{head}\n\n{found}\n\n{fields}"


def neukoelln_text(data: Path) -> str:
    found = real.read_neukoelln(data)
    errors = real.errors_by_variable(found)
    kinds = list(found.matrices)
    rows = [(name, f"{row['cases']:,.0f}", *(f"{row[kind]:.1f}" for kind in kinds)) for name, row in errors.iterrows()]
    spans = [f"{kind} {errors[kind].min():.1f} to {errors[kind].max():.1f}, median {errors[kind].median():.1f}"
             for kind in kinds]  # fmt: skip
    regions, areas = len(next(iter(found.matrices.values())).sources), len(found.truth)
    parts = [
        f"**Neukölln.** Register of 12/2017 summed to {regions} Bezirksregionen and carried back to {areas} planning"
        " areas; sum of absolute differences in percent of all cases, by kind of weight.",
        table(["variable", "cases", *kinds], rows),
        f"All {len(errors)} variables, percent: {'; '.join(spans)}.",
        "**Estimated errors.** Percent of true counts within 1 and 1.96 estimated standard errors.",
    ]
    rows = []
    for kind in kinds:
        for start, of, one, two, least, name in real.coverages(found, kind).itertuples(index=False):
            rows.append((kind, start, of, f"{one:.1f}", f"{two:.1f}", f"{least:.1f} ({name})"))
    head = ["weights", "spread from", "carried", "within 1", "within 1.96", "variable within 1.96 least"]
    parts.append(table(head, rows))
    parts += ["Spreads:", table(
        ["weights", "all variables together", "all inhabitants", "by variable"],
        [(kind, f"{model.spread:.4f}", f"{model.of_feature['inhabitants']:.4f}",
          f"{min(model.of_feature.values()):.4f} to {max(model.of_feature.values()):.4f}")
         for kind, model in found.models.items()],
    )]  # fmt: skip
    return "\n\n".join([*parts, shares_text(found), cells_text(found)])


def shares_text(found: real.Neukoelln) -> str:
    rows = []
    for kind in found.matrices:
        for feature in real.SHARES:
            shares = real.shares_back(found, kind, feature)
            gap = 100 * (shares["low"] - shares["value"]).abs()
            rows.append((feature, kind, f"{gap.mean():.1f}", f"{gap.max():.1f}", f"{real.coverage(shares):.1f}"))
    head = ["share of inhabitants", "weights", "mean difference, points", "largest", "within 1.96, %"]
    return "**Shares rebuilt from carried counts**, beside the published ones.\n\n" + table(head, rows)


def cells_text(found: real.Neukoelln) -> str:
    both = real.cells_and_register(found)
    ratio = both["cells"] / both["register"]
    scaled = both["cells"] * both["register"].sum() / both["cells"].sum()
    gap = 100 * (scaled - both["register"]).abs().sum() / both["register"].sum()
    spread = f"{100 * ratio.min():.0f} to {100 * ratio.max():.0f} % of the register, median {100 * ratio.median():.0f}"
    return (
        f"**Cells and register**, six years apart: {both['cells'].sum():,.0f} inhabitants in the cells of 2011,"
        f" {both['register'].sum():,.0f} in the register of 12/2017; by planning area the cells hold {spread}."
        f" Scaled to the same sum they differ by {gap:.1f} % of all inhabitants;"
        f" correlation {both.corr().iloc[0, 1]:.3f}."
    )


def aachen_text(data: Path) -> str:
    rows = []
    for size in (2000, 4000):
        for kind in ("inhabitants", "dwellings"):
            back = real.aachen_back(data, size, kind)
            errors = real.error_percent(back)
            each = {name: real.coverage(own) for name, own in back.groupby("feature")}
            least = min(each, key=each.__getitem__)
            hit = (f"{real.coverage(back, 1.0):.1f}", f"{real.coverage(back):.1f}", f"{each[least]:.1f} ({least})")
            span = f"{errors.min():.1f} ({errors.idxmin()}) to {errors.max():.1f} ({errors.idxmax()})"
            rows.append((f"{size // 1000} km", back["unit"].nunique(), kind, span, *hit))
    head = ["squares", "number", "weights", "error, %", "within 1", "within 1.96", "variable within 1.96 least"]
    return (
        "**Another region: the ten municipalities of the StädteRegion Aachen** carried onto squares, with the usual"
        f" spread of Neukölln. The truth are {len(real.OF_CELLS)} counts in cells of 100 m (2011). The inhabitants of"
        " these cells are themselves derived from dwellings, and small counts were changed for secrecy.\n\n"
        + table(head, rows)
    )


def renewal_text(data: Path) -> str:
    found = real.read_renewal(data)
    rows = []
    for name, matches in (("both", found.both), ("old to new", found.forward), ("new to old", found.backward)):
        for state, groups in matches.groups.groupby("state"):
            old, new = groups["old_count"].sum(), groups["new_count"].sum()
            rows.append((name, len(matches.pairs), state, len(groups), f"{old:,.0f}", f"{new:,.0f}"))
    head = ["read", "pairs", "groups", "number", "inhabitants, old areas", "inhabitants, new areas"]
    parts = [
        f"**Berlin, planning areas until 2020 and from 2021.** Register of 12/2020 by {len(found.old)} old areas:"
        f" {found.old.sum():,.0f} inhabitants; monitoring 2021 by {len(found.new)} new areas: {found.new.sum():,.0f}.",
        table(head, rows),
        f"Old areas with several new ones, refused without weights: {', '.join(found.both.splits())}.",
    ]
    groups = found.both.groups
    for state, text in (("equal", "Equal"), ("unequal", "Unequal"), ("without_partner", "Without partner")):
        named = [described(row) for row in groups[groups["state"] == state].to_dict("records")]
        parts.append(f"{text}: {'; '.join(named)}.")
    return "\n\n".join(parts)


def described(group: dict) -> str:
    old, new = "+".join(group["old"]) or "none", "+".join(group["new"]) or "none"
    return f"{old} ({group['old_count']:,.0f}) → {new} ({group['new_count']:,.0f})"


def put(page: Path, part: str, text: str) -> None:
    """Put a text between the two marks of a page."""
    begin, end = PRINTED[part]
    start, _begin, rest = page.read_text(encoding="utf-8").partition(begin)
    _old, _end, after = rest.partition(end)
    if not _end:
        raise SystemExit(f"{page}: no marks for {part}")
    page.write_text(f"{start}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--peers", action="store_true", help="run tobler and exactextract as well")
    parser.add_argument(
        "--real", type=Path, metavar="DATA", help="folder of the open data; instead of the invented town"
    )
    parser.add_argument("--docs", type=Path, help="put the tables between the marks of this Markdown file")
    options = parser.parse_args(arguments)
    part = "real" if options.real else "speed"
    parts = (neukoelln_text, aachen_text, renewal_text)
    text = "\n\n".join(say(options.real) for say in parts) if options.real else speed(options.peers)
    print(text)
    if options.docs:
        put(options.docs, part, text)


if __name__ == "__main__":
    main(sys.argv[1:])
