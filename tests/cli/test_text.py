"""
How wide the screens are.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.cli.text import columns, terminal_width, wrap


@pytest.mark.parametrize(
    ("terminal", "width"), [(None, 80), (80, 80), (97, 97), (100, 100), (240, 100), (60, 60), (10, 40), (0, 80)]
)
def test_screens_are_as_wide_as_the_terminal(monkeypatch: pytest.MonkeyPatch, terminal: int | None, width: int) -> None:
    """
    Within reason; and 80 columns into a file or pipe, or where the terminal does not say.
    """
    monkeypatch.setattr(sys, "stdout", _Terminal(terminal is not None))
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((terminal or 0, 24)))
    assert width == terminal_width()


class _Terminal:
    def __init__(self, is_one: bool) -> None:
        self.isatty = lambda: is_one
        self.fileno = lambda: 1


def test_a_terminal_that_nobody_can_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    80 columns.
    """

    def fails(_: int) -> Any:
        raise OSError

    monkeypatch.setattr(sys, "stdout", _Terminal(True))
    monkeypatch.setattr(os, "get_terminal_size", fails)
    assert 80 == terminal_width()


@given(words=st.lists(st.text("abc红", min_size=1, max_size=20), min_size=1), width=st.integers(20, 100))
def test_lines_keep_to_the_width(words: list[str], width: int) -> None:
    """
    No line is wider, unless it is one word; and no word is lost.
    """
    lines = wrap(" ".join(words), "  * ", "    ", width)

    assert words == [word for line in lines for word in line.removeprefix("  * ").split()]
    assert all(columns(line) <= width or len(line.removeprefix("  * ").split()) == 1 for line in lines)


@pytest.mark.parametrize(("width", "least"), [(60, 50), (80, 70), (100, 81)])
def test_tables_fill_the_terminal(run: Any, monkeypatch: pytest.MonkeyPatch, width: int, least: int) -> None:
    """
    A screen on a wider terminal has longer lines, and none that is too long.
    """
    monkeypatch.setattr("bandcheck.cli.text.terminal_width", lambda: width)
    longest = 0
    for line in ("check 'Acme One' -c Alpha --on 2016-02-02 --explain", "where 'Acme One'", "show Alpha", "data stats"):
        code, out, _ = run(line)
        assert code == 0
        longest = max([longest, *(len(one) for one in out.splitlines() if "http" not in one)])
    assert least <= longest <= width
