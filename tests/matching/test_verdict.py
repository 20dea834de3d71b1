"""
Rules 1 to 4 of a verdict: a table of cases for each rule, and the laws that hold for every phone and every carrier.
"""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from bandcheck.matching.plan import BandPlan, Timetable, plan_on
from bandcheck.matching.verdict import G2, G3, G4, G5, WIFI, Coverage, Support, coverage, match
from bandcheck.model.bands import BandSet, KnownBands, Rat
from bandcheck.model.carrier import Block, Carrier, Deployment
from bandcheck.model.dates import Date, Span
from bandcheck.model.device import Capability
from strategies import TOY_CARRIER, band_sets, capabilities, carriers, days, deployments, plans, toy_spectrum

ON = dt.date(2020, 2, 3)
LIVE = Span(since=Date.parse("2010-01-01"))
OVERLAPS = toy_spectrum().overlaps
A_BLOCK = Block((699000, 704000), (729000, 734000))


def phone(spec: str, **more: object) -> Capability:
    """
    A phone with exactly these bands.
    """
    return Capability(KnownBands.exactly(BandSet.parse(spec)), **more)  # type: ignore[arg-type]


def runs(spec: str, live: Span = LIVE, **more: object) -> tuple[Deployment, ...]:
    """
    Deployments of these bands, alike but for the band.
    """
    return tuple(
        Deployment(band.rat, BandSet.of(band), live, **{"mfbi": BandSet(), **more})  # type: ignore[arg-type]
        for band in BandSet.parse(spec)
    )


def carrier(*groups: tuple[Deployment, ...], **more: object) -> Carrier:
    """
    A carrier with these deployments and no others.
    """
    found = tuple(d for group in groups for d in group)
    settings = {"recorded": tuple(Rat), "standalone": (), **more}
    return Carrier(TOY_CARRIER, "Toy", "network", deployments=found, **settings)  # type: ignore[arg-type]


def plan(*groups: tuple[Deployment, ...], on: dt.date = ON, **more: object) -> BandPlan:
    """
    The plan of such a carrier on a day.
    """
    return plan_on(carrier(*groups, **more), on, OVERLAPS)


@pytest.mark.parametrize(
    ("spec", "network", "rat", "support"),
    [
        ("lte 4", runs("lte 2 4 12"), Rat.LTE, Support.YES),  # exact
        ("lte 3 7", runs("lte 2 4 12"), Rat.LTE, Support.NO),  # disjoint
        ("lte 12", runs("lte 17", mfbi=BandSet.parse("lte 12")), Rat.LTE, Support.YES),  # documented MFBI
        ("lte 12", runs("lte 17", mfbi=None), Rat.LTE, Support.MAYBE),  # overlap, nobody says what is broadcast
        ("lte 12", runs("lte 17"), Rat.LTE, Support.NO),  # overlap, known to broadcast nothing else
        ("lte 17", runs("lte 12", mfbi=None, block=A_BLOCK), Rat.LTE, Support.NO),  # the block lies outside B17
        ("lte 17", runs("lte 12", mfbi=None), Rat.LTE, Support.MAYBE),  # no block known
        ("lte 1", runs("lte 4", mfbi=None), Rat.LTE, Support.NO),  # only the downlinks overlap
        ("lte 7", runs("lte 41", mfbi=None), Rat.LTE, Support.NO),  # FDD against TDD
        ("lte 29", runs("lte 29 2"), Rat.LTE, Support.NO),  # downlink only
        ("umts 1", runs("lte 1"), Rat.LTE, Support.NO),  # a number never travels without its RAT
        ("tdscdma 34", runs("umts 1"), Rat.UMTS, Support.NO),
        ("umts 1", runs("tdscdma 34"), Rat.TDSCDMA, Support.NO),
    ],
)
def test_support_of_one_rat(spec: str, network: tuple[Deployment, ...], rat: Rat, support: Support) -> None:
    """
    Rule 1: exact, MFBI, possible, downlink only.
    """
    assert match(phone(spec), plan(network)).support(rat) is support


