"""
Texts from listings on their way into files that other programs open.
"""

from __future__ import annotations

import html
import unicodedata

FORMULA = "=+@\t\r\n＝＋－＠-"
"""Characters with which a formula begins; the hyphen last, so that they can stand in a class of a pattern."""

BLANK = " \u00a0\u3000\ufeff"
"""Characters that a spreadsheet passes over before it."""

_MARKDOWN = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]#|!~$"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})


def plain(text: str) -> str:
    """
    A text without what a terminal would obey or a reader not see: control characters, and marks that turn the
    direction of writing. Line ends become spaces.
    """
    if text.isprintable():
        return text
    kept = (" " if c.isspace() or unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    return "".join(c for c in kept if unicodedata.category(c) not in ("Cf", "Co", "Cn") or c == "\u200d").strip()


def safe_cell(text: str) -> str:
    """
    A cell of a table that no spreadsheet runs as a formula: one that begins like a formula gets an apostrophe before
    it.

    >>> safe_cell("=1+1"), safe_cell(" @SUM(A1)"), safe_cell("Redmi 2")
    ("'=1+1", "' @SUM(A1)", 'Redmi 2')
    """
    return f"'{text}" if text.lstrip(BLANK).startswith(tuple(FORMULA)) else text


def markdown(text: str) -> str:
    """
    A text for Markdown, in which nothing is markup.
    """
    return plain(text).translate(_MARKDOWN)


def escaped(text: str) -> str:
    """
    A text for HTML.
    """
    return html.escape(plain(text), quote=True)


def web_address(url: str | None) -> str | None:
    """
    An address if it is one of the web; None if there is none, or if following it could run something.
    """
    return url if url and url.lower().startswith(("https://", "http://")) else None
