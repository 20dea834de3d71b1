"""
The nine gates, and what each says of a listing.
"""

from __future__ import annotations

import enum
from typing import NamedTuple

from bandcheck.matching.reasons import Reason


class Gate(enum.Enum):
    """
    A question that a listing has to answer, in the order in which reports show them.
    """

    IDENTITY = "identity"  # exactly which radio?
    BANDS = "bands"  # does it reach the minimum on the carrier's networks?
    VOICE = "voice"  # can it call, and call for help?
    CERTIFICATION = "certification"  # did the host certify it for sale?
    AUTHORISATION = "authorisation"  # does the brand authorise this sale?
    REGULATOR = "regulator"  # may it be marketed in the country?
    CLAIMS = "claims"  # do the words match the facts?
    SOFTWARE = "software"  # Google services, region
    SELLER = "seller"  # price, third party, warranty: notes alone

    __hash__ = object.__hash__

    @property
    def number(self) -> int:
        """
        Its number: BC1 is identity. Reason codes begin with it.
        """
        return list(Gate).index(self) + 1


class Answer(enum.Enum):
    """
    What a gate says.
    """

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"  # no evidence: neither a pass nor a fail
    NOTE = "note"  # of gates that advise alone

    __hash__ = object.__hash__


class Finding(NamedTuple):
    """
    What a gate found.

    Attributes:
        answer: What it says.

        reasons: Why, the gate's own sentence first, then the facts that it rests on. Never empty.

        asks: What the seller could send to settle it: parts of a sentence, such as `the FCC ID`.

        label: What a buyer has to be told if the listing goes out all the same; empty if nothing.
    """

    answer: Answer
    reasons: tuple[Reason, ...]
    asks: tuple[str, ...] = ()
    label: str = ""


def passes(code: str, text: str, *evidence: Reason, sources: tuple[str, ...] = ()) -> Finding:
    """
    A pass with its reason.
    """
    return Finding(Answer.PASS, (Reason(code, text, sources), *evidence))


def fails(code: str, text: str, *evidence: Reason, sources: tuple[str, ...] = (), label: str = "") -> Finding:
    """
    A fail with its reason.
    """
    return Finding(Answer.FAIL, (Reason(code, text, sources), *evidence), (), label)


def unknown(
    code: str, text: str, *evidence: Reason, sources: tuple[str, ...] = (), asks: tuple[str, ...] = ()
) -> Finding:
    """
    Nobody can say, with what would settle it.
    """
    return Finding(Answer.UNKNOWN, (Reason(code, text, sources), *evidence), asks)
