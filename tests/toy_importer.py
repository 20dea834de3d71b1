"""
An importer of made-up carriers.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from bandcheck.database.importers.frame import Imported, Importer, Known
from bandcheck.database.importers.store import Import, write

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


def digest(folder: Path) -> str:
    """
    What a folder holds, names and contents, hidden or not.
    """
    parts = [f"{p.relative_to(folder)}\0{p.read_bytes()!r}" for p in sorted(folder.rglob("*")) if p.is_file()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def done(result: Import) -> Import:
    """
    An import, written.
    """
    write(result)
    return result
