"""
Bulk answers as `bandcheck.screen` does, on every row.
"""

from __future__ import annotations

import datetime as dt
import itertools
from types import SimpleNamespace

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from bandcheck.matching.judge import judge
from bandcheck.matching.planes import COVERAGES, RULINGS, VOICES
from bandcheck.matching.summary import Summary
from bandcheck.matching.verdict import Coverage
from bandcheck.model.bands import Rat
from bandcheck.model.carrier import Carrier, Hosting
from bandcheck.model.device import Device, RatFact, Variant
from bandcheck.model.listing import Listing
from bandcheck.model.statement import EFFECTS, Statement
from bandcheck.screening.bulk.table import Decided, Table
from bandcheck.screening.bulk.verdicts import FIELDS, NAMES, NOW, Verdicts, gathered, later, matrix
from bandcheck.screening.finding import Gate
from bandcheck.screening.gates import identity
from bandcheck.screening.gates import radio as gates_radio
from bandcheck.screening.policy import Hardness, Policy, Waiver
from bandcheck.screening.radio import answer
from bandcheck.screening.screen import Screener
from strategies import capabilities, carriers, dates, days, policies, spans
from toy_catalog import ToyCatalog

SOLD_IN = st.sampled_from([(), ("US",), ("CN",), ("US", "CA")])
CLAIMS = (
    "",
    "4G LTE",
    "5G",
    "official",
    "works on all carriers",
    "no google",
    "US version",
    "T-Mobile certified",
    "global version",
    "case",
    "contradiction",
    "4G official US version",
)
DEFAULT = Policy.load()
CODES = [code for code in range(1 << 14) if FIELDS["worst"][code] <= FIELDS["best"][code]]


@st.composite
def phones(draw, device_id, usual):
    """
    A phone with one to three versions, of some of which nobody recorded any bands. Many are all but alike, or like the
    usual one: then different words for one answer come up.
    """
    variants = []
    for number in range(draw(st.integers(1, 3))):
        other = draw(capabilities())
        alike = [usual, usual, evolve(usual, volte=other.volte), evolve(usual, nsa=other.nsa)]
        first = draw(st.sampled_from([*alike, other]))
        states = [(dt.date.min, first)]
        if draw(st.integers(0, 3)) == 0:
            states.append((draw(days()), evolve(first, bands=other.bands)))
        key = f"{device_id[-1]}{number}"
        facts = {Rat.LTE: RatFact(("toy",))} if draw(st.integers(0, 3)) else {}
        variants.append(Variant(device_id, key, (key,), "", draw(SOLD_IN), tuple(states), facts, ("toy",)))
    return Device(device_id, device_id.partition("/")[0].title(), device_id[-1], (), (), None, tuple(variants))


@st.composite
def networks(draw):
    """
    Two operators, an MVNO that used one or both of them, and one of which nobody knows whose network it uses.
    """
    found = [evolve(draw(carriers(max_policies=2)), id=i, emergency=(draw(policies()),)) for i in ("us/toy", "us/two")]
    hosts = st.lists(st.sampled_from(["us/toy", "us/two"]), min_size=1, max_size=2, unique=True)
    hostings = draw(st.lists(st.tuples(dates(), hosts, st.booleans()), min_size=1, max_size=2))
    hostings.sort(key=lambda one: one[0].first)
    stated = tuple(Hosting(day, tuple((h, "") for h in names), (), partial) for day, names, partial in hostings)
    found.append(Carrier("ca/virtual", "T-Mobile", "mvno", hostings=stated))
    return [*found, Carrier("us/nobody", "Nobody", "mvno")]


@st.composite
def statements(draw):
    """
    What somebody said of a brand, a phone or a version.
    """
    kind = draw(st.sampled_from(sorted(EFFECTS)))
    whom = draw(st.sampled_from(["brands", "devices", "models"]))
    meant = {"brands": "acme", "devices": "acme/a", "models": "a0"}[whom]
    return Statement(
        id="us/toy",
        kind=kind,
        effect=draw(st.sampled_from(EFFECTS[kind])),
        who="Somebody",
        live=draw(spans()),
        says="It is so.",
        carrier=draw(st.sampled_from(["us/toy", "us/two"])) if kind == "certification" else "",
        to=draw(st.sampled_from(["", "us/toy", "us/two", "Shop"])) if kind == "authorisation" else "",
        country=draw(st.sampled_from(["", "US"])) if kind != "equipment" else "US",
        fcc_ids=draw(st.sampled_from([(), ("ABC1",)])) if kind == "equipment" else (),
        **{whom: frozenset({meant})},
    )


