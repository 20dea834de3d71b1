"""
Parquet, by Polars.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from bandcheck.errors import FileUnusableError
from bandcheck.screening.listings.documents import text_of_value
from bandcheck.screening.listings.table import Row, Table, damage


def read(path: str, file: BinaryIO) -> Table:
    """
    Open a Parquet file.

    Raises:
        FileUnusableError: Not Parquet; or Polars is not installed.
    """
    try:
        import polars
    except ImportError:
        raise FileUnusableError(path, "Parquet needs Polars. Install it: pip install 'bandcheck[bulk]'.") from None
    try:
        frame = polars.read_parquet(file)
    except (polars.exceptions.PolarsError, OSError, ValueError) as error:
        raise FileUnusableError(path, f"not a Parquet file that can be read: {str(error).splitlines()[0]}.") from None
    return Table(tuple(frame.columns), _rows(frame.iter_rows()))


def _rows(values: Iterator[tuple[Any, ...]]) -> Iterator[Row]:
    for number, row in enumerate(values, 1):
        cells = tuple(text_of_value(value).strip() for value in row)
        wrong = damage("".join(cells))
        if wrong or any(cells):
            yield Row(number, why=wrong) if wrong else Row(number, cells)
