"""
The rows of a facts file, each read by itself: one that is broken spoils no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bandcheck.database.files.yamlfile import read_text
from bandcheck.errors import Problem

_ROW = re.compile(r"  (?=\S)")
_TOP = re.compile(r"\S+?:")


def section(text: str, key: str) -> list[str] | None:
    """
    The rows below a top key, each with the lines that belong to it; None if there is no such key.

    A row begins with an indent of two: `  - {...}`, or `  key: ...`.
    """
    rows: list[str] = []
    inside = found = False
    for line in text.splitlines():
        if _TOP.match(line):
            inside = line.rstrip() == f"{key}:"
            found = found or inside
        elif inside and line.strip() and not line.lstrip().startswith("#"):
            if _ROW.match(line) or not rows:
                rows.append(line)
            else:
                rows[-1] += f"\n{line}"
    return rows if found else None


def item(row: str) -> dict[str, Any] | str:
    """
    A row `- ...` as a mapping, or what is wrong with it.
    """
    if not row.startswith("  - "):
        return "expected an item of a list, `  - key: value`"
    inner = row[4:]
    text = f"row: {inner}" if inner.startswith("{") else f"row:\n    {inner}"
    return _mapping(text)


def entry(row: str) -> tuple[str, dict[str, Any] | str]:
    """
    A row `key: {...}` as its key and a mapping, or what is wrong with it.
    """
    key, _, inner = row.strip().partition(":")
    return key.strip().strip('"'), _mapping(f"row: {inner.strip()}")


def _mapping(text: str) -> dict[str, Any] | str:
    problems: list[Problem] = []
    document = read_text(text.encode("utf-8", errors="replace"), "row", problems)
    if problems:
        return problems[0].found
    value = document.get("row") if document is not None else None
    return value if isinstance(value, dict) else "expected `key: value` pairs"


def texts(value: object) -> list[str]:
    """
    A list of texts; what is none of it is left out.
    """
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def mappings(value: object) -> Iterator[dict[str, Any]]:
    """
    The mappings of a list; what is none of it is left out.
    """
    yield from (one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()
