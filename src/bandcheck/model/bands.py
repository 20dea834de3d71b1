"""
Bands, sets of bands, and what is known of a set of bands.

A set is one integer: each RAT owns a field of bits in it, so that meeting a phone with a network
is one AND. `BandSet` is that integer with the manners of a set.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator

from attrs import field, frozen

from bandcheck.errors import InvalidBandError


class Rat(enum.Enum):
    """
    Radio access technology, in 3GPP's terms (3GPP2's for CDMA).

    GSM is GERAN, CDMA is cdma2000 (1X and EV-DO), TDSCDMA is UTRA TDD at 1.28 Mcps, UMTS is UTRA FDD,
    LTE is E-UTRA. "4G" is said to people only.
    """

    GSM = "gsm"
    CDMA = "cdma"
    TDSCDMA = "tdscdma"
    UMTS = "umts"
    LTE = "lte"
    NR = "nr"

    def __repr__(self) -> str:
        return f"Rat.{self.name}"

    __hash__ = object.__hash__


RATS = tuple(Rat)

GENERATION_OF = {Rat.GSM: 2, Rat.CDMA: 2, Rat.TDSCDMA: 3, Rat.UMTS: 3, Rat.LTE: 4, Rat.NR: 5}
"""The generation of each RAT; CDMA with EV-DO is of the third too."""

GSM_BANDS = (450, 480, 750, 810, 850, 900, 1800, 1900)
"""GSM bands by the names of TS 45.005 clause 2, in the order of their bits."""

TITLES = {
    Rat.GSM: "GSM",
    Rat.CDMA: "CDMA",
    Rat.TDSCDMA: "TD-SCDMA",
    Rat.UMTS: "UMTS",
    Rat.LTE: "LTE",
    Rat.NR: "NR",
}

# The field of each RAT: (first bit, bits, number of the first bit). GSM's bits count through GSM_BANDS.
_FIELDS = {
    Rat.GSM: (0, 8, 0),
    Rat.CDMA: (8, 24, 0),
    Rat.TDSCDMA: (32, 8, 33),
    Rat.UMTS: (41, 39, 1),
    Rat.LTE: (81, 255, 1),
    Rat.NR: (337, 511, 1),
}

FIELD = {rat: ((1 << bits) - 1) << first for rat, (first, bits, _) in _FIELDS.items()}
"""All bits of a RAT's field: the mask that cuts one RAT out of a set."""

EVERY_BIT = sum(FIELD.values())

_STYLE = {
    Rat.GSM: "GSM {}",
    Rat.CDMA: "BC{}",
    Rat.TDSCDMA: "TD-SCDMA {}",
    Rat.UMTS: "UMTS {}",
    Rat.LTE: "B{}",
    Rat.NR: "n{}",
}


def bit(rat: Rat, number: int) -> int:
    """
    The mask of one band.

    Raises:
        InvalidBandError: The RAT cannot have a band of that number.
    """
    first, bits, base = _FIELDS[rat]
    if rat is Rat.GSM:
        if number in GSM_BANDS:
            return 1 << GSM_BANDS.index(number)
    elif 0 <= number - base < bits:
        return 1 << (first + number - base)
    raise InvalidBandError(f"{TITLES[rat]} {number}", _number_range(rat))


def _number_range(rat: Rat) -> str:
    _, bits, base = _FIELDS[rat]
    if rat is Rat.GSM:
        return "one of GSM " + ", ".join(map(str, GSM_BANDS))
    style = "BC{}" if rat is Rat.CDMA else TITLES[rat] + " {}"
    return f"{style.format(base)} to {style.format(base + bits - 1)}"


def numbers_in(rat: Rat, mask: int) -> list[int]:
    """
    The band numbers of one RAT in a mask, ascending.
    """
    first, bits, base = _FIELDS[rat]
    cut = (mask >> first) & ((1 << bits) - 1)
    found = []
    while cut:
        low = cut & -cut
        found.append(low.bit_length() - 1 + base)
        cut ^= low
    return [GSM_BANDS[n] for n in found] if rat is Rat.GSM else found


@frozen
class Band:
    """
    One band of one RAT, such as LTE B20. Orders by RAT, then by number.

    Attributes:
        rat: The technology that the number belongs to.

        number: As in the 3GPP tables. For GSM the name (850, 900, 1800, 1900), for CDMA the band class (0 is BC0), for
            TD-SCDMA the number of the E-UTRA band of the same spectrum (34, 39, 40).
    """

    rat: Rat
    number: int

    @classmethod
    def parse(cls, text: str) -> Band:
        """
        Read one band in any usual spelling.

        >>> Band.parse("B4"), Band.parse("n78"), Band.parse("W-VIII"), Band.parse("gsm 900")
        (Band('B4'), Band('n78'), Band('UMTS 8'), Band('GSM 900'))

        Raises:
            InvalidBandError: Nothing of the kind, or a number without its RAT (`4`).
        """
        from bandcheck.model.spelling import parse_band

        return parse_band(text)

    @property
    def mask(self) -> int:
        """
        The bit of this band in a `BandSet`.
        """
        return bit(self.rat, self.number)

    def __lt__(self, other: Band) -> bool:
        return self.mask < other.mask

    def __str__(self) -> str:
        return _STYLE[self.rat].format(self.number)

    def __repr__(self) -> str:
        return f"Band({str(self)!r})"


