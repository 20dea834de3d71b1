"""
Runs the benchmarks and prints ratios, each beside its target.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measure import in_turns, show
from scale import compiling, looking_up

ROOT = Path(__file__).resolve().parents[1]


def process() -> None:
    """
    A whole `bandcheck check` process, against one that imports the same libraries and opens the same file, and
    against an empty one.
    """
    from bandcheck.database.compile import compile_folder

    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index.sqlite"
        compile_folder(ROOT / "bands", index)
        yardstick = (
            "import attrs, argparse, sqlite3\n"
            f"c = sqlite3.connect('file:{index}?mode=ro&immutable=1', uri=True)\n"
            "c.execute('SELECT value FROM meta').fetchone()"
        )

        def run(*command: str) -> Callable[[], object]:
            return lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True)

        bandcheck = str(Path(sys.executable).with_name("bandcheck"))
        question = [bandcheck, "check", "Redmi 2 Prime", "-c", "T-Mobile US", "--on", "2016-02-02"]
        eight = [bandcheck, "check", "Redmi 2", "-c", "US Mobile", "--on", "2016-02-02", "-f", "json"]
        taken = in_turns(
            {
                "pass": run(sys.executable, "-c", "pass"),
                "yardstick": run(sys.executable, "-c", yardstick),
                "check": run(*question, "--data", str(index)),
                "eight": run(*eight, "--data", str(index)),
            },
            21,
        )
    show("check, one version / imports of attrs, argparse, sqlite3 + open", taken["check"] / taken["yardstick"], "1.4")
    show("check, eight versions as JSON / the same", taken["eight"] / taken["yardstick"], "-")
    show("check, one version / python -c pass", taken["check"] / taken["pass"], "6")


def loop() -> None:
    """
    One check on loaded objects, against four intersections of frozensets.
    """
    import datetime as dt

    import bandcheck
    from bandcheck.matching.judge import judge
    from bandcheck.matching.reasons import reasons

    catalog = bandcheck.Catalog.open(ROOT / "bands")
    on = dt.date(2024, 1, 15)
    pairs = [
        (catalog.find_device(phone)[0][1], catalog.timetable(carrier))
        for phone in ("Redmi 2 Prime", "Galaxy S5", "Pixel 8", "iPhone 13", "Galaxy S22")
        for carrier in ("us/t-mobile", "us/att", "us/verizon", "gb/ee", "jp/docomo")
    ]
    sets = []
    for variant, timetable in pairs:
        phone, plan = variant.capability(on).bands.at_least, timetable.plan(on)
        network = bandcheck.BandSet(plan.certain)
        rats = (bandcheck.Rat.GSM, bandcheck.Rat.UMTS, bandcheck.Rat.LTE, bandcheck.Rat.NR)
        sets.append([(frozenset(phone.numbers(r)), frozenset(network.numbers(r))) for r in rats])
    times = 200

    def intersect() -> None:
        for _ in range(times):
            for (a, b), (c, d), (e, f), (g, h) in sets:
                (a & b, c & d, e & f, g & h)

    def verdict() -> None:
        for _ in range(times):
            for variant, timetable in pairs:
                found = judge(variant, timetable, on)
                _ = (found.outcome, found.worst, found.best, found.coverage)

    def full() -> None:
        for _ in range(times // 10):
            for variant, timetable in pairs:
                reasons(judge(variant, timetable, on))

    taken = in_turns({"sets": intersect, "verdict": verdict, "full": full}, 9)
    show("a verdict, reasons not asked for / four frozenset intersections", taken["verdict"] / taken["sets"], "15")
    show("a verdict with all its reasons / four frozenset intersections", 10 * taken["full"] / taken["sets"], "150")


def yaml() -> None:
    """
    The strict loader over `bands/`, against PyYAML's CSafeLoader over the same bytes.
    """
    from yaml import CSafeLoader, load

    from bandcheck.database.files.tree import data_files
    from bandcheck.database.files.yamlfile import read_text

    files = [path.read_bytes() for path in data_files(ROOT / "bands")]

    def strict() -> None:
        for data in files:
            assert read_text(data, "file", []) is not None

    def stock() -> None:
        for data in files:
            load(data, Loader=CSafeLoader)

    taken = in_turns({"strict": strict, "stock": stock}, 7)
    show(f"the strict loader over bands/ ({len(files)} files) / CSafeLoader", taken["strict"] / taken["stock"], "0.6")


BENCHMARKS = {"process": process, "loop": loop, "yaml": yaml, "compile": compiling, "lookup": looking_up}


def main() -> None:
    """
    Run what the arguments name; all, if none.
    """
    parser = argparse.ArgumentParser(description="Benchmarks of bandcheck: ratios, each beside its target.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(BENCHMARKS)}; default: all")
    for name in parser.parse_args().names or BENCHMARKS:
        if name not in BENCHMARKS:
            parser.error(f"no benchmark {name!r}: choose from {', '.join(BENCHMARKS)}")
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
