"""
Shutdowns and bands in the remarks of a list of networks, `UMTS shut down Jun 2021`: read by a small grammar, as facts.
What it does not cover stays unread.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from bandcheck.database.importers.networks.tokens import read_token
from bandcheck.model.bands import Rat


class End(NamedTuple):
    """
    A shutdown that a remark dates.

    Attributes:
        rat: Of which RAT; None is the whole network.

        mhz: Of which frequency alone; 0 is all of them.

        until: As precise as the remark: `2021-06`.

        planned: Whether the remark speaks of the future.
    """

    rat: Rat | None
    mhz: int
    until: str
    planned: bool


_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
_DATE = r"(?:(?P<day>\d{1,2})[ -])?(?:(?P<month>[A-Z][a-z]{2,8})[ -])?(?P<year>(?:19|20)\d\d)\b"
_WHAT = r"(?P<what>(?:GSM|UMTS|LTE|5G|CDMA2000|CDMA)(?: \d{3,4})?(?: MHz)?)"
_ENDED = r"(?:was |to |network |to be |service )*(?:shut ?down|closed(?: down)?|discontinued|switched off)"
_WHEN = (
    rf"(?: planned| is planned)?(?: since| in| on| from| for| by| the| mid| late| early| summer| end of)*[ –-]*{_DATE}"
)
_FULL = re.compile(rf"(?:(?:{_WHAT}|[Nn]etwork) +)?{_ENDED}{_WHEN}", re.I)
_MORE = re.compile(rf"^ *(?:and )?{_WHAT} *[–-]?(?: in)? *{_DATE}", re.I)
_FUTURE = re.compile(r"(?<!forced )\bto (?:be )?shut|shut ?down (?:is )?planned", re.I)
_OTHERS = re.compile(r"\b(?:wi-?max|iden|[td]+ma|amps|cdma\w*|gsm|umts|lte|used?|uses|former(?:ly)?)\b", re.I)


def ends_in(note: str) -> list[End]:
    """
    Every shutdown that a remark dates.

    >>> ends_in("Former Alpha; UMTS 2100 shut down Nov 2019, GSM April 2021; UMTS 900 shutdown planned for 2024")
    ... # doctest: +NORMALIZE_WHITESPACE
    [End(rat=<Rat.UMTS: 'umts'>, mhz=2100, until='2019-11', planned=False),
     End(rat=<Rat.GSM: 'gsm'>, mhz=0, until='2021-04', planned=False),
     End(rat=<Rat.UMTS: 'umts'>, mhz=900, until='2024', planned=True)]
    """
    found = []
    for clause in " ".join(note.split()).split(";"):
        told = False
        for part in re.split(r", | and (?=[A-Z0-9]{2,8} )", clause):
            match = _FULL.search(part) or (_MORE.match(part) if told else None)
            if match is None:
                continue
            what = match.groupdict().get("what")
            if what is None and _OTHERS.search(clause[: clause.index(part) + match.start()]):
                continue  # another operator's end, or another kind of radio's
            token = read_token(re.sub(r" MHz$", "", what, flags=re.I))[0][0] if what else None
            planned = _FUTURE.search(part) is not None
            found.append(End(token.rat if token else None, token.mhz if token else 0, _date(match), planned))
            told = True
    return found


def bands_in(note: str, rat: Rat) -> set[int]:
    """
    The bands of a RAT that a remark lists by their numbers; empty if it lists none.

    >>> sorted(bands_in("LTE bands 2, 4, 12; 5G bands n41, n71", Rat.LTE)), bands_in("band 41; other", Rat.LTE)
    ([2, 4, 12], {41})
    """
    heading = {Rat.LTE: r"(?:LTE |^|; *)", Rat.NR: r"5G "}.get(rat)
    found: set[int] = set()
    for match in re.finditer(rf"{heading}bands? ((?:n?\d{{1,3}}(?: ?[/,] ?| and )?)+)", note) if heading else ():
        found.update(int(number) for number in re.findall(r"\d+", match[1]))
    return found


def speaks_of_an_end(note: str) -> bool:
    """
    Whether a remark tells of a shutdown, dated or not.
    """
    return re.search(r"shut ?down|\bclosed\b|discontinued|switched off", note, re.I) is not None


def _date(match: re.Match[str]) -> str:
    year, month, day = match["year"], _MONTHS.get((match["month"] or "").lower()), match["day"]
    if month is None:
        return str(year)
    text = f"{year}-{month:02}"
    try:
        return dt.date(int(year), month, int(day or 0)).isoformat()
    except ValueError:
        return text
