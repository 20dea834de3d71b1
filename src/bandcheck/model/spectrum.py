"""
Operating bands: their edges, their channel numbers, and how they overlap.

All frequencies are integers in kHz, so that every comparison is exact. Overlaps are computed from the edges, never
listed.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Iterable, Mapping

from bandcheck.errors import InvalidBandError, InvalidChannelError
from bandcheck.model.bands import Band, BandSet, Rat
from bandcheck.model.carrier import Block
from bandcheck.model.entity import entity
from bandcheck.model.overlaps import Edges, Overlaps, inside

LOW_BAND_KHZ = 1_000_000
"""Below 1 GHz a band reaches far and into houses."""

MMWAVE_KHZ = 24_000_000
"""From here on a band reaches a street corner (FR2, TS 38.104 table 5.1-1)."""


class Relation(enum.Enum):
    """
    How one operating band lies to another of the same RAT.
    """

    EQUAL = "equal"
    SUBSET = "subset"  # wholly inside the other, uplink and downlink
    SUPERSET = "superset"  # the other lies wholly inside
    PARTIAL = "partial"  # both directions overlap in part
    SPACING_DIFFERS = "spacing differs"  # overlap, but no cell can be in both: uplink and downlink lie otherwise apart
    DOWNLINK_ONLY = "downlink only"  # only the downlinks overlap
    DUPLEX_DIFFERS = "duplex differs"  # the same frequencies, paired in one and not in the other
    NONE = "none"

    __hash__ = object.__hash__


_UNNAMED = frozenset({Rat.GSM, Rat.CDMA, Rat.TDSCDMA})
"""RATs whose cells name no further bands; MFBI is UMTS's, LTE's and NR's (TS 25.331, 36.331, 38.331)."""

ONE_CELL = frozenset({Relation.EQUAL, Relation.SUBSET, Relation.SUPERSET, Relation.PARTIAL})
"""Relations in which a cell of one band can be a cell of the other too, and may say so (MFBI)."""


@entity
class Channels:
    """
    A run of channel numbers: `khz = start_khz + step_khz * (n - first)`.

    Attributes:
        first, last: Inclusive.

        start_khz: Centre frequency of `first`.

        step_khz: From one number to the next.

        every: Only each so-many-th number exists, counted from `first`.
    """

    first: int
    last: int
    start_khz: int
    step_khz: int
    every: int = 1

    def __contains__(self, n: int) -> bool:
        return self.first <= n <= self.last and (n - self.first) % self.every == 0

    def khz(self, n: int) -> int:
        """
        Centre frequency of a channel in the run.
        """
        return self.start_khz + self.step_khz * (n - self.first)


@entity
class OperatingBand:
    """
    A row of 3GPP's tables (TS 45.005 clause 2, 25.101 and 25.102 clause 5.2, 36.101 table 5.5-1, 38.101 table
    5.2-1; CDMA: 3GPP2 C.S0057).

    Attributes:
        band: Which.

        names: What people call it: the MHz label first (`2100`), then names such as `AWS`.

        duplex: `fdd`, `tdd`, `sdl` (downlink only) or `sul` (uplink only).

        uplink_khz: Lower and upper edge of what the phone sends in; None if there is none or no source gives it.

        downlink_khz: Likewise for what it hears.

        alone: Whether a cell in it can carry service by itself.

        why: If it cannot, why not; else empty.

        uplink, downlink: Channel numbers.

        verified: Two sources agree on the edges.

        sources: Ids.
    """

    band: Band
    names: tuple[str, ...]
    duplex: str
    uplink_khz: tuple[int, int] | None
    downlink_khz: tuple[int, int] | None
    alone: bool = True
    why: str = ""
    uplink: tuple[Channels, ...] = ()
    downlink: tuple[Channels, ...] = ()
    verified: bool = True
    sources: tuple[str, ...] = ()

    @property
    def edges_khz(self) -> tuple[int, int] | None:
        """
        The downlink, or the uplink of a band that has no other.
        """
        return self.downlink_khz or self.uplink_khz

    def relation(self, other: OperatingBand) -> Relation:
        """
        How this band lies to another; across RATs always `NONE`.
        """
        if self.band.rat is not other.band.rat:
            return Relation.NONE
        down = _overlap(self.downlink_khz, other.downlink_khz)
        up = _overlap(self.uplink_khz, other.uplink_khz)
        if self.duplex != other.duplex:
            crossing = (
                down
                or up
                or _overlap(self.downlink_khz, other.uplink_khz)
                or _overlap(self.uplink_khz, other.downlink_khz)
            )
            return Relation.DUPLEX_DIFFERS if crossing else Relation.NONE
        paired = self.uplink_khz is not None and self.downlink_khz is not None
        if not (down or up):
            return Relation.NONE
        if paired and not (down and up):
            return Relation.DOWNLINK_ONLY if down else Relation.NONE
        if paired and self._spacing() != other._spacing():
            return Relation.SPACING_DIFFERS
        mine, its = (self.downlink_khz, self.uplink_khz), (other.downlink_khz, other.uplink_khz)
        if mine == its:
            return Relation.EQUAL
        if _inside(mine, its):
            return Relation.SUBSET
        return Relation.SUPERSET if _inside(its, mine) else Relation.PARTIAL

    def holds(self, block: Block) -> bool:
        """
        Whether a carrier's block lies wholly inside this band.
        """
        return _inside((block.downlink_khz, block.uplink_khz), (self.downlink_khz, self.uplink_khz))

    def _spacing(self) -> int:
        """
        From uplink to downlink, by channel numbering where it says (the edges of B66 and B70 differ in width).
        """
        assert self.uplink_khz is not None and self.downlink_khz is not None
        return self.downlink_khz[0] - self.uplink_khz[0]


