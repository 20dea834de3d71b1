"""
Carriers and days, as places between which answers do not change.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from bandcheck.database.catalog import Catalog
from bandcheck.model.carrier import Carrier
from bandcheck.screening.bulk.verdicts import Verdicts
from bandcheck.screening.policy import Policy
from bandcheck.screening.radio import Place, place_of


class Situation(NamedTuple):
    """
    A carrier through a stretch of days on which nothing changes that an answer hangs on.

    Attributes:
        place: The carrier on one of the days.

        now, later: Of each network, the row of its plan on the day and at the policy's horizon.

        firmware: On which day each radio's bands are looked up, now and later.

        kind: What an answer hangs on beside the verdicts: whether there are networks, and whether others may be left
            out.

        stated: The same for a phone of which something is stated or waived.
    """

    place: Place
    now: tuple[int, ...]
    later: tuple[int, ...]
    firmware: tuple[dt.date, dt.date]
    kind: tuple[object, ...]
    stated: tuple[object, ...]


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
        self._stated = sorted(said | expired)
        self._turns: dict[str, tuple[list[dt.date], list[dt.date]]] = {}
        self._horizons: dict[dt.date, dt.date] = {}

    def stretch(self, carrier: Carrier, on: dt.date) -> tuple[str, int, int]:
        """
        What is the same for all days of one situation, and differs between situations.
        """
        now, later = self._turns.get(carrier.id) or self._learn(carrier)
        return carrier.id, bisect.bisect_right(now, on), bisect.bisect_right(later, self._horizon(on))

    def at(self, carrier: Carrier, on: dt.date) -> Situation:
        """
        The situation of a carrier on a day.
        """
        place = place_of(self._catalog, carrier, on, self._policy.hosts)
        horizon = self._horizon(on)
        timetables = {n.timetable.carrier.id: n.timetable for n in place.networks}
        partial = any(n.partial for n in place.networks)
        since = bisect.bisect_right(self._stated, on)
        return Situation(
            place,
            tuple(self._verdicts.row(t.plan(on)) for t in timetables.values()),
            tuple(self._verdicts.row(t.plan(horizon)) for t in timetables.values()),
            (self._firmware_day(on), self._firmware_day(horizon)),
            (bool(timetables), partial),
            (bool(timetables), partial, carrier.id, tuple(timetables), since),
        )

    def _learn(self, carrier: Carrier) -> tuple[list[dt.date], list[dt.date]]:
        hosts = {host for hosting in carrier.hostings for host, _ in hosting.networks} or {carrier.id}
        plans = {day for host in hosts for day in self._catalog.timetable(host).turns} | set(self._firmware)
        found = sorted(plans | carrier.turns() | set(self._stated)), sorted(plans)
        self._turns[carrier.id] = found
        return found

    def _horizon(self, on: dt.date) -> dt.date:
        found = self._horizons.get(on)
        if found is None:
            found = self._horizons[on] = self._policy.horizon(on)
        return found

    def _firmware_day(self, on: dt.date) -> dt.date:
        """
        The first day on which every radio does what it does on that day.
        """
        place = bisect.bisect_right(self._firmware, on)
        return self._firmware[place - 1] if place else dt.date.min
