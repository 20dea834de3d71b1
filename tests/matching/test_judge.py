"""
Beyond bands: calls, acceptance, what runs out.
"""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve
from hypothesis import given, settings

from bandcheck.matching.access import about, ruling, voice
from bandcheck.matching.judge import Verdict, judge
from bandcheck.matching.plan import Timetable
from bandcheck.matching.verdict import WIFI, Support
from bandcheck.model.bands import BandSet, KnownBands, Rat
from bandcheck.model.carrier import Carrier, Deployment, PhoneClass, Policy
from bandcheck.model.dates import Date, Span
from bandcheck.model.device import Capability, Variant
from strategies import TOY_CARRIER, capabilities, carriers, days, toy_spectrum

ON = dt.date(2020, 1, 1)
ALWAYS = Span(since=Date.parse("2000-01-01"))
OVERLAPS = toy_spectrum().overlaps


def bands(spec: str, **more: object) -> Capability:
    return Capability(KnownBands.exactly(BandSet.parse(spec)), **more)  # type: ignore[arg-type]


def variant(phone: Capability, device: str = "acme/one", sold_in: tuple[str, ...] = ()) -> Variant:
    return Variant(device, "XM-1", ("XM-1",), "", sold_in, ((dt.date.min, phone),))


def deployment(spec: str, **dates: str) -> Deployment:
    (band,) = BandSet.parse(spec)
    live = Span(**{key: Date.parse(text) for key, text in dates.items()}) if dates else ALWAYS
    return Deployment(band.rat, BandSet.of(band), live, mfbi=BandSet())


def network(*found: Deployment, policies: tuple[Policy, ...] = ()) -> Timetable:
    carrier = Carrier(
        TOY_CARRIER, "Toy", "network", deployments=found, recorded=tuple(Rat), standalone=(), policies=policies
    )
    return Timetable(carrier, OVERLAPS)


def policy(effect: str, live: Span = ALWAYS, **phones: object) -> Policy:
    return Policy("rule", effect, live, PhoneClass(**phones), "A rule.", ("toy",))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("phone", "cells", "expected"),
    [
        (bands("lte 4", volte=True), ["lte 4"], "volte"),
        (bands("lte 4", volte_on={TOY_CARRIER: True}), ["lte 4"], "volte"),
        (bands("lte 4", volte=True, volte_on={TOY_CARRIER: False}), ["lte 4"], "none"),  # the carrier's word wins
        (bands("lte 4"), ["lte 4"], "unknown"),
        (bands("lte 4", volte=False), ["lte 4"], "none"),  # data, and no way to call
        (bands("lte 4 / umts 2", volte=False), ["lte 4", "umts 2"], "cs"),
        (bands("gsm 1900"), ["gsm 1900"], "cs"),
        (bands("umts 1"), ["umts 2"], "none"),
        (bands("lte 4 / umts 1", volte=True), ["umts 2"], "none"),  # VoLTE is of no use where the carrier has no LTE
        (Capability(KnownBands.unknown(Rat.UMTS)), ["umts 2"], "unknown"),
    ],
)
def test_calls(phone: Capability, cells: list[str], expected: str) -> None:
    """
    VoLTE where phone and carrier are known to do it, else a circuit-switched network, else none, else unknown.
    """
    found = judge(variant(phone), network(*(deployment(c) for c in cells)), ON)
    assert voice(found.match) == expected


LTE_ONLY, OLD = bands("lte 4"), bands("umts 2")


@pytest.mark.parametrize(
    ("phones", "phone", "expected"),
    [
        ({}, LTE_ONLY, Support.YES),
        ({"devices": frozenset({"acme/one"})}, LTE_ONLY, Support.YES),
        ({"devices": frozenset({"acme/two"})}, LTE_ONLY, Support.NO),
        ({"not_devices": frozenset({"acme/one"})}, LTE_ONLY, Support.NO),
        ({"models": frozenset({"XM-1"})}, LTE_ONLY, Support.YES),
        ({"models": frozenset({"XM-2"})}, LTE_ONLY, Support.NO),
        ({"volte": False}, LTE_ONLY, Support.MAYBE),  # nobody recorded it
        ({"volte": False}, bands("lte 4", volte=False), Support.YES),
        ({"volte": False}, bands("lte 4", volte=True), Support.NO),
        ({"volte": False}, OLD, Support.YES),  # without LTE there is no VoLTE
        ({"without": (Rat.LTE,)}, OLD, Support.YES),
        ({"without": (Rat.LTE,)}, LTE_ONLY, Support.NO),
        ({"without": (Rat.LTE,)}, Capability(KnownBands.unknown(Rat.LTE)), Support.MAYBE),
        ({"sold_in": frozenset({"JP"})}, LTE_ONLY, Support.MAYBE),  # sold nowhere that is known
        ({"devices": frozenset({"acme/one"}), "volte": False}, bands("lte 4", volte=True), Support.NO),
    ],
)
def test_whom_a_policy_is_about(phones: dict[str, object], phone: Capability, expected: Support) -> None:
    """
    Every condition must hold; what nobody recorded makes it a maybe.
    """
    assert about(PhoneClass(**phones), variant(phone), phone, TOY_CARRIER) is expected  # type: ignore[arg-type]


