"""
`bandcheck screen` of catalogues too long to be held: a file into a file, without sentences.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bandcheck.cli import ANSWERED, MISSES
from bandcheck.database.front import as_day
from bandcheck.errors import FileUnusableError
from bandcheck.screening.decision import Decision
from bandcheck.screening.policy import Policy
from bandcheck.screening.reports.cells import plain

if TYPE_CHECKING:
    from bandcheck.screening.bulk.files import Done, Progress
    from bandcheck.screening.bulk.frame import FrameScreener

ROWS = 100_000
"""From so many rows on a catalogue is screened in bulk."""

_FORMATS = {".parquet": "parquet", ".pq": "parquet", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_MOST_SHOWN = 20  # rows that could not be read
_INSTALL = "Install it: pip install 'bandcheck[{0}]'."


def wanted(options: argparse.Namespace) -> bool:
    """
    Whether a screening is one for bulk: it asks for an engine or for Parquet; or it goes to a file of a format that
    bulk writes, asks for nothing that needs all listings at once, and the catalogue is long.
    """
    if options.engine or (options.output and _format(options) == "parquet"):
        return True
    if not options.output or _format(options) is None or options.baseline or options.split:
        return False
    return importlib.util.find_spec("polars") is not None and _long(options.file)


def _format(options: argparse.Namespace) -> str | None:
    if options.format is not None:
        return options.format if options.format in _FORMATS.values() else None
    return _FORMATS.get(Path(options.output).suffix.lower())


def _long(path: str) -> bool:
    """
    Whether a file has as many lines as bulk asks for; of Parquet, as many rows.
    """
    if path.lower().endswith((".parquet", ".pq")):
        from bandcheck.screening.bulk.files import rows_of_parquet

        return rows_of_parquet(path) >= ROWS
    try:
        with Path(path).open("rb") as file:
            if not file.seekable():
                return False
            lines = 0
            while lines < ROWS and (block := file.read(1 << 20)):
                lines += block.count(b"\n")
            return lines >= ROWS
    except OSError:
        return False


def screen_bulk(options: argparse.Namespace) -> int:
    """
    Screen a file into a file. Exit codes as of `bandcheck screen`.

    Raises:
        FileUnusableError: One of the files cannot be read or written, or an engine is not installed.
    """
    output = _format(options) if options.output else None
    if output is None or options.baseline or options.split:
        why = "bulk writes one file: name it with -o, .parquet, .csv or .jsonl, and leave out --baseline and --split."
        raise FileUnusableError(options.output or options.file, why)
    needs = ("distributed", "dask") if options.engine == "dask" else ("polars", "bulk")
    if importlib.util.find_spec(needs[0]) is None:
        raise FileUnusableError(options.file, f"screening in bulk needs {needs[0]}. {_INSTALL.format(needs[1])}")
    with _progress() as progress:
        done = _dask(options, output, progress) if options.engine == "dask" else _polars(options, output, progress)
    for skipped in done.skipped[:_MOST_SHOWN]:
        print(f"row {skipped.row} skipped: {plain(skipped.why)}", file=sys.stderr)
    said = " · ".join(f"{count:,} {word}" for word, count in done.counts.items())
    print(f"{options.output}: {said}", file=sys.stderr)
    print(f"{done.rows:,} rows of {done.input.name}, sha256 {done.input.sha256}", file=sys.stderr)
    return ANSWERED if options.exit_zero or not _fails(done, options.fail_on) else MISSES


def _fails(done: Done, level: str) -> bool:
    """
    Whether anything is at or above a decision. A skipped row weighs as one that is held.
    """
    if level == "never":
        return False
    least = Decision[level.upper()]
    worse = any(done.counts[decision.word] for decision in Decision if decision >= least)
    return worse or bool(done.counts["skipped"] and least <= Decision.HOLD)


def _polars(options: argparse.Namespace, output: str, progress: Progress | None) -> Done:
    from bandcheck.cli.answers import catalog_of
    from bandcheck.screening.bulk.files import ANSWERS, screen_file
    from bandcheck.screening.bulk.frame import FrameScreener

    policy, catalog = Policy.load(options.policy), catalog_of(options)

    def screener(names: Sequence[str]) -> FrameScreener:
        columns = _columns(options, names)
        on = as_day(options.on)
        kept = list(columns.values())
        return FrameScreener(
            kept, options.carrier, policy=policy, on=on, catalog=catalog, columns=columns, outputs=ANSWERS
        )

    return screen_file(
        options.file,
        options.output,
        screener,
        form=options.input_format,
        encoding=options.encoding,
        output=output,
        progress=progress,
    )


def _dask(options: argparse.Namespace, output: str, progress: Progress | None) -> Done:
    from bandcheck.screening.bulk.batch import BatchScreener
    from bandcheck.screening.bulk.cluster import screen_file_dask
    from bandcheck.screening.bulk.files import ANSWERS
    from bandcheck.screening.listings.table import open_table

    if output != "parquet":
        raise FileUnusableError(options.output, "Dask writes a folder of Parquet files. Call it something.parquet.")
    with open_table(options.file) as (table, _):
        columns = _columns(options, table.names)
    absolute = os.path.abspath
    screener = BatchScreener(
        options.carrier,
        policy=options.policy,
        on=options.on,
        data=options.data and absolute(options.data),
        overlays=[absolute(overlay) for overlay in options.overlay],
        columns=columns,
        outputs=ANSWERS,
    )
    return screen_file_dask(options.file, options.output, screener, scheduler=options.scheduler, progress=progress)


def _columns(options: argparse.Namespace, names: Sequence[str]) -> dict[str, str]:
    """
    By field the column that holds it, under the name that it has in the answer. Told on stderr.
    """
    from bandcheck.screening.bulk.files import KEPT
    from bandcheck.screening.listings.columns import recognise

    found = recognise(tuple(names), dict(options.map), options.file, options.carrier is not None)
    named = {field: found.names[place] for field, place in found.places.items()}
    told = ", ".join(field if field == name else f"{field} = {plain(name)}" for field, name in named.items())
    print(f"columns: {told}", file=sys.stderr)
    return {field: f"{KEPT}{name}" for field, name in named.items()}


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """
    A bar on a terminal, if tqdm is there; else nothing.
    """
    if not sys.stderr.isatty() or importlib.util.find_spec("tqdm") is None:
        yield None
        return
    from tqdm import tqdm

    with tqdm(unit=" rows", unit_scale=True, file=sys.stderr, leave=False) as bar:
        yield lambda rows: bar.update(rows)
