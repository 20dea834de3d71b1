"""
Screening by Dask: of its data frames, and of a file in parts that workers take.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from bandcheck.errors import FileUnusableError
from bandcheck.screening.bulk.batch import BatchScreener
from bandcheck.screening.bulk.files import (
    Progress,
    Screening,
    Tally,
    screen_rows,
    sweep,
)
from bandcheck.screening.bulk.pieces import Catalogue, Span, spans

if TYPE_CHECKING:
    import dask.dataframe as dd
    import pandas as pd

PART = 64 << 20
"""Bytes of a table of text that one task reads."""


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


class Work(NamedTuple):
    """
    What a task needs beside its rows.

    Attributes:
        catalogue: The file, by a path under which every worker can open it.

        folder: Where the parts of the answer go.

        screener: What to ask.
    """

    catalogue: Catalogue
    folder: str
    screener: BatchScreener


def screen_file_dask(
    catalogue: Catalogue,
    target: str,
    screener: BatchScreener,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Tally:
    """
    Screen a CSV, TSV or Parquet file into a folder of Parquet files, `part-00000.parquet` and on, in the order of the
    file. The folder is made beside its place and renamed: it is whole, or as it was. What a worker leaves undone,
    another does.

    Args:
        screener: Made for `Catalogue.kept`, with the outputs `ANSWERS`.

        scheduler: Address of a Dask scheduler, all of whose workers see the same files; None: workers of its own here.

        workers: How many of these; None: one a processor.

        progress: Is told how it goes.

    Raises:
        FileUnusableError: One of the files cannot be read or written.
    """
    from distributed import Client, LocalCluster, as_completed
    from distributed.scheduler import KilledWorker

    path = catalogue.path
    if catalogue.whole is None:
        raise FileUnusableError(path, "Dask screens CSV and TSV in UTF-8, and Parquet. Try without --engine.")
    tally = Tally()
    with _beside(target) as folder, contextlib.ExitStack() as stack:
        parts = spans(catalogue, PART)
        if scheduler is None:
            count = min(workers or os.cpu_count() or 1, len(parts))
            local = LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=":0", silence_logs=50)
            scheduler = stack.enter_context(local).scheduler_address
        client = stack.enter_context(Client(scheduler, set_as_default=False))
        work = Work(catalogue._replace(path=os.path.abspath(path)), str(folder.absolute()), screener)
        futures = client.map(functools.partial(screen_part, work), range(len(parts)), parts, pure=False)
        try:
            for _, found in as_completed(futures, loop=client.loop, with_results=True):
                tally.add(found)
                if progress is not None:
                    progress(sum(found.counts.values()))
        except (pl.exceptions.PolarsError, OSError, KilledWorker) as error:
            if isinstance(error, FileUnusableError):
                raise
            raise FileUnusableError(path, f"cannot be screened by Dask: {error}. Try without --engine.") from None
    return tally


def screen_part(work: Work, number: int, span: Span) -> Tally:
    """
    Screen some rows into their file. Done twice, it is the same file.
    """
    target = str(Path(work.folder) / f"part-{number:05}.parquet")
    screener = work.screener.of_frames(work.catalogue.kept)
    return screen_rows(work.catalogue, span, target, lambda: Screening(screener))


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
        sweep(place)  # again: a worker may still have written for a run that was killed
