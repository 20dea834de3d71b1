"""
The functions that `import bandcheck` offers.
"""

from __future__ import annotations

import copy
import datetime as dt
import pickle

import pytest

import bandcheck
from bandcheck.database.catalog import Catalog

PHONE = bandcheck.BandSet.parse("lte 4 12")


def test_a_day_in_every_form(catalog: Catalog) -> None:
    """
    A date, a time of that day and its text mean the same.
    """
    days = [dt.date(2020, 1, 1), dt.datetime(2020, 1, 1, 23, 59), "2020-01-01"]
    reports = [bandcheck.check(PHONE, "Alpha", on=day, catalog=catalog) for day in days]
    assert {report.on for report in reports} == {dt.date(2020, 1, 1)}


@pytest.mark.parametrize("day", ["2016-02-30", 2016, b"2016-02-02"])
def test_what_is_no_day(catalog: Catalog, day: object) -> None:
    """
    Anything else is an InvalidDateError.
    """
    with pytest.raises(bandcheck.InvalidDateError):
        bandcheck.check(PHONE, "Alpha", on=day, catalog=catalog)  # type: ignore[arg-type]


def test_today_is_the_default(catalog: Catalog) -> None:
    """
    Without a day the answer holds for today.
    """
    assert bandcheck.check(PHONE, "Alpha", catalog=catalog).on == dt.date.today()


def test_a_report_travels(catalog: Catalog) -> None:
    """
    A report that was pickled or copied says the same, sources and all.
    """
    report = bandcheck.check("Acme One", "Alpha", on="2016-02-02", catalog=catalog)
    expected = report.to_dict()
    assert pickle.loads(pickle.dumps(report)).to_dict() == expected
    assert copy.deepcopy(report).to_dict() == expected


def test_an_unknown_rat(catalog: Catalog) -> None:
    """
    A word that is no RAT is an InvalidBandError that names those there are.
    """
    with pytest.raises(bandcheck.InvalidBandError, match="gsm, cdma, tdscdma, umts, lte, nr"):
        bandcheck.frequency("foo", 1, catalog=catalog)
