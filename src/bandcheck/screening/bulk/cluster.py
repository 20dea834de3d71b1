"""
Screening by Dask: of its data frames, and of a file in parts that workers take.
"""

from __future__ import annotations

import contextlib
import functools
import io
import itertools
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl

from bandcheck.errors import FileUnusableError
from bandcheck.screening.bulk.batch import BatchScreener
from bandcheck.screening.bulk.files import (
    ROW,
    Done,
    Progress,
    beside,
    kept,
    ordered,
    rows_of_parquet,
    separator_of,
    sweep,
)
from bandcheck.screening.listings.table import open_table

if TYPE_CHECKING:
    import dask.dataframe as dd
    import pandas as pd

PART = 64 << 20
"""Bytes of a table of text that one task reads."""

_BLOCK = 8 << 20
_QUOTE, _LINE_END = ord('"'), ord("\n")


def screen_dask(frame: dd.DataFrame, carrier: str | None = None, **question: Any) -> dd.DataFrame:
    """
    Add what `bandcheck.screen` says of each row to a Dask data frame. Rows, their order and the index stay; the columns
    that are added are texts.

    Args:
        question: As of `BatchScreener`, with `carrier`.
    """
    import pyarrow as pa

    screener = BatchScreener(carrier, **question)
    names = screener.schema(pa.schema([])).names
    texts = dict.fromkeys(names, "string[pyarrow]")

    def part(rows: pd.DataFrame) -> pd.DataFrame:
        answered = screener(pa.Table.from_pandas(rows, preserve_index=False))
        added = answered.select(names).to_pandas().set_index(rows.index)
        return rows.assign(**added).astype(texts)

    answered: dd.DataFrame = frame.map_partitions(
        part, meta=frame._meta.assign(**dict.fromkeys(names, "")).astype(texts)
    )
    return answered


class Part(NamedTuple):
    """
    A piece of a file that one task screens.

    Attributes:
        number: From 0, in the order of the file.

        start, end: Of a table of text, bytes of whole rows without the header; of Parquet, rows.

        row: The number of its first row.
    """

    number: int
    start: int
    end: int
    row: int


class Work(NamedTuple):
    """
    What a task needs beside its part.

    Attributes:
        path: The file, absolute; every worker can open it.

        folder: Where the parts of the answer go.

        names: The file's columns.

        separator: Of a table of text; empty for Parquet.

        screener: What to ask.
    """

    path: str
    folder: str
    names: tuple[str, ...]
    separator: str
    screener: BatchScreener


def screen_file_dask(
    path: str,
    target: str,
    screener: BatchScreener,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Done:
    """
    Screen a CSV, TSV or Parquet file into a folder of Parquet files, `part-00000.parquet` and on, in the order of the
    file. The folder is made beside its place and renamed: it is whole, or as it was. What a worker leaves undone,
    another does.

    Args:
        screener: Asks about columns with `files.KEPT` before their names.

        scheduler: Address of a Dask scheduler, all of whose workers see the same files; None: workers of its own here.

        workers: How many of these; None: one a processor.

        progress: Is told how it goes.

    Raises:
        FileUnusableError: One of the files cannot be read or written.
    """
    from distributed import Client, LocalCluster, as_completed
    from distributed.scheduler import KilledWorker

    with open_table(path) as (table, source):
        names = table.names
    separator, parts = _parts(path, names, PART)
    counts: Counter[str] = Counter()
    with _beside(target) as folder, contextlib.ExitStack() as stack:
        if scheduler is None:
            count = min(workers or os.cpu_count() or 1, len(parts))
            local = LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=":0", silence_logs=50)
            scheduler = stack.enter_context(local).scheduler_address
        client = stack.enter_context(Client(scheduler, set_as_default=False))
        work = Work(str(Path(path).absolute()), str(folder.absolute()), names, separator, screener)
        futures = client.map(functools.partial(screen_part, work), parts, pure=False)
        try:
            for _, found in as_completed(futures, loop=client.loop, with_results=True):
                counts.update(found)
                if progress is not None:
                    progress(sum(found.values()))
        except (pl.exceptions.PolarsError, OSError, KilledWorker) as error:
            if isinstance(error, FileUnusableError):
                raise
            raise FileUnusableError(path, f"cannot be screened by Dask: {error}. Try without --engine.") from None
    return Done(source, sum(counts.values()), ordered(counts), ())


