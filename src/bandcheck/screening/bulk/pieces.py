"""
A catalogue in pieces: one frame of whole rows after the other, so that memory stays bounded.

Polars reads what is clean. A piece with a row that is not, it and nothing else, is read row by row, which tells the bad
rows from the others.
"""

from __future__ import annotations

import collections
import contextlib
import csv
import io
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

import numpy as np
import polars as pl

from bandcheck.errors import FileUnusableError
from bandcheck.screening.listings.delimited import Lines, Rows
from bandcheck.screening.listings.table import Row, Table, open_bytes, open_table

Thing = TypeVar("Thing")

KEPT = "input."
"""Goes before the names of the catalogue's own columns."""

ROW = "row"
BLOCK = 12 << 20
"""Of bytes that are read at once."""

_TAIL = 1 << 16  # bytes in which a row is sure to end
_BY_HAND = 50_000  # rows of a frame of those that are read row by row
_ROWS = 1 << 17  # rows of a frame of Parquet
_QUOTE, _LINE_END, _RETURN = b'"\n\r'
_MARK = b"\xef\xbb\xbf"


class Piece(NamedTuple):
    """
    Some rows of a catalogue.

    Attributes:
        frame: Their numbers in `ROW`, then the catalogue's columns under `KEPT` names. What is empty is null.

        why: Why a row could not be read, by its place in the frame; its cells are null.
    """

    frame: pl.DataFrame
    why: Mapping[int, str] = {}


class Span(NamedTuple):
    """
    Rows of a file that stand together.

    Attributes:
        start, end: Of a table of text, where its bytes start and end; of Parquet, how many rows stand before it, and
            before what follows.

        row: The number of its first row.
    """

    start: int
    end: int
    row: int


class Catalogue(NamedTuple):
    """
    A file of listings that is read in pieces.

    Attributes:
        path: The file.

        names: Its columns.

        separator: Of a table of text that Polars can read; empty if the file is Parquet, or has to be read row by row.

        whole: All rows; None if the file has to be read row by row.

        form, encoding: As of `open_table`.
    """

    path: str
    names: tuple[str, ...]
    separator: str
    whole: Span | None
    form: str | None = None
    encoding: str | None = None

    @property
    def kept(self) -> tuple[str, ...]:
        """
        The names of the columns in the answer.
        """
        return tuple(f"{KEPT}{name or f'column {place}'}" for place, name in enumerate(self.names, 1))

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """
        The columns of the pieces.
        """
        if self.whole and not self.separator:
            types: Iterable[pl.DataType] = pl.read_parquet_schema(self.path).values()
        else:
            types = [pl.String()] * len(self.names)
        return {ROW: pl.UInt32(), **dict(zip(self.kept, types, strict=True))}

    def pieces(self, span: Span | None = None) -> Iterator[Piece]:
        """
        The rows, one piece after the other.

        Args:
            span: Some of the rows; None: all.

        Raises:
            FileUnusableError: The file breaks off.
        """
        span = span or self.whole
        if span is None:
            return self._row_by_row()
        return self._of_text(span) if self.separator else self._of_parquet(span)

    def _row_by_row(self) -> Iterator[Piece]:
        with open_table(self.path, self.form, self.encoding, digest=False) as (table, _):
            yield from self._by_hand(table.rows)

    def _of_parquet(self, span: Span) -> Iterator[Piece]:
        rows, row = pl.scan_parquet(self.path).slice(span.start, span.end - span.start), span.row
        for frame in rows.collect_batches(chunk_size=_ROWS, maintain_order=True):
            yield Piece(_filled(frame.rename(dict(zip(frame.columns, self.kept, strict=True))), row))
            row += frame.height

    def _of_text(self, span: Span) -> Iterator[Piece]:
        """
        Cut at the ends of rows. From the first place on where quotes are not as they should be nobody can tell where
        that is: all that follows is read row by row.
        """
        row, line = span.row, span.row
        with Path(self.path).open("rb") as file:
            file.seek(span.start)
            while file.tell() < span.end:
                text = _whole_rows(file, span.end, BLOCK)
                quoted = b'"' in text
                if not text or (quoted and not well_quoted(text, self.separator)):
                    file.seek(-len(text), os.SEEK_CUR)
                    last = self.whole is None or span.end == self.whole.end
                    rest = file if last else io.BytesIO(file.read(span.end - file.tell()))
                    with self._rows(rest, row, line) as rows:
                        yield from self._by_hand(rows)
                    return
                frame = self._clean(text, quoted)
                if frame is not None:
                    yield Piece(_filled(frame, row))
                    row, line = row + frame.height, line + (text.count(b"\n") if quoted else frame.height)
                else:
                    with self._rows(io.BytesIO(text), row, line) as rows:
                        yield from self._by_hand(rows)
                    row, line = rows.number + 1, rows.lines + 1

    def _clean(self, text: bytes, quoted: bool) -> pl.DataFrame | None:
        """
        Whole rows as Polars reads them; None if one of them is not as it should be.

        Args:
            quoted: Whether there are quotes in them.
        """
        if b"\0" in text or _lone_returns(text):
            return None
        try:
            frame = pl.read_csv(
                text,
                has_header=False,
                separator=self.separator,
                schema=dict.fromkeys(self.kept, pl.String),
            )
        except pl.exceptions.PolarsError:
            return None
        # Cells that are missing are null to Polars, as are those that are empty.
        if frame.columns and frame[:, -1].null_count() and not _full(frame, text, self.separator):
            return None
        if quoted and b'""' in text:  # to look for two takes ten times as long
            frame = frame.select(pl.when(pl.all() != "").then(pl.all()).name.keep())
        return frame

    @contextlib.contextmanager
    def _rows(self, file: BinaryIO, row: int, line: int) -> Iterator[Rows]:
        """
        What follows in a file, of which the next row and line have these numbers.
        """
        text = io.TextIOWrapper(file, encoding="utf-8", errors="surrogateescape", newline="")
        try:
            yield Rows(self.path, Lines(self.path, text, line - 1), self.separator, len(self.names), row - 1)
        finally:
            text.detach()

    def _by_hand(self, rows: Iterator[Row]) -> Iterator[Piece]:
        while some := list(itertools.islice(rows, _BY_HAND)):
            cells = [row.cells or (None,) * len(self.names) for row in some]
            texts = ([cell or None for cell in column] for column in zip(*cells, strict=True))
            columns = [[row.number for row in some], *texts]
            types = {ROW: pl.UInt32(), **dict.fromkeys(self.kept, pl.String())}
            frame = pl.DataFrame(dict(zip(types, columns, strict=True)), schema=types)
            yield Piece(frame, {place: row.why for place, row in enumerate(some) if row.why})


