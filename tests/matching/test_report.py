"""
Headlines, several variants and hosts, reasons, confidence, the JSON.
"""

from __future__ import annotations

import datetime as dt
import json

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from bandcheck.matching.codes import CODES
from bandcheck.matching.confidence import confidence
from bandcheck.matching.judge import judge
from bandcheck.matching.plan import Timetable
from bandcheck.matching.reasons import reasons
from bandcheck.matching.report import Network, Report, report
from bandcheck.matching.timeline import timeline
from bandcheck.matching.verdict import OUTCOMES
from bandcheck.model.bands import RATS, BandSet, KnownBands, Rat
from bandcheck.model.carrier import Carrier, Deployment, PhoneClass, Policy
from bandcheck.model.dates import Date, Span
from bandcheck.model.device import Capability, Device, RatFact, Variant
from bandcheck.model.sources import Source, Trust
from strategies import TOY_CARRIER, capabilities, carriers, days, toy_spectrum

ON = dt.date(2020, 2, 3)
LIVE = Span(since=Date.parse("2010-01-01"))
OVERLAPS = toy_spectrum().overlaps

SOURCES = {
    "maker": Source("maker", "manufacturer", "The maker"),
    "sheet": Source("sheet", "database", "A sheet", upstream="arena"),
    "copy": Source("copy", "database", "A copy of the sheet", upstream="arena"),
    "press": Source("press", "news", "A paper"),
}


def deployment(spec: str, sources: tuple[str, ...] = ("maker", "press"), **more: object) -> Deployment:
    (band,) = BandSet.parse(spec)
    settings_ = {"live": LIVE, "mfbi": BandSet(), "role": "core", "extent": "nationwide", **more}
    return Deployment(band.rat, BandSet.of(band), sources=sources, **settings_)  # type: ignore[arg-type]


def timetable(*found: Deployment, carrier_id: str = TOY_CARRIER) -> Timetable:
    carrier = Carrier(carrier_id, "Toy", "network", deployments=found, recorded=tuple(Rat), standalone=())
    return Timetable(carrier, OVERLAPS)


SHEET = {rat: RatFact(("maker", "press")) for rat in RATS}


def variant(known: KnownBands, key: str = "XM-1", facts: dict[Rat, RatFact] | None = None) -> Variant:
    stated = SHEET if facts is None else facts
    return Variant("acme/one", key, (key,), "", (), ((dt.date.min, Capability(known)),), stated)


def exactly(spec: str) -> KnownBands:
    return KnownBands.exactly(BandSet.parse(spec))


def maybe(spec: str) -> KnownBands:
    return KnownBands(BandSet(), BandSet.parse(spec))


def ask(variants: list[Variant], *networks: Timetable) -> Report:
    device = Device("acme/one", "Acme", "One", (), (), None, tuple(variants))
    hosts = [Network(network) for network in networks]
    return report("One", "Toy", ON, [(device, v) for v in variants], hosts, SOURCES, "v1")


FULL = timetable(deployment("lte 4"), deployment("umts 4"), deployment("gsm 1900"))


@pytest.mark.parametrize(
    ("known", "network", "expected"),
    [
        (exactly("lte 4 / nr 71"), timetable(deployment("lte 4"), deployment("nr 71")), "GETS 5G"),
        (exactly("lte 4"), FULL, "GETS 4G"),
        (exactly("lte 4"), timetable(deployment("lte 4", extent="markets")), "4G WITH GAPS"),
        (exactly("umts 4"), FULL, "NO 4G — 3G ONLY"),
        (exactly("umts 4"), timetable(deployment("umts 4", extent="markets")), "NO 4G — 3G IN PLACES"),
        (exactly("gsm 1900"), FULL, "2G ONLY"),
        (exactly("gsm 900"), FULL, "WI-FI ONLY"),
        (maybe("umts 4"), FULL, "NO 4G — 3G AT BEST"),
        (KnownBands(BandSet.parse("gsm 1900"), BandSet.parse("gsm 1900 / umts 4")), FULL, "NO 4G — 3G AT BEST"),
        (maybe("gsm 1900"), FULL, "NO 4G — 2G AT BEST"),
        (KnownBands(BandSet.parse("umts 4"), BandSet.parse("umts 4 / lte 4")), FULL, "MAYBE 4G"),
        (maybe("lte 4"), FULL, "MAYBE 4G"),
        (
            KnownBands(BandSet.parse("lte 4"), BandSet.parse("lte 4 / nr 71")),
            timetable(deployment("lte 4"), deployment("nr 71")),
            "MAYBE 5G (4G at least)",
        ),
        (KnownBands.unknown(Rat.LTE), FULL, "CAN'T SAY"),
        (maybe("nr 71"), Timetable(evolve(FULL.carrier, recorded=(Rat.LTE,), standalone=None), OVERLAPS), "MAYBE 5G"),
    ],
)
def test_headlines(known: KnownBands, network: Timetable, expected: str) -> None:
    """
    The words for each answer, exactly.
    """
    assert ask([variant(known)], network).headline == expected


