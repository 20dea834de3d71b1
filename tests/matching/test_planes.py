"""
Many phones met with a plan at once: the same rules in another layout.
"""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from bandcheck.matching.judge import judge
from bandcheck.matching.plan import Timetable
from bandcheck.matching.planes import COVERAGES, RULINGS, VOICES, Planes
from bandcheck.matching.radio import Radio
from bandcheck.matching.said import Said, say
from bandcheck.matching.verdict import OUTCOMES
from bandcheck.model.carrier import Carrier
from strategies import days, operators, toy_spectrum, variants


@settings(max_examples=30)
@given(st.lists(variants(), min_size=1, max_size=4), operators(), days())
def test_planes_say_what_single_verdicts_say(phones, carrier, on):
    """
    On every day on which anything changes, every field of every phone's answer is that of `judge`. The outcome alone,
    which asks less, is the same, and so is what is spelled out; and no plane is wider than the phones.
    """
    timetable = Timetable(carrier, toy_spectrum().overlaps)
    planes = Planes.of(phones)
    names = (*OUTCOMES, "unknown")

    for day in (on, *timetable.turns):
        met = planes.meet(timetable.plan(day))
        outcomes = planes.outcomes(timetable.plan(day))
        places = planes.places(day)

        singly = [judge(phone, timetable, day) for phone in phones]
        assert [told(verdict) for verdict in singly] == [answer(met, place) for place in places]
        assert [tuple(getattr(v, field) for field in Said._fields) for v in singly] == say(
            planes, timetable.plan(day), day
        )
        assert [verdict.outcome for verdict in singly] == [names[number(outcomes, n)] for n in places]
        flat = (*met.planes, met.lte_possible, met.lte_unrecorded, *outcomes)
        assert all(0 <= plane < 1 << planes.count for plane in flat)


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


@given(variants())
def test_a_radio_made_a_variant_is_that_radio(phone):
    """
    Nothing that a verdict looks at is lost on the way to a variant and back.
    """
    assert Radio.of(phone) == Radio.of(Radio.of(phone).variant(phone.facts))


def test_no_phones():
    """
    No phone at all is no error.
    """
    on = dt.date(2016, 2, 2)
    plan = Timetable(Carrier("us/toy", "Toy", "network"), toy_spectrum().overlaps).plan(on)

    assert ([], []) == (Planes([]).places(on), say(Planes([]), plan, on))
