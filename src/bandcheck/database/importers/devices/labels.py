"""
What stands behind the dash of a sheet's line: `International`, `for AT&T`, `A1429, A1442 (China)`.
"""

from __future__ import annotations

import re

from bandcheck.database.names import name_key

_NOISE = re.compile(
    r"\b(?:for|the|only|version|versions|variant|variants|model|models|edition|market|markets|unlocked)\b|[()]",
    re.IGNORECASE,
)
_EVERYONE = frozenset({"", "all", "allregions", "every", "any", "dualsim", "singlesim", "dualsimonly"})

MARKETS = {
    "International": ("international", "global", "row", "intl", "worldwide", "world"),
    "Europe": ("europe", "eu", "european"),
    "Europe, Middle East, Africa": ("emea", "емеа", "europemiddleeastafrica"),
    "USA": ("usa", "us", "unitedstates", "american", "america"),
    "North America": ("northamerica", "northamerican", "na"),
    "Latin America": ("latam", "latinamerica", "latinamerican", "la"),
    "China": ("china", "cn", "chinese", "mainlandchina", "chinamainland"),
    "Hong Kong": ("hongkong", "hk"),
    "Taiwan": ("taiwan", "tw"),
    "India": ("india", "in", "indian"),
    "Japan": ("japan", "jp", "japanese"),
    "Korea": ("korea", "southkorea", "kr", "korean"),
    "Asia": ("asia", "asian", "apac", "asiapacific"),
    "AT&T": ("att",),
    "T-Mobile": ("tmobile", "tmobileus", "tmo", "tmobileusa"),
    "Verizon": ("verizon", "vzw"),
    "Sprint": ("sprint",),
    "U.S. Cellular": ("uscellular",),
}
"""How a market or carrier is spelled on sheets, by the one way in which it is written here; keys as of `name_key`."""

CANONICAL = {spelling: market for market, spellings in MARKETS.items() for spelling in spellings}


def market(label: str) -> str:
    """
    The market or carrier that a label names, in one spelling; empty if it is about every version.

    >>> market("Global version"), market("for AT&T"), market("All models")
    ('International', 'AT&T', '')
    """
    words = " ".join(_NOISE.sub(" ", label).split()).strip(" ,;/&-")
    parts = [part.strip() for part in re.split(r"[,;/]", words) if part.strip()]
    named = [CANONICAL.get(name_key(part), part) for part in parts]
    if all(name_key(part) in _EVERYONE for part in parts):
        return ""
    return ", ".join(dict.fromkeys(named))
