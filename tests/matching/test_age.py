"""
How old the facts are on which an answer rests.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from bandcheck.matching.confidence import GRADES, confidence
from bandcheck.matching.judge import judge
from bandcheck.matching.plan import Timetable
from bandcheck.matching.reasons import OLD_DAYS, newest_sighting, reasons
from bandcheck.matching.report import OLD_HOST_DAYS, Network, report
from bandcheck.model.bands import RATS, BandSet, KnownBands
from bandcheck.model.carrier import Carrier, Deployment
from bandcheck.model.dates import Date, Span
from bandcheck.model.device import Capability, Variant
from strategies import capabilities, carriers, days, toy_spectrum

OVERLAPS = toy_spectrum().overlaps
ON = dt.date(2026, 11, 22)


def live(**dates: str) -> Span:
    return Span(**{key: Date.parse(text) for key, text in dates.items()})


def network(*found: tuple[str, Span]) -> Timetable:
    """
    A network with these bands, each with its dates.
    """
    deployments = []
    for spec, span in found:
        (band,) = BandSet.parse(spec)
        deployments.append(Deployment(band.rat, BandSet.of(band), span, mfbi=BandSet()))
    return Timetable(Carrier("xx/toy", "Toy", "network", deployments=tuple(deployments), recorded=RATS), OVERLAPS)


def phone(spec: str) -> Variant:
    return Variant.of_bands(Capability(KnownBands.exactly(BandSet.parse(spec))))


OLD, OLDER = live(by="2016-07-11", seen="2024-09-09"), live(by="2016-07-11", seen="2020-01-01")


@pytest.mark.parametrize(
    ("bands", "found", "newest"),
    [
        ("lte 4", [("lte 4", OLD)], "2024-09-09"),
        ("lte 4", [("lte 4", OLDER), ("lte 2", OLD)], "2020-01-01"),  # what the phone cannot use decides nothing
        ("lte 2 4", [("lte 4", OLDER), ("lte 2", OLD)], "2024-09-09"),
        ("lte 4 / gsm 900", [("lte 4", OLDER), ("gsm 900", OLD)], "2020-01-01"),  # nor does a lower generation
        ("lte 4", [("lte 4", live(since="2012", until="2030"))], "2026-11-22"),  # an end that is known vouches
        ("lte 4", [("lte 4", Span(Date.parse("2012"), until=Date.parse("2030"), announced=True))], "2012-12-31"),
        ("lte 4", [("lte 4", live(since="2012", seen="2030"))], "2026-11-22"),  # nothing is newer than the day asked
        ("lte 7", [("lte 4", OLDER), ("gsm 1900", OLD)], "2024-09-09"),  # nothing in common: all of the network's
        ("lte 7", [], None),
        ("lte 7", [("lte 4", live(since="2010", until="2020"))], None),  # nothing is on air
    ],
)
def test_which_sighting_decides(bands: str, found: list[tuple[str, Span]], newest: str | None) -> None:
    """
    That of the bands in common which the answer stands on; a no stands on all that the network has.
    """
    seen = newest_sighting(judge(phone(bands), network(*found), ON))
    assert newest == (seen.isoformat() if seen else None)


@pytest.mark.parametrize(
    ("bands", "text"),
    [
        ("lte 4", "The newest sighting of the bands in common is 26 months old (9 Sep 2024)."),
        ("lte 7", "The newest fact about Toy's bands is 26 months old (9 Sep 2024)."),
    ],
)
def test_old_facts_are_said(bands: str, text: str) -> None:
    """
    In a sentence of their own, whether the answer is a yes or a no; in the JSON by their day.
    """
    table = network(("lte 4", OLD))
    answer = report("", "", ON, [(None, phone(bands))], [Network(table)], {})

    assert [text] == [r.text for r in reasons(judge(phone(bands), table, ON)) if r.code == "BC002"]
    assert ["2024-09-09"] == [row["newest_fact"] for row in answer.to_dict()["results"]]
    assert "26 months old" in confidence(judge(phone(bands), table, ON), {})[1][-1]


@pytest.mark.parametrize(("days_old", "said"), [(OLD_DAYS, False), (OLD_DAYS + 1, True)])
def test_from_when_on_facts_are_old(days_old: int, said: bool) -> None:
    """
    A year is not old yet.
    """
    seen = (ON - dt.timedelta(days_old)).isoformat()
    found = reasons(judge(phone("lte 4"), network(("lte 4", live(by="2016", seen=seen))), ON))
    assert said is any(r.code == "BC002" for r in found)


@pytest.mark.parametrize(("days_old", "said"), [(0, False), (OLD_HOST_DAYS, False), (OLD_HOST_DAYS + 1, True)])
def test_an_old_statement_of_hosts_is_said(days_old: int, said: bool) -> None:
    """
    MVNOs change hosts: one that nobody restated for two years may have.
    """
    as_of = ON - dt.timedelta(days_old)
    mvno = Carrier("xx/sim", "Sim", "mvno")
    host = Network(network(("lte 4", OLD)), mvno, as_of=as_of)
    (result,) = report("", "", ON, [(None, phone("lte 4"))], [host], {}).results

    texts = [r.text for r in result.reasons if r.code == "BC105"]
    assert said is bool(texts)
    assert all("whose network Sim uses is 24 months old" in text for text in texts)


@given(bands=capabilities(), carrier=carriers(), on=days())
def test_no_fact_is_newer_than_the_day_asked(bands: Capability, carrier: Carrier, on: dt.date) -> None:
    """
    Whatever the phone and the plan; and what is told as old is what the JSON tells.
    """
    verdict = judge(Variant.of_bands(bands), Timetable(carrier, OVERLAPS), on)
    seen = newest_sighting(verdict)

    assert seen is None or seen <= on
    old = seen is not None and (on - seen).days > OLD_DAYS
    assert old is any(r.code == "BC002" for r in reasons(verdict))


@given(bands=capabilities(), carrier=carriers(), on=days())
def test_age_never_raises_confidence(bands: Capability, carrier: Carrier, on: dt.date) -> None:
    """
    An answer whose facts are called old is never sure of itself.
    """
    verdict = judge(Variant.of_bands(bands), Timetable(carrier, OVERLAPS), on)
    if not verdict.refused and any(r.code == "BC002" for r in reasons(verdict)):
        assert GRADES.index(confidence(verdict, {})[0]) < GRADES.index("high")
