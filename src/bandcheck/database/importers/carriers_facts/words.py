"""
The words of a facts file: what a line is about, its date, and how far a shutdown has come.
"""

from __future__ import annotations

import re
from typing import Any

from attrs import frozen

from bandcheck.errors import InvalidDateError
from bandcheck.model.dates import Date

_RAT = re.compile(r"(?:TD-)?(GSM|UMTS|CDMA|LTE|NR)(?:2000)?(?![A-Za-z0-9])")
_BAND = re.compile(r"(?<![A-Za-z0-9-])[Bn]([0-9]{1,3})(?![0-9])")
_MHZ = {
    "gsm": {850: 850, 900: 900, 1800: 1800, 1900: 1900},
    "umts": {850: 5, 900: 8, 1900: 2, 2100: 1},
}
"""Frequencies that mean one band wherever a handbook uses them so; of LTE and NR too many mean several."""

_IN_PASSING = re.compile(r"\b(?:FDD|TDD|AWS|C-band)\b|\([^()]*\)|[+/,\s]")
_QUARTER = re.compile(r"([0-9]{4})-Q[1-4]")
_LENGTH = {"year": 4, "month": 7, "week": 7}
_ANNOUNCED = ("planned", "in progress", "started", "unverified", "done/", "done /")
"""How the state of a shutdown begins that nobody saw completed. `done`, alone or with a remark in brackets, is over."""


@frozen
class Subject:
    """
    What a line is about.

    Attributes:
        rat: Its technology, as a key.

        bands: The bands that it names, ascending; empty: the technology as a whole.

        standalone: NR without LTE.
    """

    rat: str
    bands: tuple[int, ...] = ()
    standalone: bool = False


def subjects(text: str) -> list[Subject]:
    """
    What `UMTS`, `GSM+UMTS`, `LTE B20+B7`, `UMTS 2100` or `NR C-band (n77)` is about; empty if any of it is not
    understood.
    """
    found = []
    for part in re.split(r"\s*\+\s*(?=TD-|GSM|UMTS|CDMA|LTE|NR)", text):
        subject = _subject(part.strip())
        if subject is None:
            return []
        found.append(subject)
    return found


def _subject(text: str) -> Subject | None:
    match = _RAT.match(text)
    if match is None:
        return None
    rat, rest = match[1].lower(), text[match.end() :]
    if rat == "nr" and rest.startswith(" SA"):
        return Subject("nr", standalone=True)
    bands = {int(number) for number in _BAND.findall(rest)}
    rest = _BAND.sub("", rest)
    if not bands and (mhz := re.match(r" ([0-9]{3,4})\b", rest)):
        band = _MHZ.get(rat, {}).get(int(mhz[1]))
        if band is None:
            return None
        bands, rest = {band}, rest[mhz.end() :]
    return None if _IN_PASSING.sub("", rest) else Subject(rat, tuple(sorted(bands)))


def date(row: dict[str, Any], key: str = "date") -> str | None:
    """
    A date no more precise than its source is; None if there is none, or it is not one date.
    """
    text = row.get(key)
    if not isinstance(text, str):
        return None
    text = _QUARTER.sub(r"\1", text)[: _LENGTH.get(str(row.get("precision")), 10)]
    try:
        return Date.parse(text).text
    except InvalidDateError:
        return None


def is_announced(status: object) -> bool | None:
    """
    Whether an end was only announced; False: it happened; None: nobody says either.
    """
    words = status if isinstance(status, str) else ""
    if words.startswith(_ANNOUNCED):
        return True
    return False if words == "done" or words.startswith("done (") else None


PHRASES = (
    (
        re.compile(r"no (?:new )?activation of (?:phones|devices) without\b.*\bVoLTE\b.*"),
        {
            "name": "No activation without VoLTE",
            "effect": "conditional",
            "says": "New lines need a phone with VoLTE here.",
            "phones": {"volte": False},
        },
    ),
    (
        re.compile(r"(?:non-VoLTE lines suspended|contracts without VoLTE-capable device).*"),
        {
            "name": "No service without VoLTE",
            "effect": "refused",
            "says": "Phones without VoLTE here get no service.",
            "phones": {"volte": False},
        },
    ),
    (
        re.compile(r"must refuse service to handsets that cannot make .* calls over VoLTE.*"),
        {
            "name": "No service without emergency calls over LTE",
            "effect": "refused",
            "says": "Phones that cannot make emergency calls over LTE get no service.",
            "phones": {"volte": False},
        },
    ),
)
"""Policies of which the effect and the phones can be told, with our words for them."""


def policy(text: object) -> dict[str, Any] | None:
    """
    A policy in our own words; None if its effect or its phones cannot be expressed.
    """
    if not isinstance(text, str):
        return None
    return next((dict(record) for pattern, record in PHRASES if pattern.fullmatch(text)), None)
