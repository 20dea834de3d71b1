"""
Which bands there are, and which of them are meant by a frequency in MHz.

Constants, because reading is pure: the database that knows more lies to the right of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from bandcheck.model.bands import Rat

DEFINED: dict[Rat, frozenset[int]] = {
    # TS 45.005 clause 2; the four that phones have. T-GSM 810 and the 400s are written as MHz too.
    Rat.GSM: frozenset((450, 480, 750, 810, 850, 900, 1800, 1900)),
    # 3GPP2 C.S0057 table 1.5-1
    Rat.CDMA: frozenset(range(22)),
    # TS 25.102 clause 5.2, by the numbers that E-UTRA gave the same spectrum
    Rat.TDSCDMA: frozenset(range(33, 41)),
    # TS 25.101 table 5.0
    Rat.UMTS: frozenset((*range(1, 15), *range(19, 23), 25, 26, 32)),
    # TS 36.101 table 5.5-1; 15, 16, 55 to 64 and some more are reserved
    Rat.LTE: frozenset((*range(1, 15), *range(17, 55), *range(65, 77), 85, 87, 88, 103, 106, 107, 108, 111, 112, 113)),
    # TS 38.101-1 table 5.2-1 and TS 38.101-2 table 5.2-1
    Rat.NR: frozenset(
        (
            *(1, 2, 3, 5, 7, 8, 12, 13, 14, 18, 20, 24, 25, 26, 28, 29, 30, 31, 34, 38, 39, 40, 41, 46, 47, 48, 50, 51),
            *(53, 54, 65, 66, 67, 68, 70, 71, 72, *range(74, 103), 104, 105, 106, 109, 110, *range(254, 264)),
        )
    ),
}
"""Band numbers that the tables of each RAT have. A number outside is never a band."""

GSM_BY_NUMBER = {2: 1900, 3: 1800, 5: 850, 8: 900}
"""What sellers mean by GSM B2/B3/B5/B8: the UTRA and E-UTRA bands of the same spectrum."""


class Meaning(NamedTuple):
    """
    What a frequency means in one RAT.

    Attributes:
        numbers: Bands it settles; empty: it leaves open which of the candidates.

        candidates: Bands that may be meant, ascending.

        prefer: The conventional one of them wherever no region says otherwise; None: none.

        regions: Region -> the conventional one there.
    """

    numbers: tuple[int, ...] = ()
    candidates: tuple[int, ...] = ()
    prefer: int | None = None
    regions: Mapping[str, int | None] = MappingProxyType({})

    def __bool__(self) -> bool:
        """
        Whether any band is meant.
        """
        return bool(self.numbers or self.candidates)


def _one(number: int) -> Meaning:
    return Meaning(numbers=(number,))


def _open(*candidates: int, prefer: int | None = None, **regions: int | None) -> Meaning:
    return Meaning((), candidates, prefer, regions)


_GSM = {n: _one(n) for n in DEFINED[Rat.GSM]}

# 3GPP2 C.S0057: band classes by the MHz that phones are sold with.
_CDMA = {
    400: _one(11),
    410: _one(11),
    450: _one(5),
    700: _open(7, 18, 19),
    800: _one(0),
    850: _one(0),
    900: _open(2, 9),
    1700: _open(4, 14, 15, us=15, kr=4),
    1800: _open(4, 8, kr=4),
    1900: _one(1),
    2100: _one(6),
    2500: _open(16, 17),
    2600: _one(13),
}

# TS 25.102 clause 5.2: band a is 1900-1920 and 2010-2025, band f 1880-1920, band e 2300-2400. Sheets give a rounded
# figure or an edge.
_TDSCDMA = {
    1880: _one(39),
    1900: _one(39),
    1920: _one(39),
    2000: _one(34),
    2010: _one(34),
    2025: _one(34),
    2100: _open(34, prefer=34),
    2300: _one(40),
}

# TS 25.101 table 5.0. Band 25 and 26 are hardly ever built into phones as UMTS, so 1900 and 850 settle 2 and 5.
_UMTS = {
    700: _open(12, 13, 14),
    800: _open(6, 19, prefer=None, jp=19),
    850: _one(5),
    900: _one(8),
    1500: _open(11, 21),
    1700: _open(4, 9, 10, prefer=4, jp=9),
    1800: _one(3),
    1900: _one(2),
    2100: _one(1),
    2600: _one(7),
    3500: _one(22),
}

_LTE_700 = (12, 13, 14, 17, 28, 29, 67, 68, 85)
_NOT_28 = {"us": None, "ca": None}

# TS 36.101 table 5.5-1; the duplex of the heading, or None.
_LTE_FDD = {
    410: _open(87, 88),
    450: _open(31, 72, 73, prefer=31),
    600: _one(71),
    700: _open(*_LTE_700, prefer=28, **_NOT_28),
    800: _open(18, 19, 20, 26, 27, prefer=20, us=26, jp=19),
    850: _one(5),
    900: _one(8),
    1500: _open(11, 21, 32, 74, 75, prefer=32, jp=21),
    1600: _open(24),
    1700: _open(4, 9, 10, 66, prefer=4, jp=9),
    1800: _one(3),
    1900: _open(2, 25, prefer=2),
    2000: _open(23),
    2100: _one(1),
    2300: _open(30),
    2500: _open(7, prefer=7),
    2600: _one(7),
    3500: _open(22),
}

_LTE_TDD = {
    1880: _one(39),
    1900: _one(39),
    2000: _one(34),
    2010: _one(34),
    2300: _one(40),
    2350: _one(40),
    2500: _one(41),
    2570: _one(38),
    2600: _open(38, 41, prefer=38, us=41, jp=41, cn=41),
    3500: _open(42, 48, prefer=42, us=48),
    3600: _open(42, 43),
    3700: _one(43),
    5200: _one(46),
}

# No duplex named. 2300 and 2600 are what most of the world calls so, unless the company they keep says otherwise.
_LTE = {
    **_LTE_FDD,
    1880: _one(39),
    1900: _open(2, 25, 39, prefer=2, cn=39),
    2010: _one(34),
    2300: _one(40),
    2500: _one(41),
    3500: _open(22, 42, 48, prefer=42, us=48),
    3600: _open(42, 43),
    3700: _one(43),
    5200: _one(46),
}

LTE_IN_COMPANY = {
    2300: _open(30, 40, prefer=40, us=30, ca=30),
    2600: _open(7, 38, 41, prefer=7),
}
"""LTE 2300 beside American frequencies and 2600 beside TDD's, with no duplex named."""

