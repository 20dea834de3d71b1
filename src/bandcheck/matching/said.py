"""
What planes say of each radio, spelled out: one answer beside the other, as single verdicts would give them.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from bandcheck.matching.plan import BandPlan
from bandcheck.matching.planes import COVERAGES, RULINGS, VOICES, Planes, numbers_in_code
from bandcheck.matching.verdict import OUTCOMES, WIFI, Coverage


class Said(NamedTuple):
    """
    What is said of one radio under one plan; the attributes are those of a `Verdict`.
    """

    worst: int
    best: int
    outcome: str
    coverage: Coverage | None
    voice: str
    refused: bool
    lte_possible: bool
    lte_unrecorded: bool

    @classmethod
    def of(cls, code: int) -> Said:
        """
        What the bits of a radio say: those of `Met.planes`, then whether 4G is possible, and unrecorded.
        """
        worst, best, reach, voice, acceptance, _ = numbers_in_code(code)
        refused = RULINGS[acceptance] == "refused"
        if refused:
            worst = best = WIFI
        coverage = COVERAGES[reach]
        return cls(
            worst,
            best,
            OUTCOMES[worst] if worst or not best else "unknown",
            None if coverage is None else Coverage(coverage),
            VOICES[voice],
            refused,
            bool(code >> 14 & 1),
            bool(code >> 15 & 1),
        )


def say(planes: Planes, plan: BandPlan, on: dt.date) -> list[Said]:
    """
    What every radio gets on the day of a plan, in their order. Those of whom the same is said share one answer.
    """
    met = planes.meet(plan)
    ordered = (*met.planes, met.lte_possible, met.lte_unrecorded)
    codes = list(zip(*(f"{plane:0{planes.count}b}" for plane in reversed(ordered)), strict=True))
    said = {code: Said.of(int("".join(code), 2)) for code in set(codes)}
    last = planes.count - 1  # written out, a number begins with its highest bit
    return [said[codes[last - place]] for place in planes.places(on)]