def test_versions_that_differ() -> None:
    """
    Several variants with different answers: the range, and `varies`.
    """
    answer = ask([variant(exactly("umts 4"), "A"), variant(exactly("lte 4"), "B")], FULL)
    got = (answer.outcome, OUTCOMES[answer.worst], OUTCOMES[answer.best], answer.headline)
    assert got == ("varies", "3g", "4g", "DEPENDS ON THE VERSION: 3G … 4G")


def test_versions_that_nobody_recorded_are_left_out() -> None:
    """
    A model number without any band record does not turn the answer for the others into a guess: it is named, and
    leaves a need open. Alone it is an answer of its own.
    """
    known, dark = variant(exactly("lte 4"), "A"), variant(KnownBands.unknown(), "B", facts={})
    answer = ask([known, dark], FULL)
    assert (answer.headline, [v.key for v in answer.left_out]) == ("GETS 4G", ["B"])
    assert answer.meets(OUTCOMES.index("4g")) is None
    assert ask([dark], FULL).headline == "CAN'T SAY"


def test_a_partial_statement_of_hosts_leaves_a_need_open() -> None:
    """
    Where the MVNO may sell other networks too, the answer for the known one is said, and no more.
    """
    device = Device("acme/one", "Acme", "One", (), (), None, (variant(exactly("lte 4")),))
    mvno = Carrier("us/brand", "Brand", "mvno")
    hosts = [Network(FULL, mvno, partial=True)]
    answer = report("One", "Brand", ON, [(device, device.variants[0])], hosts, SOURCES)
    assert (answer.headline, answer.meets(OUTCOMES.index("4g"))) == ("GETS 4G", None)
    assert "BC103" in [r.code for r in answer.results[0].reasons]


def test_a_phone_that_was_not_out_yet() -> None:
    """
    Asked about a day before the phone came out, the answer says so.
    """
    device = Device("acme/one", "Acme", "One", (), (), Date.parse("2021-03"), (variant(exactly("lte 4")),))
    answer = report("One", "Toy", ON, [(device, device.variants[0])], [Network(FULL)], SOURCES)
    assert "BC104" in [r.code for r in answer.results[0].reasons]


def test_a_range_that_begins_with_unknown() -> None:
    """
    A version that is only possible is not Wi-Fi.
    """
    answer = ask([variant(maybe("lte 4"), "A"), variant(exactly("lte 4"), "B")], FULL)
    assert answer.headline == "DEPENDS ON THE VERSION: unknown … 4G"


def test_networks_that_differ() -> None:
    """
    One variant on an MVNO's several hosts: it is the network that decides.
    """
    other = timetable(deployment("lte 12"), carrier_id="us/other")
    assert ask([variant(exactly("lte 4"))], FULL, other).headline == "DEPENDS ON THE NETWORK: Wi-Fi … 4G"


def test_versions_that_agree() -> None:
    """
    The same outcome in all versions is the answer, with the worst coverage of any.
    """
    spotty = timetable(deployment("lte 4"), deployment("lte 12", extent="markets"))
    answer = ask([variant(exactly("lte 4 12"), "A"), variant(exactly("lte 12"), "B")], spotty)
    assert (answer.outcome, answer.headline) == ("4g", "4G WITH GAPS")


@pytest.mark.parametrize(
    ("known", "need", "meets"),
    [
        (exactly("lte 4"), "4g", True),
        (exactly("umts 4"), "4g", False),
        (maybe("lte 4"), "4g", None),
        (exactly("umts 4"), "3g", True),
    ],
)
def test_meeting_a_need(known: KnownBands, need: str, meets: bool | None) -> None:
    """
    For certain, not at all, or nobody can say.
    """
    assert ask([variant(known)], FULL).meets(OUTCOMES.index(need)) is meets


def codes(known: KnownBands, *found: Deployment, facts: dict[Rat, RatFact] | None = None) -> list[str]:
    return [r.code for r in reasons(judge(variant(known, facts=facts), timetable(*found), ON))]


