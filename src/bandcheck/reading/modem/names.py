"""
The names that ModemManager and libqmi give to bands.
"""

from __future__ import annotations

import re

from bandcheck.model.bands import Rat

# ModemManager's own words of before 1.8, libqmi's words for WCDMA with the UTRA number each stands for.
_WORDS: dict[str, tuple[Rat, int]] = {
    "egsm": (Rat.GSM, 900),
    "dcs": (Rat.GSM, 1800),
    "pcs": (Rat.GSM, 1900),
    "gsm-egsm": (Rat.GSM, 900),
    "gsm-pgsm": (Rat.GSM, 900),
    "gsm-dcs": (Rat.GSM, 1800),
    "gsm-pcs": (Rat.GSM, 1900),
    "u2100": (Rat.UMTS, 1),
    "u1900": (Rat.UMTS, 2),
    "u1800": (Rat.UMTS, 3),
    "u17iv": (Rat.UMTS, 4),
    "u850": (Rat.UMTS, 5),
    "u800": (Rat.UMTS, 6),
    "u2600": (Rat.UMTS, 7),
    "u900": (Rat.UMTS, 8),
    "u17ix": (Rat.UMTS, 9),
    "wcdma-2100": (Rat.UMTS, 1),
    "wcdma-pcs-1900": (Rat.UMTS, 2),
    "wcdma-dcs-1800": (Rat.UMTS, 3),
    "wcdma-1700-us": (Rat.UMTS, 4),
    "wcdma-850-us": (Rat.UMTS, 5),
    "wcdma-800": (Rat.UMTS, 6),
    "wcdma-2600": (Rat.UMTS, 7),
    "wcdma-900": (Rat.UMTS, 8),
    "wcdma-1700-japan": (Rat.UMTS, 9),
    "wcdma-1500": (Rat.UMTS, 11),
    "wcdma-850-japan": (Rat.UMTS, 19),
}

_HEADS = {"utran": Rat.UMTS, "eutran": Rat.LTE, "ngran": Rat.NR}

_NAME = re.compile(
    r"(?P<head>e?utran|ngran)-(?:(?P<number>[0-9]{1,3})|(?P<roman>[ivxl]{1,8}))"
    r"|(?:g|gsm-(?:dcs-|pcs-)?)(?P<mhz>[0-9]{3,4})(?:-(?:extended|primary|railways|railwails))?"
    r"|(?:cdma-)?(?:bc-?|band-class-)(?P<class>[0-9]{1,2})(?:-[a-z]{1,12}){0,3}(?:-[0-9]{3,4})?"
)

_TENS = ("", "x", "xx", "xxx", "xl")
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = {_TENS[n // 10] + _ONES[n % 10]: n for n in range(1, 50)}


def band_of_name(name: str) -> tuple[Rat, int] | None:
    """
    The band of a name: RAT and number, which 3GPP may never have given to a band.

    >>> band_of_name("eutran-28"), band_of_name("wcdma-850-japan"), band_of_name("any")
    ((Rat.LTE, 28), (Rat.UMTS, 19), None)

    Returns:
        None for a word that is no band's name.
    """
    name = name.lower()
    if name in _WORDS:
        return _WORDS[name]
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    if match["mhz"]:
        return Rat.GSM, int(match["mhz"])
    if match["class"]:
        return Rat.CDMA, int(match["class"])
    number = int(match["number"]) if match["number"] else _ROMAN.get(match["roman"])
    return None if number is None else (_HEADS[match["head"]], number)