AMERICAN = frozenset((600, 700, 1700, 1900))
TDD = frozenset((1880, 2010, 2300, 2500))

# TS 38.101-1 table 5.2-1, -2 table 5.2-1.
_NR = {
    600: _one(71),
    700: _open(12, 13, 14, 28, 29, 67, 85, prefer=28, **_NOT_28),
    800: _open(18, 20, 26, prefer=20),
    850: _open(5, 26, prefer=5),
    900: _one(8),
    1500: _open(50, 74, 75, 76),
    1700: _open(66, 70, 86, prefer=66),
    1800: _one(3),
    1900: _open(2, 25, 39, prefer=2, cn=39),
    2100: _one(1),
    2300: _open(30, 40, prefer=40),
    2500: _open(41, 90, prefer=41),
    2600: _open(7, 38, 41, prefer=41),
    3300: _open(77, 78, prefer=78),
    3400: _open(77, 78, prefer=78),
    3500: _open(48, 77, 78, prefer=78),
    3600: _open(77, 78, prefer=78),
    3700: _open(77, 78, prefer=77),
    3800: _open(77, prefer=77),
    4500: _one(79),
    4700: _one(79),
    4900: _one(79),
    24000: _open(258, prefer=258),
    26000: _one(258),
    28000: _open(257, 261, prefer=257, us=261),
    39000: _one(260),
}

