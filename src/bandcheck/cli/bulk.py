"""
`bandcheck screen` of catalogues too long to be held: a file into a file, without sentences.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import importlib.util
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bandcheck.cli import ANSWERED, MISSES
from bandcheck.database.front import as_day
from bandcheck.errors import FileUnusableError
from bandcheck.screening.decision import Decision
from bandcheck.screening.listings.columns import recognise
from bandcheck.screening.listings.table import Input, hashed
from bandcheck.screening.policy import Policy
from bandcheck.screening.report import SUMMARY, Asked, head_of
from bandcheck.screening.reports.cells import plain
from bandcheck.screening.reports.files import write
from bandcheck.screening.reports.said import say_waiver

if TYPE_CHECKING:
    from bandcheck.screening.bulk.files import Progress, Tally
    from bandcheck.screening.bulk.frame import FrameScreener
    from bandcheck.screening.bulk.pieces import Catalogue

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
    try:
        if path.lower().endswith((".parquet", ".pq")):
            from bandcheck.screening.bulk.pieces import rows_of_parquet

            return (rows_of_parquet(path) or 0) >= ROWS
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
    Screen a file into a file, and write what every report has beside it. Exit codes as of `bandcheck screen`.

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
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads for matrices, of which there are none, spin
    # Polars' allocator: memory that is free for a moment stays ours: to ask for it anew takes a twentieth of the time.
    os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:10000,muzzy_decay_ms:-1")
    with contextlib.ExitStack() as stack:
        # Begun before Polars is there: a hash of gigabytes takes its time.
        digest = stack.enter_context(hashed(options.file)) if os.path.isfile(options.file) else None
        from bandcheck.screening.bulk.pieces import open_catalogue

        catalogue = stack.enter_context(open_catalogue(options.file, options.input_format, options.encoding))
        digest = digest or stack.enter_context(hashed(catalogue.path))
        columns = _columns(options, catalogue.names)
        kept = dict(zip(catalogue.names, catalogue.kept, strict=True))
        run = _dask if options.engine == "dask" else _polars
        with _progress() as progress:
            tally, screener = run(options, catalogue, {field: kept[name] for field, name in columns.items()}, progress)
        source = Input(os.path.basename(options.file), digest())
    carrier = screener.catalog.find_carrier(screener.carrier) if screener.carrier else None
    asked = Asked(screener.on, carrier, screener.policy, screener.catalog.version, columns)
    _tell(options, tally, asked, source)
    return ANSWERED if options.exit_zero or not _fails(tally, options.fail_on) else MISSES


def _tell(options: argparse.Namespace, tally: Tally, asked: Asked, source: Input) -> None:
    """
    Write the head of the report beside the answers, and say the most of it on stderr.
    """
    rows, skipped = sum(tally.counts.values()), tally.counts["skipped"]
    waivers = asked.policy.waivers_by_use(tally.waived, asked.on)
    head = head_of(asked, source, rows, skipped, tally.decided, waivers)
    told = head | {"schema": SUMMARY, "unreadable": [row._asdict() for row in tally.skipped]}
    write({f"{options.output}.json": f"{json.dumps(told, indent=2, ensure_ascii=False)}\n"}, [options.file])
    for row in tally.skipped[:_MOST_SHOWN]:
        print(f"row {row.row} skipped: {plain(row.why)}", file=sys.stderr)
    for state in ("expired", "unused"):
        for waiver in getattr(waivers, state):
            print(f"waiver {state}: {plain(say_waiver(waiver))}", file=sys.stderr)
    said = " · ".join(f"{count:,} {word}" for word, count in (tally.decided | {"skipped": skipped}).items())
    print(f"{options.output}: {said}", file=sys.stderr)
    print(f"{rows:,} rows of {source.name}, sha256 {source.sha256}", file=sys.stderr)


def _fails(tally: Tally, level: str) -> bool:
    """
    Whether anything is at or above a decision. A skipped row weighs as one that is held.
    """
    if level == "never":
        return False
    least = Decision[level.upper()]
    worse = any(tally.counts[decision.word] for decision in Decision if decision >= least)
    return worse or bool(tally.counts["skipped"] and least <= Decision.HOLD)


def _polars(
    options: argparse.Namespace, catalogue: Catalogue, columns: Mapping[str, str], progress: Progress | None
) -> tuple[Tally, FrameScreener]:
    from bandcheck.cli.answers import catalog_of
    from bandcheck.screening.bulk.files import ANSWERS, screen_file
    from bandcheck.screening.bulk.frame import FrameScreener

    @functools.cache
    def screener() -> FrameScreener:
        return FrameScreener(
            catalogue.kept,
            options.carrier,
            policy=Policy.load(options.policy),
            on=as_day(options.on),
            catalog=catalog_of(options),
            columns=columns,
            outputs=ANSWERS,
        )

    form = _format(options) or "parquet"
    return screen_file(catalogue, options.output, screener, output=form, progress=progress), screener()


def _dask(
    options: argparse.Namespace, catalogue: Catalogue, columns: Mapping[str, str], progress: Progress | None
) -> tuple[Tally, FrameScreener]:
    from bandcheck.screening.bulk.batch import BatchScreener
    from bandcheck.screening.bulk.cluster import screen_file_dask
    from bandcheck.screening.bulk.files import ANSWERS

    if _format(options) != "parquet":
        raise FileUnusableError(options.output, "Dask writes a folder of Parquet files. Call it something.parquet.")
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
    made = screener.of_frames(catalogue.kept)  # what is wrong with the question is told before anything is begun
    return screen_file_dask(catalogue, options.output, screener, scheduler=options.scheduler, progress=progress), made


def _columns(options: argparse.Namespace, names: Sequence[str]) -> dict[str, str]:
    """
    By field the column that holds it. Told on stderr.
    """
    found = recognise(tuple(names), dict(options.map), options.file, options.carrier is not None)
    named = {field: found.names[place] for field, place in found.places.items()}
    told = ", ".join(field if field == name else f"{field} = {plain(name)}" for field, name in named.items())
    print(f"columns: {told}", file=sys.stderr)
    return named


@contextlib.contextmanager
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
