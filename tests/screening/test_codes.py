"""
Reason codes of a screening: each means one thing, and each is given by some gate.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bandcheck.matching.codes import CODES
from bandcheck.screening import gates
from bandcheck.screening.codes import SCREEN_CODES
from bandcheck.screening.finding import Gate

GATES = Path(gates.__path__[0])


def test_every_code_is_given_and_explained() -> None:
    """
    What the gates write is in the table, and what is in the table some gate writes.
    """
    written = {code for path in GATES.glob("*.py") for code in re.findall(r'"(BC\d{3})"', path.read_text())}

    assert set(SCREEN_CODES) == written - set(CODES)


def test_no_code_is_used_twice() -> None:
    """
    A code of a verdict means nothing else in a screening.
    """
    assert set() == set(CODES) & set(SCREEN_CODES)
    assert sorted(SCREEN_CODES) == list(SCREEN_CODES)


@pytest.mark.parametrize("code", list(SCREEN_CODES))
def test_a_code_says_what_and_why(code: str) -> None:
    """
    Its number begins with that of a gate; its sentences end.
    """
    title, meaning, why = SCREEN_CODES[code]

    assert int(code[2]) in {gate.number for gate in Gate}
    assert title and not title.endswith(".")
    assert meaning.endswith(".")
    assert why.endswith(".")
