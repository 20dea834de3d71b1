"""
The verdict on one variant on one network on one day.
"""

from __future__ import annotations

import datetime as dt
import functools

from bandcheck.matching.access import NO_RULING, Ruling, ruling, voice
from bandcheck.matching.plan import Timetable
from bandcheck.matching.verdict import WIFI, Coverage, Match, match
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
    """

    variant: Variant
    timetable: Timetable
    on: dt.date
    match: Match
    acceptance: Ruling

    @property
    def carrier(self) -> Carrier:
        """
        Whose network it is.
        """
        return self.timetable.carrier

    @property
    def refused(self) -> bool:
        """
        A source documents that the carrier refuses the phone, so that it gets nothing whatever its bands.
        """
        return self.acceptance.value == "refused"

    @property
    def worst(self) -> int:
        """
        Level for certain.
        """
        return WIFI if self.refused else self.match.worst

    @property
    def best(self) -> int:
        """
        Level at best.
        """
        return WIFI if self.refused else self.match.best

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
        return None if self.refused else self.match.coverage

    @property
    def voice(self) -> str:
        """
        `volte`, `cs`, `none` or `unknown`.
        """
        return "none" if self.refused else voice(self.match)

    @functools.cached_property
    def emergency(self) -> Ruling:
        """
        What is documented about emergency calls.
        """
        phone = self.match.phone
        return ruling(self.carrier.emergency, self.variant, phone, self.carrier.id, self.on)

    @functools.cached_property
    def runs_out(self) -> tuple[dt.date, str] | None:
        """
        The next known day on which the answer gets worse, and what it is then; None if none is known.
        """
        days = {start for start, _ in self.variant.states if start > self.on}
        days.update(turn for turn in self.timetable.turns if turn > self.on)
        for day in sorted(days):
            later = judge(self.variant, self.timetable, day)
            falls = later.worst < self.worst or (self.worst == WIFI and later.best < self.best)
            if falls:
                return day, later.outcome
        return None


def judge(variant: Variant, timetable: Timetable, on: dt.date) -> Verdict:
    """
    The verdict on a variant on a network on a day.
    """
    plan = timetable.plan(on)
    phone = variant.capability(on)
    carrier = timetable.carrier
    acceptance = ruling(carrier.policies, variant, phone, carrier.id, on) if carrier.policies else NO_RULING
    return Verdict(variant, timetable, on, match(phone, plan), acceptance)
