"""
Finding names that look like a text: candidates from the full-text index, put in order by likeness.
"""

from __future__ import annotations

import sqlite3
from difflib import SequenceMatcher

from bandcheck.database.names import name_key, trigrams
from bandcheck.model.entity import entity

_CANDIDATES = 60
_FLOOR = 0.6
_COLUMNS = "SELECT kind, id, text, key"


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
    for found_kind, found_id, found_text, found_key in _candidates(connection, key, kind):
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


def _candidates(connection: sqlite3.Connection, key: str, kind: str | None) -> list[tuple[str, str, str, str]]:
    """
    Names that share letters with a key, likeliest first.
    """
    only = "" if kind is None else " AND kind = :kind"
    if len(key) < 3:
        query = f"{_COLUMNS} FROM name WHERE key LIKE :key || '%' AND what != 'plmn'{only} LIMIT {_CANDIDATES}"
        return connection.execute(query, {"key": key, "kind": kind}).fetchall()
    match = " OR ".join(f'"{t}"' for t in trigrams(key)[:64])
    query = f"{_COLUMNS} FROM name_search WHERE name_search MATCH :match{only} ORDER BY rank LIMIT {_CANDIDATES}"
    return connection.execute(query, {"match": match, "kind": kind}).fetchall()
