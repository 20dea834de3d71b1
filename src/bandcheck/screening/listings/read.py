"""
Rows to listings.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from bandcheck.model.listing import Listing
from bandcheck.screening.listings.columns import FIELDS, NAMING, Columns, recognise, shorten
from bandcheck.screening.listings.documents import table_of
from bandcheck.screening.listings.table import Row, Table

_DATED = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?"), (0, 1, 2)),
    (re.compile(r"(\d{4})(\d{2})(\d{2})"), (0, 1, 2)),
    (re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})"), (0, 1, 2)),
    (re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})"), (2, 1, 0)),  # with dots the day comes first everywhere
    (re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"), (0, 1, 2)),
)
_WORDED = (
    re.compile(r"(\d{1,2})\s+([a-z]{3,9})\.?,?\s+(\d{4})", re.I),
    re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})", re.I),
)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip


class Skipped(NamedTuple):
    """
    A row that could not be screened.

    Attributes:
        row: Its place.

        why: For people.
    """

    row: int
    why: str


def listings_of(table: Table, columns: Columns) -> Iterator[Listing | Skipped]:
    """
    The listings of a table, and the rows that are none, in order.
    """
    for row in table.rows:
        yield Skipped(row.number, row.why) if row.why else _listing(row, columns)


def listings_of_values(values: Iterable[Listing | Mapping[str, Any] | str], ask: bool) -> Iterator[Listing | Skipped]:
    """
    The listings that a program gives: `Listing`s, mappings of columns, or mere titles.

    Args:
        ask: The question names a carrier; see `recognise`.
    """
    given = list(values)
    if all(isinstance(value, Listing) for value in given):  # also where there is none
        yield from (value for value in given if isinstance(value, Listing))
        return
    items = [(number, _mapping(value), "") for number, value in enumerate(given, 1)]
    table = table_of(items)
    yield from listings_of(table, recognise(table.names, {}, "listings", ask))


def _mapping(value: Listing | Mapping[str, Any] | str) -> Any:
    if isinstance(value, str):
        return {"title": value}
    if isinstance(value, Listing):
        told = {field: getattr(value, field) for field in FIELDS}
        return {field: said for field, said in told.items() if said}
    return value


def _listing(row: Row, columns: Columns) -> Listing | Skipped:
    said = {field: row.cells[place] for field, place in columns.places.items()}
    if not any(said.get(field) for field in NAMING):
        return Skipped(row.number, "no title, model or model number")
    day = said.pop("on", "")
    try:
        on = parse_day_as_written(day) if day else None
    except ValueError as error:
        return Skipped(row.number, str(error))
    original = {name: cell for name, cell in zip(columns.names, row.cells, strict=True) if name}
    return Listing(row=row.number, on=on, original=original, **said)


def parse_day_as_written(text: str) -> dt.date:
    """
    A day in the spellings of catalogues: `2016-02-02`, `20160202`, `2.2.2016`, `2 Feb 2016`, `Feb 2, 2016`.

    Raises:
        ValueError: No such day, or one of which nobody can say whether day or month comes first.
    """
    wrong = ValueError(f"{shorten(text, 40)!r} is not a date: write it as 2016-02-02")
    text = text.strip()
    numbers: list[int] | None = None
    for pattern, order in _DATED:
        if match := pattern.fullmatch(text):
            numbers = [int(match[i + 1]) for i in order]
            break
    if match := _SLASHED.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        if first <= 12 and second <= 12 and first != second:
            raise ValueError(f"{text!r} is two dates, by day or month first: write it as 2016-02-02")
        numbers = [int(match[3]), *((second, first) if first > 12 else (first, second))]
    for place, pattern in enumerate(_WORDED):
        if match := pattern.fullmatch(text):
            day, month = (match[1], match[2]) if place == 0 else (match[2], match[1])
            found = [i for i, name in enumerate(_MONTHS, 1) if name.startswith(month.lower())]
            numbers = [int(match[3]), found[0], int(day)] if len(found) == 1 else None
    if numbers is None:
        raise wrong
    try:
        return dt.date(*numbers)
    except ValueError:
        raise wrong from None
