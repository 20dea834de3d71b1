"""
Band tokens as lists of networks write them, `LTE 1800`: a RAT and a frequency in MHz. Which 3GPP band that is depends
on where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bandcheck.model.bands import FIELD, GSM_BANDS, Rat, bit


class Token(NamedTuple):
    """
    One token, read.

    Attributes:
        rat: Its RAT.

        mhz: Its frequency; 0 if it names none.

        tdd: Whether it says that the two directions share one frequency.
    """

    rat: Rat
    mhz: int
    tdd: bool = False


class Bands(NamedTuple):
    """
    What a token means somewhere.

    Attributes:
        numbers: One band; several where any of them may be meant; none where nobody can say.

        prefer: Of several the conventional one; None if there is none.
    """

    numbers: tuple[int, ...]
    prefer: int | None = None


UNKNOWN = Bands(())

_NAMES = {
    "gsm": (Rat.GSM, False),
    "umts": (Rat.UMTS, False),
    "utms": (Rat.UMTS, False),  # a common slip
    "3g": (Rat.UMTS, False),
    "lte": (Rat.LTE, False),
    "td-lte": (Rat.LTE, True),
    "5g": (Rat.NR, False),
    "td-5g": (Rat.NR, True),
    "cdma": (Rat.CDMA, False),
    "cdma2000": (Rat.CDMA, False),
    "td-scdma": (Rat.TDSCDMA, True),
}
_TIDY = re.compile(r"(?:gsm|umts|lte|td-lte|5g|td-5g|cdma|cdma2000|td-scdma)(?: [1-9]\d{2,4})?", re.I)
_LOOSE = re.compile(
    r"(?P<name>td-lte|td-5g|td-scdma|gsm|u[mt]{2}s|lte|5g|3g|cdma ?2000|cdma)"
    r"(?:[ -]?(?P<mhz>(?:[1-9]\d{2,4})(?: [1-9]\d{2,4})*|aws|band \d{1,2}|4g|mmwave|for 5g nsa|410 - 430))?"
    r"(?: (?P<more>mhz|tdd|fdd|cbrs))?\??",
    re.I,
)
_AWS_MHZ, _MMWAVE_MHZ = 1700, 28_001
_NO_PHONES = re.compile(
    r"gsm-r|privategsm|satellite|wi-?max|tetra|iden|tdma|damps|amps|is-95a|\bphs\b|dmr|umts-tdd|nb-iot|paging|mvn[oe]|"
    r"test|roaming sim|wi-nodes",
    re.I,
)


def is_for_phones(text: str) -> bool:
    """
    Whether a token may be about handsets; railway, satellite, trunked radio and resale are not.
    """
    return _NO_PHONES.search(text) is None


def read_token(text: str) -> tuple[list[Token], bool]:
    """
    The tokens in a text, and whether it had to be tidied up. None: it names no RAT.

    >>> read_token("LTE 1800")
    ([Token(rat=<Rat.LTE: 'lte'>, mhz=1800, tdd=False)], False)
    >>> [t.mhz for t in read_token("UTMS2100")[0]], read_token("1800")
    ([2100], ([], False))
    """
    text = " ".join(text.split())
    match = _LOOSE.fullmatch(text)
    if match is None:
        pieces = re.split(r" (?=LTE \d)", text)
        found = [read_token(piece)[0] for piece in pieces] if len(pieces) > 1 else []
        return [token for tokens in found for token in tokens], bool(found)
    rat, tdd = _NAMES[match["name"].lower().replace(" ", "")]
    tdd = tdd or (match["more"] or "").lower() == "tdd"
    detail = (match["mhz"] or "").lower()
    if match["name"].lower() in ("cdma", "cdma 2000") and detail == "2000":
        detail = ""  # cdma2000, not 2000 MHz
    if detail.startswith("band "):
        sizes = [-int(detail[5:])]
    elif detail == "aws":
        sizes = [_AWS_MHZ]
    elif detail == "mmwave":
        sizes = [_MMWAVE_MHZ]
    elif detail.startswith("410"):
        sizes = [410]
    else:
        sizes = [int(size) for size in detail.split() if size.isdigit() and len(size) > 2] or [0]
    return [Token(rat, mhz, tdd) for mhz in sizes], _TIDY.fullmatch(text) is None


AMERICAS = "americas"
"""US plan, Canada, the Caribbean and Latin America."""

_US = frozenset({*range(310, 317), 330, 332, 534, 535, 544})  # with Puerto Rico, the Virgin and Pacific islands
_CARIBBEAN = frozenset(range(338, 377))
_LIKE_CARIBBEAN = frozenset({702, 736, 738, 746})  # Belize, Bolivia, Guyana, Suriname: no one plan at 700 MHz


def regions(mcc: int) -> tuple[str, ...]:
    """
    The plans that a country code falls under, the narrowest first; `""` holds everywhere.
    """
    if mcc in _US:
        return ("us", AMERICAS, "")
    if mcc == 302:
        return ("ca", AMERICAS, "")
    if mcc in _CARIBBEAN or mcc in _LIKE_CARIBBEAN:
        return ("caribbean", AMERICAS, "")
    if mcc == 334 or 700 <= mcc < 760:
        return (AMERICAS, "")
    return {440: ("jp", ""), 441: ("jp", ""), 450: ("kr", ""), 460: ("cn", ""), 429: ("np", ""), 525: ("np", "")}.get(
        mcc, ("",)
    )


# Where a band lies inside another of the same country (LTE 4 in 66, 2 in 25, 5 in 26, NR 78 in 77), the smaller one
# stands: who has only the larger one is met by the overlap, and who has only the smaller one is promised no more.
_MEANS: dict[tuple[Rat, int, str], Bands] = {
    (Rat.UMTS, 850, ""): Bands((5,)),
    (Rat.UMTS, 850, "jp"): Bands((6, 19)),  # docomo: 6 inside 19
    (Rat.UMTS, 900, ""): Bands((8,)),
    (Rat.UMTS, 1700, AMERICAS): Bands((4,)),
    (Rat.UMTS, 1700, "jp"): Bands((9,)),
    (Rat.UMTS, 1800, ""): Bands((3,)),
    (Rat.UMTS, 1900, ""): Bands((2,)),
    (Rat.UMTS, 2100, ""): Bands((1,)),
    (Rat.CDMA, 410, ""): Bands((11,)),
    (Rat.CDMA, 420, ""): Bands((11,)),
    (Rat.CDMA, 450, ""): Bands((5,)),
    (Rat.CDMA, 800, ""): Bands((0,)),
    (Rat.CDMA, 850, ""): Bands((0,)),
    (Rat.CDMA, 1700, AMERICAS): Bands((15,)),  # AWS
    (Rat.CDMA, 1800, "kr"): Bands((4,)),  # Korean PCS
    (Rat.CDMA, 1900, ""): Bands((1,)),
    (Rat.CDMA, 2100, ""): Bands((6,)),
    (Rat.TDSCDMA, 1900, "cn"): Bands((39,)),
    (Rat.TDSCDMA, 2000, "cn"): Bands((34,)),
    (Rat.LTE, 410, ""): Bands((87, 88)),
    (Rat.LTE, 450, ""): Bands((31, 72, 73), 31),
    (Rat.LTE, 600, AMERICAS): Bands((71,)),
    (Rat.LTE, 700, ""): Bands((28,)),
    (Rat.LTE, 700, "us"): Bands((12, 13, 14, 17, 29, 85)),
    (Rat.LTE, 700, "ca"): Bands((12, 13, 17, 29)),
    (Rat.LTE, 700, "caribbean"): Bands((12, 13, 17, 28)),
    (Rat.LTE, 800, ""): Bands((20,)),
    (Rat.LTE, 800, "us"): Bands((26,)),  # Sprint's former iDEN spectrum
    (Rat.LTE, 800, "ca"): Bands((5, 20, 26, 27)),
    (Rat.LTE, 800, "caribbean"): Bands((5, 20, 26, 27), 20),  # the French islands follow Europe
    (Rat.LTE, 800, AMERICAS): Bands((5, 20, 26, 27)),
    (Rat.LTE, 800, "jp"): Bands((18, 19, 26)),
    (Rat.LTE, 800, "kr"): Bands((5,)),
    (Rat.LTE, 800, "np"): Bands((5, 20, 26, 27)),
    (Rat.LTE, 850, ""): Bands((5,)),
    (Rat.LTE, 850, "jp"): Bands((18, 19, 26)),
    (Rat.LTE, 900, ""): Bands((8,)),
    (Rat.LTE, 1500, ""): Bands((32, 75, 76), 32),  # downlink alone in Europe
    (Rat.LTE, 1500, "jp"): Bands((11, 21)),
    (Rat.LTE, 1700, AMERICAS): Bands((4,)),
    (Rat.LTE, 1700, "jp"): Bands((3,)),
    (Rat.LTE, 1800, ""): Bands((3,)),
    (Rat.LTE, 1900, ""): Bands((2, 33, 39)),
    (Rat.LTE, 1900, AMERICAS): Bands((2,)),
    (Rat.LTE, 1900, "cn"): Bands((39,)),
    (Rat.LTE, 2100, ""): Bands((1,)),
    (Rat.LTE, 2100, "us"): Bands((1, 4, 66), 4),  # the downlink of AWS
    (Rat.LTE, 2100, "ca"): Bands((1, 4, 66), 4),
    (Rat.LTE, 2300, ""): Bands((40,)),
    (Rat.LTE, 2300, "us"): Bands((30,)),
    (Rat.LTE, 2500, ""): Bands((7, 41)),
    (Rat.LTE, 2500, "us"): Bands((41,)),
    (Rat.LTE, 2600, ""): Bands((7,)),
    (Rat.LTE, 3500, ""): Bands((42,)),
    (Rat.LTE, 3500, "us"): Bands((48,)),
    (Rat.LTE, 5200, ""): Bands((46,)),
    (Rat.LTE, 5800, ""): Bands((46,)),
    (Rat.NR, 600, ""): Bands((71,)),
    (Rat.NR, 700, ""): Bands((28,)),
    (Rat.NR, 700, "us"): Bands((12, 14, 28, 29, 85)),
    (Rat.NR, 700, "ca"): Bands((12, 14, 28, 29, 85)),
    (Rat.NR, 700, "caribbean"): Bands((12, 14, 28, 29, 85)),
    (Rat.NR, 800, ""): Bands((20,)),
    (Rat.NR, 800, AMERICAS): Bands((5, 18, 20, 26)),
    (Rat.NR, 800, "jp"): Bands((5, 18, 20, 26, 28)),
    (Rat.NR, 850, ""): Bands((5,)),
    (Rat.NR, 900, ""): Bands((8,)),
    (Rat.NR, 1700, AMERICAS): Bands((66,)),
    (Rat.NR, 1800, ""): Bands((3,)),
    (Rat.NR, 1900, AMERICAS): Bands((2, 25), 25),
    (Rat.NR, 2100, ""): Bands((1,)),
    (Rat.NR, 2100, "us"): Bands((1, 66), 66),
    (Rat.NR, 2100, "ca"): Bands((1, 66), 66),
    (Rat.NR, 2300, ""): Bands((40,)),
    (Rat.NR, 2300, "us"): Bands((30,)),
    (Rat.NR, 2500, ""): Bands((41,)),
    (Rat.NR, 2600, ""): Bands((7, 38, 41)),
    (Rat.NR, 2600, "cn"): Bands((41,)),
    (Rat.NR, 2600, "jp"): Bands((41,)),
    (Rat.NR, 2600, "us"): Bands((41,)),
    (Rat.NR, 3500, ""): Bands((78,)),
    (Rat.NR, 3500, "us"): Bands((48, 77, 78)),
    (Rat.NR, 3500, "jp"): Bands((77, 78)),
    (Rat.NR, 3600, ""): Bands((78,)),
    (Rat.NR, 3700, ""): Bands((78,)),
    (Rat.NR, 3700, "us"): Bands((77,)),
    (Rat.NR, 3700, "jp"): Bands((77, 78)),
    (Rat.NR, 3800, ""): Bands((77, 78), 78),
    (Rat.NR, 3800, "us"): Bands((77,)),
    (Rat.NR, 4700, ""): Bands((79,)),
    (Rat.NR, 4900, ""): Bands((79,)),
    (Rat.NR, 26_000, ""): Bands((258,)),
    (Rat.NR, 28_000, ""): Bands((257,)),
    (Rat.NR, 28_000, "us"): Bands((261,)),
    (Rat.NR, _MMWAVE_MHZ, ""): Bands((257, 258, 260, 261)),
    (Rat.NR, 39_000, ""): Bands((260,)),
}

# One frequency for both directions settles some tokens, and unsettles none.
_MEANS_TDD: dict[tuple[Rat, int, str], Bands] = {
    (Rat.LTE, 1900, ""): Bands((33, 39)),
    (Rat.LTE, 1900, "cn"): Bands((39,)),
    (Rat.LTE, 2300, ""): Bands((40,)),
    (Rat.LTE, 2500, ""): Bands((41,)),
    (Rat.LTE, 2600, ""): Bands((38, 41)),  # 38 inside 41: a phone with 41 alone gets 38 only where the cells say so
    (Rat.LTE, 2600, "cn"): Bands((41,)),
    (Rat.LTE, 2600, "jp"): Bands((41,)),
    (Rat.LTE, 2600, "us"): Bands((41,)),
    (Rat.LTE, 3500, ""): Bands((42,)),
    (Rat.LTE, 3500, "us"): Bands((48,)),
    (Rat.LTE, 3700, ""): Bands((42, 43, 48)),
    (Rat.NR, 2600, ""): Bands((38, 41)),
    (Rat.NR, 2600, "cn"): Bands((41,)),
    (Rat.NR, 2600, "jp"): Bands((41,)),
}

# Where one carrier's own licences settle a token that its country leaves open.
_OF_CARRIER: dict[tuple[str, Rat, int], Bands] = {
    ("us/sprint", Rat.LTE, 850): Bands((26,)),  # former iDEN spectrum, next to the cellular band
    ("us/sprint", Rat.LTE, 800): Bands((26,)),
    ("us/sprint", Rat.LTE, 1900): Bands((25,)),  # the G block, outside band 2
    ("us/firstnet", Rat.LTE, 700): Bands((14,)),
    ("ca/freedom", Rat.LTE, 1700): Bands((66,)),  # AWS-3 alone, outside band 4
}


def bands_of(token: Token, mcc: int, carrier: str = "") -> Bands:
    """
    The bands that a token means in a country, and on a carrier where its licences are known.
    """
    if token.mhz < 0:
        return Bands((-token.mhz,))
    if token.rat is Rat.GSM:
        return Bands((token.mhz,)) if token.mhz in GSM_BANDS else UNKNOWN
    own = _OF_CARRIER.get((carrier, token.rat, token.mhz))
    if own is not None:
        return own
    for table in (_MEANS_TDD, _MEANS) if token.tdd else (_MEANS,):
        for region in regions(mcc):
            if (found := table.get((token.rat, token.mhz, region))) is not None:
                return found
    return UNKNOWN


def mask_of(rat: Rat, bands: Bands) -> int:
    """
    The mask of a meaning; every band of the RAT where nobody can say.
    """
    return sum(bit(rat, number) for number in bands.numbers) if bands.numbers else FIELD[rat]


def all_bands() -> Iterator[tuple[Rat, int]]:
    """
    Every band that a rule names.
    """
    for table in (_MEANS, _MEANS_TDD):
        for (rat, _, _), bands in table.items():
            yield from ((rat, number) for number in bands.numbers)
    for (_, rat, _), bands in _OF_CARRIER.items():
        yield from ((rat, number) for number in bands.numbers)