@pytest.mark.parametrize(
    ("code", "known", "found"),
    [
        ("BC201", exactly("lte 3"), [deployment("lte 4")]),
        ("BC202", exactly("lte 4"), [deployment("lte 4")]),
        ("BC203", exactly("lte 12"), [deployment("lte 17", mfbi=BandSet.parse("lte 12"))]),
        ("BC204", exactly("lte 12"), [deployment("lte 17", mfbi=None)]),
        ("BC205", KnownBands.unknown(Rat.LTE), [deployment("lte 4")]),
        ("BC206", exactly("lte 4"), [deployment("lte 4", live=Span(by=Date.parse("2022")))]),
        ("BC207", exactly("lte 29"), [deployment("lte 29")]),
        ("BC207", exactly("lte 29"), [deployment("lte 29"), deployment("lte 4")]),
        ("BC208", exactly("lte 4"), [deployment("umts 4")]),
        ("BC209", exactly("umts 4"), [deployment("umts 4"), deployment("lte 4")]),
        ("BC210", exactly("nr 71"), [deployment("nr 71"), deployment("lte 4")]),
        ("BC211", exactly("lte 17"), [deployment("lte 12")]),
        ("BC221", exactly("lte 4"), [deployment("lte 4"), deployment("lte 2")]),
        ("BC222", exactly("lte 4"), [deployment("lte 4"), deployment("lte 12", role="coverage")]),
        ("BC223", exactly("lte 4"), [deployment("lte 4", extent="markets")]),
        ("BC224", exactly("lte 4"), [deployment("lte 4", role=None), deployment("lte 2", role=None)]),
        ("BC225", exactly("lte 4 / nr 260"), [deployment("lte 4"), deployment("nr 260")]),
        ("BC226", exactly("lte 4"), [deployment("lte 4"), deployment("cdma 1", beyond=(Rat.LTE,))]),
        ("BC302", exactly("gsm 1900"), [deployment("gsm 1900")]),
        ("BC303", exactly("umts 1"), [deployment("umts 4")]),
        ("BC304", exactly("lte 4"), [deployment("lte 4")]),
        (
            "BC003",
            exactly("gsm 1900"),
            [
                deployment(
                    "gsm 1900", live=Span(since=Date.parse("2000"), until=Date.parse("2015-01-01"), announced=True)
                )
            ],
        ),
        ("BC002", exactly("lte 4"), [deployment("lte 4")]),  # last seen in 2010
    ],
)
def test_reason_codes(code: str, known: KnownBands, found: list[Deployment]) -> None:
    """
    Each code stands for its case.
    """
    assert code in codes(known, *found)


def test_a_merged_sheet_is_said() -> None:
    """
    Bands that only bound this version are never told as its own.
    """
    found = codes(maybe("lte 4"), deployment("lte 4"), facts={Rat.LTE: RatFact(("sheet",), bound=True)})
    assert "BC101" in found
    assert "BC202" not in found


def test_disagreement_and_rule_are_said() -> None:
    """
    Disputed facts and inferred ones are named.
    """
    facts = {
        Rat.LTE: RatFact(("a", "b"), Trust.DISPUTED, (("lte 4", ("a",)), ("lte 2", ("b",)))),
        Rat.NR: RatFact((), Trust.INFERRED),
    }
    assert {"BC001", "BC004"} <= set(codes(maybe("lte 2 4"), deployment("lte 4"), facts=facts))


@settings(max_examples=60)
@given(phone=capabilities(), carrier=carriers(max_policies=2), on=days())
def test_every_answer_has_documented_reasons(phone: Capability, carrier: Carrier, on: dt.date) -> None:
    """
    Every verdict has reasons, each with a code that `bandcheck rule` explains, and a sentence; the JSON holds them.
    """
    one = Variant("acme/one", "XM-1", (), "", (), ((dt.date.min, phone),))
    answer = report("One", "Toy", on, [(None, one)], [Network(Timetable(carrier, OVERLAPS))], {})
    found = answer.results[0].reasons
    assert found
    assert all(r.code in CODES and r.text.endswith((".", "5G", "4G", "3G", "2G")) for r in found)
    parsed = json.loads(json.dumps(answer.to_dict()))
    assert parsed["outcome"] == answer.outcome
    assert [r["code"] for r in parsed["results"][0]["reasons"]] == [r.code for r in found]


