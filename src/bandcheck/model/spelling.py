"""
Reading bands in the spellings that people, spec sheets and modems use.

This is for text that claims to be bands and nothing else (`--bands`, `Band.parse`): every word must be one.
Listings and spec sheets, where most words are not, are read by `bandcheck.reading`.
"""

from __future__ import annotations

import re

from bandcheck.errors import InvalidBandError
from bandcheck.model.bands import GSM_BANDS, NO_BANDS, Band, BandSet, Rat, bit

_HEADINGS = {
    "gsm": Rat.GSM,
    "egsm": Rat.GSM,
    "pgsm": Rat.GSM,
    "dcs": Rat.GSM,
    "pcs": Rat.GSM,
    "geran": Rat.GSM,
    "edge": Rat.GSM,
    "2g": Rat.GSM,
    "cdma": Rat.CDMA,
    "cdma2000": Rat.CDMA,
    "evdo": Rat.CDMA,
    "tdscdma": Rat.TDSCDMA,
    "umts": Rat.UMTS,
    "wcdma": Rat.UMTS,
    "hspa": Rat.UMTS,
    "hsdpa": Rat.UMTS,
    "utra": Rat.UMTS,
    "utran": Rat.UMTS,
    "3g": Rat.UMTS,
    "lte": Rat.LTE,
    "fddlte": Rat.LTE,
    "tdlte": Rat.LTE,
    "ltefdd": Rat.LTE,
    "ltetdd": Rat.LTE,
    "tddlte": Rat.LTE,
    "eutra": Rat.LTE,
    "eutran": Rat.LTE,
    "4g": Rat.LTE,
    "nr": Rat.NR,
    "5g": Rat.NR,
    "5gnr": Rat.NR,
    "ngran": Rat.NR,
}

_NONE = frozenset({"none", "no", "-", "–"})
_FILLERS = frozenset({"band", "bands", "b", ""})
_ROMAN = {"i": 1, "v": 5, "x": 10}
_EXPECTED = "bands with their RAT, such as B4, n78, W1, BC0, 'GSM 900' or 'lte 3 7'"

# E-UTRA style headings that carry a hyphen or space of their own, made one word.
_COMPOUND = re.compile(
    r"\b(e-utran?|td-?\s?scdma|w-cdma|[ep]-gsm|ev-do|(?:tdd?|fdd)[- ]lte|lte[- ][tf]dd|5g\s+nr|cdma-?2000|ng-ran)"
    r"(?![a-z])",
    re.I,
)
_WORD = re.compile(r"[^\s,;:/|+]+")
_DIGITS = re.compile(r"[0-9]{1,5}")
_PREFIXED = re.compile(
    r"(?:(?P<name>[ep]?gsm|dcs|pcs|(?:tds|w)?cdma|utran?|umts|hspa|eutran?|(?:tdd?|fdd)?lte|lte[tf]dd|ngran|(?:5g)?nr)-?b?"
    r"|(?:cdma-?(?=bc))?(?P<letter>g|w|u|n|bc|band|b)-?)"
    r"(?P<number>[0-9]{1,5}|[ivx]{1,7})"
)
_LETTERS = {
    "g": Rat.GSM,
    "w": Rat.UMTS,
    "u": Rat.UMTS,
    "n": Rat.NR,
    "bc": Rat.CDMA,
}


def parse_band(text: str) -> Band:
    """
    Read one band.

    Raises:
        InvalidBandError: Not exactly one band with its RAT.
    """
    bands = list(parse_bands(text, expected="one band with its RAT, such as B4, n78, W1, BC0 or 'GSM 900'"))
    if len(bands) != 1:
        raise InvalidBandError(text, "one band with its RAT, such as B4, n78, W1, BC0 or 'GSM 900'")
    return bands[0]


def parse_bands(text: str, expected: str = _EXPECTED) -> BandSet:
    """
    Read a list of bands; a heading holds until the next. `lte none` and `none` say that there is none.

    Raises:
        InvalidBandError: Naming the first word that is not understood; an empty text.
    """
    if text.strip().lower() == "none":
        return NO_BANDS
    squeezed = _COMPOUND.sub(lambda m: re.sub(r"[-\s]", "", m.group()), text)
    words = _WORD.findall(squeezed)
    if not words:
        raise InvalidBandError(text, expected)
    found = NO_BANDS
    heading: Rat | None = None
    for word in words:
        low = word.lower().strip("().").removesuffix("mhz")
        if low in _HEADINGS:
            heading = _HEADINGS[low]
        elif low not in _FILLERS and not (low in _NONE and heading is not None):
            found |= _read_word(low, heading, word, expected)
    if not found and not any(w.lower() in _NONE for w in words):
        raise InvalidBandError(text, expected)
    return found


def _read_word(low: str, heading: Rat | None, word: str, expected: str) -> BandSet:
    """
    The band of one word under a heading.
    """
    if _DIGITS.fullmatch(low):
        if heading is None:
            raise InvalidBandError(word, f"a number with its RAT, such as B{low}, n{low} or 'umts {low}'")
        return BandSet(_bit(heading, int(low), word))
    if heading is Rat.UMTS and (number := _roman(low)) is not None:
        return BandSet(_bit(heading, number, word))
    match = _PREFIXED.fullmatch(low)
    if match is None:
        raise InvalidBandError(word, expected)
    name, letter, digits = match["name"], match["letter"], match["number"]
    if letter == "band" and heading is None:
        hint = f"a number with its RAT, such as B{digits} (LTE), n{digits} or 'umts {digits}'"
        raise InvalidBandError(word, hint)
    # A bare B4 is LTE's; under a heading it is the heading's (WCDMA B1). Under GSM it is refused: some sheets mean 1900
    # by "GSM B2", and LTE 2 would be a wrong yes.
    rat = _HEADINGS[name] if name else _LETTERS.get(letter) or heading or Rat.LTE
    found = int(digits) if digits.isdigit() else _roman(digits) if rat is Rat.UMTS else None
    if found is None:
        raise InvalidBandError(word, expected)
    return BandSet(_bit(rat, found, word))


def _bit(rat: Rat, number: int, word: str) -> int:
    try:
        return bit(rat, number)
    except InvalidBandError as error:
        if rat is not Rat.GSM and (number in GSM_BANDS or number > 399):
            hint = f"a band number of {error.text.split()[0]}; {number} looks like MHz"
            raise InvalidBandError(word, hint) from None
        raise InvalidBandError(word, error.expected) from None


def _roman(body: str) -> int | None:
    """
    A roman numeral up to XXXII, as UTRA's bands are written (TS 25.101); None if it is not one.
    """
    if not 1 <= len(body) <= 7 or body.strip("ivx"):
        return None
    total = 0
    digits = [_ROMAN[c] for c in body]
    for digit, following in zip(digits, [*digits[1:], 0], strict=True):
        total += -digit if digit < following else digit
    return total if total and _to_roman(total) == body else None


def _to_roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