def test_where_a_variant_is_sold() -> None:
    """
    A policy about phones from elsewhere goes by where the variant is sold.
    """
    japanese = variant(LTE_ONLY, sold_in=("JP",))
    elsewhere = {
        sold: about(PhoneClass(not_sold_in=frozenset({sold})), japanese, LTE_ONLY, TOY_CARRIER) for sold in ("AU", "JP")
    }
    assert elsewhere == {"AU": Support.YES, "JP": Support.NO}


BY_NAME = {"devices": frozenset({"acme/one"})}


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        ([], "unknown"),
        ([policy("refused", volte=False)], "conditional"),  # it may be about this phone
        ([policy("refused")], "refused"),
        ([policy("refused"), policy("accepted", **BY_NAME)], "accepted"),  # by name goes before by class
        ([policy("accepted"), policy("refused", **BY_NAME)], "refused"),
        ([policy("conditional"), policy("accepted")], "conditional"),
        ([policy("accepted", volte=True)], "unknown"),  # nobody knows whether it is about this phone
    ],
)
def test_which_policy_goes_first(policies: list[Policy], expected: str) -> None:
    """
    By name before by class, refusal before the rest; a doubtful refusal is a condition.
    """
    assert ruling([(p, True) for p in policies], variant(LTE_ONLY), LTE_ONLY, TOY_CARRIER).value == expected


def test_refusal_takes_all_and_keeps_the_radio() -> None:
    """
    A refused phone gets Wi-Fi; `radio` keeps what the bands alone would give.
    """
    found = judge(variant(LTE_ONLY), network(deployment("lte 4"), policies=(policy("refused"),)), ON)
    got = (found.outcome, found.radio, found.worst, found.best, found.voice, found.coverage)
    assert got == ("wifi", "4g", WIFI, WIFI, "none", None)


def test_a_condition_lowers_nothing() -> None:
    """
    Conditional acceptance is said, and the answer stands.
    """
    found = judge(variant(LTE_ONLY), network(deployment("lte 4"), policies=(policy("conditional"),)), ON)
    assert (found.outcome, found.acceptance.value) == ("4g", "conditional")


def test_a_policy_holds_from_its_day() -> None:
    """
    The day before, the phone is let in.
    """
    timetable = network(deployment("lte 4"), policies=(policy("refused", Span(since=Date.parse("2022-02-22"))),))
    days_ = (dt.date(2022, 2, 21), dt.date(2022, 2, 22))
    assert [judge(variant(LTE_ONLY), timetable, day).outcome for day in days_] == ["4g", "wifi"]


def test_runs_out_names_the_day_and_what_is_left() -> None:
    """
    3G ends in 2022, and 2G is left until 2026.
    """
    timetable = network(
        deployment("umts 2", since="2010", until="2022-07-01"), deployment("gsm 1900", since="2000", until="2026-08-03")
    )
    both = variant(bands("umts 2 / gsm 1900"))
    assert judge(both, timetable, ON).runs_out == (dt.date(2022, 7, 1), "2g")
    assert judge(both, timetable, dt.date(2023, 1, 1)).runs_out == (dt.date(2026, 8, 3), "wifi")
    assert judge(both, timetable, dt.date(2027, 1, 1)).runs_out is None


def test_firmware_changes_the_answer() -> None:
    """
    An update that takes a band away takes it from its day on.
    """
    lost = Variant(
        "acme/one", "XM-1", ("XM-1",), "", (), ((dt.date.min, bands("lte 12")), (dt.date(2015, 7, 1), bands("lte 4")))
    )
    timetable = network(deployment("lte 12"))
    assert judge(lost, timetable, dt.date(2015, 6, 30)).outcome == "4g"
    assert judge(lost, timetable, dt.date(2015, 7, 1)).outcome == "wifi"
    assert judge(lost, timetable, dt.date(2015, 1, 1)).runs_out == (dt.date(2015, 7, 1), "wifi")


def _levels(found: Verdict) -> tuple[int, int]:
    return found.worst, found.best


@settings(max_examples=60)
@given(phone=capabilities(), carrier=carriers(max_policies=2), on=days())
def test_runs_out_is_the_first_day_on_which_it_gets_worse(phone: Capability, carrier: Carrier, on: dt.date) -> None:
    """
    On the named day the answer is worse, and on no known day before it.
    """
    timetable = Timetable(carrier, OVERLAPS)
    now = judge(variant(phone), timetable, on)

    def worse(day: dt.date) -> bool:
        later = judge(variant(phone), timetable, day)
        return later.worst < now.worst or (now.worst == WIFI and later.best < now.best)

    named = now.runs_out
    first = next((day for day in timetable.turns if day > on and worse(day)), None)
    assert (named[0] if named else None) == first


@given(phone=capabilities(), carrier=carriers(max_policies=3), on=days())
def test_policies_never_help(phone: Capability, carrier: Carrier, on: dt.date) -> None:
    """
    A carrier without rules gives what the bands give; rules can only take away.
    """
    with_rules = judge(variant(phone), Timetable(carrier, OVERLAPS), on)
    without = judge(variant(phone), Timetable(evolve(carrier, policies=()), OVERLAPS), on)
    assert with_rules.radio == without.outcome
    assert _levels(with_rules) in (_levels(without), (WIFI, WIFI))
