"""
Phones: a marketed device, and the radios that are sold under its name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from attrs import field

from bandcheck.model.bands import KnownBands, Rat
from bandcheck.model.dates import Date
from bandcheck.model.entity import entity
from bandcheck.model.sources import Conflict, Trust


@entity
class RatFact:
    """
    Where one RAT's bands of a variant come from.

    Attributes:
        sources: Ids; empty if inferred.

        trust: How sure.

        claims: Where sources disagree, each side as (what it says, its sources); else empty.

        bound: The bands come from a sheet that merges several radios, and only bound this one.

        layer: `bands`, `imported` or the overlay that the fact stands in.
    """

    sources: tuple[str, ...] = ()
    trust: Trust = Trust.SINGLE
    claims: tuple[tuple[str, tuple[str, ...]], ...] = ()
    bound: bool = False
    layer: str = "bands"


@entity
class Capability:
    """
    What a radio can do.

    Attributes:
        bands: Per RAT, what is known of its bands. A RAT that nobody recorded: nothing at least, everything at most.

        nsa: Does NR beside LTE (EN-DC). None if unknown.

        sa: Does standalone NR. None if unknown.

        evdo: Its CDMA has EV-DO, which is 3G; False if 1X only. None if unknown.

        mfbi: Attaches by a further band number that a cell broadcasts (FGI bit 31, TS 36.331 annex B). None if unknown.

        volte: Does VoLTE anywhere. None if unknown.

        volte_on: By carrier id, whether it does VoLTE there; wins over `volte`.
    """

    bands: KnownBands
    nsa: bool | None = None
    sa: bool | None = None
    evdo: bool | None = None
    mfbi: bool | None = None
    volte: bool | None = None
    volte_on: Mapping[str, bool] = field(factory=dict)


@entity
class Variant:
    """
    One radio of a device. A verdict is about a variant.

    Attributes:
        device: Id of its device, `xiaomi/redmi-2`; empty for bands given by hand.

        key: What the file calls it; the first model number where it has one.

        models: Model numbers, all spellings; empty if none is known.

        market: A label for people, such as `China Unicom`; empty if unknown.

        sold_in: Countries, ISO 3166; empty if unknown.

        states: What it can do, as (from when, capability) in time order; the first holds from the beginning.
            Firmware adds and removes bands.

        facts: Per RAT, where that comes from. A RAT that nobody recorded is missing.

        sources: Ids for the variant as such: that it exists and what it is called.
    """

    device: str
    key: str
    models: tuple[str, ...]
    market: str
    sold_in: tuple[str, ...]
    states: tuple[tuple[dt.date, Capability], ...]
    facts: Mapping[Rat, RatFact] = field(factory=dict)
    sources: tuple[str, ...] = ()

    @classmethod
    def of_bands(cls, capability: Capability, name: str = "given bands") -> Variant:
        """
        A phone of which only the bands are known.
        """
        return cls("", name, (), "", (), ((dt.date.min, capability),))

    def capability(self, on: dt.date) -> Capability:
        """
        What it could do on a day.
        """
        holds = self.states[0][1]
        if len(self.states) == 1:
            return holds
        for start, state in self.states:
            if start <= on:
                holds = state
        return holds


@entity
class Device:
    """
    A phone as it is marketed.

    Attributes:
        id: `brand/name`, also the path of its file.

        brand: As people write it.

        name: Without the brand.

        aliases: Other marketing names, any script.

        codenames: What developers call it.

        released: First sale or announcement anywhere; None if unknown.

        variants: Its radios, in the order of the file; at least one.

        conflicts: What sources disagree about beyond bands.
    """

    id: str
    brand: str
    name: str
    aliases: tuple[str, ...]
    codenames: tuple[str, ...]
    released: Date | None
    variants: tuple[Variant, ...]
    conflicts: tuple[Conflict, ...] = ()

    @property
    def full_name(self) -> str:
        """
        Brand and name, once: `Xiaomi Redmi 2`.
        """
        return full_name(self.brand, self.name)


def full_name(brand: str, name: str) -> str:
    """
    Brand and name, the brand once.
    """
    return name if name.casefold().startswith(brand.casefold()) else f"{brand} {name}"
