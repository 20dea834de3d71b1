"""
Dates as precise as their source, and how long a thing was live.
"""

from __future__ import annotations

import datetime as dt
import functools
import re

from attrs import field

from bandcheck.errors import InvalidDateError
from bandcheck.model.entity import entity

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def parse_day(text: str) -> dt.date:
    """
    Read a calendar day, `2016-02-02`; of a month or year the last day.

    Raises:
        InvalidDateError: No such day.
    """
    return Date.parse(text).last


def say_day(day: dt.date) -> str:
    """
    A day as people read it: `2 Feb 2016`.
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@entity
class Date:
    """
    A date as precise as its source: a day, a month or a year.

    Attributes:
        text: As written: `2015`, `2015-10` or `2015-10-05`.

        first: The first day that it can mean.

        last: The last day that it can mean.
    """

    text: str
    first: dt.date
    last: dt.date

    @classmethod
    def parse(cls, text: str) -> Date:
        """
        Read a date of any precision.

        Raises:
            InvalidDateError: Not of that form, or no such day.
        """
        return _parsed(text)

    def __str__(self) -> str:
        if self.first == self.last:
            return say_day(self.first)
        if len(self.text) == 7:
            return f"{_MONTHS[self.first.month - 1]} {self.first.year}"
        return self.text


@functools.lru_cache(maxsize=4096)
def _parsed(text: str) -> Date:
    """
    See `Date.parse`. Kept: a database says the same few hundred dates over and over.
    """
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise InvalidDateError(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if day is not None:
            first = last = dt.date(int(year or 0), int(month or 0), day)
        elif month is not None:
            first = dt.date(int(year or 0), month, 1)
            last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        else:
            first, last = dt.date(int(year or 0), 1, 1), dt.date(int(year or 0), 12, 31)
    except (ValueError, OverflowError):
        raise InvalidDateError(text) from None
    return Date(match.group(), first, last)


@entity
class Span:
    """
    When a thing was live, as far as anybody knows: certain on some days, possible on more.

    Attributes:
        since: Its start; None if no source gives one.

        by: Live at the latest then (first seen); None if `since` is known. Before it the thing is possible only.

        after: Not live before that, by a source; None if no source says so. Goes with `by`.

        until: The first day on which it is off; None while no end is known.

        announced: The end was announced, and no source saw it happen. It counts all the same, and is marked.

        seen: The last day on which a source saw it live; None if none says.

        unlisted: The day on which a source that listed it before no longer did, and gave no end; None if none
            stopped. From the last sighting on, or from that day if there is none, it is possible and never certain.
            An `until` by then explains it.
    """

    since: Date | None = None
    by: Date | None = None
    after: Date | None = None
    until: Date | None = None
    announced: bool = False
    seen: Date | None = None
    unlisted: Date | None = None
    _certain_from: dt.date = field(init=False)
    _possible_from: dt.date = field(init=False)
    _certain_to: dt.date = field(init=False)
    _possible_to: dt.date = field(init=False)
    _newest: dt.date | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        start = self.since or self.by
        early = self.since or self.after
        place = object.__setattr__
        place(self, "_certain_from", start.last if start else dt.date.max)
        place(self, "_possible_from", early.first if early else dt.date.min)
        end = self.until.first if self.until else dt.date.max
        if self.unlisted is not None and self.unlisted.first < end:
            end = self.unlisted.first
            if self.seen is not None:
                end = min(end, self.seen.last + dt.timedelta(days=1))
        place(self, "_certain_to", end)
        place(self, "_possible_to", self.until.last if self.until else dt.date.max)
        seen = [d.last for d in (self.since, self.by, self.seen) if d is not None]
        place(self, "_newest", max(seen, default=None))

    def certain(self, on: dt.date) -> bool:
        """
        Whether it was live on that day for certain.
        """
        return self._certain_from <= on < self._certain_to

    def possible(self, on: dt.date) -> bool:
        """
        Whether it may have been live on that day; holds whenever `certain` does.
        """
        return self._possible_from <= on < self._possible_to

    def turns(self) -> set[dt.date]:
        """
        The days on which `certain` or `possible` may change.
        """
        ends = {self._certain_from, self._possible_from, self._certain_to, self._possible_to}
        return ends - {dt.date.max, dt.date.min}

    def newest(self) -> dt.date | None:
        """
        The last day about which a source said that it was live; None if none did.
        """
        return self._newest