@frozen(repr=False)
class BandSet:
    """
    An immutable set of bands, of any RATs. Iterates in order; `&`, `|`, `-`, `^`, `<=` as with frozenset.

    Attributes:
        mask: The set as one integer; see `FIELD` for which bits are whose.
    """

    mask: int = 0

    @classmethod
    def of(cls, *bands: Band) -> BandSet:
        """
        The set of these bands.
        """
        return cls._of(bands)

    @classmethod
    def _of(cls, bands: Iterable[Band]) -> BandSet:
        mask = 0
        for band in bands:
            mask |= band.mask
        return cls(mask)

    @classmethod
    def from_numbers(cls, rat: Rat, numbers: Iterable[int]) -> BandSet:
        """
        The set of one RAT's bands with these numbers.

        Raises:
            InvalidBandError: A number that the RAT cannot have.
        """
        mask = 0
        for number in numbers:
            mask |= bit(rat, number)
        return cls(mask)

    @classmethod
    def everything(cls, *rats: Rat) -> BandSet:
        """
        Every band there could be, of these RATs (all, if none is named).
        """
        return cls(sum(FIELD[rat] for rat in rats) if rats else EVERY_BIT)

    @classmethod
    def parse(cls, text: str) -> BandSet:
        """
        Read a band list in any usual spelling: `gsm 850 900 / umts 1 2 5 / lte 3 7`, `B4, B12, n71`, `lte:1,3,7`.

        Raises:
            InvalidBandError: A word that is no band, or a number before any RAT was named.
        """
        from bandcheck.model.spelling import parse_bands

        return parse_bands(text)

    def only(self, rat: Rat) -> BandSet:
        """
        The part of the set that belongs to one RAT.
        """
        return BandSet(self.mask & FIELD[rat])

    def numbers(self, rat: Rat) -> list[int]:
        """
        The band numbers of one RAT, ascending; empty if there is none.
        """
        return numbers_in(rat, self.mask)

    @property
    def rats(self) -> tuple[Rat, ...]:
        """
        The RATs that have a band in the set.
        """
        return tuple(rat for rat in RATS if self.mask & FIELD[rat])

    def isdisjoint(self, other: BandSet) -> bool:
        """
        Whether no band is in both.
        """
        return not self.mask & other.mask

    def __and__(self, other: BandSet) -> BandSet:
        return BandSet(self.mask & other.mask)

    def __or__(self, other: BandSet) -> BandSet:
        return BandSet(self.mask | other.mask)

    def __sub__(self, other: BandSet) -> BandSet:
        return BandSet(self.mask & ~other.mask)

    def __xor__(self, other: BandSet) -> BandSet:
        return BandSet(self.mask ^ other.mask)

    def __le__(self, other: BandSet) -> bool:
        return not self.mask & ~other.mask

    def __lt__(self, other: BandSet) -> bool:
        return self <= other and self.mask != other.mask

    def __ge__(self, other: BandSet) -> bool:
        return other <= self

    def __gt__(self, other: BandSet) -> bool:
        return other < self

    def __contains__(self, band: object) -> bool:
        return isinstance(band, Band) and bool(self.mask & band.mask)

    def __iter__(self) -> Iterator[Band]:
        for rat in RATS if self.mask else ():
            for number in numbers_in(rat, self.mask):
                yield Band(rat, number)

    def __len__(self) -> int:
        return self.mask.bit_count()

    def __bool__(self) -> bool:
        return bool(self.mask)

    def __str__(self) -> str:
        """
        In the spelling that `parse` reads: `gsm 850 900 / lte 3 7`; `none` if empty.
        """
        parts = []
        for rat in RATS:
            numbers = numbers_in(rat, self.mask)
            if numbers:
                style = "BC{}" if rat is Rat.CDMA else "{}"
                parts.append(" ".join([rat.value, *(style.format(n) for n in numbers)]))
        return " / ".join(parts) or "none"

    def __repr__(self) -> str:
        return f"BandSet({str(self)!r})"


NO_BANDS = BandSet()


def _within(instance: KnownBands, _: object, at_most: BandSet) -> None:
    if instance.at_least.mask & ~at_most.mask:
        raise ValueError(f"at_least {instance.at_least} has bands beyond at_most {at_most}")


@frozen
class KnownBands:
    """
    What is known of a set of bands: it has `at_least` these and `at_most` those.

    The one idea of uncertainty, for phones and for carriers. Exact: both are equal. Unknown in a RAT: nothing at least,
    everything at most.

    Attributes:
        at_least: Bands that are in the set for certain.

        at_most: Bands that may be in the set; holds `at_least`.
    """

    at_least: BandSet = NO_BANDS
    at_most: BandSet = field(default=NO_BANDS, validator=_within)

    @classmethod
    def exactly(cls, bands: BandSet) -> KnownBands:
        """
        These bands and no others.
        """
        return cls(bands, bands)

    @classmethod
    def unknown(cls, *rats: Rat) -> KnownBands:
        """
        Nothing known of these RATs (of all, if none is named); the others are known to be none.
        """
        return cls(NO_BANDS, BandSet.everything(*rats))

    def only(self, rat: Rat) -> KnownBands:
        """
        What is known of one RAT.
        """
        return KnownBands(self.at_least.only(rat), self.at_most.only(rat))

    def __or__(self, other: KnownBands) -> KnownBands:
        return KnownBands(self.at_least | other.at_least, self.at_most | other.at_most)

    def is_exact(self, rat: Rat) -> bool:
        """
        Whether the bands of a RAT are known to the last.
        """
        return not (self.at_least.mask ^ self.at_most.mask) & FIELD[rat]

    def is_unknown(self, rat: Rat) -> bool:
        """
        Whether nothing at all is known of a RAT.
        """
        return not self.at_least.mask & FIELD[rat] and self.at_most.mask & FIELD[rat] == FIELD[rat]
