"""
Made-up bands, dates, phones and carriers, for laws that hold for all of them.

Bands of phones and carriers come from a small spectrum of real bands (`toy_spectrum`), so that they meet,
overlap and miss each other as often as real ones do.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence

from attrs import evolve
from hypothesis import strategies as st

from bandcheck.errors import InvalidBandError
from bandcheck.matching.plan import BandPlan, plan_on
from bandcheck.model.bands import NO_BANDS, RATS, Band, BandSet, KnownBands, Rat, bit
from bandcheck.model.carrier import Block, Carrier, Deployment, PhoneClass, Policy
from bandcheck.model.dates import Date, Span
from bandcheck.model.device import Capability, RatFact, Variant
from bandcheck.model.sources import Source, Trust
from bandcheck.model.spectrum import OperatingBand, Spectrum

TOY_CARRIER = "us/toy"
"""Id of every carrier that `carriers` makes."""

FIRST_DAY = dt.date(2004, 1, 1)
LAST_DAY = dt.date(2030, 12, 31)

# (RAT, number, MHz label, duplex, uplink, downlink); edges in MHz here, as integers.
_ROWS = (
    (Rat.GSM, 850, "850", "fdd", (824, 849), (869, 894)),
    (Rat.GSM, 900, "900", "fdd", (880, 915), (925, 960)),
    (Rat.GSM, 1800, "1800", "fdd", (1710, 1785), (1805, 1880)),
    (Rat.GSM, 1900, "1900", "fdd", (1850, 1910), (1930, 1990)),
    (Rat.CDMA, 0, "800", "fdd", (824, 849), (869, 894)),
    (Rat.CDMA, 1, "1900", "fdd", (1850, 1910), (1930, 1990)),
    (Rat.TDSCDMA, 34, "2000", "tdd", (2010, 2025), (2010, 2025)),
    (Rat.TDSCDMA, 39, "1900", "tdd", (1880, 1920), (1880, 1920)),
    (Rat.UMTS, 1, "2100", "fdd", (1920, 1980), (2110, 2170)),
    (Rat.UMTS, 2, "1900", "fdd", (1850, 1910), (1930, 1990)),
    (Rat.UMTS, 4, "1700", "fdd", (1710, 1755), (2110, 2155)),
    (Rat.UMTS, 5, "850", "fdd", (824, 849), (869, 894)),
    (Rat.UMTS, 8, "900", "fdd", (880, 915), (925, 960)),
    (Rat.LTE, 1, "2100", "fdd", (1920, 1980), (2110, 2170)),
    (Rat.LTE, 2, "1900", "fdd", (1850, 1910), (1930, 1990)),
    (Rat.LTE, 3, "1800", "fdd", (1710, 1785), (1805, 1880)),
    (Rat.LTE, 4, "1700", "fdd", (1710, 1755), (2110, 2155)),
    (Rat.LTE, 5, "850", "fdd", (824, 849), (869, 894)),
    (Rat.LTE, 7, "2600", "fdd", (2500, 2570), (2620, 2690)),
    (Rat.LTE, 12, "700", "fdd", (699, 716), (729, 746)),
    (Rat.LTE, 17, "700", "fdd", (704, 716), (734, 746)),
    (Rat.LTE, 25, "1900", "fdd", (1850, 1915), (1930, 1995)),
    (Rat.LTE, 29, "700", "sdl", None, (717, 728)),
    (Rat.LTE, 41, "2500", "tdd", (2496, 2690), (2496, 2690)),
    (Rat.LTE, 66, "1700", "fdd", (1710, 1780), (2110, 2200)),
    (Rat.LTE, 71, "600", "fdd", (663, 698), (617, 652)),
    (Rat.LTE, 85, "700", "fdd", (698, 716), (728, 746)),
    (Rat.NR, 29, "700", "sdl", None, (717, 728)),
    (Rat.NR, 41, "2500", "tdd", (2496, 2690), (2496, 2690)),
    (Rat.NR, 71, "600", "fdd", (663, 698), (617, 652)),
    (Rat.NR, 77, "3700", "tdd", (3300, 4200), (3300, 4200)),
    (Rat.NR, 260, "39000", "tdd", (37000, 40000), (37000, 40000)),
)


@functools.cache
def toy_spectrum() -> Spectrum:
    """
    Some thirty real bands with their true edges and no channel numbers.

    Among them every way to lie to each other: LTE 17 in 12 in 85, 4 in 66, 2 in 25, 1 and 4 (downlink only),
    7 and 41 (duplex differs); LTE 29 and NR 29 carry nothing alone; NR 260 is FR2.
    """
    return Spectrum.of(
        OperatingBand(
            band=Band(rat, number),
            names=(name,),
            duplex=duplex,
            uplink_khz=_khz(uplink),
            downlink_khz=_khz(downlink),
            alone=duplex != "sdl",
            why="downlink only" if duplex == "sdl" else "",
        )
        for rat, number, name, duplex, uplink, downlink in _ROWS
    )


def _khz(mhz: tuple[int, int] | None) -> tuple[int, int] | None:
    return None if mhz is None else (mhz[0] * 1000, mhz[1] * 1000)


def _has(rat: Rat, number: int) -> bool:
    try:
        bit(rat, number)
    except InvalidBandError:
        return False
    return True


_EVERY_BAND = {rat: tuple(Band(rat, n) for n in range(2000) if _has(rat, n)) for rat in RATS}


def bands(rats: Sequence[Rat] = RATS, among: BandSet | None = None) -> st.SearchStrategy[Band]:
    """
    One band of one of these RATs; `among`: only out of that set, else every number that the RAT can have.
    """
    if among is not None:
        return st.sampled_from([band for band in among if band.rat in rats])
    return st.one_of(*(st.sampled_from(_EVERY_BAND[rat]) for rat in rats))


def band_sets(
    rats: Sequence[Rat] = RATS, among: BandSet | None = None, max_size: int = 10
) -> st.SearchStrategy[BandSet]:
    """
    A set of bands of these RATs, often empty or small; `among` as for `bands`.
    """
    return st.lists(bands(rats, among), max_size=max_size).map(lambda found: BandSet.of(*found))


def known_bands(
    rats: Sequence[Rat] = RATS, among: BandSet | None = None, max_size: int = 4
) -> st.SearchStrategy[KnownBands]:
    """
    What is known of these RATs, each on its own: exact, bounded or unknown. Other RATs are known to be none.
    """
    per_rat = [
        st.one_of(
            band_sets([rat], among, max_size).map(KnownBands.exactly),
            st.tuples(band_sets([rat], among, max_size), band_sets([rat], among, max_size)).map(
                lambda two: KnownBands(two[0], two[0] | two[1])
            ),
            band_sets([rat], among, max_size).map(lambda sure, rat=rat: KnownBands(sure, BandSet.everything(rat))),
            st.just(KnownBands.unknown(rat)),
        )
        for rat in rats
    ]
    return st.tuples(*per_rat).map(lambda parts: functools.reduce(KnownBands.__or__, parts, KnownBands()))


def days() -> st.SearchStrategy[dt.date]:
    """
    A day in the years of mobile networks.
    """
    return st.dates(FIRST_DAY, LAST_DAY)


def dates() -> st.SearchStrategy[Date]:
    """
    A date as precise as its source: day, month or year.
    """
    return st.builds(coarse, days(), _PRECISIONS)


_PRECISIONS = st.sampled_from([4, 7, 10])


def coarse(day: dt.date, letters: int) -> Date:
    """
    A day as a date of 4 (year), 7 (month) or 10 letters.
    """
    return Date.parse(day.isoformat()[:letters])


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """
    When a thing was live, as a carrier's file says it: `since`, or `by` with or without `after`, or neither.
    """
    early, middle, late = (coarse(day, draw(_PRECISIONS)) for day in sorted(draw(st.tuples(days(), days(), days()))))
    start = draw(st.sampled_from(["since", "by", "after and by", "none"]))
    ends = draw(st.booleans())
    return Span(
        since=middle if start == "since" else None,
        by=middle if start.endswith("by") else None,
        after=early if start.startswith("after") else None,
        until=late if ends else None,
        announced=ends and draw(st.booleans()),
        seen=draw(st.sampled_from([None, middle])) if start != "none" else None,
        unlisted=draw(st.sampled_from([None, late])) if start != "none" else None,
    )


def _unknown_or(*values: object) -> st.SearchStrategy[object]:
    return st.sampled_from([None, *values])


_YES_NO_UNKNOWN = _unknown_or(True, False)


def capabilities(rats: Sequence[Rat] = RATS) -> st.SearchStrategy[Capability]:
    """
    What a radio can do: toy bands of these RATs (known to have no others), the rest yes, no or unknown.
    """
    return st.builds(
        Capability,
        bands=known_bands(rats, toy_spectrum().defined),
        nsa=_YES_NO_UNKNOWN,
        sa=_YES_NO_UNKNOWN,
        evdo=_YES_NO_UNKNOWN,
        mfbi=_YES_NO_UNKNOWN,
        volte=_YES_NO_UNKNOWN,
        volte_on=st.sampled_from([{}, {TOY_CARRIER: True}, {TOY_CARRIER: False}]),
    )


@st.composite
def blocks(draw: st.DrawFn, band: Band) -> Block:
    """
    A piece of a toy band, in steps of 1 MHz; for a paired band the same piece of both directions.
    """
    row = toy_spectrum()[band]
    edges = [e for e in (row.uplink_khz, row.downlink_khz) if e is not None]
    room = min(high - low for low, high in edges) // 1000
    width = draw(st.integers(1, min(room, 20)))
    start = draw(st.integers(0, room - width))

    def piece(edges_khz: tuple[int, int] | None) -> tuple[int, int] | None:
        return edges_khz and (edges_khz[0] + start * 1000, edges_khz[0] + (start + width) * 1000)

    return Block(uplink_khz=piece(row.uplink_khz), downlink_khz=piece(row.downlink_khz))


@st.composite
def deployments(draw: st.DrawFn, rats: Sequence[Rat] = RATS) -> Deployment:
    """
    One toy band on a carrier; at times one of two or three, or any of the RAT.
    """
    spectrum = toy_spectrum()
    band = draw(bands(rats, spectrum.defined))
    which = draw(st.sampled_from(["one", "one", "one", "any of", "unknown"]))
    own = BandSet.of(band)
    if which == "any of":
        own |= draw(band_sets([band.rat], spectrum.defined, max_size=2))
    elif which == "unknown":
        own = BandSet.everything(band.rat)
    near = spectrum.near(band)
    mfbi = draw(st.one_of(st.none(), band_sets([band.rat], near) if near else st.just(NO_BANDS)))
    alone = len(own) == 1
    return Deployment(
        rat=band.rat,
        bands=own,
        live=draw(spans()),
        prefer=band.number if which == "any of" and draw(st.booleans()) else None,
        role=draw(_unknown_or("core", "coverage", "capacity")),
        extent=draw(_unknown_or("nationwide", "markets", "sites")),
        mfbi=mfbi if alone else None,
        mfbi_since=draw(dates()) if alone and mfbi and draw(st.booleans()) else None,
        block=draw(st.one_of(st.none(), blocks(band))) if alone else None,
        evdo=draw(_YES_NO_UNKNOWN) if band.rat is Rat.CDMA else None,
        sources=("toy",),
    )


def policies() -> st.SearchStrategy[Policy]:
    """
    A dated rule about phones: every phone, those with or without VoLTE, or those without LTE.
    """
    return st.builds(
        Policy,
        name=st.just("a rule"),
        effect=st.sampled_from(["accepted", "conditional", "refused"]),
        live=spans(),
        phones=st.one_of(
            st.builds(PhoneClass, volte=_YES_NO_UNKNOWN),
            st.just(PhoneClass(without=(Rat.LTE,))),
        ),
        says=st.just("A rule about phones."),
        sources=st.just(("toy",)),
    )


@st.composite
def carriers(draw: st.DrawFn, rats: Sequence[Rat] = RATS, max_policies: int = 0) -> Carrier:
    """
    A network operator with up to six deployments; of other RATs some are known to be absent, some unknown.
    """
    deployed = draw(st.lists(deployments(rats), max_size=6))
    recorded = draw(st.sets(st.sampled_from(RATS))) | {d.rat for d in deployed}
    return Carrier(
        id=TOY_CARRIER,
        name="Toy",
        kind="network",
        plmns=("001-01",),
        deployments=tuple(deployed),
        recorded=tuple(rat for rat in RATS if rat in recorded),
        standalone=draw(
            st.one_of(
                st.none(),
                st.lists(spans().map(lambda span: (span, ("toy",))), max_size=2).map(tuple),
            )
        ),
        policies=tuple(draw(st.lists(policies(), max_size=max_policies))),
    )


TOY_DEVICES = ("acme/one", "acme/two")
TOY_MODELS = ("XM-1", "XM-2")
TOY_COUNTRIES = ("US", "CA")

TOY_SOURCES = {
    "maker": Source("maker", "manufacturer", "The maker"),
    "sheet": Source("sheet", "database", "A sheet", upstream="arena"),
    "copy": Source("copy", "database", "A copy of the sheet", upstream="arena"),
    "press": Source("press", "news", "A paper"),
}
"""Sources of every weight: two that saw it themselves, two that retell the same."""


def source_ids() -> st.SearchStrategy[tuple[str, ...]]:
    """
    On what a fact rests.
    """
    return st.lists(st.sampled_from(sorted(TOY_SOURCES)), max_size=3, unique=True).map(tuple)


def _some(names: Sequence[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(names), max_size=2)


def rat_facts() -> st.SearchStrategy[RatFact]:
    """
    Where the bands of one RAT of a variant come from.
    """
    return st.builds(
        RatFact,
        sources=source_ids(),
        trust=st.sampled_from(Trust),
        claims=st.sampled_from([(), (), (("it has", ("maker",)), ("it has not", ("press",)))]),
        bound=st.booleans(),
    )


@st.composite
def variants(draw: st.DrawFn, devices: Sequence[str] = TOY_DEVICES, key: str = "v") -> Variant:
    """
    A version of one of two phones, whose firmware may change its bands once.
    """
    first = draw(capabilities())
    states = [(dt.date.min, first)]
    if draw(st.booleans()):
        states.append((draw(days()), evolve(first, bands=draw(capabilities()).bands)))
    models, sold_in = draw(st.tuples(_some(TOY_MODELS), _some(TOY_COUNTRIES)))
    facts = draw(st.dictionaries(st.sampled_from(RATS), rat_facts()))
    return Variant(draw(st.sampled_from(devices)), key, tuple(models), "", tuple(sold_in), tuple(states), facts)


def rules_about_phones() -> st.SearchStrategy[tuple[Policy, ...]]:
    """
    Up to three rules of any kind, about any class of the toy phones.
    """
    phones = st.builds(
        PhoneClass,
        volte=_YES_NO_UNKNOWN,
        devices=_some(TOY_DEVICES),
        models=_some(TOY_MODELS),
        not_devices=_some(TOY_DEVICES),
        without=st.lists(st.sampled_from([Rat.LTE, Rat.UMTS]), max_size=2).map(tuple),
        sold_in=_some(TOY_COUNTRIES),
        not_sold_in=_some(TOY_COUNTRIES),
    )
    rule = st.builds(
        Policy,
        name=st.just("rule"),
        effect=st.sampled_from(["accepted", "conditional", "refused"]),
        live=spans(),
        phones=phones,
        says=st.just("A rule."),
        sources=source_ids(),
    )
    return st.lists(rule, max_size=3).map(tuple)


@st.composite
def operators(draw: st.DrawFn) -> Carrier:
    """
    A carrier with rules of every kind, RATs that reach further than others, and facts of every weight.
    """
    carrier = draw(carriers())
    beyond = st.sampled_from([(), (), (Rat.LTE,), (Rat.UMTS, Rat.NR)])
    trust = st.sampled_from(Trust)
    return evolve(
        carrier,
        deployments=tuple(
            evolve(d, beyond=draw(beyond), sources=draw(source_ids()), trust=draw(trust)) for d in carrier.deployments
        ),
        policies=draw(rules_about_phones()),
        emergency=draw(rules_about_phones()),
    )


def plans(rats: Sequence[Rat] = RATS) -> st.SearchStrategy[BandPlan]:
    """
    What a carrier runs on some day.
    """
    return st.builds(plan_on, carriers(rats), days(), st.just(toy_spectrum().overlaps))
