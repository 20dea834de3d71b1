"""
`bands/statements/**.yaml`: YAML -> checked records of what makers, hosts and regulators stated about selling phones.
"""

from __future__ import annotations

import re
from typing import Any

from bandcheck.database.files.fields import Fields
from bandcheck.database.files.source import read_sources
from bandcheck.model.statement import EFFECTS

_COUNTRY = re.compile("[A-Z]{2}")


def read_statements(fields: Fields, record_id: str) -> dict[str, Any]:
    """
    One file: `{"id", "file", "line", "sources", "statements", "notes"}`.
    """
    record: dict[str, Any] = {
        "id": record_id,
        "file": fields.file,
        "line": fields.line(),
        "sources": read_sources(fields.map("sources")),
        "statements": [one for each in fields.maps("statements") if (one := _statement(each)) is not None],
        "notes": list(fields.texts("notes")),
    }
    if not fields.mapping.get("statements"):
        fields.problem("statements", "no statement", "Add one, or remove the file: who says nothing is left out.")
    fields.done()
    return record


def _statement(fields: Fields) -> dict[str, Any] | None:
    kind = fields.choice("kind", tuple(EFFECTS), required=True)
    effect = fields.choice("effect", EFFECTS[kind], required=True) if kind else fields.text("effect")
    since, until = fields.date("since", required=True), fields.date("until")
    if since and until and until < since:
        fields.problem("until", f"it ends on {until}, before it begins on {since}", "Mend the dates.")
    country = fields.text("country")
    if country is not None and not _COUNTRY.fullmatch(country):
        fields.problem("country", f"{country!r} is not a country code", "Write two capitals, as in ISO 3166: US, CN.")
    record = {
        "kind": kind,
        "effect": effect,
        "who": fields.text("who", required=True) or "",
        "live": {"since": since, "until": until},
        "phones": _phones(fields.map("phones", required=True)),
        "carrier": fields.text("carrier", required=kind == "certification") or "",
        "to": fields.text("to") or "",
        "country": country or "",
        "fcc_ids": list(fields.texts("fcc_ids")),
        "says": fields.text("says", required=True) or "",
        "sources": list(fields.sources(required=True)),
        "line": fields.line(),
    }
    if kind == "equipment" and not country:
        fields.problem("country", "a regulator without a country", "Add `country:`, as in ISO 3166.")
    for key, of in (("carrier", "certification"), ("to", "authorisation"), ("fcc_ids", "equipment")):
        if record[key] and kind and kind != of:
            fields.problem(
                key, f"`{key}` says nothing in a statement of {kind}", f"Remove it, or make it `kind: {of}`."
            )
    fields.done()
    return record if kind and effect and since else None


def _phones(fields: Fields | None) -> dict[str, list[str]]:
    """
    Which phones are meant: whole brands, devices, or model numbers.
    """
    keys = ("brands", "devices", "models")
    if fields is None:
        return {key: [] for key in keys}
    found = {key: list(fields.texts(key)) for key in keys}
    if not any(found.values()):
        fields.problem(None, "no phone is meant", "Name `brands:`, `devices:` or `models:`.")
    fields.done()
    return found