@st.composite
def shop_policies(draw):
    """
    A shop's policy: any level, any weights, waivers of a phone or a title.
    """
    hard = st.sampled_from([Hardness.HARD, Hardness.SOFT, Hardness.ADVISORY])
    waiver = st.builds(
        Waiver,
        gate=st.sampled_from([Gate.CERTIFICATION, Gate.BANDS, Gate.CLAIMS]),
        owner=st.just("Eve"),
        reason=st.just("why not"),
        expires=days(),
        device=st.sampled_from(["acme/a", ""]),
        listing=st.sampled_from(["acme/a", "S-1"]),
    )
    return evolve(
        DEFAULT,
        min_data=draw(st.integers(1, 4)),
        horizon_months=draw(st.sampled_from([0, 1, 24])),
        hosts=draw(st.sampled_from(["all", "any", frozenset({"us/two"})])),
        emergency=draw(st.booleans()),
        gates={**DEFAULT.gates, **{gate: draw(hard) for gate in Gate if gate is not Gate.SELLER}},
        waivers=tuple(draw(st.lists(waiver, max_size=2))),
    )


@st.composite
def catalogs(draw):
    """
    A made-up database.
    """
    usual = draw(capabilities())
    devices = [draw(phones(device_id, usual)) for device_id in ("acme/a", "acme/b", "other/c")]
    return ToyCatalog(devices, draw(networks()), draw(st.lists(statements(), max_size=3)))


