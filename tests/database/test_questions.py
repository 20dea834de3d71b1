"""
Questions about all phones, or all carriers, at once.
"""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from bandcheck.database.catalog import Catalog
from bandcheck.database.phones import Facts, Phones
from bandcheck.database.questions import ask, everywhere, networks_for, phones_on
from bandcheck.matching.plan import Timetable
from bandcheck.matching.report import Network, Report, report
from bandcheck.matching.summary import Summary
from bandcheck.matching.verdict import OUTCOMES
from bandcheck.model.bands import Rat
from bandcheck.model.device import Device
from strategies import TOY_SOURCES, dates, days, operators, toy_spectrum, variants

DAYS = [dt.date(2012, 1, 1), dt.date(2016, 2, 2), dt.date(2020, 1, 1), dt.date(2026, 11, 22)]


def said(answer: Summary | Report) -> tuple[object, ...]:
    """
    All that a list says of an answer, or asks it.
    """
    meets = tuple(answer.meets(need) for need in range(len(OUTCOMES)))
    return answer.worst, answer.best, answer.outcome, answer.coverage, answer.headline, answer.refused, meets


@st.composite
def devices(draw: st.DrawFn, device_id: str) -> Device:
    """
    A phone of one to three versions; of some nobody recorded the bands.
    """
    versions = tuple(draw(variants([device_id], key)) for key in "abc"[: draw(st.integers(1, 3))])
    released = draw(st.one_of(st.none(), dates()))
    return Device(device_id, "Acme", device_id[5:].title(), (), (), released, versions)


@st.composite
def networks(draw: st.DrawFn) -> list[Network]:
    """
    The one or two networks of a question, whose list may be partial, or stated only later.
    """
    found = []
    for number in range(draw(st.integers(1, 2))):
        carrier = evolve(draw(operators()), id=f"us/toy-{number}") if number else draw(operators())
        timetable = Timetable(carrier, toy_spectrum().overlaps)
        found.append(Network(timetable, stated=draw(st.booleans()), partial=draw(st.booleans())))
    return found


@settings(max_examples=30)
@given(st.tuples(devices("acme/one"), devices("acme/two")), networks(), days())
def test_planes_answer_as_reports_do(phones: tuple[Device, ...], hosts: list[Network], on: dt.date) -> None:
    """
    What a list of phones says by planes of each phone that is out is what a report on it says: data, calls, headline,
    how sure, and whether it meets any need.
    """
    expected = []
    for device in phones:
        if device.released is None or device.released.first <= on:
            asked = [(device, variant) for variant in device.variants]
            single = report(device.id, "toy", on, asked, hosts, TOY_SOURCES)
            voices = {result.verdict.voice for result in single.results}
            voice = voices.pop() if len(voices) == 1 else "varies"
            stated = all(host.stated for host in hosts)
            expected.append(
                (device.full_name, len(device.variants), *said(single), voice, single.confidence[0], stated)
            )

    found = Phones.of_devices(phones).answers(hosts, on, TOY_SOURCES)

    assert expected == [(p.full_name, len(p.radios), *said(a), a.voice, a.grade, a.stated) for p, a in found]


def test_phones_of_documents_are_those_of_devices(catalog: Catalog) -> None:
    """
    Read from the index's documents, phones, radios and facts are what they are when read as values of the model.
    """
    of_values, of_documents = Phones.of_devices(catalog.devices()), Phones.of_catalog(catalog)

    assert [phone[:2] + phone[3:] for phone in of_values] == [phone[:2] + phone[3:] for phone in of_documents]
    assert [str(phone.released) for phone in of_values] == [str(phone.released) for phone in of_documents]
    assert of_values.planes.number == of_documents.planes.number
    assert of_values.planes.radios == of_documents.planes.radios
    assert list(map(plain, of_values.facts)) == list(map(plain, of_documents.facts))


def plain(facts: Facts) -> dict[Rat, tuple[object, ...]]:
    return {rat: (fact.sources, fact.trust, fact.claims, fact.bound, fact.layer) for rat, fact in facts.items()}


@pytest.mark.parametrize("on", DAYS)
def test_every_phone_is_answered_as_it_is_alone(catalog: Catalog, on: dt.date) -> None:
    """
    On networks and MVNOs, of all brands or one, each phone of a list gets what `ask` says of it.
    """
    for carrier in catalog.carriers():
        if not networks_for(catalog, carrier, on):
            continue
        listed = {phone.id: said(answer) for phone, answer in phones_on(catalog, carrier.id, on)}
        out = [d for d in catalog.devices() if d.released is None or d.released.first <= on]

        assert listed == {d.id: said(ask(catalog, d.id, carrier.id, on)) for d in out}
        of_brand = [phone.id for phone, _ in phones_on(catalog, carrier.id, on, "ACME")]
        assert [d.id for d in out if d.brand == "Acme"] == of_brand


@pytest.mark.parametrize("on", DAYS)
def test_every_carrier_answers_as_it_does_alone(catalog: Catalog, on: dt.date) -> None:
    """
    Each carrier of a list says what it says when asked alone.
    """
    found = {c.id: said(answer) for c, answer in everywhere(catalog, "Acme One", on)}

    assert [c.id for c in catalog.carriers()] == list(found)
    assert found == {c: said(ask(catalog, "Acme One", c, on)) for c in found}
