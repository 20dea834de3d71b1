"""
Tables within a text, `| Model | LTE | UMTS |`: the heading of a column holds for the cells below it.
"""

from __future__ import annotations

from bandcheck.model.bands import Rat

Heading = tuple[Rat, str | None, str]
"""RAT, duplex if said, character: see `vocabulary.HEADS`."""

_FEWEST = 2
"""Columns with a technology that make a line the head of a table."""


class Table:
    """
    Where in a table the reading is.

    Attributes:
        heading: What stands over the cell; None: no technology does.
    """

    __slots__ = ("_at", "_columns", "_listed", "_row", "heading")

    def __init__(self) -> None:
        self._at = 0
        self._row: dict[int, Heading] = {}
        self._columns: dict[int, Heading] = {}
        self._listed = False
        self.heading: Heading | None = None

    def head(self, heading: Heading) -> None:
        """
        The cell names a technology; the last one that it names is the most precise.
        """
        self._row[self._at] = heading

    def list(self) -> None:
        """
        The row has bands, so that it is no head of a table.
        """
        self._listed = True

    def go_on(self, row: bool) -> bool:
        """
        The cell is over; whether there is a table, and `heading` says what stands over the next one.

        Args:
            row: So is the row.
        """
        if not row:
            self._at += 1
        else:
            if not self._at:
                self._columns = {}
            elif len(self._row) >= _FEWEST and not self._listed:
                self._columns = self._row
            self._at, self._row, self._listed = 0, {}, False
        self.heading = self._columns.get(self._at)
        return bool(self._columns)
