"""
Screening of a file into a file, in bounded memory.
"""

from __future__ import annotations

import contextlib
import glob
import io
import itertools
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import polars as pl
from polars.io.plugins import register_io_source

from bandcheck.errors import FileUnusableError
from bandcheck.screening.bulk.frame import OUTPUTS, FrameScreener, Numbered, TooManyTextsError
from bandcheck.screening.bulk.pieces import ROW, Catalogue, Piece, Span, ahead
from bandcheck.screening.decision import Decision
from bandcheck.screening.listings.read import Skipped
from bandcheck.screening.policy import Waiver
from bandcheck.screening.reports.cells import BLANK, FORMULA
from bandcheck.screening.reports.files import target_of

OUTPUT_FORMATS = ("parquet", "csv", "jsonl")

ANSWERS = ("decision", "device", "outcome", "worst", "best", "coverage", "reason_codes", "skipped")
"""The columns that follow those of the catalogue."""

_ARROW = "ARROW:schema"  # https://arrow.apache.org/docs/cpp/parquet.html#roundtripping-arrow-types-and-schema
_READ, _NUMBERED = 3, 1  # pieces that wait for what comes next
_MOST_TOLD = 1000  # rows that could not be read, of which we keep why

Progress = Callable[[int], None]
"""Is told how many rows more are done."""


