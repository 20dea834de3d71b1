"""
Finding names that look like a text: candidates from the full-text index, put in order by likeness.
"""

from __future__ import annotations

import math
import sqlite3
from difflib import SequenceMatcher

from bandcheck.database.names import name_key, trigrams
from bandcheck.model.entity import entity

_CANDIDATES = 60
_FLOOR = 0.6
_BUDGET = 1000
_COLUMNS = "SELECT kind, id, text, key"
_LAST = "\U0010ffff"

Found = tuple[str, str, str, str]
"""Kind, id, name and its key."""


@entity
class Hit:
    """
    Something that a search found.

    Attributes:
        kind: `device` or `carrier`.

        id: Its id.

        text: The name that matched.

        name: What it is called.

        score: From 0 to 1; 1 is the same name.
    """

    kind: str
    id: str
    text: str
    name: str
    score: float


def search(connection: sqlite3.Connection, text: str, kind: str | None, limit: int) -> list[Hit]:
    """
    See `Catalog.search`.
    """
    key = name_key(text)
    if not key:
        return []
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for found_kind, found_id, found_text, found_key in _candidates(connection, key, kind, max(_CANDIDATES, 3 * limit)):
        score = likeness(key, found_key)
        held = best.get((found_kind, found_id))
        if score >= _FLOOR and (held is None or score > held[0]):
            best[found_kind, found_id] = (score, found_text)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    hits = []
    for (found_kind, found_id), (score, found_text) in ranked:
        (name,) = connection.execute(f"SELECT name FROM {found_kind} WHERE id = ?", (found_id,)).fetchone()
        hits.append(Hit(found_kind, found_id, found_text, name, round(score, 3)))
    return hits


def likeness(key: str, other: str) -> float:
    """
    How alike two keys are, from 0 to 1. A name that begins like the text is likelier meant than one that merely
    holds it.
    """
    if key == other:
        return 1.0
    ratio = SequenceMatcher(None, key, other, autojunk=False).ratio()
    if other.startswith(key):
        ratio = max(ratio, 0.8 + 0.15 * len(key) / len(other))
    elif key in other:
        ratio = max(ratio, 0.7 + 0.15 * len(key) / len(other))
    return min(ratio, 0.99)


def _candidates(connection: sqlite3.Connection, key: str, kind: str | None, most: int) -> list[Found]:
    """
    Names that share letters with a key, likeliest first. One too short for the full-text index is looked for in every
    name, marketing names before model numbers.
    """
    only = "" if kind is None else " AND kind = :kind"
    if len(key) < 3:
        query = (
            f"{_COLUMNS} FROM name WHERE instr(key, :key) AND what != 'plmn'{only}"
            " ORDER BY what = 'model', instr(key, :key) > 1, length(key), key LIMIT :most"
        )
        return connection.execute(query, {"key": key, "kind": kind, "most": most}).fetchall()
    return [*_beginning_like(connection, key, kind, most), *_sharing_letters(connection, key, only, kind, most)]


def _beginning_like(connection: sqlite3.Connection, key: str, kind: str | None, most: int) -> list[Found]:
    """
    Names that begin with a key, in order.
    """
    query = f"{_COLUMNS} FROM name WHERE kind = ? AND key >= ? AND key < ? AND what != 'plmn' ORDER BY key, id LIMIT ?"
    kinds = ("carrier", "device") if kind is None else (kind,)
    return [row for one in kinds for row in connection.execute(query, (one, key, key + _LAST, most))]


def _sharing_letters(connection: sqlite3.Connection, key: str, only: str, kind: str | None, most: int) -> list[Found]:
    """
    Names that share runs of three letters with a key, those that share the most and rarest first.

    Only the rarest runs are looked up, as many as lead to about a thousand names: what a common one adds is a name
    that has nothing rare of the key, and there are the more of these the larger the database.
    """
    counted = "SELECT doc FROM name_run WHERE term = ?"
    runs = [(row[0], run) for run in trigrams(key)[:64] if (row := connection.execute(counted, (run,)).fetchone())]
    query = (
        f"{_COLUMNS} FROM name WHERE row IN (SELECT rowid FROM name_search WHERE name_search MATCH :run LIMIT :budget)"
        f"{only}"
    )
    shared: dict[Found, float] = {}
    budget = _BUDGET
    for count, run in sorted(runs):
        if budget <= 0:
            break
        for row in connection.execute(query, {"run": f'"{run}"', "budget": budget, "kind": kind}):
            shared[row] = shared.get(row, 0) + 1 / (1 + math.log(count))
        budget -= count
    return sorted(shared, key=lambda row: (-shared[row], row))[:most]
