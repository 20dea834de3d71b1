"""
JSON and JSON Lines: a list of objects, a list under `listings`, or one object a line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from bandcheck.errors import FileUnusableError
from bandcheck.screening.listings.delimited import LONGEST_LINE
from bandcheck.screening.listings.table import Row, Table, damage

_DEEPEST = "nested too deeply"
_LEVELS = 4  # of objects in objects that become columns; what lies deeper is a text


def read(path: str, text: TextIO, lines: bool) -> Table:
    """
    Open a document of listings.

    Args:
        lines: One object a line.

    Raises:
        FileUnusableError: Empty, not JSON, or not a list of objects.
    """
    try:
        found = list(_lines(path, text)) if lines else list(_items(path, text.read()))
    except UnicodeError as error:
        raise FileUnusableError(path, f"not text of this encoding: {error}.") from None
    return table_of(found, path)


def table_of(items: Iterable[tuple[int, Any, str]], path: str = "") -> Table:
    """
    Objects as a table; its columns are the keys of all of them, of objects in objects as `price.amount`.

    Args:
        items: `(number, object, why)`; `why` where it could not be read.

    Raises:
        FileUnusableError: There is none.
    """
    rows = list(items)
    if not rows:
        raise FileUnusableError(path or "listings", "no listings.")
    names: dict[str, None] = {}
    for _, item, _ in rows:
        if isinstance(item, Mapping):
            names.update(dict.fromkeys(name for name, _ in _leaves(item)))
    return Table(tuple(names), (_row(number, item, why, names) for number, item, why in rows))


def _row(number: int, item: Any, why: str, names: Iterable[str]) -> Row:
    if why:
        return Row(number, why=why)
    if not isinstance(item, Mapping):
        return Row(number, why=f"expected an object, got {type(item).__name__}")
    cells = {name: text_of_value(value) for name, value in _leaves(item)}
    wrong = damage("".join(cells.values()))
    return Row(number, why=wrong) if wrong else Row(number, tuple(cells.get(name, "").strip() for name in names))


def _leaves(item: Mapping[Any, Any], above: str = "", depth: int = 1) -> Iterator[tuple[str, Any]]:
    for key, value in item.items():
        name = f"{above}{key}"
        if isinstance(value, Mapping) and value and depth < _LEVELS:
            yield from _leaves(value, f"{name}.", depth + 1)
        else:
            yield name, value


def text_of_value(value: Any) -> str:
    """
    A value as a cell: text as it is, nothing as empty, a list with commas.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return ", ".join(text_of_value(part) for part in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def _items(path: str, text: str) -> Iterator[tuple[int, Any, str]]:
    if not text.strip():
        raise FileUnusableError(path, "the file is empty.")
    try:
        document = json.loads(text)
    except RecursionError:
        raise FileUnusableError(path, f"not JSON that can be read: {_DEEPEST}.") from None
    except ValueError as error:
        raise FileUnusableError(path, f"not JSON: {error}.") from None
    found = document.get("listings") if isinstance(document, dict) else document
    if not isinstance(found, list):
        raise FileUnusableError(path, "expected a list of objects, or an object with a list under `listings`.")
    for number, item in enumerate(found, 1):
        yield number, item, ""


def _lines(path: str, text: TextIO) -> Iterator[tuple[int, Any, str]]:
    number = 0
    while line := text.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            why = f"line {number} is longer than {LONGEST_LINE:,} characters. Is this JSON Lines?"
            raise FileUnusableError(path, why)
        if not line.strip():
            continue
        if wrong := damage(line):
            yield number, None, wrong
            continue
        try:
            yield number, json.loads(line), ""
        except RecursionError:
            yield number, None, _DEEPEST
        except ValueError as error:
            yield number, None, f"not JSON: {error}"
    if not number:
        raise FileUnusableError(path, "the file is empty.")
