"""
`sources:` of a data file: YAML -> checked records.
"""

from __future__ import annotations

from typing import Any

from bandcheck.database.files.fields import Fields
from bandcheck.model.sources import KINDS


def read_sources(fields: Fields | None) -> dict[str, dict[str, Any]]:
    """
    A `sources:` mapping as records by id; each knows the line that it stands in.
    """
    found: dict[str, dict[str, Any]] = {}
    if fields is None:
        return found
    for key in fields.mapping:
        one = fields.map(key)
        if one is None:
            continue
        found[key] = {
            "kind": one.choice("kind", KINDS, required=True) or "database",
            "title": one.text("title", required=True) or key,
            "url": one.text("url"),
            "date": one.date("date"),
            "upstream": one.text("upstream") or "",
            "line": fields.line(key),
        }
        one.done()
    return found
