"""
BC8: do Google's services come with it?
"""

from __future__ import annotations

from bandcheck.screening.case import Case
from bandcheck.screening.finding import Finding, fails, passes, unknown
from bandcheck.screening.gates import words
from bandcheck.screening.gates.standing import say

_OTHERS = frozenset({"apple"})  # a maker whose phones have services of their own, which it would be odd to ask
_LABEL = "Made for a market without Google's services: apps and updates may be missing."


def software(case: Case) -> Finding:
    """
    Pass: a source says that Google's services come with every version. Fail: with none; or the listing itself says
    that it is such a version. A listing that says the contrary settles nothing.
    """
    listing = case.listing
    match = words.NO_GOOGLE.search(" \n ".join((listing.title, listing.description, listing.market)))
    if match:
        return fails("BC802", f"The listing says “{match[0]}”.", label=_LABEL)
    stated = [next(iter(case.stated("software", variant)), None) for variant in case.phone.variants]
    said = {s.effect if s is not None else None for s in stated}
    text = say(s for s in stated if s is not None)
    sources = tuple(dict.fromkeys(i for s in stated if s is not None for i in s.sources))
    if said == {"google"}:
        return passes("BC801", text, sources=sources)
    if said == {"no_google"}:
        return fails("BC802", text, sources=sources, label=_LABEL)
    missing = "Nobody recorded whether Google's services come with every version that it may be."
    ask = "whether Google's services come with it, and for which country its software is made"
    return unknown("BC803", missing, sources=sources, asks=() if case.phone.brands == _OTHERS else (ask,))