def test_mfbi_counts_from_its_day() -> None:
    """
    Before cells broadcast a further band it is possible only; from that day it is certain.
    """
    network = runs("lte 17", mfbi=BandSet.parse("lte 12"), mfbi_since=Date.parse("2015-08-14"))
    before = match(phone("lte 12"), plan(network, on=dt.date(2015, 8, 13)))
    after = match(phone("lte 12"), plan(network, on=dt.date(2015, 8, 14)))
    assert (before.outcome, before.best, after.outcome) == ("unknown", G4, "4g")


def test_a_phone_that_reads_no_mfbi_stays_out() -> None:
    """
    FGI 31 known to be off: only the cell's own band counts. Unknown: the carrier would not do it for nobody.
    """
    network = plan(runs("lte 17", mfbi=BandSet.parse("lte 12")))
    outcomes = [match(phone("lte 12", mfbi=reads), network).outcome for reads in (False, None, True)]
    assert outcomes == ["wifi", "4g", "4g"]


@pytest.mark.parametrize(
    ("spec", "more", "network", "standalone", "worst", "best"),
    [
        ("lte 4 / nr 71", {}, "lte 4 / nr 71", None, G5, G5),  # through LTE
        ("nr 71", {}, "lte 4 / nr 71", (), WIFI, WIFI),  # non-standalone, and no LTE to enter with
        ("nr 71", {"sa": True}, "nr 71", True, G5, G5),
        ("nr 71", {"sa": None}, "nr 71", True, WIFI, G5),
        ("nr 71", {"sa": False}, "nr 71", True, WIFI, WIFI),
        ("nr 71", {"sa": True}, "nr 71", None, WIFI, G5),  # nobody recorded whether it is standalone
        ("lte 3 / nr 71", {"sa": False}, "lte 4 / nr 71", True, WIFI, WIFI),  # LTE, but none in common
        ("lte 4 / nr 71", {"nsa": False, "sa": True}, "lte 4 / nr 71", (), G4, G4),
    ],
)
def test_nr_needs_a_way_in(
    spec: str, more: dict[str, bool], network: str, standalone: object, worst: int, best: int
) -> None:
    """
    Rule 2: NR needs a standalone network and phone, or LTE in common.
    """
    spans = ((LIVE, ("toy",)),) if standalone is True else standalone
    met = match(phone(spec, **more), plan(runs(network), standalone=spans))
    assert (met.worst, met.best) == (worst, best)


@pytest.mark.parametrize(
    ("spec", "more", "network", "evdo", "worst", "best"),
    [
        ("gsm 1900", {}, "gsm 1900", None, G2, G2),
        ("umts 2", {}, "umts 2", None, G3, G3),
        ("tdscdma 34", {}, "tdscdma 34", None, G3, G3),
        ("cdma 1", {"evdo": True}, "cdma 1", True, G3, G3),
        ("cdma 1", {"evdo": False}, "cdma 1", True, G2, G2),
        ("cdma 1", {"evdo": True}, "cdma 1", False, G2, G2),
        ("cdma 1", {}, "cdma 1", True, G2, G3),
        ("cdma 1", {"evdo": True}, "cdma 1", None, G2, G3),
        ("lte 4 / umts 2 / gsm 1900", {}, "lte 4 / umts 2 / gsm 1900", None, G4, G4),
    ],
)
def test_levels(spec: str, more: dict[str, bool], network: str, evdo: bool | None, worst: int, best: int) -> None:
    """
    Rule 3: the best RAT among the certain ones, and among the possible ones; 1X alone is 2G.
    """
    cells = tuple(evolve(d, evdo=evdo) for d in runs(network))
    met = match(phone(spec, **more), plan(cells))
    assert (met.worst, met.best) == (worst, best)


def test_unknown_is_neither_yes_nor_no() -> None:
    """
    Nobody recorded the phone's LTE, or the carrier's: 4G is possible, and nothing is certain.
    """
    dark = Capability(KnownBands.unknown(Rat.LTE))
    assert match(dark, plan(runs("lte 4"))).outcome == "unknown"
    quiet = plan(recorded=tuple(r for r in Rat if r is not Rat.LTE))
    assert match(phone("lte 4"), quiet).outcome == "unknown"
    assert match(phone("umts 4"), quiet).outcome == "wifi"


