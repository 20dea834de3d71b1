"""
From the answers of the gates to one of four decisions.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping

from bandcheck.screening.finding import Answer, Finding, Gate
from bandcheck.screening.policy import Hardness

_ACCESSORY = "BC113"


class Decision(enum.IntEnum):
    """
    What to do with a listing, the mildest first.
    """

    LIST = 0
    LABEL = 1  # list it, with the label that is given
    HOLD = 2  # not before the seller answers
    BLOCK = 3

    @property
    def word(self) -> str:
        """
        As in JSON: `block`.
        """
        return self.name.lower()


def decide(answers: Mapping[Gate, Answer], gates: Mapping[Gate, Hardness]) -> Decision:
    """
    Any hard fail blocks; else any hard unknown holds; else any soft fail puts a label on.

    Args:
        answers: Of the gates that count; one that is waived is left out.

        gates: How much each weighs.
    """
    hard = {answer for gate, answer in answers.items() if gates[gate] is Hardness.HARD}
    soft = {answer for gate, answer in answers.items() if gates[gate] is Hardness.SOFT}
    if Answer.FAIL in hard:
        return Decision.BLOCK
    if Answer.UNKNOWN in hard:
        return Decision.HOLD
    return Decision.LABEL if Answer.FAIL in soft else Decision.LIST


def label(findings: Mapping[Gate, Finding], gates: Mapping[Gate, Hardness]) -> str:
    """
    What buyers have to be told: a sentence for each soft gate that fails.
    """
    told = [f.label for gate, f in findings.items() if gates[gate] is Hardness.SOFT and f.answer is Answer.FAIL]
    return " ".join(dict.fromkeys(told))


def ask_seller(name: str, findings: Mapping[Gate, Finding], gates: Mapping[Gate, Hardness]) -> str:
    """
    A message to the seller: what would settle what holds a listing back; of one that is blocked, why it is, for nothing
    that could be sent changes that. Empty if nobody but others can settle it.
    """
    hard = {gate: f for gate, f in findings.items() if gates[gate] is Hardness.HARD}
    against = [f.reasons[0].text for f in hard.values() if f.answer is Answer.FAIL]
    if against:
        return f"We cannot list “{name}”. {' '.join(against)}"
    first = hard.get(Gate.IDENTITY)
    if first is not None and first.reasons[0].code == _ACCESSORY:
        hard = {Gate.IDENTITY: first}  # papers of a phone case are nothing to ask for
    asks = dict.fromkeys(ask for f in hard.values() if f.answer is Answer.UNKNOWN for ask in f.asks)
    return f"We cannot list “{name}” yet. Please send: {'; '.join(asks)}." if asks else ""
