"""
All that the gates look at: one listing, its phone, where it is to be sold, and what was said about that.
"""

from __future__ import annotations

from typing import NamedTuple

from bandcheck.model.device import Variant
from bandcheck.model.listing import Listing
from bandcheck.model.statement import EFFECTS, Statement
from bandcheck.screening.policy import Policy
from bandcheck.screening.radio import Place, Radio
from bandcheck.screening.resolve import Resolved


class Case(NamedTuple):
    """
    A listing before the gates.

    Attributes:
        listing: The seller's words.

        phone: What they name.

        place: Where and when it is to be sold.

        radio: What it gets there.

        policy: What the shop asks.

        statements: What anybody stated of a version that it may be, or of its brand.

        brief: Whether the gates' own reasons are enough, without the facts that they rest on.
    """

    listing: Listing
    phone: Resolved
    place: Place
    radio: Radio
    policy: Policy
    statements: tuple[Statement, ...]
    brief: bool = False

    @property
    def name(self) -> str:
        """
        What to call the phone.
        """
        return self.phone.device.full_name if self.phone.device else self.listing.name

    def stated(self, kind: str, variant: Variant | None) -> list[Statement]:
        """
        What is stated of a version and holds there on the day, the latest first; of one day the worst first. Of the
        brand alone if no version is known.
        """
        found = [s for s in self.statements if s.kind == kind and self._holds(s) and self._means(s, variant)]
        return sorted(
            found,
            key=lambda s: (s.live.since.last if s.live.since else s.live.newest(), s.effect != EFFECTS[kind][0]),
            reverse=True,
        )

    def _holds(self, statement: Statement) -> bool:
        return statement.country in ("", self.place.carrier.country) and statement.live.certain(self.place.on)

    def _means(self, statement: Statement, variant: Variant | None) -> bool:
        if variant is None:
            return not statement.brands.isdisjoint(self.phone.brands)
        return statement.means(variant)