def screen_part(work: Work, part: Part) -> dict[str, int]:
    """
    Screen one part into its file. Done twice, it is the same file. How many rows got each decision.
    """
    frame = _read(work, part)
    screened = pl.DataFrame(pl.from_arrow(work.screener(frame.to_arrow())))
    with beside(str(Path(work.folder) / f"part-{part.number:05}.parquet")) as target:
        screened.write_parquet(target)
    return dict(screened["decision"].value_counts().iter_rows())


def _read(work: Work, part: Part) -> pl.DataFrame:
    if not work.separator:
        rows = pl.scan_parquet(work.path).slice(part.start, part.end - part.start).collect()
    else:
        with Path(work.path).open("rb") as file:
            header = file.readline()
            file.seek(part.start)
            text = header + file.read(part.end - part.start)
        rows = pl.read_csv(io.BytesIO(text), separator=work.separator, infer_schema=False)
    named = rows.rename(dict(zip(rows.columns, kept(work.names).values(), strict=True)))
    return named.with_row_index(ROW, part.row)


def _parts(path: str, names: Sequence[str], size: int) -> tuple[str, list[Part]]:
    """
    The separator of a table of text (none of Parquet), and a file's parts of whole rows.

    Raises:
        FileUnusableError: Of another format.
    """
    if path.lower().endswith((".parquet", ".pq")):
        rows = rows_of_parquet(path)
        step = max(1, rows * size // max(1, os.path.getsize(path)))
        cuts = [*range(0, rows, step), rows]
        parts = [Part(n, start, end, start + 1) for n, (start, end) in enumerate(itertools.pairwise(cuts))]
        return "", parts
    separator = separator_of(path, names)
    if separator is None:
        raise FileUnusableError(path, "Dask screens CSV, TSV and Parquet. Try without --engine.")
    ends = list(_row_ends(path, size))
    parts = [Part(n, s, e, row) for n, ((s, row), (e, _)) in enumerate(itertools.pairwise(ends)) if s < e]
    return separator, parts


def _row_ends(path: str, size: int) -> Iterator[tuple[int, int]]:
    """
    Where the header ends, then about every `size` bytes where a row ends, then the end of the file; each with the
    number of the row that follows. A line end in quotes ends no row.
    """
    wanted, row, quoted, done = 0, 1, False, 0
    with Path(path).open("rb") as file:
        while block := file.read(_BLOCK):
            data = np.frombuffer(block, dtype=np.uint8)
            ends = data == _LINE_END
            quotes = data == _QUOTE
            if quoted or quotes.any():
                inside = (np.cumsum(quotes) + quoted) & 1
                ends &= inside == 0
                quoted = bool(inside[-1])
            places = np.flatnonzero(ends)
            while len(places) and (near := int(np.searchsorted(places, wanted - done))) < len(places):
                end = int(places[near]) + 1
                yield done + end, row + near + 1
                wanted = done + end + size
            row += len(places)
            done += len(block)
    yield done, row + 1


@contextlib.contextmanager
def _beside(target: str) -> Iterator[Path]:
    """
    A folder beside a target, which takes its place when all went well; else it is gone.
    """
    place = Path(target)
    if place.is_file() or not place.absolute().parent.is_dir():
        why = "this is a file; Dask writes a folder" if place.is_file() else "there is no such folder"
        raise FileUnusableError(target, f"cannot be written: {why}.")
    sweep(place)
    folder = place.with_name(f".{place.name}.{os.getpid()}.part")
    folder.mkdir()
    try:
        yield folder
        if place.is_dir():
            old = place.with_name(f".{place.name}.{os.getpid()}.old")
            place.rename(old)
            folder.rename(place)
            shutil.rmtree(old)
        else:
            folder.rename(place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