def _overlap(a: Edges, b: Edges) -> bool:
    return a is not None and b is not None and a[0] < b[1] and b[0] < a[1]


def _inside(inner: tuple[Edges, Edges], outer: tuple[Edges, Edges]) -> bool:
    return all(inside(i, o) for i, o in zip(inner, outer, strict=True))


@entity
class Spectrum:
    """
    All operating bands.

    Attributes:
        bands: By `Band`.

        raster: NR's global raster, which gives a frequency to every channel number (TS 38.104 table 5.4.2.1-1).
    """

    bands: Mapping[Band, OperatingBand]
    raster: tuple[Channels, ...] = ()

    @classmethod
    def of(cls, bands: Iterable[OperatingBand], raster: tuple[Channels, ...] = ()) -> Spectrum:
        """
        From a run of operating bands.
        """
        return cls({b.band: b for b in bands}, raster)

    def __getitem__(self, band: Band) -> OperatingBand:
        return self.bands[band]

    def __contains__(self, band: Band) -> bool:
        return band in self.bands

    def require(self, bands: BandSet) -> BandSet:
        """
        The same set, if every band in it exists.

        Raises:
            InvalidBandError: A band that is in no table.
        """
        for band in bands:
            if band not in self.bands:
                raise InvalidBandError(str(band), "a band that 3GPP or 3GPP2 defines")
        return bands

    @functools.cached_property
    def defined(self) -> BandSet:
        """
        Every band there is.
        """
        return BandSet.of(*self.bands)

    @functools.cached_property
    def alone(self) -> BandSet:
        """
        Bands in which a cell can carry service by itself.
        """
        return BandSet.of(*(b.band for b in self.bands.values() if b.alone))

    @functools.cached_property
    def overlaps(self) -> Overlaps:
        """
        What matching needs to know of all this.
        """
        near = {band.mask: mask for band in self.bands if (mask := self.near(band).mask)}
        beside = BandSet(functools.reduce(int.__or__, near.values(), 0))
        edges = {b.mask: (self.bands[b].uplink_khz, self.bands[b].downlink_khz) for b in beside}
        low = BandSet.of(*(b.band for b in self.bands.values() if b.edges_khz and b.edges_khz[1] <= LOW_BAND_KHZ))
        mmwave = BandSet.of(*(b.band for b in self.bands.values() if b.edges_khz and b.edges_khz[0] >= MMWAVE_KHZ))
        return Overlaps(self.alone.mask, low.mask, mmwave.mask, near, edges)

    def near(self, band: Band) -> BandSet:
        """
        Other bands as which a cell of `band` could be broadcast too: overlapping in both directions at the same
        spacing.
        """
        mine = self.bands.get(band)
        if mine is None or band.rat in _UNNAMED:
            return BandSet()
        others = (o for o in self.bands.values() if o.band.rat is band.rat and o.band != band)
        return BandSet.of(*(o.band for o in others if mine.relation(o) in ONE_CELL))

    def bands_for_channel(self, rat: Rat, n: int, direction: str = "downlink") -> frozenset[Band]:
        """
        The bands that a channel number lies in.

        In NR more than half of the numbers lie in several; in GSM 512-810 do.

        Args:
            n: ARFCN, UARFCN, EARFCN, NR-ARFCN or CDMA channel.

            direction: `downlink` or `uplink`.

        Returns:
            Empty if no band has it. Never the nearest.
        """
        runs = _direction(direction)
        return frozenset(
            b.band for b in self.bands.values() if b.band.rat is rat and any(n in c for c in getattr(b, runs))
        )

    def frequency(self, rat: Rat, n: int, direction: str = "downlink", band: Band | None = None) -> float | None:
        """
        Centre frequency of a channel number in MHz.

        Args:
            band: Which band is meant, where the number means two frequencies: GSM 512-810 is DCS 1800 or PCS 1900.

        Returns:
            None if no band has the number. In NR every number of the global raster has a frequency.

        Raises:
            InvalidChannelError: The number means two frequencies, and `band` does not say which.
        """
        runs = _direction(direction)
        found: dict[int, Band] = {}
        for one in sorted(self.bands_for_channel(rat, n, direction)):
            if band is None or one == band:
                khz = next(c.khz(n) for c in getattr(self.bands[one], runs) if n in c)
                found.setdefault(khz, one)
        if len(found) > 1:
            meanings = " or ".join(f"{khz / 1000:g} MHz in {one}" for khz, one in found.items())
            raise InvalidChannelError(f"{rat.value} channel {n}", f"is {meanings}: say which band")
        if found:
            return next(iter(found)) / 1000
        if rat is Rat.NR and band is None:
            khz = next((c.khz(n) for c in self.raster if n in c), None)
            return None if khz is None else khz / 1000
        return None


def _direction(text: str) -> str:
    directions = {"downlink": "downlink", "dl": "downlink", "uplink": "uplink", "ul": "uplink"}
    if text not in directions:
        raise InvalidChannelError(repr(text), "is not a direction: expected downlink or uplink")
    return directions[text]
