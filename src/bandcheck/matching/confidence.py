"""
How sure an answer is, and why.
"""

from __future__ import annotations

from collections.abc import Mapping

from bandcheck.matching.judge import Verdict
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
    met = verdict.match
    if verdict.refused:
        grade = _grade(verdict.acceptance.policies[0].sources, sources)
        return GRADES[grade], () if grade == 2 else ("one source for the refusal",)
    conditions = verdict.acceptance.value == "conditional"
    held: list[tuple[int, str, str]] = []  # grade, why with a gap for the generation, the generation
    for rat in DOWNWARDS:
        generation = GENERATION[rat]
        fact = verdict.variant.facts.get(rat, NO_FACT)
        matters = met.plan.possible & FIELD[rat]
        if matters and verdict.variant.device and fact.trust is not Trust.INFERRED:
            if met.phone.bands.is_unknown(rat):
                held.append((0, "nobody recorded this phone's {} bands", generation))
            elif fact.claims:
                held.append((0, "sources disagree about this phone's {} bands", generation))
            elif fact.bound:
                held.append((0, "the phone's {} bands come from a sheet that merges versions", generation))
            elif fact.trust is Trust.IMPORTED:
                held.append((0, "the phone's {} bands were imported and not reviewed", generation))
            else:
                grade = _grade(fact.sources, sources)
                held.append(
                    (grade, f"one {'source' if grade else 'second-hand source'} for the phone's {{}} bands", generation)
                )
        offers = [o for o in met.plan.rats[rat].offers if o.certain]
        shared = [o for o in offers if o.certain & met.certain]
        if offers and (shared or met.phone.bands.at_most.mask & FIELD[rat]):
            grades = [
                0 if o.deployment.trust is Trust.IMPORTED else _grade(o.deployment.sources, sources)
                for o in shared or offers
            ]
            # One band in common is enough; that none is rests on all of them.
            grade = max(grades) if shared else min(grades)
            held.append(
                (
                    grade,
                    f"one {'source' if grade else 'second-hand source'} for {verdict.carrier.name}'s {{}} bands",
                    generation,
                )
            )
        if rat is met.winner:
            break
    months = months_old(verdict, newest_sighting(verdict))
    lowest = min((grade for grade, _, _ in held), default=2)
    if conditions and met.worst:
        lowest = min(lowest, 1)
    together: dict[str, list[str]] = {}
    for grade, why, generation in sorted(held, key=lambda h: h[0]):
        if grade < 2:
            together.setdefault(why, []).append(generation)
    whys = [why.format(" and ".join(p for p in (", ".join(g[:-1]), g[-1]) if p)) for why, g in together.items()]
    if conditions and met.worst:
        whys.append(f"nobody recorded whether this phone meets {verdict.carrier.name}'s conditions")
    if months is not None:
        lowest = max(lowest - 1, 0)
        whys.append(f"the newest {'sighting' if met.winner else 'fact about its bands'} is {months} months old")
    return GRADES[lowest], tuple(whys)


def _grade(ids: tuple[str, ...], sources: Mapping[str, Source]) -> int:
    if independent(ids, sources) >= 2:
        return 2
    return 1 if any(i in sources and sources[i].kind in FIRST_HAND for i in ids) else 0
