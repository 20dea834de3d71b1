"""
A user's own facts on top of a compiled index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from bandcheck.database.building.base import Base
from bandcheck.database.building.checking import Checked, check_parts
from bandcheck.database.building.parts import part_of
from bandcheck.database.building.writing import write
from bandcheck.database.files.tree import Tree, read_overlay
from bandcheck.database.index import in_memory
from bandcheck.errors import DataError, Problem


def overlaid(base: sqlite3.Connection, overlays: Sequence[str]) -> sqlite3.Connection:
    """
    An index in memory that holds the base with overlays on top; the base is closed.

    Raises:
        DataError: An overlay has problems.
    """
    try:
        checked = _checked(base, overlays)
        if checked.problems:
            raise DataError(tuple(checked.problems))
        connection = in_memory()
        base.backup(connection)
        write(checked, connection)
    finally:
        base.close()
    return connection


def check_overlays(base: sqlite3.Connection, overlays: Sequence[str]) -> list[Problem]:
    """
    What is wrong with overlays, on top of an index; the base is closed.
    """
    try:
        return _checked(base, overlays).problems
    finally:
        base.close()


def _checked(connection: sqlite3.Connection, overlays: Sequence[str]) -> Checked:
    """
    Overlays as layers of their own on those of an index.
    """
    problems: list[Problem] = []
    base = Base(connection)
    layers = list(base.layers)
    trees: list[Tree] = []
    for path in overlays:
        if not Path(path).exists():
            problems.append(Problem(path, 0, "", "no such file or folder", "Check the path of the overlay."))
            continue
        layers.append(_layer(path, set(layers) | {"bands", "imported"}))
        tree = read_overlay(Path(path), layers[-1], problems)
        problems += _redefined(path, tree, trees, base)
        trees.append(tree)
    checked = check_parts([part_of(tree) for tree in trees], layers, problems, base)
    checked.files = base.files
    return checked


def _redefined(path: str, tree: Tree, below: Sequence[Tree], base: Base) -> Iterator[Problem]:
    """
    Sources of an overlay that have the id of another one: facts below would be told with the wrong page.
    """
    for source_id, source in tree.sources.items():
        others = [other.sources.get(source_id) for other in below]
        for other in (base.top("source", source_id), *others):
            if other is not None and any(other[key] != source[key] for key in _SAYS):
                found = f"{source_id!r} is the id of another source: {other['title']}"
                yield Problem(path, source["line"], f"sources.{source_id}", found, "Give yours an id of its own.")
                break


_SAYS = ("kind", "title", "url", "date", "upstream")


def _layer(path: str, taken: set[str]) -> str:
    """
    What an overlay's layer is called: as its file, as its path if that name is taken, numbered if that is too.
    """
    names = [Path(path).resolve().name, path, *(f"{path} ({n})" for n in range(2, len(taken) + 3))]
    return next(name for name in names if name and name not in taken)