def test_an_ambiguous_token_is_possible_only() -> None:
    """
    "LTE 700" may be band 12 or 17: a phone with one of them may get it, a phone with neither does not.
    """
    either = (Deployment(Rat.LTE, BandSet.parse("lte 12 17"), LIVE),)
    outcomes = [match(phone(spec), plan(either)).outcome for spec in ("lte 12", "lte 12 17", "lte 4")]
    assert outcomes == ["unknown", "unknown", "wifi"]


def test_one_of_two_stays_ambiguous_where_one_is_a_helper() -> None:
    """
    "12 or 29" is not band 12 for certain, though 29 could not serve alone.
    """
    either = (Deployment(Rat.LTE, BandSet.parse("lte 12 29"), LIVE),)
    assert match(phone("lte 12"), plan(either)).outcome == "unknown"


@pytest.mark.parametrize(
    ("spec", "began"), [("lte 4", "2009-12-14"), ("nr 71 / lte 4", "2018-10-01"), ("umts 4", "2001-10-01")]
)
def test_nothing_is_on_air_before_its_rat_began(spec: str, began: str) -> None:
    """
    A band first seen in 2022, and a RAT that nobody recorded, were not possible before the first network of the kind.
    """
    first = dt.date.fromisoformat(began)
    for network in (carrier(runs(spec, live=Span(by=Date.parse("2022")))), carrier(recorded=())):
        table = Timetable(network, OVERLAPS)
        top = phone(spec).bands.only(Rat.NR if "nr" in spec else Rat.LTE if "lte" in spec else Rat.UMTS)
        before, after = (table.plan(day).possible & top.at_least.mask for day in (first - dt.timedelta(days=1), first))
        assert (before, bool(after)) == (0, True)


CITY = runs("lte 4", role="core", extent="nationwide")
FAR = runs("lte 12", role="coverage", extent="markets", block=A_BLOCK)


@pytest.mark.parametrize(
    ("spec", "network", "expected"),
    [
        ("lte 4 12", (CITY, FAR), Coverage.FULL),
        ("lte 4", (CITY, FAR), Coverage.GAPS),  # no coverage band
        ("lte 12", (CITY, FAR), Coverage.GAPS),  # no core band
        ("lte 4", (CITY,), Coverage.FULL),  # the carrier has no coverage band
        ("lte 4", (CITY, runs("lte 2", role="capacity")), Coverage.FULL),
        ("lte 4 71", (CITY, FAR, runs("lte 71", role="coverage")), Coverage.FULL),  # one coverage band is enough
        ("lte 2", (runs("lte 2", role="core", extent="markets"),), Coverage.GAPS),
        ("lte 2 5", (runs("lte 2 5"),), Coverage.FULL),  # no roles, but nothing is missing
        ("lte 5", (runs("lte 2 5"),), Coverage.FULL),  # inferred: below 1 GHz reaches far
        ("lte 2", (runs("lte 2 5"),), Coverage.GAPS),  # inferred: no band below 1 GHz
        ("lte 2", (runs("lte 2 4"),), Coverage.UNKNOWN),  # no roles, no low band, something missing
        ("lte 4", (CITY, runs("cdma 1", beyond=(Rat.LTE,))), Coverage.GAPS),  # CDMA reaches further
        ("lte 4 / cdma 1", (CITY, runs("cdma 1", beyond=(Rat.LTE,))), Coverage.FULL),
    ],
)
def test_coverage(spec: str, network: tuple[tuple[Deployment, ...], ...], expected: Coverage) -> None:
    """
    Rule 4: core bands and one coverage band; roles, then frequency, then unknown.
    """
    assert coverage(match(phone(spec), plan(*network))) is expected


def test_a_coverage_band_that_may_be_on_air_already_leaves_gaps() -> None:
    """
    Coverage is said for the worst case: band 12 was first seen in October, so in September it may have been there.
    """
    unsure = runs("lte 12", live=Span(by=Date.parse("2020-10-26"), after=Date.parse("2020-01-01")), role="coverage")
    assert coverage(match(phone("lte 4"), plan(CITY, unsure))) is Coverage.GAPS


def test_mmwave_alone_is_5g_in_spots() -> None:
    """
    Above 24 GHz 5G is a street corner.
    """
    network = plan(runs("lte 4"), runs("nr 260"))
    met = match(phone("lte 4 / nr 260"), network)
    assert (met.outcome, coverage(met)) == ("5g", Coverage.GAPS)


