"""
What identification answers: the phones that a text may be about, and whether it is settled.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Kind = Literal["phone", "accessory", "several", "tac", "unknown"]


class Evidence(NamedTuple):
    """
    A place in the text that speaks for a phone.

    Attributes:
        what: `name`, `brand`, `model number`, `codename`, `market`, `spelling` (a mended typing error) or `look-alike`
            (O for 0, I or l for 1).

        text: The words as they stand in the text.

        means: What they were read as, where that differs in letters; else empty.
    """

    what: str
    text: str
    means: str = ""

    def to_dict(self) -> dict[str, str]:
        """
        As JSON.
        """
        return {"what": self.what, "text": self.text, **({"means": self.means} if self.means else {})}


class Candidate(NamedTuple):
    """
    A phone that a text may be about.

    Attributes:
        device: Its id.

        name: Brand and name.

        models: The model numbers that are possible; all of the device's where the text does not tell.

        variants: Keys of the variants that are possible.

        score: From 0 to 1, how well the text fits.

        evidence: What in the text speaks for it.
    """

    device: str
    name: str
    models: tuple[str, ...]
    variants: tuple[str, ...]
    score: float
    evidence: tuple[Evidence, ...]

    def to_dict(self) -> dict[str, Any]:
        """
        As JSON.
        """
        return {
            "device": self.device,
            "name": self.name,
            "models": list(self.models),
            "score": self.score,
            "evidence": [e.to_dict() for e in self.evidence],
        }


class Identification(NamedTuple):
    """
    Which phone a text is about.

    Attributes:
        candidates: The phones that it may be about, best first; empty if none is known.

        decided: Exactly one reading fits: it is the first candidate.

        kind: `phone`; `accessory` (something for a phone, or no phone at all); `several` phones; `tac` (a device by its
            IMEI or TAC); `unknown`.

        why: Why it is not decided, for people; empty if it is.

        contradictions: What in the text does not go together, for people.

        tac: Of an IMEI or TAC in the text, the TAC; else None. No more of an IMEI is kept.
    """

    candidates: tuple[Candidate, ...] = ()
    decided: bool = False
    kind: Kind = "unknown"
    why: str = ""
    contradictions: tuple[str, ...] = ()
    tac: str | None = None

    @property
    def device(self) -> str | None:
        """
        Id of the device; None if it is not decided.
        """
        return self.candidates[0].device if self.decided else None

    @property
    def name(self) -> str | None:
        """
        Brand and name; None if it is not decided.
        """
        return self.candidates[0].name if self.decided else None

    @property
    def models(self) -> tuple[str, ...]:
        """
        The model numbers that are possible, all of the device's where the text does not tell; empty if the device is
        not decided.
        """
        return self.candidates[0].models if self.decided else ()

    def to_dict(self) -> dict[str, Any]:
        """
        As JSON.
        """
        answer: dict[str, Any] = {
            "decided": self.decided,
            "device": self.device,
            "name": self.name,
            "models": list(self.models),
            "kind": self.kind,
            "why": self.why,
            "contradictions": list(self.contradictions),
            "candidates": [c.to_dict() for c in self.candidates],
        }
        if self.tac is not None:
            answer["tac"] = self.tac
        return answer
