"""
Why a verdict is what it is: sentences with a code and the sources that they rest on.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bandcheck.matching.judge import Verdict
from bandcheck.matching.plan import Offer
from bandcheck.matching.verdict import Coverage, Support, beyond, coverage
from bandcheck.model.bands import FIELD, Rat, numbers_in
from bandcheck.model.carrier import Deployment
from bandcheck.model.dates import say_day
from bandcheck.model.device import RatFact
from bandcheck.model.sources import Trust

GENERATION = {Rat.NR: "5G", Rat.LTE: "4G", Rat.UMTS: "3G", Rat.TDSCDMA: "TD-SCDMA 3G", Rat.CDMA: "CDMA", Rat.GSM: "2G"}
"""What people call a RAT."""

DOWNWARDS = (Rat.NR, Rat.LTE, Rat.UMTS, Rat.TDSCDMA, Rat.CDMA, Rat.GSM)

NO_FACT = RatFact(sources=(), trust=Trust.SINGLE)


class Reason(NamedTuple):
    """
    One reason for a verdict.

    Attributes:
        code: Stable; see `CODES`.

        text: A sentence for people; may change.

        sources: Ids of the sources that it rests on; empty for given bands and for what is known by rule.

        rat: The RAT that it is about, None for others.
    """

    code: str
    text: str
    sources: tuple[str, ...] = ()
    rat: Rat | None = None


def reasons(verdict: Verdict) -> tuple[Reason, ...]:
    """
    Every reason for a verdict on its day: what decides first, then the RATs from 5G down, coverage, calls, dates,
    evidence. What comes later (`runs_out`) is no reason for it.
    """
    return (
        *_acceptance(verdict),
        *(r for rat in DOWNWARDS for r in _rat(verdict, rat)),
        *_coverage(verdict),
        *_calls(verdict),
        *_dates(verdict),
        *_evidence(verdict),
    )


@functools.lru_cache(maxsize=4096)
def say_bands(rat: Rat, mask: int) -> str:
    """
    `bands 2, 4 and 12`, `band n71`, `850 and 1900 MHz`.
    """
    style = {Rat.NR: "n{}", Rat.CDMA: "BC{}"}.get(rat, "{}")
    words = [style.format(n) for n in numbers_in(rat, mask)]
    listed = " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part) or "none"
    return f"{listed} MHz" if rat is Rat.GSM else f"band{'s' if len(words) > 1 else ''} {listed}"


def missing(verdict: Verdict, rat: Rat) -> int:
    """
    Mask of the carrier's certain bands of a RAT that the phone cannot use in any case.
    """
    met = verdict.match
    return _own(o for o in met.plan.rats[rat].offers if o.certain and not o.possible & met.possible)


def _own(offers: Iterable[Offer]) -> int:
    """
    Mask of the carrier's own bands among offers.
    """
    mask = 0
    for offer in offers:
        mask |= offer.own
    return mask


def _sources(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for group in groups for s in group))


def _deployment_sources(offers: Iterable[Offer]) -> tuple[str, ...]:
    return _sources(*(o.deployment.sources for o in offers))


@functools.lru_cache(maxsize=4096)
def _uses(name: str, rat: Rat, live: int) -> str:
    generation = GENERATION[rat]
    return (
        f"{name} runs {generation} on {say_bands(rat, live)}"
        if live
        else f"{name}'s {generation} bands are not certain"
    )


def _rat(verdict: Verdict, rat: Rat) -> Iterator[Reason]:
    met = verdict.match
    mine = met.plan.rats[rat]
    phone, bits = met.phone.bands, FIELD[rat]
    if not mine.offers and mine.recorded:
        shared = [d for d in mine.helpers if d.bands.mask & phone.at_least.mask]
        name = verdict.carrier.name
        if shared:
            yield _helper_reason(verdict, rat, shared)
        elif mine.gone is not None:
            text = (
                f"{name} has switched {GENERATION[rat]} off ({say_day(mine.gone)})."
                if mine.ran
                else f"{name} runs no {GENERATION[rat]} since {say_day(mine.gone)} at the latest."
            )
            yield Reason("BC208", text, mine.gone_sources, rat)
        elif rat in (Rat.NR, Rat.LTE):
            yield Reason("BC208", f"{name} runs no {GENERATION[rat]} on that day.", (), rat)
        return
    fact = verdict.variant.facts.get(rat, NO_FACT)
    if not phone.at_most.mask & bits:
        if mine.offers or rat in (Rat.NR, Rat.LTE, Rat.UMTS):
            yield Reason("BC209", f"This phone has no {GENERATION[rat]}.", fact.sources, rat)
        return

    support = met.support(rat)
    uses = _uses(verdict.carrier.name, rat, mine.live)
    sources = (*fact.sources, *mine.sources)
    certain, possible = met.certain & bits, met.possible & bits

    if rat is Rat.NR and support is not Support.YES and certain:
        text = f"{uses}, and this phone has {say_bands(rat, certain)}, but no sure way in: no 4G in common, or no standalone 5G on both sides."
        yield Reason("BC210", text, sources, rat)
    elif support is Support.YES:
        own = certain & mine.live
        if own:
            text = f"{uses}; this phone has {say_bands(rat, own)}."
            yield Reason("BC202", text, sources, rat)
        if certain & ~mine.live:
            text = (
                f"{uses} and broadcasts {say_bands(rat, certain & ~mine.live)} on the same cells, which this phone has."
            )
            yield Reason("BC203", text, sources, rat)
    elif support is Support.MAYBE or possible:
        yield from _maybe(verdict, rat, uses, sources)
    else:
        none = (
            f"{uses}; this phone has none of them." if mine.live else f"{uses}; none that it may run is in this phone."
        )
        yield Reason("BC201", none, sources, rat)
        yield from _overlap_in_vain(verdict, rat)
        shared = [d for d in mine.helpers if d.bands.mask & phone.at_least.mask]
        if shared:
            yield _helper_reason(verdict, rat, shared)


def _helper_reason(verdict: Verdict, rat: Rat, shared: list[Deployment]) -> Reason:
    mask = 0
    sources: list[str] = []
    for deployment in shared:
        mask |= deployment.bands.mask & verdict.match.phone.bands.at_least.mask
        sources.extend(deployment.sources)
    text = f"The only {GENERATION[rat]} in common is {say_bands(rat, mask)}, which cannot carry service alone."
    return Reason("BC207", text, _sources(sources), rat)


def _maybe(verdict: Verdict, rat: Rat, uses: str, sources: tuple[str, ...]) -> Iterator[Reason]:
    met, generation = verdict.match, GENERATION[rat]
    bits = FIELD[rat]
    has, may_have = met.phone.bands.at_least.mask & bits, met.phone.bands.at_most.mask & bits
    mine = met.plan.rats[rat]
    fact = verdict.variant.facts.get(rat, NO_FACT)
    if not mine.recorded:
        yield Reason("BC206", f"Nobody recorded {verdict.carrier.name}'s {generation} bands.", sources, rat)
    if has != may_have:
        hope = met.possible & bits & ~has
        if fact.bound:
            text = f"{uses}. The only sheet for this phone merges several versions: yours may have {say_bands(rat, hope)}, or none of them."
            yield Reason("BC101", text, sources, rat)
        elif may_have == bits:
            yield Reason("BC205", f"{uses}. Nobody recorded which {generation} bands this phone has.", sources, rat)
        elif hope:
            yield Reason(
                "BC205", f"{uses}. It is not certain that this phone has {say_bands(rat, hope)}.", sources, rat
            )
    overlaps, unsure = 0, 0
    for offer in mine.offers:
        if offer.certain & met.certain:
            continue
        unsure |= offer.own & has if not offer.certain & offer.own else 0
        if not offer.own & may_have:
            overlaps |= offer.possible & has
    if overlaps:
        text = f"{uses}. This phone has {say_bands(rat, overlaps)}, which overlaps; nobody says whether the cells broadcast it."
        yield Reason("BC204", text, sources, rat)
    if unsure:
        text = f"This phone has {say_bands(rat, unsure)}, but it is not certain that {verdict.carrier.name} ran it on that day."
        yield Reason("BC206", text, sources, rat)


def _overlap_in_vain(verdict: Verdict, rat: Rat) -> Iterator[Reason]:
    has = verdict.match.phone.bands.at_least.mask
    for offer in verdict.match.plan.rats[rat].offers:
        deployment = offer.deployment
        if deployment.block is None and deployment.mfbi is None:
            continue
        vain = offer.near & has & ~offer.possible
        if vain:
            text = f"This phone's {say_bands(rat, vain)} overlaps {say_bands(rat, offer.own)}, but not where {verdict.carrier.name} has its spectrum or says so."
            yield Reason("BC211", text, deployment.sources, rat)


def _coverage(verdict: Verdict) -> Iterator[Reason]:
    met = verdict.match
    rat = met.winner
    if rat is None or verdict.refused:
        return
    reach, mine = coverage(met), met.plan.rats[rat]
    if reach is Coverage.FULL and mine.named:
        return
    offers = mine.offers
    generation, usable = GENERATION[rat], met.certain
    if rat is Rat.NR and not usable & FIELD[rat] & ~met.plan.mmwave:
        yield Reason("BC225", "The 5G bands in common are mmWave: street corners and stadiums, not towns.", (), rat)
    for other in dict.fromkeys(o.deployment.rat for o in beyond(met, rat)):
        text = f"{verdict.carrier.name}'s {GENERATION[other]} covers places that its {generation} does not, and this phone cannot use it."
        yield Reason("BC226", text, met.plan.rats[other].sources, rat)
    shared = [o for o in offers if o.certain & usable]
    if shared and all(o.deployment.extent in ("markets", "sites") for o in shared):
        where = "spots" if all(o.deployment.extent == "sites" for o in shared) else "some markets"
        yield Reason(
            "BC223",
            f"{generation} on {say_bands(rat, _own(shared))} is on air in {where} only.",
            _deployment_sources(shared),
            rat,
        )
    if not mine.named:
        if reach is not Coverage.FULL or any(not o.certain & usable for o in offers):
            yield Reason(
                "BC224",
                f"Nobody recorded what {verdict.carrier.name}'s {generation} bands are for; those below 1 GHz are taken to reach far.",
                (),
                rat,
            )
        return
    for role, code, says in (("core", "BC221", "is built on"), ("coverage", "BC222", "reaches far with")):
        all_of = [o for o in offers if o.deployment.role == role]
        lacking = [o for o in all_of if not o.certain & usable]
        if lacking and (role == "core" or len(lacking) == len(all_of)):
            text = (
                f"{verdict.carrier.name}'s {generation} {says} {say_bands(rat, _own(lacking))}, which this phone lacks."
            )
            yield Reason(code, text, _deployment_sources(lacking), rat)


def say_circuits(verdict: Verdict) -> str:
    """
    The generations whose circuit-switched calls the phone can use for certain: `3G or 2G`.
    """
    rats = (Rat.UMTS, Rat.TDSCDMA, Rat.CDMA, Rat.GSM)
    return " or ".join(GENERATION[rat] for rat in rats if verdict.match.certain & FIELD[rat])


def _calls(verdict: Verdict) -> Iterator[Reason]:
    if verdict.refused:
        return
    carrier = verdict.carrier.name
    texts = {
        "volte": ("BC301", f"Calls go over 4G (VoLTE) on {carrier}."),
        "cs": ("BC302", f"Calls go over {say_circuits(verdict)}."),
        "none": ("BC303", "No calls: no 2G or 3G that this phone could use, and no VoLTE."),
        "unknown": ("BC304", f"Nobody recorded whether this phone can make calls on {carrier} on that day."),
    }
    code, text = texts[verdict.voice]
    yield Reason(code, text)
    if verdict.emergency.policies:
        policy = verdict.emergency.policies[0]
        yield Reason("BC311", policy.says, policy.sources)


def _acceptance(verdict: Verdict) -> Iterator[Reason]:
    codes = {"refused": "BC401", "conditional": "BC402", "accepted": "BC403"}
    for policy in verdict.acceptance.policies:
        yield Reason(codes[verdict.acceptance.value], policy.says, policy.sources)


def _dates(verdict: Verdict) -> Iterator[Reason]:
    met = verdict.match
    announced = [
        d
        for d in verdict.carrier.deployments
        if d.live.announced
        and d.live.until
        and d.live.until.first <= verdict.on
        and d.bands.mask & met.phone.bands.at_most.mask
    ]
    for deployment in announced[:1]:
        text = f"{GENERATION[deployment.rat]} was announced to end on {deployment.live.until}; no source saw it happen. It counts as off."
        yield Reason("BC003", text, deployment.sources, deployment.rat)
    seen = newest_sighting(verdict)
    months = months_old(verdict, seen)
    if seen is not None and months is not None:
        what = "sighting of the bands in common" if met.winner else f"fact about {verdict.carrier.name}'s bands"
        yield Reason("BC002", f"The newest {what} is {months} months old ({say_day(seen)}).")


OLD_DAYS = 365
"""From this age on the last sighting of a band is called old, and lowers confidence."""


def months_old(verdict: Verdict, seen: dt.date | None) -> int | None:
    """
    How many months old a last sighting is on the day of a verdict; None if there is none, or it is not old.
    """
    days = 0 if seen is None else (verdict.on - seen).days
    return days // 30 if days > OLD_DAYS else None


def newest_sighting(verdict: Verdict) -> dt.date | None:
    """
    The last day on which a source saw a deciding band on air: one in common, or where there is none, any of the
    carrier's, certain or not. None if there is no such band, or nobody dated it.
    """
    met = verdict.match
    if met.winner is not None:
        deciding = [o.deployment.live for o in met.plan.offers[met.winner] if o.certain & met.certain]
    else:
        deciding = [o.deployment.live for offers in met.plan.offers.values() for o in offers]
    # An end that came vouches for the time before it; one that was only announced does not.
    if any(live.until and not live.announced for live in deciding):
        return verdict.on
    days = [newest for live in deciding if (newest := live.newest()) is not None]
    return min(max(days), verdict.on) if days else None


def _evidence(verdict: Verdict) -> Iterator[Reason]:
    for rat, fact in verdict.variant.facts.items():
        if fact.claims:
            sides = "; ".join(says for says, _ in fact.claims)
            text = f"Sources disagree about this phone's {GENERATION[rat]} bands: {sides}."
            yield Reason("BC001", text, _sources(*(s for _, s in fact.claims)), rat)
        elif fact.trust is Trust.INFERRED and rat in (Rat.NR, Rat.LTE):
            yield Reason("BC004", f"No {GENERATION[rat]} in this phone, by its date; no source says so.", (), rat)