@contextlib.contextmanager
def open_catalogue(path: str, form: str | None = None, encoding: str | None = None) -> Iterator[Catalogue]:
    """
    A file of listings, to be read in pieces.

    Args:
        path, form, encoding: As of `open_table`. What can be read but once is copied to a file first.

    Raises:
        FileUnusableError: It is no file, cannot be read, or is of no known format.
    """
    if path != "-" and (os.path.isfile(path) or not os.path.exists(path) or os.path.isdir(path)):
        yield _catalogue(path, form, encoding)
        return
    with open_bytes(path) as file, tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, os.path.basename(path))
        with copy.open("wb") as whole:
            shutil.copyfileobj(file, whole)
        try:
            yield _catalogue(str(copy), form, encoding)
        except FileUnusableError as error:
            raise FileUnusableError(path if error.path == str(copy) else error.path, error.why) from None


def _catalogue(path: str, form: str | None, encoding: str | None) -> Catalogue:
    if (form or "parquet") == "parquet" and (count := rows_of_parquet(path)) is not None:
        return Catalogue(path, _stripped(pl.read_parquet_schema(path)), "", Span(0, count, 1))
    with open_table(path, form, encoding, digest=False) as (table, _):
        start = None if encoding else _start(path, table)
        names = _stripped(table.names)
    if start is None:
        return Catalogue(path, names, "", None, form, encoding)
    return Catalogue(path, names, table.separator, Span(start, os.path.getsize(path), 2))


def _stripped(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip() for name in names)


def rows_of_parquet(path: str) -> int | None:
    """
    How many rows a Parquet file has; None if it is none.
    """
    try:
        with Path(path).open("rb") as file:
            if file.read(4) != b"PAR1":
                return None
        return int(pl.scan_parquet(path).select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, OSError):
        return None


