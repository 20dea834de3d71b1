"""
Dates of any precision, and spans of time with uncertain ends.
"""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given

from bandcheck.errors import InvalidDateError
from bandcheck.model.dates import Date, Span, parse_day, say_day
from strategies import coarse, dates, days, spans

DAY = dt.timedelta(days=1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class TestDate:
    """
    A date is as precise as its source.
    """

    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("2015", "2015-01-01", "2015-12-31"),
            ("2015-10", "2015-10-01", "2015-10-31"),
            ("2015-11", "2015-11-01", "2015-11-30"),
            ("2015-12", "2015-12-01", "2015-12-31"),
            ("2015-02", "2015-02-01", "2015-02-28"),
            ("2016-02", "2016-02-01", "2016-02-29"),
            ("2000-02", "2000-02-01", "2000-02-29"),
            ("2015-10-05", "2015-10-05", "2015-10-05"),
            ("2016-02-29", "2016-02-29", "2016-02-29"),
            ("0001", "0001-01-01", "0001-12-31"),
            ("9999", "9999-01-01", "9999-12-31"),
            ("9999-12-31", "9999-12-31", "9999-12-31"),
        ],
    )
    def test_means_every_day_that_it_can_mean(self, text, first, last):
        """
        A year or a month runs from its first to its last day; a day is itself.
        """
        date = Date.parse(text)

        assert (text, day(first), day(last)) == (date.text, date.first, date.last)
        assert day(last) == parse_day(text)

    @pytest.mark.parametrize(
        "text",
        [
            *("", " ", "2015-02-30", "2015-02-29", "2015-13", "2015-00", "2015-10-00", "2015-10-32", "0000"),
            *("0000-01", "0000-01-01", "9999-12", "15-01-01", "15", "2015-1", "2015-1-1"),
            *("2015-10-5", "20151005", "201510", "2015_10", "2015-10-5 "),
            *("2015/10/05", "05.10.2015", "10-2015", "2015-", "2015-10-", "-2015", "02015", "2015-10-05-01"),
            *("2015-10-05T00:00", "Oct 2015", "today", "2015-Q3", "2015 - 10", "2015\0", "２０１５", "٢٠١٥"),
        ],
    )
    def test_anything_else_is_refused(self, text):
        """
        No such day, or not of that form: the error shows what came in and what would do.
        """
        with pytest.raises(InvalidDateError) as caught:
            Date.parse(text)

        assert text == caught.value.text
        assert f"{text!r} is not a date: expected YYYY-MM-DD, YYYY-MM or YYYY." == str(caught.value)
        with pytest.raises(InvalidDateError):
            parse_day(text)

    def test_space_around_it_is_dropped(self):
        """
        A date cut from a sheet may have blanks around it.
        """
        assert "2015-10" == Date.parse(" 2015-10\n").text

    @pytest.mark.parametrize(
        ("text", "said"),
        [("2015", "2015"), ("2015-10", "Oct 2015"), ("2015-10-05", "5 Oct 2015"), ("2016-02-29", "29 Feb 2016")],
    )
    def test_is_said_as_precisely_as_it_is_known(self, text, said):
        """
        Printing adds no precision.
        """
        assert said == str(Date.parse(text))

    @given(dates())
    def test_parses_its_own_text(self, date):
        """
        The text of a date reads back as the same days.
        """
        again = Date.parse(date.text)

        assert (date.text, date.first, date.last) == (again.text, again.first, again.last)

    @given(days())
    def test_coarser_dates_enclose_finer_ones(self, on):
        """
        A day lies within its month, and the month within its year.
        """
        year, month, exact = (coarse(on, letters) for letters in (4, 7, 10))

        assert year.first <= month.first <= exact.first == on == exact.last <= month.last <= year.last
        assert month.last + DAY == (on.replace(day=28) + 4 * DAY).replace(day=1)

    @given(days())
    def test_a_day_is_said_and_read(self, on):
        """
        What `say_day` prints is that day.
        """
        assert on == dt.datetime.strptime(say_day(on), "%d %b %Y").date()

    @given(dates())
    def test_survives_pickling(self, date):
        """
        A pickled date means the same days.
        """
        copy = pickle.loads(pickle.dumps(date))

        assert (date.text, date.first, date.last) == (copy.text, copy.first, copy.last)


def span(**given: str | bool) -> Span:
    return Span(**{key: Date.parse(value) if isinstance(value, str) else value for key, value in given.items()})


