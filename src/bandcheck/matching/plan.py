"""
What a carrier offers on one day, ready to be met with phones.
"""

from __future__ import annotations

import bisect
import datetime as dt

from attrs import define, field

from bandcheck.model.bands import FIELD, Rat
from bandcheck.model.carrier import Carrier, Deployment
from bandcheck.model.entity import entity
from bandcheck.model.overlaps import Overlaps


@entity
class Offer:
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


@entity
class BandPlan:
    """
    What a carrier runs on one day.

    Attributes:
        carrier: Whose plan.

        certain: Mask of all bands with which some deployment can be used for certain.

        possible: Mask of all bands with which one may be usable; every band of a RAT that nobody recorded. Holds
            `certain`.

        own_certain, own_possible: The same for a phone that reads no MFBI.

        mmwave: Mask of FR2 bands.

        low: Mask of bands below 1 GHz.

        offers: By RAT, every deployment that may be live; bands that cannot carry service alone are in `helpers`.

        helpers: Live deployments that only help others: downlink only, licence assisted.

        standalone: NR runs without LTE for certain, and possibly.

        evdo: CDMA has EV-DO for certain, and possibly.
    """

    carrier: Carrier
    certain: int
    possible: int
    own_certain: int
    own_possible: int
    mmwave: int
    low: int
    offers: dict[Rat, tuple[Offer, ...]]
    helpers: tuple[Deployment, ...]
    standalone: tuple[bool, bool]
    evdo: tuple[bool, bool]


@define(eq=False)
class Timetable:
    """
    A carrier's plans through time: one for each stretch in which nothing changes, made when first asked for.

    Attributes:
        carrier: Whose plans.

        turns: The days on which anything about the carrier may change, ascending.
    """

    carrier: Carrier
    overlaps: Overlaps
    turns: list[dt.date] = field(init=False)
    _plans: dict[int, BandPlan] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.turns = sorted(self.carrier.turns())

    def plan(self, on: dt.date) -> BandPlan:
        """
        The plan of a day.
        """
        stretch = bisect.bisect_right(self.turns, on)
        plan = self._plans.get(stretch)
        if plan is None:
            plan = self._plans[stretch] = plan_on(self.carrier, on, self.overlaps)
        return plan


def plan_on(carrier: Carrier, on: dt.date, overlaps: Overlaps) -> BandPlan:
    """
    The plan of a network operator on a day.

    A planned launch is not live before its day; an announced end counts from its day. A RAT that nobody recorded
    may have any band.
    """
    offers: dict[Rat, list[Offer]] = {}
    helpers = []
    for deployment in carrier.deployments:
        if not deployment.live.possible(on):
            continue
        offer = _offer(deployment, on, overlaps)
        if offer.possible:
            offers.setdefault(deployment.rat, []).append(offer)
        else:
            helpers.append(deployment)

    certain = possible = own_certain = own_possible = 0
    for rat_offers in offers.values():
        for offer in rat_offers:
            certain |= offer.certain
            possible |= offer.possible
            own_possible |= offer.own
            own_certain |= offer.own & offer.certain
    for rat, bits in FIELD.items():
        if rat not in carrier.recorded:
            possible |= bits
            own_possible |= bits

    spans = carrier.standalone
    evdo_offers = [o for o in offers.get(Rat.CDMA, ()) if o.deployment.evdo is not False]
    return BandPlan(
        carrier=carrier,
        certain=certain,
        possible=possible,
        own_certain=own_certain,
        own_possible=own_possible,
        mmwave=overlaps.mmwave,
        low=overlaps.low,
        offers={rat: tuple(found) for rat, found in offers.items()},
        helpers=tuple(helpers),
        standalone=(
            any(span.certain(on) for span, _ in spans or ()),
            spans is None or any(span.possible(on) for span, _ in spans),
        ),
        evdo=(
            any(o.deployment.evdo and o.certain for o in evdo_offers),
            bool(evdo_offers) or Rat.CDMA not in carrier.recorded,
        ),
    )


def _offer(deployment: Deployment, on: dt.date, overlaps: Overlaps) -> Offer:
    """
    The masks of one deployment that may be live on a day; all zero where it cannot carry service alone.
    """
    own = deployment.bands.mask & overlaps.alone
    if not own:
        return Offer(deployment, 0, 0, 0, 0)

    near = inside = certain = 0
    if not own & (own - 1):  # a single band
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
