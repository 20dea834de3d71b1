"""
Putting answers on a terminal: 80 columns (up to 100 where it has them), a word beside every symbol, colour only
where it is wanted.
"""

from __future__ import annotations

import argparse
import functools
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence

WIDTH = 80
"""Columns where nothing is known of the terminal, or there is none."""

NARROWEST, WIDEST = 40, 100

YES, NO, MAYBE, UNKNOWN = "✓ yes", "✗ no", "? maybe", "? unknown"

_ASCII = str.maketrans(
    {
        "✓": "+",
        "✗": "x",
        "—": "-",
        "–": "-",
        "…": "...",
        "·": "-",
        "→": "->",
        "’": "'",
        "“": '"',
        "”": '"',
        "•": "*",
        "⊂": "in",
        "›": ">",
    }
)


def to_ascii(text: str) -> str:
    """
    The text without characters beyond ASCII; symbols become their like, letters of other scripts `?`.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_ASCII))
    return "".join(c if c.isascii() else "" if unicodedata.combining(c) else "?" for c in plain)


@functools.lru_cache(maxsize=4096)
def columns(text: str) -> int:
    """
    How many columns a text takes: letters such as 红 take two. Kept: the cells of a long table say the same few words.
    """
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, first: str, rest: str, width: int = WIDTH) -> list[str]:
    """
    A text in lines of at most so many columns: the first begins with `first`, the others with `rest`. Words stay whole.
    """
    lines: list[str] = []
    line, room = first, width - columns(first)
    bare = True
    for word in text.split():
        needs = columns(word) + (0 if bare else 1)
        if needs > room and not bare:
            lines.append(line)
            line, room, needs, bare = rest, width - columns(rest), columns(word), True
        line += word if bare else f" {word}"
        room, bare = room - needs, False
    return [*lines, line.rstrip()] if not bare else lines


class Screen:
    """
    Lines on their way to stdout.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        self._ascii = options.ascii
        self._colour = not options.no_color and wants_colour()
        self._width = terminal_width()

    def line(self, text: str = "", indent: int = 0, hang: int | None = None) -> None:
        """
        One paragraph, wrapped; `hang` indents what follows the first line.
        """
        if self._ascii:
            text = to_ascii(text)
        if not text:
            print()
            return
        print("\n".join(wrap(text, " " * indent, " " * (indent if hang is None else hang), self._width)))

    def headline(self, text: str) -> None:
        """
        The answer itself; bold on a terminal.
        """
        text = to_ascii(text) if self._ascii else text
        print(f"  \x1b[1;{_hue(text)}m{text}\x1b[0m" if self._colour else f"  {text}")

    def field(self, label: str, text: str, width: int = 11) -> None:
        """
        A label and what stands beside it; no label: what stands below the one before.
        """
        head = f"  {label:<{width}}"
        self._beside(head, text)

    def status(self, label: str, mark: str, name: str, text: str) -> None:
        """
        A row such as `Data       ✗ no    4G   why`.
        """
        self._beside(f"  {label:<10} {mark:<9} " + (f"{name:<4} " if name else ""), text)

    def _beside(self, head: str, text: str) -> None:
        if self._ascii:
            head, text = to_ascii(head), to_ascii(text)
        print("\n".join(wrap(text, head, " " * len(head), self._width)) or head.rstrip())

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], indent: int = 2) -> None:
        """
        Columns as wide as they need be; the widest gives way where the terminal does not hold them.
        """
        lines = [list(heads), *(list(row) for row in rows)]
        if self._ascii:
            lines = [[to_ascii(cell) for cell in row] for row in lines]
        widths = [max(columns(row[i]) for row in lines) for i in range(len(heads))]
        room = self._width - indent - 2 * (len(heads) - 1)
        while sum(widths) > room:
            widest = widths.index(max(widths))
            widths[widest] = max(6, widths[widest] - (sum(widths) - room))
            if max(widths) <= 6:
                break
        cells = ([_cut(cell, width) for cell, width in zip(row, widths, strict=True)] for row in lines)
        print("\n".join(" " * indent + "  ".join(row).rstrip() for row in cells))


def terminal_width() -> int:
    """
    The columns of the terminal that stdout is, within reason: longer lines are hard to read. 80 if it is none.
    """
    try:
        found = os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else WIDTH
    except (OSError, ValueError):
        return WIDTH
    return min(max(found, NARROWEST), WIDEST) if found else WIDTH


def wants_colour() -> bool:
    """
    Whether stdout wants colour: NO_COLOR, then FORCE_COLOR, then whether it is a terminal that has any.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _hue(headline: str) -> int:
    if headline.startswith(("GETS", "ACCEPTED")):
        return 32
    return 31 if headline.startswith(("WI-FI", "REFUSED", "NO 4G", "2G")) else 33


@functools.lru_cache(maxsize=4096)
def _cut(text: str, width: int) -> str:
    """
    A text in exactly so many columns.
    """
    if columns(text) > width:
        while columns(text) > width - 1:
            text = text[:-1]
        text = text.rstrip() + "…" if text.isascii() is False or width < 4 else text[: width - 2].rstrip() + ".."
    return text + " " * (width - columns(text))


def one_of(mark: str) -> str:
    """
    The mark of `yes`, `no`, `maybe` or `unknown`.
    """
    return {"yes": YES, "no": NO}.get(mark, MAYBE)
