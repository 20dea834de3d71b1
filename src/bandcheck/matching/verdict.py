"""
The heart: a radio met with a plan.

Certain is what both lower bounds allow, possible what both upper bounds allow. Everything else is read off these
two masks.
"""

from __future__ import annotations

import enum
from typing import NamedTuple

from bandcheck.matching.plan import BandPlan, Offer
from bandcheck.model.bands import FIELD, Rat
from bandcheck.model.device import Capability

WIFI, G2, G3, G4, G5 = range(5)
"""Levels of service, as numbers that compare. Level 0 is Wi-Fi alone."""

OUTCOMES = ("wifi", "2g", "3g", "4g", "5g")
"""The names of the levels; beside them `unknown` and `varies`."""

_NR, _LTE, _UMTS = FIELD[Rat.NR], FIELD[Rat.LTE], FIELD[Rat.UMTS]
_TDSCDMA, _CDMA, _GSM = FIELD[Rat.TDSCDMA], FIELD[Rat.CDMA], FIELD[Rat.GSM]
_THIRD = _UMTS | _TDSCDMA


# Members looked up on their class cost more than a name of the module.
_RAT_NR, _RAT_LTE, _RAT_UMTS = Rat.NR, Rat.LTE, Rat.UMTS
_RAT_TDSCDMA, _RAT_CDMA, _RAT_GSM = Rat.TDSCDMA, Rat.CDMA, Rat.GSM


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


_FULL, _GAPS, _UNKNOWN = Coverage.FULL, Coverage.GAPS, Coverage.UNKNOWN


class Match(NamedTuple):
    """
    A radio met with a plan: what the bands alone give.

    Attributes:
        phone: What the radio can do on that day.

        plan: What the carrier runs on that day.

        certain: Mask of the bands that carry service for certain.

        possible: Mask of the bands that may; holds `certain`.

        worst: Best level for certain.

        best: Best level that is possible.

        winner: The RAT that gives the certain level; None if that is Wi-Fi.
    """

    phone: Capability
    plan: BandPlan
    certain: int
    possible: int
    worst: int
    best: int
    winner: Rat | None

    @property
    def outcome(self) -> str:
        """
        The worst case, except that nothing certain with something possible is `unknown`.
        """
        return OUTCOMES[self.worst] if self.worst or not self.best else "unknown"

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

    winner: Rat | None
    if certain & _NR and ((certain & _LTE and phone.nsa is not False) or (phone.sa is True and plan.standalone[0])):
        worst, winner = G5, _RAT_NR
    elif certain & _LTE:
        worst, winner = G4, _RAT_LTE
    elif certain & _UMTS:
        worst, winner = G3, _RAT_UMTS
    elif certain & _TDSCDMA:
        worst, winner = G3, _RAT_TDSCDMA
    elif certain & _CDMA and phone.evdo is True and plan.evdo[0]:
        worst, winner = G3, _RAT_CDMA
    elif certain & _GSM:
        worst, winner = G2, _RAT_GSM
    elif certain & _CDMA:
        worst, winner = G2, _RAT_CDMA
    else:
        worst, winner = WIFI, None

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
    return Match(phone, plan, certain, possible, worst, best, winner)


def coverage(met: Match) -> Coverage | None:
    """
    How far the winning RAT reaches for this phone, in the worst case (rule 4 of a verdict); None if none wins.

    Full: every core band and one coverage band, some of it not in spots only. Where nobody recorded roles, a band below
    1 GHz counts as coverage; if that does not decide, unknown.
    """
    rat = met.winner
    if rat is None:
        return None
    mine = met.plan.rats[rat]
    usable = met.certain
    if mine.further and beyond(met, rat):
        return _GAPS
    if rat is _RAT_NR and not usable & _NR & ~met.plan.mmwave:
        return _GAPS
    if not usable & mine.wide:
        return _GAPS
    if mine.named:
        for mask in mine.core:
            if not mask & usable:
                return _GAPS
        for mask in mine.far:
            if mask & usable:
                return _FULL
        return _GAPS if mine.far else _FULL
    if usable & mine.low:
        return _FULL
    for offer in mine.offers:
        if not offer.certain & usable:
            lacks_low = mine.low and not met.possible & mine.low_possible
            return _GAPS if lacks_low else _UNKNOWN
    return _FULL


def beyond(met: Match, rat: Rat) -> tuple[Offer, ...]:
    """
    Deployments of RATs that reach further than this one, by a source, and that the phone cannot use for certain.
    """
    return tuple(offer for offer in met.plan.rats[rat].further if not offer.certain & met.certain)