class Tally:
    """
    What is counted while pieces are screened.

    Attributes:
        counts: How many rows got each decision, or were skipped.

        skipped: Rows that could not be read; the first thousand.

        waived: Waivers that were used.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.skipped: list[Skipped] = []
        self.waived: set[Waiver] = set()

    @property
    def decided(self) -> dict[str, int]:
        """
        How many rows got each decision, the hardest first.
        """
        return {decision.word: self.counts[decision.word] for decision in reversed(Decision)}

    def add(self, other: Tally) -> None:
        """
        Count what was counted elsewhere.
        """
        self.counts.update(other.counts)
        self.skipped = sorted([*self.skipped, *other.skipped])[:_MOST_TOLD]
        self.waived |= other.waived


class Screening:
    """
    Screens pieces, and keeps a tally.

    Attributes:
        screener: What is asked of them.

        tally: Of the pieces so far.

        categories: Columns that come back as categories, with their types; none unless `sink` chooses some.
    """

    def __init__(self, screener: FrameScreener, progress: Progress | None = None) -> None:
        self.tally = Tally()
        self.screener = screener
        self.categories: dict[str, pl.DataType] = {}
        self._progress = progress

    def __call__(self, pieces: Iterator[Piece]) -> Iterator[pl.DataFrame]:
        """
        Pieces with their answers. While one is answered, those behind it are read and numbered.
        """
        with ahead(map(self._number, pieces), _NUMBERED) as numbered:
            yield from itertools.starmap(self._answer, numbered)

    def _number(self, piece: Piece) -> tuple[Numbered, Mapping[int, str]]:
        return self.screener.number(piece.frame, self.categories), piece.why

    def _answer(self, numbered: Numbered, why: Mapping[int, str]) -> pl.DataFrame:
        screened = self.screener.answer(numbered)
        if why:
            screened = self._with_bad(screened, why)
        decisions = screened["decision"]
        numbers = np.bincount(decisions.to_physical().to_numpy(), minlength=len(decisions.dtype.categories))  # type: ignore[attr-defined]
        self.tally.counts.update(dict(zip(decisions.dtype.categories, numbers.tolist(), strict=True)))  # type: ignore[attr-defined]
        self.tally.waived |= self.screener.waived
        if self._progress is not None:
            self._progress(screened.height)
        return screened

    def take_back(self) -> None:
        """
        Count nothing of what was done: it is going to be done again.
        """
        if self._progress is not None:
            self._progress(-sum(self.tally.counts.values()))
        self.tally = Tally()
        self.categories = {}

    def _with_bad(self, screened: pl.DataFrame, why: Mapping[int, str]) -> pl.DataFrame:
        """
        Say of rows that could not be read why.
        """
        rows = screened[ROW].gather(list(why)).to_list()
        self.tally.skipped += map(Skipped, rows, why.values())
        del self.tally.skipped[_MOST_TOLD:]
        told = screened["skipped"].cast(pl.String).scatter(list(why), list(why.values()))
        return screened.with_columns(told.cast(OUTPUTS["skipped"]))


def screen_file(
    catalogue: Catalogue,
    target: str,
    screener: Callable[[], FrameScreener],
    *,
    output: str = "parquet",
    progress: Progress | None = None,
) -> Tally:
    """
    Screen a file into a file. The target is written beside its place and renamed: it is whole, or as it was.

    Args:
        screener: Makes one for `Catalogue.kept`, with the outputs `ANSWERS`; meanwhile the file is being read.

        output: One of `OUTPUT_FORMATS`.

        progress: Is told how it goes.

    Raises:
        FileUnusableError: One of the files cannot be read or written.
    """
    return screen_rows(catalogue, None, target, lambda: Screening(screener(), progress), output, [catalogue.path])


def screen_rows(
    catalogue: Catalogue,
    span: Span | None,
    target: str,
    screening: Callable[[], Screening],
    output: str = "parquet",
    inputs: Iterable[str] = (),
) -> Tally:
    """
    As `screen_file`, for some rows of a file.

    Args:
        span: The rows; None: all.

        screening: Makes what screens them; meanwhile the file is being read.

        inputs: Files that stay as they are.
    """
    screen = None
    for categories in (True, False):
        with ahead(catalogue.pieces(span), _READ) as pieces:
            screen = screen or screening()
            try:
                with beside(target, inputs) as part:
                    sink(catalogue, pieces, screen, part, target, output, categories)
                break
            except TooManyTextsError:
                screen.take_back()
    assert screen is not None
    return screen.tally


def sink(
    catalogue: Catalogue,
    pieces: Iterator[Piece],
    screen: Screening,
    part: str,
    target: str,
    output: str = "parquet",
    categories: bool = False,
) -> None:
    """
    Write pieces, screened, into a file.

    Args:
        part: Where to write it.

        target: What to call it if that fails.

        categories: Whether texts of the first piece that repeat go into Parquet as categories: that takes a third of
            the time. The file says that they are texts, as they are to whoever reads it.

    Raises:
        FileUnusableError: It cannot be written, or a piece cannot be read.

        TooManyTextsError: The categories are too many; without them it can be written.
    """
    first = next(pieces, None)
    if categories and output == "parquet" and first is not None:
        screen.categories = screen.screener.categories(first.frame)
    trouble: list[BaseException] = []

    def frames(*_: object) -> Iterator[pl.DataFrame]:
        try:
            yield from screen(itertools.chain([] if first is None else [first], pieces))
        except BaseException as error:
            trouble.append(error)  # Polars would make a text of it
            raise

    schema = screen.screener.schema(catalogue.schema)
    told = _as_arrow(schema) if screen.categories else None
    frame = register_io_source(frames, schema=schema | screen.categories)
    try:
        with Path(part).open("wb") as file:  # Polars may open a path after it failed; what is open stays removed
            if output == "parquet":
                # Snappy, as most tools write: zstd would take two thirds of the room, and a tenth more time. No
                # statistics: of texts nobody prunes by.
                frame.sink_parquet(file, compression="snappy", statistics=False, metadata=told)
            elif output == "jsonl":
                frame.sink_ndjson(file)
            else:
                _safe(frame).sink_csv(file)
    except (pl.exceptions.PolarsError, OSError) as error:
        if trouble:
            raise trouble[0] from None
        why = str(error).splitlines()[0].rstrip(".")
        raise FileUnusableError(target, f"cannot be written: {why}.") from None


def _as_arrow(schema: Mapping[str, pl.DataType]) -> dict[str, str]:
    """
    The part of a Parquet file's metadata that tells readers the types of its columns.
    """
    empty = io.BytesIO()
    pl.DataFrame(schema=schema).write_parquet(empty)
    empty.seek(0)
    return {key: told for key, told in pl.read_parquet_metadata(empty).items() if key == _ARROW}


def _safe(frame: pl.LazyFrame) -> pl.LazyFrame:
    """
    A frame in which a cell that a spreadsheet would run has an apostrophe before it.
    """
    text = pl.col(pl.String)
    plain = text.str.replace_all(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", " ")
    return frame.with_columns(
        pl.when(text.str.contains(f"^[{BLANK}]*[{FORMULA}]")).then("'" + plain).otherwise(plain).name.keep()
    )


@contextlib.contextmanager
def beside(target: str, inputs: Iterable[str] = ()) -> Iterator[str]:
    """
    A path in the folder of a target, which takes its place when all went well; else it is gone. What killed runs left
    there is swept.

    Args:
        inputs: Files that stay as they are.

    Raises:
        FileUnusableError: The folder is not there, or the target is no file, or an input.
    """
    place = target_of(target, inputs)
    if not place.parent.is_dir():
        raise FileUnusableError(target, "cannot be written: there is no such folder.")
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