_TABLES: dict[tuple[Rat, str | None], dict[int, Meaning]] = {
    (Rat.GSM, None): _GSM,
    (Rat.CDMA, None): _CDMA,
    (Rat.TDSCDMA, None): _TDSCDMA,
    (Rat.UMTS, None): _UMTS,
    (Rat.LTE, None): _LTE,
    (Rat.LTE, "fdd"): _LTE_FDD,
    (Rat.LTE, "tdd"): _LTE_TDD,
    (Rat.NR, None): _NR,
}

_NAMES: dict[str, dict[Rat, Meaning]] = {
    # The trade's AWS is AWS-1, and E-UTRA's band 66 calls itself extended or AWS-3.
    "aws": {Rat.UMTS: _one(4), Rat.LTE: _one(4), Rat.NR: _one(66), Rat.CDMA: _one(15)},
    "aws-3": {Rat.LTE: _one(66), Rat.NR: _one(66)},
    "aws-4": {Rat.LTE: _open(23, 70), Rat.NR: _one(70)},
    "pcs": {Rat.GSM: _one(1900), Rat.UMTS: _one(2), Rat.LTE: _one(2), Rat.NR: _one(2), Rat.CDMA: _one(1)},
    "dcs": {Rat.GSM: _one(1800), Rat.UMTS: _one(3), Rat.LTE: _one(3), Rat.NR: _one(3)},
    "egsm": {Rat.GSM: _one(900), Rat.UMTS: _one(8), Rat.LTE: _one(8)},
    "clr": {Rat.GSM: _one(850), Rat.UMTS: _one(5), Rat.LTE: _one(5), Rat.NR: _one(5), Rat.CDMA: _one(0)},
    "imt": {Rat.UMTS: _one(1), Rat.LTE: _one(1), Rat.NR: _one(1), Rat.CDMA: _one(6)},
    "apt": {Rat.LTE: _one(28), Rat.NR: _one(28)},
    "smr": {Rat.LTE: _open(26, 27, prefer=26), Rat.CDMA: _one(10)},
    "wcs": {Rat.LTE: _one(30), Rat.NR: _one(30)},
    "cbrs": {Rat.LTE: _one(48), Rat.NR: _one(48)},
    "c-band": {Rat.NR: _open(77, 78, prefer=77)},
}

NOTHING = Meaning()
"""A frequency or name that means no band of the RAT."""


def frequencies(rat: Rat, duplex: str | None) -> dict[int, Meaning]:
    """
    All frequencies that mean something in a RAT.
    """
    return _TABLES.get((rat, duplex)) or _TABLES[rat, None]


def meaning_of_mhz(rat: Rat, mhz: int, duplex: str | None = None) -> Meaning:
    """
    What a frequency means in a RAT; `NOTHING` if no band is called so.

    Args:
        duplex: `fdd` or `tdd` where the text says so (LTE alone has both by the same frequencies).
    """
    return frequencies(rat, duplex).get(mhz, NOTHING)


def meaning_of_name(rat: Rat, name: str) -> Meaning:
    """
    What a name such as `aws` means in a RAT; `NOTHING` if no band is called so.
    """
    return _NAMES[name].get(rat, NOTHING)


_EUROPE = "at be bg ch cy cz de dk ee es fi fr gb gr hr hu ie is it lt lu lv mt nl no pl pt ro se si sk uk eu"
_LATIN_AMERICA = "ar bo br cl co cr do ec gt hn mx ni pa pe py sv uy ve latam"

_PART_OF = {**dict.fromkeys(_EUROPE.split(), "eu"), **dict.fromkeys(_LATIN_AMERICA.split(), "latam")}


def preferred(meaning: Meaning, region: str | None) -> int | None:
    """
    The conventional band of an open meaning.

    Args:
        region: An ISO 3166 code, `eu` or `latam`, in any case; None: anywhere.
    """
    if region is not None and meaning.regions:
        low = region.lower()
        for name in (low, _PART_OF.get(low, low)):
            if name in meaning.regions:
                return meaning.regions[name]
    return meaning.prefer
