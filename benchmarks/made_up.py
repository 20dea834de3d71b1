"""
Writes a data folder of any size: the hand-made part of `bands/`, and beside it made-up brands and countries in the form
that importers write, a file each. The same size gives the same bytes.

    python benchmarks/made_up.py FOLDER --devices 57000 --carriers 1600
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

DEVICES, CARRIERS = 5700, 1600
"""About as many as a full import has."""

_SOURCE = '{kind: database, title: Made up, date: "2024-01-01"}'
_SYLLABLES = ("ba", "co", "di", "fu", "ge", "hu", "jo", "ka", "lu", "mi", "no", "pe", "ri", "so", "tu", "vo", "zy")
_SERIES = ("Air", "Edge", "Fold", "Go", "Lite", "Max", "Mini", "Neo", "Note", "Play", "Plus", "Pro", "Ultra", "View")
_PHONES = {
    "gsm": ([850, 900, 1800, 1900], 3),
    "umts": ([1, 2, 4, 5, 8], 4),
    "lte": ([1, 2, 3, 4, 5, 7, 8, 12, 13, 17, 20, 28, 38, 39, 40, 41, 66], 9),
    "nr": ([1, 3, 5, 7, 8, 28, 38, 40, 41, 66, 71, 77, 78], 6),
}
_NETWORKS = {"gsm": [900, 1800], "umts": [1, 8], "lte": [1, 3, 7, 8, 20, 28, 38, 40, 41], "nr": [1, 3, 28, 78]}
_SEEN = {"gsm": "2016-07-11", "umts": "2016-07-11", "lte": "2016-07-11", "nr": "2020-09-01"}


def write_folder(target: Path, devices: int = DEVICES, carriers: int = CARRIERS) -> Path:
    """
    Write the folder.

    Args:
        devices, carriers: How many to make up; about a tenth of the devices are of one big brand.
    """
    for name in ("spectrum", "carriers", "devices"):
        shutil.copytree(ROOT / "bands" / name, target / name)
    shutil.copy(ROOT / "bands" / "sources.yaml", target)
    imported = target / "imported"
    for name, source in (("devices", "made-up-sheets"), ("networks", "made-up-tables")):
        (imported / name).mkdir(parents=True)
        (imported / name / "sources.yaml").write_text(f"sources:\n  {source}: {_SOURCE}\n")
    chance = random.Random(devices)
    names = _names()
    left, size = devices, devices // 10
    while left > 0:
        size = min(left, size)
        brand = next(names)
        text = "devices:\n" + "".join(_device(brand, number, chance) for number in range(size))
        (imported / "devices" / f"{brand}.yaml").write_text(text)
        left, size = left - size, chance.choice((5, 10, 20, 40, 80, 160))
    for country, number in zip(_countries(), range(0, carriers, 8), strict=False):
        count = min(8, carriers - number)
        text = "carriers:\n" + "".join(_carrier(country, number + n, chance) for n in range(count))
        (imported / "networks" / f"{country}.yaml").write_text(text)
    return target


def _names() -> Iterator[str]:
    """
    Words for brands, no two alike.
    """
    for parts in product(_SYLLABLES, repeat=3):
        yield "".join(parts[::-1])


def _countries() -> Iterator[str]:
    """
    Codes that ISO 3166 leaves to its users, then any that no country of `bands/` has.
    """
    taken = {path.name for path in (ROOT / "bands" / "carriers").iterdir()}
    letters = "zyxwvutsrqponmlkjihgfedcba"
    yield from (code for code in map("".join, product(letters, repeat=2)) if code not in taken)


def _device(brand: str, number: int, chance: random.Random) -> str:
    """
    One device of an imported file, as lines.
    """
    series = _SERIES[number % len(_SERIES)]
    year = 2009 + number % 16
    rats = [rat for rat in _PHONES if not (rat == "lte" and year < 2011) and not (rat == "nr" and year < 2020)]
    lines = [
        f"  {brand}/{series.lower()}-{number}:",
        f"    name: {series} {number}",
        f"    brand: {brand.title()}",
        f'    released: "{year}-{1 + number % 12:02}"',
    ]
    if number % 3 == 0:  # a sheet that merges what it names
        lines += [
            "    union:",
            *(f"      {rat}: {_some(rat, chance)}" for rat in rats),
            "      sources: [made-up-sheets]",
        ]
    lines.append("    variants:")
    for letter in "ABCD"[: chance.choice((1, 1, 2, 2, 3, 4))]:
        lines.append(f"      {brand[:4].upper()}-{brand[4:].upper()}{number:04}{letter}:")
        if number % 3:
            lines += ["        bands:", *(f"          {rat}: {_some(rat, chance)}" for rat in rats)]
        lines.append("        sources: [made-up-sheets]")
    return "\n".join(lines) + "\n"


def _some(rat: str, chance: random.Random) -> list[int]:
    bands, most = _PHONES[rat]
    return sorted(chance.sample(bands, chance.randint(1, most)))


def _carrier(country: str, number: int, chance: random.Random) -> str:
    """
    One network of an imported file, as lines.
    """
    lines = [
        f"  {country}/net-{number}:",
        f"    name: Net {number} {country.upper()}",
        f"    aliases: [Cell {number} {country.upper()}]",
        "    kind: network",
        f'    plmns: ["{900 + number // 100}-{number % 100:02}"]',
        "    plan:",
    ]
    for rat, bands in _NETWORKS.items():
        lines.append(f"      {rat}:")
        for band in sorted(chance.sample(bands, chance.randint(1, min(5, len(bands))))):
            dates = f'by: "{_SEEN[rat]}", seen: "2024-09-09"'
            lines.append(f"        - {{band: {band}, {dates}, sources: [made-up-tables]}}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """
    Write the folder that the arguments name.
    """
    parser = argparse.ArgumentParser(description="Writes a data folder with made-up brands and countries.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--devices", type=int, default=DEVICES)
    parser.add_argument("--carriers", type=int, default=CARRIERS)
    options = parser.parse_args()
    write_folder(options.folder, options.devices, options.carriers)


if __name__ == "__main__":
    main()