class TestSpan:
    """
    Live for certain on some days, possibly on more.
    """

    @pytest.mark.parametrize(
        ("facts", "on", "expected"),
        [
            # An exact start: from that day on, certain.
            ({"since": "2015-10-05"}, "2015-10-04", "no"),
            ({"since": "2015-10-05"}, "2015-10-05", "certain"),
            ({"since": "2015-10-05"}, "2040-01-01", "certain"),
            # A coarse start: certain from its last day, possible from its first.
            ({"since": "2015-10"}, "2015-09-30", "no"),
            ({"since": "2015-10"}, "2015-10-01", "possible"),
            ({"since": "2015-10"}, "2015-10-30", "possible"),
            ({"since": "2015-10"}, "2015-10-31", "certain"),
            ({"since": "2015"}, "2014-12-31", "no"),
            ({"since": "2015"}, "2015-01-01", "possible"),
            ({"since": "2015"}, "2015-12-30", "possible"),
            ({"since": "2015"}, "2015-12-31", "certain"),
            # First seen on a day: possible on any day before.
            ({"by": "2016-07-11"}, "1990-01-01", "possible"),
            ({"by": "2016-07-11"}, "2016-07-10", "possible"),
            ({"by": "2016-07-11"}, "2016-07-11", "certain"),
            ({"by": "2016-07"}, "2016-07-11", "possible"),
            ({"by": "2016-07"}, "2016-07-31", "certain"),
            # ... but not before a day on which it was not there yet.
            ({"after": "2015-01-01", "by": "2016-07-11"}, "2014-12-31", "no"),
            ({"after": "2015-01-01", "by": "2016-07-11"}, "2015-01-01", "possible"),
            ({"after": "2015", "by": "2016-07-11"}, "2014-12-31", "no"),
            ({"after": "2015", "by": "2016-07-11"}, "2015-01-01", "possible"),
            ({"after": "2015", "by": "2016-07-11"}, "2016-07-11", "certain"),
            # `until` is the first day on which it is off.
            ({"since": "2015", "until": "2022-07-01"}, "2022-06-30", "certain"),
            ({"since": "2015", "until": "2022-07-01"}, "2022-07-01", "no"),
            ({"by": "2015", "until": "2022-07-01"}, "2022-07-01", "no"),
            # A coarse end: possible until the last of its days.
            ({"since": "2015", "until": "2022-07"}, "2022-06-30", "certain"),
            ({"since": "2015", "until": "2022-07"}, "2022-07-01", "possible"),
            ({"since": "2015", "until": "2022-07"}, "2022-07-30", "possible"),
            ({"since": "2015", "until": "2022-07"}, "2022-07-31", "no"),
            ({"since": "2015", "until": "2022"}, "2021-12-31", "certain"),
            ({"since": "2015", "until": "2022"}, "2022-06-15", "possible"),
            ({"since": "2015", "until": "2022"}, "2022-12-31", "no"),
            # An announced end counts like one that was seen.
            ({"since": "2015", "until": "2030-01-01", "announced": True}, "2029-12-31", "certain"),
            ({"since": "2015", "until": "2030-01-01", "announced": True}, "2030-01-01", "no"),
            # Start and end in one year: never certain.
            ({"since": "2015", "until": "2015"}, "2015-06-15", "possible"),
            ({"since": "2015", "until": "2015"}, "2015-12-31", "no"),
            # No start at all, or an end alone: possible, never certain.
            ({}, "1990-01-01", "possible"),
            ({}, "2040-01-01", "possible"),
            ({"until": "2020"}, "2019-12-31", "possible"),
            ({"until": "2020"}, "2020-12-31", "no"),
            ({"after": "2015"}, "2014-12-31", "no"),
            ({"after": "2015"}, "2040-01-01", "possible"),
            # A sighting ages, it ends nothing.
            ({"since": "2015", "seen": "2016-02"}, "2040-01-01", "certain"),
            # A source that stopped listing it: certain until its last sighting, possible ever after.
            ({"by": "2015", "seen": "2016-02-10", "unlisted": "2017-01-01"}, "2016-02-10", "certain"),
            ({"by": "2015", "seen": "2016-02-10", "unlisted": "2017-01-01"}, "2016-02-11", "possible"),
            ({"by": "2015", "seen": "2016-02-10", "unlisted": "2017-01-01"}, "2040-01-01", "possible"),
            # ... without a sighting, until the day that it was missing.
            ({"by": "2015", "unlisted": "2017-01-01"}, "2016-12-31", "certain"),
            ({"by": "2015", "unlisted": "2017-01-01"}, "2017-01-01", "possible"),
            ({"by": "2015-01-01", "unlisted": "2015-01-01"}, "2015-01-01", "possible"),
            # An end by then explains it; a later one ends what is possible.
            (
                {"by": "2015", "seen": "2016-02-10", "unlisted": "2017-01-01", "until": "2016-12-24"},
                "2016-12-23",
                "certain",
            ),
            (
                {"by": "2015", "seen": "2016-02-10", "unlisted": "2017-01-01", "until": "2018-01-01"},
                "2016-12-23",
                "possible",
            ),
            ({"by": "2015", "seen": "2016-02-10", "unlisted": "2017-01-01", "until": "2018-01-01"}, "2018-01-01", "no"),
        ],
    )
    def test_live(self, facts, on, expected):
        """
        What was known of a start and an end decides: certain, possible, or no.
        """
        live = span(**facts)
        certain, possible = live.certain(day(on)), live.possible(day(on))

        assert expected == ("certain" if certain else "possible" if possible else "no")

    @given(spans(), days())
    def test_certain_implies_possible(self, live, on):
        """
        What is certain is possible.
        """
        assert live.possible(on) or not live.certain(on)

    @given(spans(), days())
    def test_nothing_changes_between_turns(self, live, on):
        """
        On a day that is no turn all is as on the day before: near every turn, and on any other day.
        """
        turns = live.turns()
        near = {turn + n * DAY for turn in turns for n in range(-2, 3)}

        for one in {on, *near} - turns:
            before = one - DAY
            assert (live.certain(before), live.possible(before)) == (live.certain(one), live.possible(one))

    @given(spans(), days())
    def test_is_live_in_one_piece(self, live, on):
        """
        There is one run of possible days and one of certain days within it: no gap between two turns.
        """
        probes = sorted({on, *live.turns(), *(turn - DAY for turn in live.turns())})

        for state in (live.certain, live.possible):
            found = "".join("x" if state(one) else " " for one in probes)
            assert " " not in found.strip()

    @given(spans())
    def test_turns_lie_within_what_was_said(self, live):
        """
        Every turn is the first or last day of one of its dates, or the day after a sighting.
        """
        said = [date for date in (live.since, live.by, live.after, live.until, live.unlisted) if date is not None]
        sighted = {live.seen.last + DAY} if live.seen is not None else set()

        assert live.turns() <= {edge for date in said for edge in (date.first, date.last)} | sighted

    @pytest.mark.parametrize(
        ("facts", "turns"),
        [
            ({}, []),
            ({"since": "2015-10-05"}, ["2015-10-05"]),
            ({"since": "2015-10"}, ["2015-10-01", "2015-10-31"]),
            ({"by": "2016-07-11"}, ["2016-07-11"]),
            ({"after": "2015", "by": "2016-07-11"}, ["2015-01-01", "2016-07-11"]),
            ({"since": "2015-10-05", "until": "2022-07"}, ["2015-10-05", "2022-07-01", "2022-07-31"]),
            ({"by": "2015-10-05", "seen": "2016-02-10", "unlisted": "2017"}, ["2015-10-05", "2016-02-11"]),
        ],
    )
    def test_turns(self, facts, turns):
        """
        The days on which it starts or ends being possible or certain.
        """
        assert {day(text) for text in turns} == span(**facts).turns()

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({}, None),
            ({"until": "2020"}, None),
            ({"after": "2015"}, None),
            ({"since": "2015-10"}, "2015-10-31"),
            ({"by": "2016-07-11"}, "2016-07-11"),
            ({"since": "2015", "seen": "2024-09-09"}, "2024-09-09"),
            ({"since": "2015-10-05", "seen": "2015-10-05"}, "2015-10-05"),
        ],
    )
    def test_newest(self, facts, expected):
        """
        The newest word of it being live: a start or a sighting, never an end.
        """
        assert (day(expected) if expected else None) == span(**facts).newest()

    @given(spans(), days())
    def test_survives_pickling(self, live, on):
        """
        A pickled span is live on the same days.
        """
        copy = pickle.loads(pickle.dumps(live))

        assert (live.certain(on), live.possible(on)) == (copy.certain(on), copy.possible(on))
        assert live.turns() == copy.turns()
