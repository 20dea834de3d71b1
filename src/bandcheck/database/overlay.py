"""
A user's own facts on top of a compiled index.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bandcheck.database.compile import check_trees, fill_index
from bandcheck.database.index import in_memory
from bandcheck.database.tree import Tree, read_overlay
from bandcheck.errors import DataError, Problem


def overlaid(base: sqlite3.Connection, overlays: Sequence[str]) -> sqlite3.Connection:
    """
    An index in memory that holds the base with overlays on top; the base is closed.

    Raises:
        DataError: An overlay has problems.
    """
    problems: list[Problem] = []
    trees = base_trees(base)
    for path in overlays:
        if not Path(path).exists():
            problems.append(Problem(path, 0, "", "no such file or folder", "Check the path of the overlay."))
            continue
        trees.append(read_overlay(Path(path), problems))
    checked = check_trees(trees, problems)
    if checked.problems:
        raise DataError(tuple(checked.problems))
    connection = in_memory()
    fill_index(checked, connection)
    base.close()
    return connection


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
