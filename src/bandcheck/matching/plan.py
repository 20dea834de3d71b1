"""
What a carrier offers on one day, ready to be met with phones.
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
from collections.abc import Mapping
from typing import NamedTuple

from bandcheck.model.bands import FIELD, RATS, Rat
from bandcheck.model.carrier import Carrier, Deployment, Policy
from bandcheck.model.entity import entity
from bandcheck.model.overlaps import Overlaps


class Offer(NamedTuple):
    """
    One deployment on one day, as masks of the bands with which a phone can use it.

    Attributes:
        deployment: The fact.

        certain: Bands that attach for certain: its own and those that it is documented to broadcast.

        possible: Bands that may attach: also those that overlap, where nobody says what it broadcasts; also while
            it is only possible that it is live. Holds `certain`.

        own: Its own bands alone; what a phone that reads no MFBI can use.

        near: Bands that overlap its own so that one cell could be both, whatever its block and broadcast.
    """

    deployment: Deployment
    certain: int
    possible: int
    own: int
    near: int


class RatPlan:
    """
    What a carrier runs of one RAT on one day.

    Attributes:
        rat: Which.

        recorded: Whether somebody recorded it; if not, any band may be live.

        offers: Every deployment that may be live and can carry service alone.

        helpers: Live deployments that only help others: downlink only, licence assisted.

        live: Mask of the carrier's own bands that are live for certain.

        wide: Mask of the bands with which a deployment can be used for certain that is not in markets or spots only.

        core, far: Of each core, and each coverage deployment, the mask of bands with which it can be used for certain.

        named: Whether somebody recorded what the bands are for.

        low, low_possible: Mask of the bands with which a deployment below 1 GHz can be used for certain, and possibly.

        further: Offers of other RATs that reach further than this one, by a source.

        sources: Ids of all offers' sources.
    """

    def __init__(self, rat: Rat, plan: BandPlan) -> None:
        offers = plan.offers[rat]
        self.rat = rat
        self.recorded = plan.records(rat)
        self.offers = tuple(offers)
        self.helpers = tuple(plan.helpers[rat])
        self.live = self.wide = self.low = self.low_possible = 0
        for offer in offers:
            if offer.own & plan.below_1_ghz:
                self.low |= offer.certain
                self.low_possible |= offer.possible
            if offer.certain:
                self.live |= offer.own
                if offer.deployment.extent not in ("markets", "sites"):
                    self.wide |= offer.certain
        self.core = tuple(o.certain for o in offers if o.deployment.role == "core")
        self.far = tuple(o.certain for o in offers if o.deployment.role == "coverage")
        self.named = any(o.deployment.role for o in offers)
        self.further = tuple(o for found in plan.offers.values() for o in found if rat in o.deployment.beyond)
        self.sources = tuple(dict.fromkeys(s for o in offers for s in o.deployment.sources))
        self._plan = plan

    @functools.cached_property
    def _ended(self) -> list[tuple[dt.date, Deployment]]:
        """
        The deployments that ended, with the days; none while others are left.
        """
        here = [d for d in self._plan.carrier.deployments if d.rat is self.rat and not self.offers]
        return [(day, d) for d in here if (day := _end(d, self._plan.on))]

    @functools.cached_property
    def gone(self) -> dt.date | None:
        """
        The day on which the last deployment ended, where none is left; None if none ever was.
        """
        return max((day for day, _ in self._ended), default=None)

    @property
    def gone_sources(self) -> tuple[str, ...]:
        """
        Ids of the sources for that.
        """
        return tuple(dict.fromkeys(s for _, d in self._ended for s in d.sources))

    @property
    def ran(self) -> bool:
        """
        Whether anything says that there was such a deployment, and not just that there is none any more.
        """
        return any(d.live.newest() is not None or d.bands.mask != FIELD[self.rat] for _, d in self._ended)


def _end(deployment: Deployment, on: dt.date) -> dt.date | None:
    """
    The day on which a deployment ended, if that was by a day.
    """
    until = deployment.live.until
    return until.first if until is not None and until.first <= on else None


InForce = tuple[Policy, bool]
"""A policy that is or may be in force, and whether it is for certain."""


class Rules(NamedTuple):
    """
    Policies that are or may be in force, sorted so that most phones need look at few.

    Attributes:
        named: By device id, those that name the device.

        others: The rest.
    """

    named: dict[str, tuple[InForce, ...]]
    others: tuple[InForce, ...]

    @classmethod
    def of(cls, policies: tuple[Policy, ...], on: dt.date) -> Rules:
        """
        The rules of a day.
        """
        found = tuple((p, p.live.certain(on)) for p in policies if p.live.possible(on))
        devices = {device for policy, _ in found for device in policy.phones.devices}
        return cls(
            {device: tuple(f for f in found if device in f[0].phones.devices) for device in devices},
            tuple(f for f in found if not f[0].phones.devices),
        )

    def about(self, device: str) -> tuple[InForce, ...]:
        """
        Those that a device may fall under.
        """
        return (*self.others, *self.named[device]) if device in self.named else self.others


@entity
class BandPlan:
    """
    What a carrier runs on one day.

    Attributes:
        carrier: Whose plan.

        on: The day, or any other of its stretch.

        certain: Mask of all bands with which some deployment can be used for certain.

        possible: Mask of all bands with which one may be usable; of a RAT that nobody recorded every band that can
            carry service alone. Holds `certain`.

        own_certain, own_possible: The same for a phone that reads no MFBI.

        mmwave: Mask of FR2 bands.

        offers: By RAT, every deployment that may be live and can carry service alone.

        helpers: By RAT, live deployments that only help others: downlink only, licence assisted.

        below_1_ghz: Mask of the bands that reach far.

        standalone: NR runs without LTE for certain, and possibly.

        evdo: CDMA has EV-DO for certain, and possibly.

        policies, emergency: Rules about phones, and about emergency calls.
    """

    carrier: Carrier
    on: dt.date
    certain: int
    possible: int
    own_certain: int
    own_possible: int
    mmwave: int
    below_1_ghz: int
    offers: dict[Rat, list[Offer]]
    helpers: dict[Rat, list[Deployment]]
    standalone: tuple[bool, bool]
    evdo: tuple[bool, bool]
    policies: Rules
    emergency: Rules

    @functools.cached_property
    def rats(self) -> Mapping[Rat, RatPlan]:
        """
        What the carrier runs of each RAT; made when looked up.
        """
        return _RatPlans(self)

    @property
    def off(self) -> bool:
        """
        Whether there is nothing of any RAT on that day for certain.
        """
        live = any(self.offers.values()) or any(self.helpers.values())
        return not live and all(map(self.records, RATS))

    def records(self, rat: Rat) -> bool:
        """
        Whether somebody recorded what there is of a RAT; before it began anywhere, all know that there is none.
        """
        return rat in self.carrier.recorded or self.on < BEGAN[rat]


class _RatPlans(dict[Rat, RatPlan]):
    """
    The plans of each RAT that somebody looked up: most phones hang on one.
    """

    def __init__(self, plan: BandPlan) -> None:
        super().__init__()
        self._plan = plan

    def __missing__(self, rat: Rat) -> RatPlan:
        found = self[rat] = RatPlan(rat, self._plan)
        return found


BEGAN = {
    Rat.GSM: dt.date(1991, 7, 1),
    Rat.CDMA: dt.date(1995, 9, 1),
    Rat.UMTS: dt.date(2001, 10, 1),
    Rat.TDSCDMA: dt.date(2008, 4, 1),
    Rat.LTE: dt.date(2009, 12, 14),
    Rat.NR: dt.date(2018, 10, 1),
}
"""
The day on which the first commercial network of each RAT went on air, somewhere: Radiolinja, Hutchison Hong Kong, NTT
docomo, China Mobile, TeliaSonera; of NR the month before the first. A band "on air by 2016" was not possible before.
"""

_DAYS_KEPT = 20_000  # half a century of days


class Timetable:
    """
    A carrier's plans through time: one for each stretch in which nothing changes, made when first asked for.

    Attributes:
        carrier: Whose plans.

        turns: The days on which anything about the carrier may change, ascending.
    """

    def __init__(self, carrier: Carrier, overlaps: Overlaps) -> None:
        self.carrier = carrier
        self.turns = sorted(carrier.turns() | set(BEGAN.values()))
        self._overlaps = overlaps
        self._plans: dict[int, BandPlan] = {}
        self._days: dict[dt.date, BandPlan] = {}

    def plan(self, on: dt.date) -> BandPlan:
        """
        The plan of a day.
        """
        plan = self._days.get(on)
        if plan is None:
            stretch = bisect.bisect_right(self.turns, on)
            plan = self._plans.get(stretch)
            if plan is None:
                plan = self._plans[stretch] = plan_on(self.carrier, on, self._overlaps)
            if len(self._days) < _DAYS_KEPT:
                self._days[on] = plan
        return plan


def plan_on(carrier: Carrier, on: dt.date, overlaps: Overlaps) -> BandPlan:
    """
    The plan of a network operator on a day.

    A planned launch is not live before its day; an announced end counts from its day. A RAT that nobody recorded may
    have any band.
    """
    offers: dict[Rat, list[Offer]] = {rat: [] for rat in RATS}
    helpers: dict[Rat, list[Deployment]] = {rat: [] for rat in RATS}
    for deployment in carrier.deployments:
        if deployment.live.possible(on) and on >= BEGAN[deployment.rat]:
            offer = _offer(deployment, on, overlaps)
            if offer.possible:
                offers[deployment.rat].append(offer)
            else:
                helpers[deployment.rat].append(deployment)

    certain = possible = own_certain = own_possible = 0
    for found in offers.values():
        for offer in found:
            certain |= offer.certain
            possible |= offer.possible
            own_possible |= offer.own
            own_certain |= offer.own & offer.certain
    for rat, bits in FIELD.items():
        if rat not in carrier.recorded and on >= BEGAN[rat]:
            possible |= bits & overlaps.alone
            own_possible |= bits & overlaps.alone

    spans = carrier.standalone
    evdo_offers = [o for o in offers[Rat.CDMA] if o.deployment.evdo is not False]
    return BandPlan(
        carrier=carrier,
        on=on,
        certain=certain,
        possible=possible,
        own_certain=own_certain,
        own_possible=own_possible,
        mmwave=overlaps.mmwave,
        below_1_ghz=overlaps.low,
        offers=offers,
        helpers=helpers,
        standalone=(
            any(span.certain(on) for span, _ in spans or ()),
            spans is None or any(span.possible(on) for span, _ in spans),
        ),
        evdo=(
            any(o.deployment.evdo and o.certain for o in evdo_offers),
            bool(evdo_offers) or (Rat.CDMA not in carrier.recorded and on >= BEGAN[Rat.CDMA]),
        ),
        policies=Rules.of(carrier.policies, on),
        emergency=Rules.of(carrier.emergency, on),
    )


def _offer(deployment: Deployment, on: dt.date, overlaps: Overlaps) -> Offer:
    """
    The masks of one deployment that may be live on a day; all zero where it cannot carry service alone.
    """
    own = deployment.bands.mask & overlaps.alone
    if not own:
        return Offer(deployment, 0, 0, 0, 0)

    near = inside = certain = 0
    if len(deployment.bands) == 1:
        near = inside = overlaps.near.get(own, 0) & overlaps.alone
        if near and deployment.block is not None:
            inside = overlaps.holding(near, deployment.block)
        certain = own if deployment.live.certain(on) else 0
    broadcast, begun = deployment.mfbi, deployment.mfbi_since
    if broadcast is None:
        # Nobody says what the cells broadcast, so whatever overlaps may be.
        return Offer(deployment, certain, own | inside, own, near)
    if begun is None or begun.last <= on:
        return Offer(deployment, certain | (broadcast.mask if certain else 0), own | broadcast.mask, own, near)
    # Before a documented start only what was broadcast later stays possible.
    return Offer(deployment, certain, own | (inside & broadcast.mask), own, near)
