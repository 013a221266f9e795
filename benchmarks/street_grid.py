"""The street grid of a Kreis: 120,000 addresses in 5,000 streets and 93 areas, written, read back and checked.

python benchmarks/street_grid.py
"""

from __future__ import annotations

import resource
import time

import numpy as np
import pandas as pd

from sozialraum.street_grid import Unit, check_files, file_bytes, guessed_format, make_records
from sozialraum.street_grid.grid import StreetGrid

ADDRESSES, STREETS, AREAS = 120_000, 5_000, 93


def register(seed: int = 1) -> pd.DataFrame:
    """Streets of 24 addresses; one in five is cut between two areas, one side of one in twenty lies in another."""
    chance = np.random.default_rng(seed)
    each = ADDRESSES // STREETS
    street = np.repeat(np.arange(STREETS), each)
    number = np.tile(np.arange(1, each + 1), STREETS)
    home, other = chance.integers(0, AREAS, (2, STREETS))
    cut = np.where(chance.uniform(size=STREETS) < 0.2, chance.integers(2, each, STREETS), each)
    sided = chance.uniform(size=STREETS) < 0.05
    away = (number > cut[street]) | (sided[street] & (number % 2 == 0))
    area = np.where(away, other[street], home[street])
    names = [f"Straße {one}" for one in range(STREETS)]
    return pd.DataFrame(
        {
            "street": np.array(names, dtype=object)[street],
            "number": number,
            "suffix": np.where(chance.uniform(size=ADDRESSES) < 0.05, "a", ""),
            "postcode": "52499",
            "key": [f"101100{101 + one}" for one in area],
        }
    )


def main() -> None:
    addresses = register()
    form = guessed_format()
    begin, cpu = time.perf_counter(), time.process_time()
    records, findings = make_records(addresses, {})
    made = time.perf_counter()
    keys = [f"101100{101 + one}" for one in range(AREAS)]
    units = [Unit("101000000", "district", "Kreis", "05999004", "Kreis")]
    units += [Unit("101100000", "bezirk", "Kreis", "05999004", "Kreis")]
    units += [Unit(key, "viertel", f"Gebiet {key[-2:]}", "05999004", "Kreis", 3000, (key,)) for key in keys]
    files = file_bytes(StreetGrid("p", tuple(units), tuple(records), {}, tuple(findings), form))
    written = time.perf_counter()
    faults = check_files(files, form)
    checked = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"addresses {len(addresses)}, records {len(records)}, findings of the register {len(findings)}")
    print(f"ranges {made - begin:.2f} s, files {written - made:.2f} s, check {checked - written:.2f} s")
    print(f"ra {len(files['ra.csv']) / 1e6:.2f} MB, zu {len(files['zu.csv']) / 1e3:.1f} kB, peak {peak:.0f} MB")
    print(f"CPU in all {time.process_time() - cpu:.2f} s")
    print(f"findings of the check {len(faults)}")


if __name__ == "__main__":
    main()
