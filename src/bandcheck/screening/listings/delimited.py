"""
CSV and TSV.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

from bandcheck.errors import FileUnusableError
from bandcheck.screening.listings.table import Row, Table, damage

LONGEST_LINE = 1024 * 1024
"""Of characters. A longer line is no row of a catalogue, and would be held in memory whole."""

_DELIMITERS = (",", ";", "\t", "|")
_UNCLOSED = ("unexpected end of data", "field larger than field limit")


def read(path: str, text: TextIO, delimiter: str | None) -> Table:
    """
    Open a table of text.

    Args:
        delimiter: None: the one of `, ; tab |` that the header has most of.

    Raises:
        FileUnusableError: Empty, not text, or without a header that can be read.
    """
    lines = _Lines(path, text)
    first = next(lines, "")
    while first and not first.strip():
        first = next(lines, "")
    if not first:
        raise FileUnusableError(path, "the file is empty.")
    if wrong := damage(first):
        raise FileUnusableError(path, f"the header cannot be read: {wrong}.")
    mark = delimiter or max(_DELIMITERS, key=_outside_quotes(first).count)
    lines.put_back(first)
    reader = csv.reader(lines, delimiter=mark, strict=True)
    try:
        names = tuple(next(reader))
    except csv.Error as error:
        raise FileUnusableError(path, f"the header cannot be read: {error}.") from None
    return Table(names, _rows(path, reader, len(names), lines))


def _rows(path: str, reader: Iterator[list[str]], width: int, lines: _Lines) -> Iterator[Row]:
    number = 1
    while True:
        number += 1
        began = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if str(error).startswith(_UNCLOSED):
                why = (
                    f"row {number}, line {began}: a quote that never closes, or a cell that is too long. Mend the row."
                )
                raise FileUnusableError(path, why) from None
            yield Row(number, why=f"line {began}: {error}")
            continue
        if not cells:
            continue
        if len(cells) != width and not (len(cells) > width and not any(cells[width:])):
            yield Row(number, why=f"{len(cells)} cells, and the header has {width}")
            continue
        cells = [cell.strip() for cell in cells[:width]]
        wrong = damage("".join(cells))
        if wrong:
            yield Row(number, why=wrong)
        elif any(cells):
            yield Row(number, tuple(cells))


def _outside_quotes(line: str) -> str:
    """
    A line without what stands in quotes.
    """
    return "".join(line.split('"')[::2])


class _Lines:
    """
    The lines of a text, none of them longer than can be held.

    Attributes:
        number: Of the line that was given last, from 1.
    """

    def __init__(self, path: str, text: TextIO) -> None:
        self.number = 0
        self._path = path
        self._text = text
        self._kept: list[str] = []

    def put_back(self, line: str) -> None:
        """
        Give this line again.
        """
        self._kept.append(line)
        self.number -= 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.number += 1
        if self._kept:
            return self._kept.pop()
        try:
            line = self._text.readline(LONGEST_LINE + 1)
        except UnicodeError as error:
            raise FileUnusableError(self._path, f"line {self.number} is not text of this encoding: {error}.") from None
        if len(line) > LONGEST_LINE:
            why = f"line {self.number} is longer than {LONGEST_LINE:,} characters. Is this a table of listings?"
            raise FileUnusableError(self._path, why)
        if not line:
            raise StopIteration
        return line