def test_no_coverage_without_a_winner() -> None:
    """
    Where nothing is certain there is nothing to cover.
    """
    assert coverage(match(phone("lte 3"), plan(CITY))) is None


# Laws


def more_bands(known: KnownBands, extra: BandSet) -> KnownBands:
    return KnownBands(known.at_least | extra, known.at_most | extra)


@given(phone=capabilities(), network=plans())
def test_certain_is_possible(phone: Capability, network: BandPlan) -> None:
    """
    What is certain is possible; the worst case is no better than the best.
    """
    met = match(phone, network)
    assert met.certain & ~met.possible == 0
    assert met.worst <= met.best


@given(phone=capabilities(), extra=band_sets(among=toy_spectrum().defined), network=plans())
def test_adding_a_band_never_hurts(phone: Capability, extra: BandSet, network: BandPlan) -> None:
    """
    A phone with more bands is never worse off.
    """
    before, after = match(phone, network), match(evolve(phone, bands=more_bands(phone.bands, extra)), network)
    assert after.worst >= before.worst
    assert after.best >= before.best


@given(phone=capabilities(), base=carriers(), extra=deployments(), on=days())
def test_adding_a_deployment_never_hurts(phone: Capability, base: Carrier, extra: Deployment, on: dt.date) -> None:
    """
    A carrier that runs one more band, of a RAT whose plan is recorded, serves nobody worse.
    """
    assume(extra.rat in base.recorded)
    grown = evolve(base, deployments=(*base.deployments, extra))
    before = match(phone, plan_on(base, on, OVERLAPS))
    after = match(phone, plan_on(grown, on, OVERLAPS))
    assert after.worst >= before.worst
    assert after.best >= before.best


@given(phone=capabilities(), network=plans(), data=st.data())
def test_learning_more_narrows_the_answer(phone: Capability, network: BandPlan, data: st.DataObject) -> None:
    """
    A fact learned about the phone never lowers what was certain and never adds to what was possible.
    """
    open_ = phone.bands.at_most - phone.bands.at_least
    learned = BandSet(open_.mask & data.draw(band_sets(among=toy_spectrum().defined)).mask)
    ruled_out = BandSet(open_.mask & data.draw(band_sets(among=toy_spectrum().defined)).mask) - learned
    narrower = KnownBands(phone.bands.at_least | learned, phone.bands.at_most - ruled_out)
    before, after = match(phone, network), match(evolve(phone, bands=narrower), network)
    assert before.worst <= after.worst
    assert after.best <= before.best


@given(phone=capabilities(), network=plans())
def test_nothing_known_is_never_a_yes(phone: Capability, network: BandPlan) -> None:
    """
    A phone of which no band is certain gets nothing for certain.
    """
    dark = evolve(phone, bands=KnownBands(BandSet(), phone.bands.at_most))
    assert match(dark, network).worst == WIFI


@given(network=plans(), of=st.sampled_from([Rat.LTE, Rat.NR]))
def test_helper_bands_alone_give_nobody_service(network: BandPlan, of: Rat) -> None:
    """
    A phone with downlink-only bands alone gets nothing from any carrier, recorded or not.
    """
    helpers = (toy_spectrum().defined - toy_spectrum().alone).only(of)
    assert match(Capability(KnownBands.exactly(helpers)), network).outcome == "wifi"


@given(phone=capabilities(), network=plans())
def test_wifi_is_said_only_when_all_is_known_to_be_no(phone: Capability, network: BandPlan) -> None:
    """
    `wifi` means that even the best case is Wi-Fi.
    """
    met = match(phone, network)
    assert (met.outcome == "wifi") == (met.best == WIFI)


@given(phone=capabilities(), base=carriers(), on=days())
def test_plans_change_on_their_turns_alone(phone: Capability, base: Carrier, on: dt.date) -> None:
    """
    A timetable's plan of a day is the plan of the last turn before it.
    """
    timetable = Timetable(base, OVERLAPS)
    kept, fresh = timetable.plan(on), plan_on(base, on, OVERLAPS)
    assert (kept.certain, kept.possible) == (fresh.certain, fresh.possible)
    one, other = match(phone, kept), match(phone, fresh)
    assert (one.worst, one.best, coverage(one)) == (other.worst, other.best, coverage(other))
