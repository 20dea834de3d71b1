"""
Screening of a file into a file, in bounded memory.
"""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from polars.io.plugins import register_io_source

from bandcheck.errors import FileUnusableError
from bandcheck.screening.bulk.frame import FrameScreener
from bandcheck.screening.decision import Decision
from bandcheck.screening.listings.read import Skipped
from bandcheck.screening.listings.table import Input, Row, Table, open_table

OUTPUT_FORMATS = ("parquet", "csv", "jsonl")
KEPT = "input."
"""Goes before the names of the catalogue's own columns."""

ANSWERS = ("decision", "device", "outcome", "worst", "best", "coverage", "reason_codes", "skipped")
"""The columns that follow them."""

ROW = "row"
_PIECE = 50_000  # rows that are read by hand at once
_MOST_TOLD = 1000  # rows that could not be read, of which we keep why
_FULL = ("No space left", "File too large", "os error 28", "os error 27")
_FORMULA = r"^[ \u00a0\u3000\ufeff]*[=+\-@\t\r\n＝＋－＠]"

Progress = Callable[[int], None]
"""Is told how many rows more are done."""


class Done(NamedTuple):
    """
    What came of a file.

    Attributes:
        input: The file, and a hash that ties the answer to it.

        rows: How many it has.

        counts: How many got each decision, the hardest first; the last is `skipped`.

        skipped: Rows that could not be read, and are not in the answer; the first thousand.
    """

    input: Input
    rows: int
    counts: Mapping[str, int]
    skipped: tuple[Skipped, ...]


def screen_file(
    path: str,
    target: str,
    screener: Callable[[Sequence[str]], FrameScreener],
    *,
    form: str | None = None,
    encoding: str | None = None,
    output: str = "parquet",
    progress: Progress | None = None,
) -> Done:
    """
    Screen a file into a file. The target is written beside its place and renamed: it is whole, or as it was.

    Polars reads what is clean. A file that it refuses is read row by row, which tells the bad rows from the others.

    Args:
        path: As of `open_table`.

        screener: Makes the screener for a file with these columns; see `KEPT`.

        form, encoding: Of the file; None: as of `open_table`.

        output: One of `OUTPUT_FORMATS`.

        progress: Is told how it goes.

    Raises:
        FileUnusableError: One of the files cannot be read or written.
    """
    with open_table(path, form, encoding) as (table, source):
        make = screener(table.names)
        scanned = None if path == "-" or encoding else _scanned(path, table.names)
        if scanned is not None:
            with contextlib.suppress(_Unread):
                return _done(source, _screened(scanned, target, make, output, progress), [])
        rows = _Rows(table)
        try:
            counts = _screened(rows.lazily(), target, make, output, progress)
        except _Unread as unread:
            raise rows.error or FileUnusableError(path, f"cannot be screened: {unread}.") from None
        return _done(source, counts, rows.skipped)


def _done(source: Input, counts: Counter[str], skipped: Sequence[Skipped]) -> Done:
    counts["skipped"] += len(skipped)
    return Done(source, sum(counts.values()), ordered(counts), tuple(skipped[:_MOST_TOLD]))


def ordered(counts: Mapping[str, int]) -> dict[str, int]:
    """
    How many rows got each decision, the hardest first.
    """
    return {name: counts.get(name, 0) for name in (*(decision.word for decision in reversed(Decision)), "skipped")}


class _Unread(Exception):
    """
    Polars could not read what it was to screen.
    """


def _screened(
    frame: pl.LazyFrame, target: str, screener: FrameScreener, output: str, progress: Progress | None
) -> Counter[str]:
    """
    Screen a stream into a file. How many rows got each decision.
    """
    counts: Counter[str] = Counter()

    def screen(piece: pl.DataFrame) -> pl.DataFrame:
        screened = screener(piece)
        decisions = screened["decision"]
        numbers = np.bincount(decisions.to_physical().to_numpy(), minlength=len(decisions.dtype.categories))  # type: ignore[attr-defined]
        counts.update(dict(zip(decisions.dtype.categories, numbers.tolist(), strict=True)))  # type: ignore[attr-defined]
        if progress is not None:
            progress(piece.height)
        return screened

    answered = screener.lazily(frame, screen)
    with beside(target) as part:
        try:
            _sink(answered, part, output)
        except (pl.exceptions.PolarsError, OSError) as error:
            if isinstance(error, OSError) or any(words in str(error) for words in _FULL):
                raise FileUnusableError(target, f"cannot be written: {_first_line(error)}.") from None
            raise _Unread(_first_line(error)) from None
    return counts


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")


