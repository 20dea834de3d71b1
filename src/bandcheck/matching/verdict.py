"""
The heart: a radio met with a plan.

Certain is what both lower bounds allow, possible what both upper bounds allow. Everything else is read off these
two masks.
"""

from __future__ import annotations

import enum

from bandcheck.matching.plan import BandPlan, Offer
from bandcheck.model.bands import FIELD, Rat
from bandcheck.model.device import Capability
from bandcheck.model.entity import entity

WIFI, G2, G3, G4, G5 = range(5)
"""Levels of service, as numbers that compare. Level 0 is Wi-Fi alone."""

OUTCOMES = ("wifi", "2g", "3g", "4g", "5g")
"""The names of the levels; beside them `unknown` and `varies`."""

_NR, _LTE, _UMTS = FIELD[Rat.NR], FIELD[Rat.LTE], FIELD[Rat.UMTS]
_TDSCDMA, _CDMA, _GSM = FIELD[Rat.TDSCDMA], FIELD[Rat.CDMA], FIELD[Rat.GSM]
_THIRD = _UMTS | _TDSCDMA

_RATS_OF_LEVEL = {
    G5: (Rat.NR,),
    G4: (Rat.LTE,),
    G3: (Rat.UMTS, Rat.TDSCDMA, Rat.CDMA),
    G2: (Rat.GSM, Rat.CDMA),
    WIFI: (),
}


class Support(enum.Enum):
    """
    Whether a phone gets a RAT on a carrier.
    """

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"

    __hash__ = object.__hash__


class Coverage(enum.Enum):
    """
    How far the winning RAT reaches for this phone.
    """

    FULL = "full"
    GAPS = "gaps"
    UNKNOWN = "unknown"

    __hash__ = object.__hash__


@entity
class Match:
    """
    A radio met with a plan: what the bands alone give.

    Attributes:
        phone: What the radio can do on that day.

        plan: What the carrier runs on that day.

        certain: Mask of the bands that carry service for certain.

        possible: Mask of the bands that may; holds `certain`.

        worst: Best level for certain.

        best: Best level that is possible.
    """

    phone: Capability
    plan: BandPlan
    certain: int
    possible: int
    worst: int
    best: int

    @property
    def outcome(self) -> str:
        """
        The worst case, except that nothing certain with something possible is `unknown`.
        """
        return "unknown" if self.worst == WIFI and self.best != WIFI else OUTCOMES[self.worst]

    def support(self, rat: Rat) -> Support:
        """
        Whether the phone gets a RAT. NR counts only with a way in: standalone, or LTE beside it.
        """
        field = FIELD[rat]
        if rat is Rat.NR:
            certain, possible = self.worst == G5, self.best == G5
        else:
            certain, possible = bool(self.certain & field), bool(self.possible & field)
        return Support.YES if certain else Support.MAYBE if possible else Support.NO

    @property
    def winner(self) -> Rat | None:
        """
        The RAT that gives the certain level; None if that is Wi-Fi.
        """
        for rat in _RATS_OF_LEVEL[self.worst]:
            if self.certain & FIELD[rat]:
                return rat
        return None

    @property
    def coverage(self) -> Coverage | None:
        """
        How far the winning RAT reaches in the worst case; None if none wins.
        """
        winner = self.winner
        return None if winner is None else coverage(self, winner)


def match(phone: Capability, plan: BandPlan) -> Match:
    """
    Meet a radio with a plan.

    Rules 1 to 3 of a verdict: support per RAT, NR's way in, worst and best level.
    """
    known = phone.bands
    if phone.mfbi is False:
        certain = known.at_least.mask & plan.own_certain
        possible = known.at_most.mask & plan.own_possible
    else:
        certain = known.at_least.mask & plan.certain
        possible = known.at_most.mask & plan.possible

    if certain & _NR and ((certain & _LTE and phone.nsa is not False) or (phone.sa is True and plan.standalone[0])):
        worst = G5
    elif certain & _LTE:
        worst = G4
    elif certain & _THIRD or (certain & _CDMA and phone.evdo is True and plan.evdo[0]):
        worst = G3
    elif certain & (_GSM | _CDMA):
        worst = G2
    else:
        worst = WIFI

    if possible == certain and worst != G2 and not certain & _NR:
        return Match(phone, plan, certain, possible, worst, worst)

    if possible & _NR and (
        (possible & _LTE and phone.nsa is not False) or (phone.sa is not False and plan.standalone[1])
    ):
        best = G5
    elif possible & _LTE:
        best = G4
    elif possible & _THIRD or (possible & _CDMA and phone.evdo is not False and plan.evdo[1]):
        best = G3
    elif possible & (_GSM | _CDMA):
        best = G2
    else:
        best = WIFI
    return Match(phone, plan, certain, possible, worst, best)


def coverage(met: Match, rat: Rat) -> Coverage:
    """
    How far a RAT that is certain reaches for this phone, in the worst case (rule 4 of a verdict).

    Full: every core band and one coverage band, some of it not in spots only. Where nobody recorded roles, a band below
    1 GHz counts as coverage; if that does not decide, unknown.
    """
    offers = met.plan.offers.get(rat, ())
    usable, reachable = met.certain, met.possible
    if beyond(met, rat):
        return Coverage.GAPS
    if rat is Rat.NR and not usable & FIELD[rat] & ~met.plan.mmwave:
        return Coverage.GAPS
    if not any(o.certain & usable and o.deployment.extent not in ("markets", "sites") for o in offers):
        return Coverage.GAPS
    if any(o.deployment.role for o in offers):
        core = [o for o in offers if o.deployment.role == "core"]
        far = [o for o in offers if o.deployment.role == "coverage"]
        whole = all(o.certain & usable for o in core) and (not far or any(o.certain & usable for o in far))
        return Coverage.FULL if whole else Coverage.GAPS
    if all(o.certain & usable for o in offers):
        return Coverage.FULL
    low = [o for o in offers if o.own & met.plan.low]
    if any(o.certain & usable for o in low):
        return Coverage.FULL
    if any(o.certain for o in low) and not any(o.possible & reachable for o in low):
        return Coverage.GAPS
    return Coverage.UNKNOWN


def beyond(met: Match, rat: Rat) -> tuple[Offer, ...]:
    """
    Deployments of RATs that reach further than this one, by a source, and that the phone cannot use for certain.
    """
    return tuple(
        offer
        for offers in met.plan.offers.values()
        for offer in offers
        if rat in offer.deployment.beyond and not offer.certain & met.certain
    )
