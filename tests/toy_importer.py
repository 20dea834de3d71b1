"""
An importer of made-up carriers.
"""

from __future__ import annotations

from typing import Any

from bandcheck.database.importers.frame import Imported, Importer, Known

SOURCE = {"sources.yaml": {"sources": {"list": {"kind": "wiki", "title": "A list"}}}}


def carrier(name: str = "Delta", band: int = 3, **other: Any) -> dict[str, Any]:
    plan = {"lte": [{"band": band, "by": "2016", "sources": ["list"]}]}
    return {"name": name, "kind": "network", "plan": plan, **other}


def toy(carriers: dict[str, dict[str, Any]], name: str = "networks", **other: Any) -> Importer:
    """
    An importer that finds these carriers, whatever it is given.
    """
    files = {f"{i[:2]}.yaml": {"carriers": {}} for i in carriers}
    for i, record in sorted(carriers.items()):
        files[f"{i[:2]}.yaml"]["carriers"][i] = record

    def read(paths: Any, known: Known) -> Imported:
        found = Imported("2024-09-09", {**files, **SOURCE}, read=len(carriers) + 1, taken=len(carriers), **other)
        found.rules["toy"] += 1
        found.refuse(1, "x" * 200, "too long")
        return found

    return Importer(name, "a toy", ("file",), {"toy": "A row."}, read)