@given(phones=st.lists(capabilities(), min_size=1, max_size=3), carrier=carriers(), on=days(), order=st.randoms())
def test_the_order_of_versions_does_not_matter(
    phones: list[Capability], carrier: Carrier, on: dt.date, order: st.random.Random
) -> None:
    """
    Outcome, range and headline are the same in whatever order versions stand.
    """
    table = Timetable(carrier, OVERLAPS)
    variants = [Variant("", str(n), (), "", (), ((dt.date.min, p),)) for n, p in enumerate(phones)]
    shuffled = list(variants)
    order.shuffle(shuffled)

    def answer(found: list[Variant]) -> tuple[str, int, int, str]:
        one = report("", "", on, [(None, v) for v in found], [Network(table)], {})
        return one.outcome, one.worst, one.best, one.headline

    assert answer(variants) == answer(shuffled)


@pytest.mark.parametrize(
    ("phone_sources", "network_sources", "grade"),
    [
        (("maker", "press"), ("maker", "press"), "high"),
        (("maker",), ("maker", "press"), "medium"),
        (("sheet",), ("maker", "press"), "low"),
        (("sheet", "copy"), ("maker", "press"), "low"),  # one upstream is one source
        (("sheet", "press"), ("maker",), "medium"),
    ],
)
def test_confidence(phone_sources: tuple[str, ...], network_sources: tuple[str, ...], grade: str) -> None:
    """
    High: two independent sources for each deciding fact; medium: one that saw it itself; low: one that retells.
    """
    fact = RatFact(phone_sources)
    facts = dict.fromkeys(RATS, fact)
    seen = Span(since=Date.parse("2010-01-01"), seen=Date.parse("2020-01-01"))
    table = timetable(deployment("lte 4", network_sources, live=seen))
    assert confidence(judge(variant(exactly("lte 4"), facts=facts), table, ON), SOURCES)[0] == grade


def test_old_sightings_lower_confidence() -> None:
    """
    What was last seen six years ago is less sure, and the why says how old it is.
    """
    facts = {rat: RatFact(("maker", "press")) for rat in RATS}
    grade, whys = confidence(judge(variant(exactly("lte 4"), facts=facts), FULL, ON), SOURCES)
    assert grade == "medium"
    assert whys == ("the newest sighting is 122 months old",)


def seen_network(**more: object) -> Timetable:
    """
    A network whose LTE 4 two independent sources saw lately.
    """
    seen = Span(since=Date.parse("2010-01-01"), seen=Date.parse("2020-01-01"))
    table = timetable(deployment("lte 4", live=seen))
    return Timetable(evolve(table.carrier, **more), OVERLAPS)


def test_conditions_lower_confidence() -> None:
    """
    Where a carrier lets phones in under conditions and nobody recorded whether this one meets them, that is not sure.
    """
    rule = Policy("a rule", "conditional", LIVE, PhoneClass(), "Phones must be registered.", ("maker", "press"))
    one = variant(exactly("lte 4"))
    free, bound = (judge(one, seen_network(policies=rules), ON) for rules in ((), (rule,)))

    assert [("high", ()), ("medium", ("nobody recorded whether this phone meets Toy's conditions",))] == [
        confidence(verdict, SOURCES) for verdict in (free, bound)
    ]


@pytest.mark.parametrize("order", [("maker press", "maker", "sheet"), ("sheet", "maker", "maker press")])
def test_the_least_sure_version_counts(order: tuple[str, ...]) -> None:
    """
    A report is as sure as its least sure version, wherever that stands; alone and in one line.
    """
    facts = [dict.fromkeys(RATS, RatFact(tuple(sources.split()))) for sources in order]
    versions = [variant(exactly("lte 4"), str(n), fact) for n, fact in enumerate(facts)]

    answer = ask(versions, seen_network())

    assert {"high", "medium", "low"} == {confidence(r.verdict, SOURCES)[0] for r in answer.results}
    assert ("low", "low") == (answer.confidence[0], answer.summary.grade)


def test_timeline() -> None:
    """
    Equal answers in a row are one stretch; each begins on the day of its change.
    """
    table = timetable(
        deployment("umts 4", live=Span(since=Date.parse("2008-05-01"), until=Date.parse("2022-07-01"))),
        deployment("lte 4", live=Span(since=Date.parse("2013-03-26"))),
    )
    one = variant(exactly("umts 4"))

    def on_day(day: dt.date) -> Report:
        return report("", "", day, [(None, one)], [Network(table)], {})

    found = [(s.since, s.report.outcome) for s in timeline(on_day, table.turns)]
    assert found == [(None, "wifi"), (dt.date(2008, 5, 1), "3g"), (dt.date(2022, 7, 1), "wifi")]