def _sink(frame: pl.LazyFrame, part: str, output: str) -> None:
    if output == "parquet":
        frame.sink_parquet(part)
    elif output == "jsonl":
        frame.sink_ndjson(part)
    else:
        text = pl.col(pl.String)
        plain = text.str.replace_all(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", " ")
        # A cell that a spreadsheet would run gets an apostrophe before it.
        frame.with_columns(
            pl.when(text.str.contains(_FORMULA)).then("'" + plain).otherwise(plain).name.keep()
        ).sink_csv(part)


@contextlib.contextmanager
def beside(target: str) -> Iterator[str]:
    """
    A path in the folder of a target, which takes its place when all went well; else it is gone. What killed runs left
    there is swept.

    Raises:
        FileUnusableError: The folder is not there, or the target is one.
    """
    place = Path(target)
    if place.is_dir() or not place.parent.is_dir():
        why = "this is a folder" if place.is_dir() else "there is no such folder"
        raise FileUnusableError(target, f"cannot be written: {why}.")
    sweep(place)
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        yield str(part)
        part.replace(place)
    except OSError as error:
        if isinstance(error, FileUnusableError):
            raise
        raise FileUnusableError(target, f"cannot be written: {error.strerror or error}.") from None
    finally:
        part.unlink(missing_ok=True)


def sweep(place: Path) -> None:
    """
    Remove what killed runs left beside a place.
    """
    for left in place.parent.glob(f".{glob.escape(place.name)}.*.part"):
        if _runs(left.suffixes[-2][1:]):
            continue
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _runs(process: str) -> bool:
    """
    Whether a process is there; in doubt it is.
    """
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (ValueError, OSError):
        return True
    return True


def _scanned(path: str, names: Sequence[str]) -> pl.LazyFrame | None:
    """
    The file as Polars reads it: rows as texts, under `KEPT` names, with their numbers in `ROW`. None if it does not
    read it, or sees other columns.
    """
    with contextlib.suppress(pl.exceptions.PolarsError, OSError):
        if path.lower().endswith((".parquet", ".pq")):
            return pl.scan_parquet(path).rename(kept(names)).with_row_index(ROW, 1)
        if (separator := separator_of(path, names)) is not None:
            scanned = pl.scan_csv(path, separator=separator, infer_schema=False)
            seen = scanned.collect_schema().names()
            return scanned.rename(dict(zip(seen, kept(names).values(), strict=True))).with_row_index(ROW, 2)
    return None


def rows_of_parquet(path: str) -> int:
    """
    How many rows a Parquet file has; 0 of a file that is none.
    """
    try:
        return int(pl.scan_parquet(path).select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, OSError):
        return 0


def separator_of(path: str, names: Sequence[str]) -> str | None:
    """
    The separator with which Polars sees these columns in a table of text; None if there is none, or it is no such file.
    """
    if path.lower().endswith((".csv", ".tsv", ".txt", ".tab")):
        for separator in (",", ";", "\t", "|"):
            with contextlib.suppress(pl.exceptions.PolarsError, OSError):
                seen = pl.scan_csv(path, separator=separator, infer_schema=False).collect_schema().names()
                if [name.strip() for name in names] == [name.strip() for name in seen]:
                    return separator
    return None


def kept(names: Sequence[str]) -> dict[str, str]:
    """
    By the name of a column of the catalogue, its name in the answer.
    """
    return {name: f"{KEPT}{name}" for name in names}


class _Rows:
    """
    A table that is read row by row, as a stream of frames.

    Attributes:
        skipped: Rows that could not be read.

        error: Why the table ended before its time; None if it did not.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._schema: dict[str, pl.DataType] = {
            ROW: pl.UInt32(),
            **dict.fromkeys(kept(table.names).values(), pl.String()),
        }
        self.skipped: list[Skipped] = []
        self.error: FileUnusableError | None = None

    def lazily(self) -> pl.LazyFrame:
        """
        The stream. It can be taken once.
        """
        return register_io_source(lambda *_: self._frames(), schema=self._schema)

    def _frames(self) -> Iterator[pl.DataFrame]:
        try:
            rows: list[Row] = []
            for row in self._table.rows:
                if row.why:
                    self.skipped.append(Skipped(row.number, row.why))
                else:
                    rows.append(row)
                if len(rows) == _PIECE:
                    yield self._frame(rows)
                    rows.clear()
            yield self._frame(rows)
        except FileUnusableError as error:
            self.error = error
            raise

    def _frame(self, rows: Sequence[Row]) -> pl.DataFrame:
        columns = [
            [row.number for row in rows],
            *([row.cells[n] for row in rows] for n in range(len(self._schema) - 1)),
        ]
        return pl.DataFrame(dict(zip(self._schema, columns, strict=True)), schema=self._schema)
