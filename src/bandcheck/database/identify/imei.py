"""
IMEIs in texts. They name one person's phone, so only the TAC, the part that names the model, ever leaves here.

TS 23.003 clause 6.2: TAC of 8 digits, serial number of 6, check digit (Luhn) of 1; an IMEISV has two digits of software
version in the place of the check digit.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_TAC_DIGITS = 8

# Fifteen or sixteen digits in one piece (longer runs are cut likewise, for they may hold an IMEI), or in the groups
# that labels print: 35-209900-176148-1, 35209900-176148-1, 3520 9900 1761 481.
_GROUPED = r"(?:\d{2}[- /.]\d{6}|\d{6}[- /.]\d{2}|\d{8})[- /.]\d{6}[- /.]\d{1,2}"
_IN_FOURS = r"(?:\d{4}[- ]){3}\d{3,4}"
_IMEI = re.compile(rf"(?<!\d)(?:\d{{14,}}|{_GROUPED}|{_IN_FOURS})(?!\d)", re.A)
_DIGITS = re.compile(r"\d(?:[- /.]?\d){13}", re.A)  # what is in each of them, looked for in a tenth of the time
_TAC = re.compile(r"(?:tac\W{0,3})?(\d{8})", re.A | re.I)


class Tac(NamedTuple):
    """
    The model part of an IMEI.

    Attributes:
        tac: Eight digits.

        sound: The IMEI's check digit fits; None where there was none to check.
    """

    tac: str
    sound: bool | None


def take_imeis(text: str) -> tuple[str, list[Tac]]:
    """
    A text with nothing but the TAC left of every IMEI, and those TACs.

    Long runs of digits that are no IMEI are cut too: what may be one is not kept.

    >>> take_imeis("IMEI 490154203237518, used")
    ('IMEI TAC49015420, used', [Tac(tac='49015420', sound=True)])
    """
    found: list[Tac] = []
    if not _DIGITS.search(text):
        return text, found

    def cut(match: re.Match[str]) -> str:
        digits = "".join(c for c in match.group() if c.isdigit())
        sound = luhn(digits) if len(digits) == 15 else None
        found.append(Tac(digits[:_TAC_DIGITS], sound))
        return f"TAC{digits[:_TAC_DIGITS]}"

    return _IMEI.sub(cut, text), found


def lone_tac(text: str) -> str | None:
    """
    The TAC that a text is and nothing else; None if it is something else.
    """
    match = _TAC.fullmatch(text.strip())
    return match[1] if match else None


def luhn(digits: str) -> bool:
    """
    Whether the last digit is the check digit of those before (ISO/IEC 7812-1 annex B).

    >>> luhn("490154203237518"), luhn("490154203237519")
    (True, False)
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