def _start(path: str, table: Table) -> int | None:
    """
    Where the rows of a table of UTF-8 start; None if it is none, or its first line is not the header.
    """
    if not table.separator:
        return None
    with Path(path).open("rb") as file:
        line = file.readline(BLOCK)
    try:
        header = next(csv.reader([line.removeprefix(_MARK).decode()], delimiter=table.separator, strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    return len(line) if tuple(header) == table.names else None


def spans(catalogue: Catalogue, size: int) -> list[Span]:
    """
    The rows of a file that is not read row by row, in spans of about so many bytes.
    """
    whole = catalogue.whole
    assert whole is not None
    if catalogue.separator:
        ends = list(_row_ends(catalogue, whole, size))
        return [Span(start, end, row) for (start, row), (end, _) in itertools.pairwise(ends) if start < end]
    step = max(1, whole.end * size // max(1, os.path.getsize(catalogue.path)))
    cuts = [*range(0, whole.end, step), whole.end]
    return [Span(start, end, start + 1) for start, end in itertools.pairwise(cuts)]


def _row_ends(catalogue: Catalogue, whole: Span, size: int) -> Iterator[tuple[int, int]]:
    """
    Where the rows start, then about every `size` bytes where one ends, then the end of the file; each with the number
    of the row that follows. Where nobody can tell rows by their line ends and quotes, nothing is cut any more.
    """
    row = whole.row
    yield whole.start, row
    with Path(catalogue.path).open("rb") as file:
        file.seek(whole.start)
        while text := _whole_rows(file, whole.end, size):
            if _lone_returns(text) or not well_quoted(text, catalogue.separator):
                break
            row += _rows_in(text)
            yield file.tell(), row
    yield whole.end, row


def _whole_rows(file: BinaryIO, end: int, most: int) -> bytes:
    """
    Whole rows from where a file stands; empty if no row ends so soon. Where it is to be cut is looked up first: to cut
    what was read would copy it.

    Args:
        end: Where the last row ends.

        most: How many bytes of them.
    """
    start = file.tell()
    size = end - start
    if size > most:
        tail = min(_TAIL, most)
        file.seek(start + most - tail)
        size = most - tail + file.read(tail).rfind(b"\n") + 1
        file.seek(start)
    text = file.read(size)
    whole = len(text) if file.tell() == end else last_row_end(text)
    if whole == len(text):
        return text
    file.seek(start + whole)
    return text[:whole]


def last_row_end(text: bytes) -> int:
    """
    What follows the last row that ends in a piece of a table; 0 if none does. A line end in quotes ends no row.
    """
    end = text.rfind(b"\n") + 1
    quoted = text.count(b'"', 0, end) % 2 if b'"' in text else 0
    while quoted:
        before = text.rfind(b"\n", 0, end - 1) + 1 if end else 0
        quoted ^= text.count(b'"', before, end) % 2
        end = before
    return end


def _rows_in(text: bytes) -> int:
    """
    How many rows end in whole rows.
    """
    if b'"' not in text:
        return text.count(b"\n")
    data = np.frombuffer(text, dtype=np.uint8)
    inside = np.logical_xor.accumulate(data == _QUOTE)
    return int(np.count_nonzero((data == _LINE_END) & ~inside))


def well_quoted(text: bytes, separator: str) -> bool:
    """
    Whether every quote in whole rows opens a cell, closes one, or is one of two within (RFC 4180).
    """
    if b'"' not in text:
        return True
    data = np.frombuffer(b"\n%b\n" % text, dtype=np.uint8)
    quotes = np.flatnonzero(data == _QUOTE)
    if len(quotes) % 2:
        return False
    edges = np.zeros(256, dtype=bool)
    edges[[ord(separator), _LINE_END, _QUOTE]] = True
    opened = edges[data[quotes[::2] - 1]].all()
    edges[_RETURN] = True
    return bool(opened and edges[data[quotes[1::2] + 1]].all())


def _lone_returns(text: bytes) -> bool:
    """
    Whether there are carriage returns that end no line; some take them for line ends all the same.
    """
    return b"\r" in text and text.count(b"\r") != text.count(b"\r\n")


def _full(frame: pl.DataFrame, text: bytes, separator: str) -> bool:
    """
    Whether no row of a text has fewer cells than the others: as many separators as there have to be.
    """
    data = np.frombuffer(text, dtype=np.uint8)
    found = int(np.count_nonzero(data == ord(separator)))
    if b'"' in text:
        found -= frame.select(pl.sum_horizontal(pl.all().str.count_matches(separator, literal=True).sum())).item()
    return found == frame.height * (frame.width - 1)


def _filled(frame: pl.DataFrame, row: int) -> pl.DataFrame:
    """
    A frame with the numbers of its rows, without those in which there is nothing.
    """
    numbered = frame.with_row_index(ROW, row)
    if frame.width and frame[:, 0].null_count():
        return numbered.filter(~pl.all_horizontal(pl.exclude(ROW).is_null()))
    return numbered


@contextlib.contextmanager
def ahead(things: Iterator[Thing], count: int) -> Iterator[Iterator[Thing]]:
    """
    The same, made ready by a thread from now on, so many of them before they are asked for.
    """
    with ThreadPoolExecutor(1) as thread:
        waiting = collections.deque(thread.submit(next, things, None) for _ in range(count))

        def ready() -> Iterator[Thing]:
            while (thing := waiting.popleft().result()) is not None:
                waiting.append(thread.submit(next, things, None))
                yield thing

        try:
            yield ready()
        finally:
            thread.shutdown(cancel_futures=True)
