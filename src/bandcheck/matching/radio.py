"""
What matching looks at in a phone, as plain numbers: thousands are read in the time of a few hundred variants.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from typing import NamedTuple

from bandcheck.model.bands import BandSet, KnownBands, Rat
from bandcheck.model.device import Capability, RatFact, Variant

State = tuple[dt.date, int, int]
"""From when a radio holds; masks of the bands that it has for certain, and possibly."""


class Radio(NamedTuple):
    """
    What matching looks at in a variant.

    Attributes:
        device, models, sold_in: As of a variant.

        states: In time order; the first holds from the beginning.

        nsa, sa, evdo, mfbi, volte, volte_on: As of a capability.
    """

    device: str
    models: tuple[str, ...]
    sold_in: tuple[str, ...]
    states: tuple[State, ...]
    nsa: bool | None
    sa: bool | None
    evdo: bool | None
    mfbi: bool | None
    volte: bool | None
    volte_on: Mapping[str, bool]

    @classmethod
    def of(cls, variant: Variant) -> Radio:
        """
        The radio of a variant.
        """
        last = variant.states[-1][1]
        return cls(
            variant.device,
            variant.models,
            variant.sold_in,
            tuple((since, c.bands.at_least.mask, c.bands.at_most.mask) for since, c in variant.states),
            last.nsa,
            last.sa,
            last.evdo,
            last.mfbi,
            last.volte,
            last.volte_on,
        )

    def variant(self, facts: Mapping[Rat, RatFact]) -> Variant:
        """
        A variant with this radio: all that a verdict looks at.

        Args:
            facts: Where its bands come from; how sure a verdict is hangs on that.
        """
        more = (self.nsa, self.sa, self.evdo, self.mfbi, self.volte, self.volte_on)
        states = tuple((since, Capability(_known(low, high), *more)) for since, low, high in self.states)
        return Variant(self.device, "", self.models, "", self.sold_in, states, facts)


@functools.lru_cache(maxsize=4096)
def _known(low: int, high: int) -> KnownBands:
    return KnownBands(BandSet(low), BandSet(high))
