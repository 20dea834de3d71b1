"""
How well and how fast `read_bands` reads real sheets and texts.

    python benchmarks/read_bands.py --sheets SHEETS.csv --texts TEXTS.jsonl [--list]

`--sheets`: a table with the columns raw_2g to raw_5g; every distinct cell is read as a cell of its column, and the
share without an unexplained token is printed. `--texts`: one JSON object a line with `text`, `expected` (RAT ->
numbers) and perhaps `ambiguous` (items with `rat` and `any_of`); a text is read exactly if in every RAT the settled
bands are the expected ones, members of `any_of` being allowed beside them. A false band is settled and neither.
`--list` prints every cell and text that failed. Speed is a ratio to `re.findall` of all numbers in the same texts. At
last come texts made to break readers, at one and two times the size: how the time grew.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import get_args

from bandcheck.reading.text import Generation, read_bands

GENERATIONS: tuple[Generation, ...] = get_args(Generation)
UNEXPLAINED = ("unknown", "number without a technology")
Text = tuple[str, Generation | None]


def sheets(path: Path, listed: bool) -> list[Text]:
    """
    Read every distinct cell; print how many have no unexplained token.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    cells: list[Text] = [(cell, g) for g in GENERATIONS for cell in sorted({row[f"raw_{g}"] for row in rows} - {""})]
    why: Counter[str] = Counter()
    bad = silent = 0
    for cell, generation in cells:
        reading = read_bands(cell, generation=generation)
        why.update(one.why for one in reading.ignored)
        unexplained = [one.text for one in reading.ignored if one.why in UNEXPLAINED]
        nothing = not (reading.found or reading.ambiguous or reading.rats or reading.absent)
        bad += bool(unexplained)
        silent += nothing
        if listed and (unexplained or nothing):
            print(f"  {generation} {cell!r}: {unexplained or 'says nothing'}")
    print(f"cells read without an unexplained token: {len(cells) - bad} of {len(cells)} ({1 - bad / len(cells):.2%})")
    print(f"cells that say nothing at all: {silent}")
    print("ignored:", ", ".join(f"{name} {count}" for name, count in why.most_common()))
    return cells


def texts(path: Path, listed: bool) -> list[Text]:
    """
    Read every text; print how many are read exactly, and the false and missed bands.
    """
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    exact = false = missed = 0
    for case in cases:
        bands = read_bands(case["text"]).to_dict()["bands"]
        wrong = {}
        for rat, found in bands.items():
            expected = set(case["expected"].get(rat, ()))
            allowed = {n for one in case.get("ambiguous", ()) if one["rat"] == rat for n in one["any_of"]}
            extra, missing = set(found) - expected - allowed, expected - set(found)
            false += len(extra)
            missed += len(missing)
            if extra or missing:
                wrong[rat] = {"false": sorted(extra, key=str), "missed": sorted(missing, key=str)}
        exact += not wrong
        if listed and wrong:
            print(f"  {case.get('id')}: {wrong} in {case['text'][:200]!r}")
    print(
        f"texts read exactly: {exact} of {len(cases)} ({exact / len(cases):.2%}); false bands {false}, missed {missed}"
    )
    return [(case["text"], None) for case in cases]


def speed(what: str, corpus: list[Text], turns: int = 25, most: int = 300) -> None:
    """
    Time of reading against finding all numbers: the best of some turns for each text, summed.

    A text takes microseconds, so that a busy machine leaves some turn of each alone.
    """
    numbers = re.compile(r"\d+").findall
    clock = time.perf_counter
    spread = corpus[:: max(1, len(corpus) // most)]
    finding = reading = 0.0
    gc.disable()
    for text, generation in spread:
        best = [float("inf"), float("inf")]
        for _ in range(turns):
            start = clock()
            for _ in range(5):
                numbers(text)
            middle = clock()
            read_bands(text, generation=generation)
            end = clock()
            best = [min(best[0], (middle - start) / 5), min(best[1], end - middle)]
        finding += best[0]
        reading += best[1]
    gc.enable()
    print(f"{what}: {reading / finding:5.1f} times re.findall of the numbers   target 40")


HOSTILE = {
    "digits": "1" * 200_000,
    "1/": "1/" * 100_000,
    "brackets": "(" * 200_000,
    "LTE (": "LTE (" * 40_000,
    "1(": "LTE " + "1(" * 100_000,
    "hyphens": "1-" * 100_000,
    "stops": "1." * 100_000,
    "letters": "a" * 200_000,
    "headings": "LTE " * 50_000,
    "dashes": "LTE 1 - " * 25_000,
    "and": "LTE 1 and " * 20_000,
    "lines": "LTE 1,\n" * 28_000,
    "quad": "quad-band " * 20_000,
    "no": "no LTE " * 28_000,
    "Mbps": "1/" * 100_000 + "Mbps",
    "AWS": "LTE " + "1700/2100," * 20_000,
    "ideographs": "频段" * 100_000,
    "asides": "LTE " + "word 900 " * 22_000,
    "tables": "| LTE | UMTS\n| 3 | B1\n" * 9_000,
    "combinations": "CA_1A-3A" * 25_000,
    "i": "LTE " + "1 i " * 50_000,
    "no band": "LTE no " + "band " * 40_000 + "3",
    "bandwidths": "LTE B3 " + "5/" * 100_000 + "10 MHz",
}


def linear() -> None:
    """
    How the time grows when a hostile text doubles: 2 is linear.
    """
    for name, text in HOSTILE.items():
        once, twice = (min(taken(part) for _ in range(3)) for part in (text[: len(text) // 2], text))
        print(f"{name:<12} {len(text):>8} characters {twice:6.2f} s, {twice / once:4.1f} times that of half")


def taken(text: str) -> float:
    start = time.process_time()
    read_bands(text)
    return time.process_time() - start


def main() -> None:
    """
    Run what the arguments name.
    """
    parser = argparse.ArgumentParser(description="How well and how fast read_bands reads.")
    parser.add_argument("--sheets", type=Path, metavar="CSV")
    parser.add_argument("--texts", type=Path, metavar="JSONL")
    parser.add_argument("--list", action="store_true", help="print what failed")
    parser.add_argument("--no-linear", action="store_true", help="leave out the hostile texts")
    args = parser.parse_args()
    jobs: list[tuple[str, Path | None, Callable[[Path, bool], list[Text]]]] = [
        ("cells", args.sheets, sheets),
        ("texts", args.texts, texts),
    ]
    for what, path, job in jobs:
        if path is not None:
            corpus = job(path, args.list)
            speed(what, corpus)
    if not args.no_linear:
        linear()


if __name__ == "__main__":
    main()
