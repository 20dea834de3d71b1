"""
Band masks: which bit of which kind of mask stands for which band.

A mask says what a modem's firmware allows, not what its radio can do: a single-band antenna behind a
world chipset still shows the world's mask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import NamedTuple

from bandcheck.model.bands import BandSet, Rat, bit
from bandcheck.reading.frequencies import DEFINED as BY_TABLES

DEFINED: Mapping[Rat, frozenset[int]] = {**BY_TABLES, Rat.CDMA: frozenset(range(20))}
"""
Numbers that 3GPP (3GPP2 for CDMA) gave to a band; any other number in a dump is reported, not believed. CDMA's
classes 20 and 21, which a text may name, are in no mask.
"""

WIDEST = 512
"""Bits of the widest mask in use (NR's in QMI). A longer number is no mask."""

Bits = Mapping[int, tuple[tuple[Rat, int], ...]]
"""What each bit stands for, bit 0 being the lowest; a bit that is missing stands for nothing."""


def _count(rat: Rat, first: int, last: int) -> Bits:
    """
    Bits that count through band numbers: bit 0 is band `first`.
    """
    return {n - first: ((rat, n),) for n in range(first, last + 1) if n in DEFINED[rat]}


# Qualcomm's GSM/WCDMA mask: the same bits in QMI (DMS band capability, NAS band preference), NV item 1877,
# Huawei's ^SYSCFGEX, Sierra's !BAND and SIMCom's +CNBP. Enumerations of libqmi, cross-checked with vendors' labels.
_QUALCOMM: Bits = {
    **{place: ((Rat.CDMA, n),) for place, n in enumerate((0, 0, 1, 2, 3, 4, 5))},
    **{place: ((Rat.GSM, n),) for place, n in ((7, 1800), (8, 900), (9, 900))},
    **{10 + n - 6: ((Rat.CDMA, n),) for n in range(6, 12)},
    **{16 + n: ((Rat.GSM, mhz),) for n, mhz in enumerate((450, 480, 750, 850, 900, 1900))},
    **{22 + n - 1: ((Rat.UMTS, n),) for n in range(1, 7)},
    **{place: ((Rat.CDMA, n),) for place, n in ((28, 12), (29, 14), (31, 15), (56, 16), (57, 17), (58, 18), (59, 19))},
    **{place: ((Rat.UMTS, n),) for place, n in ((48, 7), (49, 8), (50, 9), (60, 19), (61, 11))},
}

# Quectel +QCFG="band": the four GSM bits are those of every module, the WCDMA bits those of its LTE modules.
_QUECTEL: Bits = {
    **{place: ((Rat.GSM, mhz),) for place, mhz in enumerate((900, 1800, 850, 1900))},
    **{place: ((Rat.UMTS, n),) for place, n in ((4, 1), (5, 2), (6, 5), (7, 8), (8, 6), (9, 4), (11, 19))},
}

# Bands a to f of TS 25.102 clause 5.2, by the E-UTRA numbers of the same spectrum; a and b are two blocks each.
_TDSCDMA: Bits = {
    place: tuple((Rat.TDSCDMA, n) for n in numbers)
    for place, numbers in enumerate(((33, 34), (35, 36), (37,), (38,), (40,), (39,)))
}

# Cinterion ^SCFG. "Radio/Band" holds 2G, 3G and 4G in one number; of "Radio/Band/2G" there are two generations.
_CINTERION: Bits = {
    **{place: ((Rat.GSM, mhz),) for place, mhz in enumerate((900, 1800, 850, 1900))},
    **{place: ((Rat.UMTS, n),) for place, n in ((4, 1), (5, 2), (6, 5), (7, 8), (8, 6), (9, 4), (10, 19), (12, 3))},
    **{13 + i: ((Rat.LTE, n),) for i, n in enumerate((1, 2, 3, 4, 5, 7, 8, 17, 20, 13))},
    24: ((Rat.LTE, 19),),
}
_CINTERION_2G: Bits = {place: ((Rat.GSM, mhz),) for place, mhz in enumerate((900, 1800, 850, 1900))}
_CINTERION_2G_IMT: Bits = {place: ((Rat.GSM, mhz),) for place, mhz in ((2, 900), (4, 1800), (5, 1900), (6, 850))}


class Mask(NamedTuple):
    """
    One kind of mask.

    Attributes:
        title: What it is, for people.

        bits: What its bits stand for.

        all_from: From this many bits on, a mask with every bit set means "whatever there is" and not a capability.
    """

    title: str
    bits: Bits
    all_from: int = 16


_LTE_BITS = _count(Rat.LTE, 1, 255)

QUALCOMM_GW = Mask("GSM/WCDMA mask", _QUALCOMM)
LTE = Mask("LTE mask", _LTE_BITS)
LTE_FROM_33 = Mask("LTE mask from band 33", _count(Rat.LTE, 33, 64))
LTE_FROM_65 = Mask("LTE mask from band 65", _count(Rat.LTE, 65, 255))
NR = Mask("NR mask", _count(Rat.NR, 1, 511))
NR_FROM_65 = Mask("NR mask from band 65", _count(Rat.NR, 65, 511))
TDSCDMA = Mask("TD-SCDMA mask", _TDSCDMA, all_from=6)
QUECTEL_GW = Mask("Quectel GSM/WCDMA mask", _QUECTEL)
UMTS = Mask("WCDMA mask", _count(Rat.UMTS, 1, 32))
CINTERION = Mask("Cinterion 2G/3G/4G mask", _CINTERION, all_from=25)
CINTERION_2G = Mask("Cinterion GSM mask", _CINTERION_2G)
CINTERION_2G_IMT = Mask("Cinterion GSM mask", _CINTERION_2G_IMT)


class BareMask(NamedTuple):
    """
    How a mask is read that stands alone, without the command that gave it.

    Attributes:
        mask: What its bits stand for.

        base: 16 or 10.
    """

    mask: Mask
    base: int


BARE_MASKS: Mapping[str, BareMask] = {
    "cinterion-4g": BareMask(Mask("Cinterion LTE mask", _LTE_BITS), 16),
    "cinterion-4g-2": BareMask(LTE_FROM_33, 16),
    "gw-mask-dec": BareMask(QUALCOMM_GW, 10),
    "gw-mask-hex": BareMask(QUALCOMM_GW, 16),
    "huawei-syscfgex-gw": BareMask(QUALCOMM_GW, 16),
    "huawei-syscfgex-lte": BareMask(LTE, 16),
    "lte-mask-dec": BareMask(LTE, 10),
    "lte-mask-hex": BareMask(LTE, 16),
    "lte-mask-hex-128": BareMask(LTE, 16),
    "lte-mask2-dec": BareMask(LTE_FROM_65, 10),
    "lte-mask2-hex": BareMask(LTE_FROM_65, 16),
    "nr-mask-dec": BareMask(NR, 10),
    "nr-mask-hex": BareMask(NR, 16),
    "nv1877-dec": BareMask(QUALCOMM_GW, 10),
    "nv6828-dec": BareMask(LTE, 10),
    "quectel-qcfg-gw": BareMask(QUECTEL_GW, 16),
    "sierra-gw": BareMask(QUALCOMM_GW, 16),
    "simcom-cnbp-gw": BareMask(QUALCOMM_GW, 16),
    "simcom-cnbp-lte": BareMask(LTE, 16),
    "tds-mask-hex": BareMask(TDSCDMA, 16),
    "umts-mask-hex": BareMask(UMTS, 16),
}
"""Formats of bare masks by name."""

_DIGITS = {
    16: re.compile(r"(?:0[xX])?(?=[0-9a-fA-F])0*([0-9a-fA-F]{0,128})"),
    10: re.compile(r"(?=[0-9])0*([0-9]{0,155})"),  # 2**512 has 155 digits
}


def number_of(digits: str, base: int) -> int | None:
    """
    The value of a mask's digits, hexadecimal with or without 0x.

    Returns:
        None if it is not a number of that base, or one with more than `WIDEST` bits.
    """
    match = _DIGITS[base].fullmatch(digits)
    if match is None:
        return None
    value = int(match[1] or "0", base)
    return value if value.bit_length() <= WIDEST else None


class Decoded(NamedTuple):
    """
    What a mask says.

    Attributes:
        bands: The bands whose bits are set.

        undefined: Numbers of the bits that are set and stand for no band, ascending.

        everything: Every bit is set: "all there is", a wish and no capability.
    """

    bands: BandSet
    undefined: tuple[int, ...]
    everything: bool


def decode(mask: Mask, value: int) -> Decoded:
    """
    Read the bits of a mask. Time grows with its width, which `number_of` bounds.
    """
    places = _set_bits(value)
    meant = [bit(rat, number) for place in places for rat, number in mask.bits.get(place, ())]
    undefined = tuple(place for place in places if place not in mask.bits)
    full = len(places) == value.bit_length() >= mask.all_from
    return Decoded(BandSet(reduce(or_, meant, 0)), undefined, full)


def _set_bits(value: int) -> list[int]:
    found = []
    while value:
        low = value & -value
        found.append(low.bit_length() - 1)
        value ^= low
    return found


def ranges(numbers: Iterable[int]) -> str:
    """
    Ascending numbers for people.

    >>> ranges([15, 16, 30, 55, 56, 57])
    '15, 16, 30, 55-57'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{r[0]}-{r[-1]}" if len(r) > 2 else ", ".join(map(str, r)) for r in runs)
