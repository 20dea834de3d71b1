"""
How sure an answer is, and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bandcheck.matching.judge import Verdict
from bandcheck.matching.plan import Offer
from bandcheck.matching.reasons import DOWNWARDS, GENERATION, NO_FACT, months_old, newest_sighting
from bandcheck.model.bands import FIELD
from bandcheck.model.sources import FIRST_HAND, Source, Trust, independent

GRADES = ("low", "medium", "high")


def confidence(verdict: Verdict, sources: Mapping[str, Source]) -> tuple[str, tuple[str, ...]]:
    """
    The grade of an answer, and what holds it down.

    High: two independent sources for each fact that decides. Medium: one source that saw it itself. Low: one that
    retells, sources that disagree, merged sheets, bulk imports. Old sightings lower it by one.

    Returns:
        `high`, `medium` or `low`, and the whys, worst first; empty for high.
    """
    found = grade(verdict, sources)
    if verdict.refused:
        return found, () if found == GRADES[2] else ("one source for the refusal",)
    together: dict[str, list[str]] = {}
    for held, why, generation in sorted(_holds(verdict, sources), key=lambda h: h[0]):
        if held < 2:
            together.setdefault(why, []).append(generation)
    whys = [why.format(" and ".join(p for p in (", ".join(g[:-1]), g[-1]) if p)) for why, g in together.items()]
    if _has_conditions(verdict):
        whys.append(f"nobody recorded whether this phone meets {verdict.carrier.name}'s conditions")
    months = months_old(verdict, newest_sighting(verdict))
    if months is not None:
        what = "sighting" if verdict.match.winner else "fact about its bands"
        whys.append(f"the newest {what} is {months} months old")
    return found, tuple(whys)


def grade(verdict: Verdict, sources: Mapping[str, Source]) -> str:
    """
    The grade of an answer without the whys: what decides is looked at until something holds it down to `low`.
    """
    if verdict.refused:
        return GRADES[_grade(verdict.acceptance.policies[0].sources, sources)]
    lowest = 2
    for held, _, _ in _holds(verdict, sources):
        if not held:
            return GRADES[0]
        lowest = min(lowest, held)
    if _has_conditions(verdict):
        lowest = min(lowest, 1)
    if months_old(verdict, newest_sighting(verdict)) is not None:
        lowest = max(lowest - 1, 0)
    return GRADES[lowest]


def _has_conditions(verdict: Verdict) -> bool:
    return verdict.acceptance.value == "conditional" and bool(verdict.match.worst)


def _holds(verdict: Verdict, sources: Mapping[str, Source]) -> Iterator[tuple[int, str, str]]:
    """
    What each deciding fact allows at most, from 5G down to the RAT that wins: the number of a grade, why with a gap for
    the generation, the generation.
    """
    met = verdict.match
    for rat in DOWNWARDS:
        generation = GENERATION[rat]
        fact = verdict.variant.facts.get(rat, NO_FACT)
        matters = met.plan.possible & FIELD[rat]
        if matters and verdict.variant.device and fact.trust is not Trust.INFERRED:
            if met.phone.bands.is_unknown(rat):
                yield 0, "nobody recorded this phone's {} bands", generation
            elif fact.claims:
                yield 0, "sources disagree about this phone's {} bands", generation
            elif fact.bound:
                yield 0, "the phone's {} bands come from a sheet that merges versions", generation
            elif fact.trust is Trust.IMPORTED:
                yield 0, "the phone's {} bands were imported and not reviewed", generation
            else:
                held = _grade(fact.sources, sources)
                yield held, f"one {'source' if held else 'second-hand source'} for the phone's {{}} bands", generation
        offers = [o for o in met.plan.offers[rat] if o.certain]
        shared = [o for o in offers if o.certain & met.certain]
        if offers and (shared or met.phone.bands.at_most.mask & FIELD[rat]):
            # One band in common is enough; that none is rests on all of them.
            held = (max if shared else min)(_offer_grade(o, sources) for o in shared or offers)
            one = "source" if held else "second-hand source"
            yield held, f"one {one} for {verdict.carrier.name}'s {{}} bands", generation
        if rat is met.winner:
            break


def _offer_grade(offer: Offer, sources: Mapping[str, Source]) -> int:
    deployment = offer.deployment
    return 0 if deployment.trust is Trust.IMPORTED else _grade(deployment.sources, sources)


def _grade(ids: tuple[str, ...], sources: Mapping[str, Source]) -> int:
    if independent(ids, sources) >= 2:
        return 2
    return 1 if any(i in sources and sources[i].kind in FIRST_HAND for i in ids) else 0
