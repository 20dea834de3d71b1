"""
A user's own facts on top of a compiled index.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bandcheck.database.compile import check_trees, fill_index
from bandcheck.database.files.tree import Tree, read_overlay
from bandcheck.database.index import in_memory
from bandcheck.errors import DataError, Problem


def overlaid(base: sqlite3.Connection, overlays: Sequence[str]) -> sqlite3.Connection:
    """
    An index in memory that holds the base with overlays on top; the base is closed.

    Raises:
        DataError: An overlay has problems.
    """
    problems: list[Problem] = []
    checked = check_trees(_trees(base, overlays, problems), problems)
    if checked.problems:
        raise DataError(tuple(checked.problems))
    connection = in_memory()
    fill_index(checked, connection)
    return connection


def _layer(path: str, taken: set[str]) -> str:
    """
    What an overlay's layer is called: as its file, as its path if that name is taken, numbered if that is too.
    """
    names = [Path(path).resolve().name, path, *(f"{path} ({n})" for n in range(2, len(taken) + 3))]
    return next(name for name in names if name and name not in taken)


def check_overlays(base: sqlite3.Connection, overlays: Sequence[str]) -> list[Problem]:
    """
    What is wrong with overlays, on top of an index; the base is closed.
    """
    problems: list[Problem] = []
    return check_trees(_trees(base, overlays, problems), problems).problems


def _trees(base: sqlite3.Connection, overlays: Sequence[str], problems: list[Problem]) -> list[Tree]:
    """
    The layers of an index, with overlays on top; the index is closed.
    """
    try:
        trees = base_trees(base)
    finally:
        base.close()
    for path in overlays:
        if not Path(path).exists():
            problems.append(Problem(path, 0, "", "no such file or folder", "Check the path of the overlay."))
            continue
        layer = _layer(path, {tree.layer for tree in trees})
        trees.append(read_overlay(Path(path), layer, problems))
    return trees


def base_trees(connection: sqlite3.Connection) -> list[Tree]:
    """
    The layers that an index was compiled from, lowest first.
    """
    trees = {"imported": Tree("imported"), "bands": Tree("bands")}
    for layer, kind, record_id, doc in connection.execute("SELECT layer, kind, id, doc FROM record"):
        tree = trees.setdefault(layer, Tree(layer))
        {"device": tree.devices, "carrier": tree.carriers, "source": tree.sources}[kind][record_id] = json.loads(doc)
    for rat, doc in connection.execute("SELECT rat, doc FROM spectrum"):
        trees["bands"].spectrum[rat] = json.loads(doc)
    return list(trees.values())
