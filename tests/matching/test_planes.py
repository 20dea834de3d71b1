"""
Many phones met with a plan at once: the same rules in another layout.
"""

from __future__ import annotations

import datetime as dt

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from bandcheck.matching.judge import judge
from bandcheck.matching.plan import Timetable
from bandcheck.matching.planes import COVERAGES, RULINGS, VOICES, Planes
from bandcheck.matching.verdict import OUTCOMES
from bandcheck.model.bands import Rat
from bandcheck.model.carrier import PhoneClass, Policy
from bandcheck.model.device import Variant
from strategies import capabilities, carriers, days, spans, toy_spectrum

DEVICES = ("acme/one", "acme/two")
MODELS = ("XM-1", "XM-2")
COUNTRIES = ("US", "CA")


def some(names):
    return st.frozensets(st.sampled_from(names), max_size=2)


@st.composite
def variants(draw):
    """
    A version of one of two phones, whose firmware may change its bands once.
    """
    first = draw(capabilities())
    states = [(dt.date.min, first)]
    if draw(st.booleans()):
        states.append((draw(days()), evolve(first, bands=draw(capabilities()).bands)))
    models, sold_in = draw(st.tuples(some(MODELS), some(COUNTRIES)))
    return Variant(draw(st.sampled_from(DEVICES)), "v", tuple(models), "", tuple(sold_in), tuple(states))


PHONES = st.builds(
    PhoneClass,
    volte=st.sampled_from([None, True, False]),
    devices=some(DEVICES),
    models=some(MODELS),
    not_devices=some(DEVICES),
    without=st.lists(st.sampled_from([Rat.LTE, Rat.UMTS]), max_size=2).map(tuple),
    sold_in=some(COUNTRIES),
    not_sold_in=some(COUNTRIES),
)
EFFECTS = st.sampled_from(["accepted", "conditional", "refused"])
POLICIES = st.lists(
    st.builds(Policy, name=st.just("rule"), effect=EFFECTS, live=spans(), phones=PHONES, says=st.just("A rule.")),
    max_size=3,
).map(tuple)


@st.composite
def operators(draw):
    """
    A carrier with rules of every kind, and RATs that reach further than others.
    """
    carrier = draw(carriers())
    beyond = st.sampled_from([(), (), (Rat.LTE,), (Rat.UMTS, Rat.NR)])
    deployments = tuple(evolve(d, beyond=draw(beyond)) for d in carrier.deployments)
    return evolve(carrier, deployments=deployments, policies=draw(POLICIES), emergency=draw(POLICIES))


@settings(max_examples=40)
@given(st.lists(variants(), min_size=1, max_size=4), operators(), days())
def test_planes_say_what_single_verdicts_say(phones, carrier, on):
    """
    On every day on which anything changes, every field of every phone's answer is that of `judge`. The outcome alone,
    which asks less, is the same; and no plane is wider than the phones.
    """
    timetable = Timetable(carrier, toy_spectrum().overlaps)
    planes = Planes.of(phones)
    names = (*OUTCOMES, "unknown")

    for day in (on, *timetable.turns):
        met = planes.meet(timetable.plan(day))
        outcomes = planes.outcomes(timetable.plan(day))
        places = planes.places(day)

        assert [told(judge(phone, timetable, day)) for phone in phones] == [answer(met, place) for place in places]
        assert [judge(p, timetable, day).outcome for p in phones] == [names[number(outcomes, n)] for n in places]
        assert all(0 <= plane < 1 << planes.count for plane in (*met.planes, *outcomes))


def told(verdict):
    """
    What a single verdict says, as the planes have it.
    """
    met, reach = verdict.match, verdict.coverage
    access = (verdict.voice, verdict.acceptance.value, verdict.emergency.value)
    return met.worst, met.best, reach.value if reach else None, *access


def answer(met, place):
    """
    What the planes say of one radio.
    """
    return (
        number(met.worst, place),
        number(met.best, place),
        COVERAGES[number(met.coverage, place)],
        VOICES[number(met.voice, place)],
        RULINGS[number(met.acceptance, place)],
        RULINGS[number(met.emergency, place)],
    )


def number(planes, place):
    return sum((plane >> place & 1) << bit for bit, plane in enumerate(planes))


def test_no_phones():
    """
    No phone at all is no error.
    """
    assert [] == Planes([]).places(dt.date(2016, 2, 2))
