"""
What a plan says of the network as a whole.
"""

from __future__ import annotations

import datetime as dt

import pytest

from bandcheck.matching.plan import Timetable
from bandcheck.model.bands import RATS, BandSet, Rat
from bandcheck.model.carrier import Carrier, Deployment
from bandcheck.model.dates import Date, Span
from strategies import toy_spectrum

BOUNDED = Span(since=Date.parse("2010-01-01"), until=Date.parse("2015-01-01"))
ENDLESS = Span(since=Date.parse("2010-01-01"))


def deployment(spec: str, live: Span) -> Deployment:
    (band,) = BandSet.parse(spec)
    return Deployment(band.rat, BandSet.of(band), live)


@pytest.mark.parametrize(
    ("found", "recorded", "on", "off"),
    [
        ([("lte 4", BOUNDED)], RATS, dt.date(2014, 12, 31), False),
        ([("lte 4", BOUNDED)], RATS, dt.date(2015, 1, 1), True),
        ([("lte 4", BOUNDED), ("gsm 900", ENDLESS)], RATS, dt.date(2015, 1, 1), False),
        ([("lte 4", BOUNDED), ("lte 29", ENDLESS)], RATS, dt.date(2015, 1, 1), False),  # on air, if only to help
        ([("lte 4", BOUNDED)], RATS[:-1], dt.date(2016, 1, 1), True),  # nobody had NR
        ([("lte 4", BOUNDED)], RATS[:-1], dt.date(2020, 1, 1), False),  # this one may
        ([], (Rat.LTE,), dt.date(2020, 1, 1), False),
        ([], RATS, dt.date(2020, 1, 1), True),
    ],
)
def test_off(found: list[tuple[str, Span]], recorded: tuple[Rat, ...], on: dt.date, off: bool) -> None:
    """
    A network is off when every RAT is known to have nothing on air, or to have begun nowhere yet.
    """
    carrier = Carrier("us/toy", "Toy", "network", deployments=tuple(deployment(*d) for d in found), recorded=recorded)

    assert off == Timetable(carrier, toy_spectrum().overlaps).plan(on).off


def test_the_plan_of_a_rat_is_made_once() -> None:
    """
    Looked up again, it is the same one.
    """
    rats = Timetable(Carrier("us/toy", "Toy", "network"), toy_spectrum().overlaps).plan(dt.date(2020, 1, 1)).rats

    assert [rats[rat] for rat in RATS] == [rats[rat] for rat in RATS]
    assert list(RATS) == [rats[rat].rat for rat in RATS]
