"""
Carriers and days, as places between which answers do not change.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bandcheck.database.catalog import Catalog
from bandcheck.model.carrier import Carrier
from bandcheck.screening.bulk.phones import About
from bandcheck.screening.bulk.verdicts import Verdicts
from bandcheck.screening.policy import Policy
from bandcheck.screening.radio import Place, place_of

Days = npt.NDArray[np.int64]


class Said(NamedTuple):
    """
    What was said that may bear upon a place.

    Attributes:
        certified: Numbers of statements by its hosts.

        hosts: Their ids.

        others: Numbers of the other statements.

        waivers: Numbers of the waivers that hold.
    """

    certified: frozenset[int]
    hosts: tuple[str, ...]
    others: frozenset[int]
    waivers: frozenset[int]

    def of(self, about: About) -> Said:
        """
        As much of it as is about a phone; hosts only where one of them said something.
        """
        certified = self.certified & about.statements
        hosts = self.hosts if certified else ()
        return Said(certified, hosts, self.others & about.statements, self.waivers & about.waivers)


class Situation(NamedTuple):
    """
    A carrier through a stretch of days on which nothing changes that an answer hangs on.

    Attributes:
        place: The carrier on one of the days.

        plans: Of each network, the rows of its plan on the day and at the policy's horizon.

        firmware: On which day each radio's bands are looked up, now and later.

        kind: What an answer hangs on beside the verdicts: whether there are networks, and whether others may be left
            out.

        said: What was said that may bear upon it.
    """

    place: Place
    plans: tuple[tuple[int, int], ...]
    firmware: tuple[dt.date, dt.date]
    kind: tuple[object, ...]
    said: Said


class Situations:
    """
    Finds the situation of a carrier and a day.
    """

    def __init__(self, catalog: Catalog, policy: Policy, verdicts: Verdicts, firmware: Iterable[dt.date]) -> None:
        self._catalog = catalog
        self._policy = policy
        self._verdicts = verdicts
        self._firmware = sorted(firmware)
        said = {day for statement in catalog.statements for day in statement.live.turns()}
        expired = {w.expires + dt.timedelta(days=1) for w in policy.waivers if w.expires < dt.date.max}
        self._stated = said | expired
        self._turns: dict[str, tuple[Days, Days]] = {}

    def stretches(self, carrier: Carrier, days: Days, horizons: Days) -> Days:
        """
        Of each day a number that is the same for the days of one situation, and no other's.

        Args:
            days, horizons: The days, and the policy's horizons of them, as ordinals.
        """
        now, later = self._turns.get(carrier.id) or self._learn(carrier)
        return np.searchsorted(now, days, "right") << 32 | np.searchsorted(later, horizons, "right")

    def at(self, carrier: Carrier, on: dt.date) -> Situation:
        """
        The situation of a carrier on a day.
        """
        place = place_of(self._catalog, carrier, on, self._policy.hosts)
        horizon = self._policy.horizon(on)
        timetables = {n.timetable.carrier.id: n.timetable for n in place.networks}
        kind = bool(timetables), any(n.partial for n in place.networks)
        return Situation(
            place,
            tuple((self._verdicts.row(t.plan(on)), self._verdicts.row(t.plan(horizon))) for t in timetables.values()),
            (self._firmware_day(on), self._firmware_day(horizon)),
            kind,
            self._said(place),
        )

    def _said(self, place: Place) -> Said:
        hosts, countries = tuple(host.id for host in place.hosts), ("", place.carrier.country)
        holding = [
            (n, s)
            for n, s in enumerate(self._catalog.statements)
            if s.country in countries and s.live.certain(place.on)
        ]
        certified = frozenset(n for n, s in holding if s.carrier in hosts)
        others = frozenset(
            n
            for n, s in holding
            if not s.carrier and (s.to in ("", place.carrier.id) or s.to not in self._catalog.carrier_ids)
        )
        waivers = frozenset(n for n, w in enumerate(self._policy.waivers) if w.expires >= place.on)
        return Said(certified, hosts, others, waivers)

    def _learn(self, carrier: Carrier) -> tuple[Days, Days]:
        hosts = {host for hosting in carrier.hostings for host, _ in hosting.networks} or {carrier.id}
        plans = {day for host in hosts for day in self._catalog.timetable(host).turns} | set(self._firmware)
        found = _ordinals(plans | carrier.turns() | self._stated), _ordinals(plans)
        self._turns[carrier.id] = found
        return found

    def _firmware_day(self, on: dt.date) -> dt.date:
        """
        The first day on which every radio does what it does on that day.
        """
        place = bisect.bisect_right(self._firmware, on)
        return self._firmware[place - 1] if place else dt.date.min


def _ordinals(days: Iterable[dt.date]) -> Days:
    return np.asarray(sorted(day.toordinal() for day in days), dtype=np.int64)