@settings(max_examples=12)
@given(catalogs(), shop_policies(), st.lists(days(), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_bulk_is_single(catalog, policy, on, chance):
    """
    Whatever the phones, plans, hosts, statements, policy and days: each row gets the answer that it gets alone.
    """
    names = ("acme/a", "acme/b", "acme/a a0", "acme/b b1", "other/c", "acme/a acme/b", "unknown", "")
    claims = chance.choice([CLAIMS, CLAIMS[:2], CLAIMS[:1]])
    titles = [f"{name} {claim}".strip() for name in names for claim in (chance.choice(claims), chance.choice(claims))]
    sellers = ["Shop", "Another", catalog.carrier("us/toy").name]
    hands = [{"seller": one, "fulfiller": other} for one in sellers for other in ("", "Shop")]
    more = [{}, chance.choice(hands), {"fcc_id": "ABC1"}, {"sku": "S-1", "fcc_id": "x"}, {"market": "US"}]
    listings = [Listing(0, title=title, **chance.choice(more)) for title in dict.fromkeys(titles)]
    places = [*sorted(catalog.carrier_ids), "", "nowhere"]
    written = [*(day.isoformat() for day in on), "", "some day"]
    table = Table(catalog, policy, on[0], "us/toy")
    single = Screener(catalog, policy, on[0], "us/toy")

    numbers = [
        [table.phone(listing) for listing in listings],
        [table.carrier(name) for name in places],
        [table.day(text) for text in written],
    ]
    rows = list(itertools.product(range(len(listings)), range(len(places)), range(len(written))))
    chance.shuffle(rows)
    rows = rows[:150]
    phones_, carriers_, days_ = (np.asarray([numbers[n][row[n]] for row in rows]) for n in range(3))
    actual = [table.answers[number] for number in table.decide(phones_, carriers_, days_)]

    expected = [alone(single, listings[p], places[c], written[d]) for p, c, d in rows]
    assert expected == actual


def alone(screener, listing, carrier, day):
    """
    What a listing gets by itself.
    """
    if not listing.title:
        return Decided("skipped", skipped="no title, model or model number")
    if day == "some day":
        return Decided("skipped", skipped="'some day' is not a date: write it as 2016-02-02")
    on = dt.date.fromisoformat(day) if day else None
    return Decided.of(screener.one(evolve(listing, carrier=carrier, on=on)))


def answer_of(code):
    """
    What a code says, by attribute of a verdict.
    """
    levels = dict.fromkeys(("outcome", "radio", "worst", "best"), NAMES)
    rulings = dict.fromkeys(("acceptance", "emergency"), RULINGS)
    names = {**levels, **rulings, "coverage": COVERAGES, "voice": VOICES}
    return SimpleNamespace(**{field: names[field][places[code]] for field, places in FIELDS.items()})


@settings(max_examples=6)
@given(catalogs(), days())
def test_codes_are_verdicts(catalog, on):
    """
    Every column of a verdict, spelled out from its code, is that of `judge`.
    """
    planes = catalog.planes
    verdicts = Verdicts(planes)
    versions = [v for device in catalog._devices.values() for v in device.variants]
    for carrier in ("us/toy", "us/two"):
        timetable = catalog.timetable(carrier)
        row = verdicts.row(timetable.plan(on))
        codes = verdicts.table[row][planes.places(on)]
        for variant, code in zip(versions, codes.tolist(), strict=True):
            verdict, told = judge(variant, timetable, on), answer_of(code)

            assert (verdict.outcome, verdict.radio, verdict.voice) == (told.outcome, told.radio, told.voice)
            assert (verdict.coverage.value if verdict.coverage else None) == told.coverage
            assert (verdict.acceptance.value, verdict.emergency.value) == (told.acceptance, told.emergency)
            assert (verdict.worst, verdict.best) == (NAMES.index(told.worst), NAMES.index(told.best))


@settings(max_examples=6)
@given(catalogs(), days())
def test_matrix(catalog, on):
    """
    The matrix of a day has the outcome of every phone on every carrier; gathers take its cells.
    """
    timetables = [catalog.timetable(carrier) for carrier in ("us/toy", "us/two")]
    versions = [v for device in catalog._devices.values() for v in device.variants]
    expected = [[judge(version, timetable, on).outcome for version in versions] for timetable in timetables]

    found = matrix(catalog.planes, timetables, on)
    rows, columns = np.divmod(np.arange(found.size), len(versions))

    assert expected == [[NAMES[number] for number in row] for row in found.tolist()]
    assert found.ravel().tolist() == gathered(found, rows, columns).tolist()


def report_of(codes):
    """
    The report on versions with these codes, as far as gates ask for it.
    """
    network, carrier = SimpleNamespace(partial=False), SimpleNamespace(id="us/toy")
    results = []
    for code in codes:
        told = answer_of(code)
        levels = {"worst": NAMES.index(told.worst), "best": NAMES.index(told.best)}
        emergency, reach = SimpleNamespace(value=told.emergency), Coverage(told.coverage) if told.coverage else None
        more = {"outcome": told.outcome, "coverage": reach, "voice": told.voice}
        verdict = SimpleNamespace(**levels, **more, emergency=emergency, carrier=carrier)
        results.append(SimpleNamespace(verdict=verdict, network=network))
    return SimpleNamespace(results=results, left_out=())


def facts_of(report, need):
    """
    What gates ask of a report on one network: now, and at the horizon.
    """
    summary = Summary([result.verdict for result in report.results], True, False, True, tuple)
    refusing = any(gates_radio._emergency(result) is False for result in report.results)

    def reaches(result):
        return True if result.verdict.worst >= need else False if result.verdict.best < need else None

    calls = answer(report, "all", gates_radio._calls)
    now = (
        (summary.outcome, summary.worst, summary.best, summary.coverage),
        (identity._agree(report), calls, answer(report, "all", gates_radio._emergency), refusing),
    )
    return now, (answer(report, "all", reaches), calls)


@pytest.mark.parametrize("need", range(1, 5))
@settings(max_examples=3)
@given(st.randoms(use_true_random=False))
def test_settled_words_say_the_same(need, chance):
    """
    Versions whose joined words settle on the same word have reports of which all gates say the same.
    """
    words = NOW, later(need)
    told = {}, {}
    for _ in range(150):
        few = chance.sample(CODES, 3)
        for codes in itertools.chain.from_iterable(itertools.combinations(few, size) for size in (1, 2, 3)):
            facts = facts_of(report_of(codes), need)
            for word, fact, known in zip(words, facts, told, strict=True):
                settled = word.settled(int(np.bitwise_or.reduce(word.of_code[list(codes)])))
                assert known.setdefault(settled, fact) == fact


def test_real_listings(real_catalog):
    """
    On the real database, phones of several versions get in bulk what each gets alone.
    """
    several = [doc for doc in real_catalog.documents("device") if len(doc["variants"]) > 1]
    titles = [f"{doc['brand']} {doc['name'].removeprefix(doc['brand'])}" for doc in several]
    listings = [Listing(0, title=title) for title in titles[:: len(titles) // 40]]
    carriers_ = ["us/t-mobile", "us/us-mobile", "us/verizon", "gb/ee", "de/telekom", "in/jio", "cn/china-mobile"]
    on = [dt.date(2016, 2, 2), dt.date(2020, 1, 1), dt.date(2024, 6, 1)]
    table, single = (make(real_catalog, DEFAULT, on[0], "us/t-mobile") for make in (Table, Screener))

    rows = list(itertools.product(listings, carriers_, on))
    phones_ = np.repeat([table.phone(listing) for listing in listings], len(carriers_) * len(on))
    numbers = itertools.product(map(table.carrier, carriers_), [table.day(day.isoformat()) for day in on])
    places = np.asarray([*numbers] * len(listings))
    actual = [table.answers[number] for number in table.decide(phones_, places[:, 0], places[:, 1])]

    assert [Decided.of(single.one(evolve(one, carrier=carrier, on=day))) for one, carrier, day in rows] == actual
    assert len(set(actual)) > 20


def test_real_database(real_catalog):
    """
    On the real database too, for some carriers and days, every phone's code is its verdict.
    """
    planes = real_catalog.planes
    verdicts = Verdicts(planes)
    step = 23  # one of so many phones: the law above is about all of them
    numbers = list(planes.number.items())[::step]
    variants = {(d, key): v for (d, key), _ in numbers for v in real_catalog.device(d).variants if v.key == key}
    for carrier, on in (("us/t-mobile", "2016-02-02"), ("us/verizon", "2023-01-01"), ("au/telstra", "2024-12-01")):
        timetable, day = real_catalog.timetable(carrier), dt.date.fromisoformat(on)
        row = verdicts.row(timetable.plan(day))
        codes = verdicts.table[row]
        places = planes.places(day)
        expected = [judge(variants[variant], timetable, day) for variant, _ in numbers]
        actual = [answer_of(int(codes[places[number]])) for _, number in numbers]

        assert [(v.outcome, v.voice, v.acceptance.value) for v in expected] == [
            (a.outcome, a.voice, a.acceptance) for a in actual
        ]
