"""
The verdict on one variant on one network on one day.
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
from collections.abc import Sequence

from bandcheck.matching.access import NO_RULING, Ruling, ruling, voice
from bandcheck.matching.plan import BandPlan, Timetable
from bandcheck.matching.verdict import WIFI, Coverage, Match, coverage, match
from bandcheck.model.bands import FIELD, Rat
from bandcheck.model.carrier import Carrier
from bandcheck.model.device import Variant
from bandcheck.model.entity import entity


@entity
class Verdict:
    """
    What one variant gets on one network on one day. Reasons, dates and confidence are made when asked for.

    Attributes:
        variant: The radio.

        timetable: The network's plans.

        on: The day.

        match: What the bands alone give.

        acceptance: Whether the carrier lets the phone in.

        refused: A source documents that it does not, so that the phone gets nothing whatever its bands.

        worst: Level for certain.

        best: Level at best.
    """

    variant: Variant
    timetable: Timetable
    on: dt.date
    match: Match
    acceptance: Ruling
    refused: bool
    worst: int
    best: int

    @property
    def carrier(self) -> Carrier:
        """
        Whose network it is.
        """
        return self.timetable.carrier

    @property
    def outcome(self) -> str:
        """
        `5g`, `4g`, `3g`, `2g`, `wifi` or `unknown`.
        """
        return "wifi" if self.refused else self.match.outcome

    @property
    def radio(self) -> str:
        """
        What the bands alone would give.
        """
        return self.match.outcome

    @property
    def coverage(self) -> Coverage | None:
        """
        How far the winning RAT reaches; None without one.
        """
        return None if self.refused else coverage(self.match)

    @property
    def voice(self) -> str:
        """
        `volte`, `cs`, `none` or `unknown`.
        """
        return "none" if self.refused else voice(self.match)

    @property
    def lte_possible(self) -> bool:
        """
        Whether the bands may give 4G.
        """
        return bool(self.match.possible & FIELD[Rat.LTE])

    @property
    def lte_unrecorded(self) -> bool:
        """
        Whether nobody recorded the phone's 4G, or the carrier's.
        """
        return self.match.phone.bands.is_unknown(Rat.LTE) or Rat.LTE not in self.carrier.recorded

    @functools.cached_property
    def emergency(self) -> Ruling:
        """
        What is documented about emergency calls.
        """
        phone = self.match.phone
        return ruling(self.match.plan.emergency.about(self.variant.device), self.variant, phone, self.carrier.id)

    @functools.cached_property
    def runs_out(self) -> tuple[dt.date, str] | None:
        """
        The next known day on which the answer gets worse, and what it is then; None if none is known.
        """
        if self.best == WIFI:
            return None
        before = self.match.plan
        firmware = {start for start, _ in self.variant.states[1:] if start > self.on}
        for day in self._ahead(firmware):
            plan = self.timetable.plan(day)
            if day not in firmware and not self._at_stake(before, plan):
                continue
            before = plan
            later = judge(self.variant, self.timetable, day)
            if later.worst < self.worst or (self.worst == WIFI and later.best < self.best):
                return day, later.outcome
        return None

    def _ahead(self, firmware: set[dt.date]) -> Sequence[dt.date]:
        """
        The later days on which the plan or the phone's firmware changes.
        """
        turns = self.timetable.turns
        later = turns[bisect.bisect_right(turns, self.on) :]
        return sorted({*later, *firmware}) if firmware else later

    def _at_stake(self, before: BandPlan, after: BandPlan) -> bool:
        """
        Whether two plans differ in anything that this phone's levels hang on.
        """
        known = self.match.phone.bands
        low, high = known.at_least.mask, known.at_most.mask
        return bool(
            (before.certain ^ after.certain) & low
            or (before.possible ^ after.possible) & high
            or (before.own_certain ^ after.own_certain) & low
            or (before.own_possible ^ after.own_possible) & high
            or before.policies != after.policies
            or before.standalone != after.standalone
            or before.evdo != after.evdo
        )


def judge(variant: Variant, timetable: Timetable, on: dt.date) -> Verdict:
    """
    The verdict on a variant on a network on a day.
    """
    plan = timetable.plan(on)
    phone = variant.capability(on)
    rules = plan.policies.about(variant.device)
    acceptance = ruling(rules, variant, phone, plan.carrier.id) if rules else NO_RULING
    met = match(phone, plan)
    if acceptance.value == "refused":
        return Verdict(variant, timetable, on, met, acceptance, True, WIFI, WIFI)
    return Verdict(variant, timetable, on, met, acceptance, False, met.worst, met.best)
