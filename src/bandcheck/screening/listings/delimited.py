"""
CSV and TSV.
"""

from __future__ import annotations

import csv
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
    lines = Lines(path, text)
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
    return Table(names, Rows(path, lines, mark, len(names)), mark)


class Rows:
    """
    The rows of a table of text, one after the other; blank ones are passed over.

    Attributes:
        number: Of the row that was read last.
    """

    def __init__(self, path: str, lines: Lines, separator: str, width: int, number: int = 1) -> None:
        """
        Args:
            width: How many cells a row has.

            number: Of the row before the first; the header is 1.
        """
        self.number = number
        self._path = path
        self._lines = lines
        self._width = width
        self._reader = csv.reader(lines, delimiter=separator, strict=True)

    @property
    def lines(self) -> int:
        """
        How many lines were read.
        """
        return self._lines.number

    def __iter__(self) -> Rows:
        return self

    def __next__(self) -> Row:
        while True:
            self.number += 1
            began = self._lines.number + 1
            try:
                cells = next(self._reader)
            except StopIteration:
                self.number -= 1
                raise
            except csv.Error as error:
                if not str(error).startswith(_UNCLOSED):
                    return Row(self.number, why=f"line {began}: {error}")
                at = f"row {self.number}, line {began}"
                why = f"{at}: a quote that never closes, or a cell that is too long. Mend the row."
                raise FileUnusableError(self._path, why) from None
            row = self._row(cells)
            if row is not None:
                return row

    def _row(self, cells: list[str]) -> Row | None:
        """
        The row of these cells; None if there is nothing in them.
        """
        if not cells:
            return None
        width = self._width
        if len(cells) != width and not (len(cells) > width and not any(cells[width:])):
            return Row(self.number, why=f"{len(cells)} cells, and the header has {width}")
        cells = [cell.strip() for cell in cells[:width]]
        wrong = damage("".join(cells))
        if wrong:
            return Row(self.number, why=wrong)
        return Row(self.number, tuple(cells)) if any(cells) else None


def _outside_quotes(line: str) -> str:
    """
    A line without what stands in quotes.
    """
    return "".join(line.split('"')[::2])


class Lines:
    """
    The lines of a text, none of them longer than can be held.

    Attributes:
        number: Of the line that was given last, from 1.
    """

    def __init__(self, path: str, text: TextIO, number: int = 0) -> None:
        self.number = number
        self._path = path
        self._text = text
        self._kept: list[str] = []

    def put_back(self, line: str) -> None:
        """
        Give this line again.
        """
        self._kept.append(line)
        self.number -= 1

    def __iter__(self) -> Lines:
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
            self.number -= 1
            raise StopIteration
        return line
