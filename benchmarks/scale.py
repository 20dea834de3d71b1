"""
How the size of the database shows: compiling all of it, compiling again after one change, and looking things up in one
that is ten times as large.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml
from made_up import CARRIERS, DEVICES, write_folder
from measure import in_turns, show

_LAST_YEAR = 1.7e9
_WORD = re.compile("Made up[0-9]*|Air [0-9]+")


def compiling() -> None:
    """
    Checking and compiling everything, and again after one file changed, against libyaml's bare events over all files.
    """
    from bandcheck.database import index
    from bandcheck.database.files.tree import data_files

    with tempfile.TemporaryDirectory() as folder:
        root, cache = write_folder(Path(folder) / "data"), Path(folder) / "cache"
        os.environ["BANDCHECK_CACHE"] = str(cache)
        files = data_files(root)
        for path in files:
            os.utime(path, (_LAST_YEAR, _LAST_YEAR))
        by_size = sorted((root / "imported" / "devices").glob("*.yaml"), key=lambda path: path.stat().st_size)
        shared, big = root / "imported" / "devices" / "sources.yaml", by_size[-1]
        text = [path.read_bytes() for path in files]

        def events() -> None:
            for data in text:
                for _ in yaml.parse(data, Loader=yaml.CSafeLoader):
                    pass

        def everything() -> None:
            for path in cache.glob("*"):
                path.unlink()
            index.open_folder(str(root)).close()

        taken = in_turns(
            {
                "events": events,
                "full": everything,
                "small": _after_a_change(root, by_size[len(by_size) // 2]),
                "big": _after_a_change(root, big),
                "shared": _after_a_change(root, shared),
            },
            5,
        )
        share = 100 * big.stat().st_size / sum(map(len, text))
        size = max(path.stat().st_size for path in cache.glob("*.sqlite")) / 1e6
    what = f"{DEVICES} devices, {CARRIERS} carriers, {sum(map(len, text)) / 1e6:.1f} MB"
    show(f"check and compile {what} / libyaml's events", taken["full"] / taken["events"], "6")
    show("again, after one record of a small file changed / all of it", taken["small"] / taken["full"], "0.1")
    show(f"again, after one record of a big file ({share:.0f} %) changed / all", taken["big"] / taken["full"], "0.1")
    show("again, after the title of everybody's source changed / all of it", taken["shared"] / taken["full"], "0.1")
    show("size of the index in MB", size, "25")


def _after_a_change(root: Path, path: Path) -> Callable[[], object]:
    """
    What changes one word in a file and opens the folder.
    """
    from bandcheck.database import index

    number = 100000

    def job() -> None:
        nonlocal number
        number += 1
        before = path.read_text()
        path.write_text(_WORD.sub(lambda match: f"{match[0].rstrip('0123456789')}{number}", before, count=1))
        index.open_folder(str(root)).close()

    return job


def looking_up() -> None:
    """
    Look-ups in a database of ten times as many devices, against the same ones at the usual size; and the two heaviest
    questions against reading the documents that they are about.
    """
    import bandcheck
    from bandcheck.database.compile import compile_folder
    from bandcheck.database.questions import ask, everywhere, phones_on

    on = dt.date(2026, 1, 1)

    def searched(path: Path) -> None:
        for text in ("galaxy s5", "redmi note", "SM-G90OF", "Air 4711", "telekom"):
            bandcheck.Catalog.open(path).search(text)

    def questions(path: Path) -> dict[str, Callable[[], object]]:
        return {
            "check": lambda: ask(bandcheck.Catalog.open(path), "iPhone 5", "Deutsche Telekom", on),
            "where": lambda: list(everywhere(bandcheck.Catalog.open(path), "iPhone 5 A1429", on)),
            "phones": lambda: list(phones_on(bandcheck.Catalog.open(path), "Deutsche Telekom", on, "Xiaomi")),
            "search": lambda: searched(path),
        }

    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for factor in (1, 10):
            root = write_folder(Path(folder) / f"data{factor}", factor * DEVICES)
            paths[factor] = Path(folder) / f"{factor}.sqlite"
            compile_folder(root, paths[factor])
        jobs = {f"{name} {factor}": job for factor, path in paths.items() for name, job in questions(path).items()}
        taken = in_turns(jobs, 9)
    for name in ("check", "where", "phones", "search"):
        ratio = taken[f"{name} 10"] / taken[f"{name} 1"]
        show(f"{name}, {10 * DEVICES} devices / {DEVICES} ({taken[f'{name} 1'] * 1000:.1f} ms)", ratio, "about 1")
