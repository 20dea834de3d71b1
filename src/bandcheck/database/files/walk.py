"""
Walking through a record: every band fact, every list of sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Record = dict[str, Any]


def device_facts(record: Record) -> Iterator[tuple[str, str, Record]]:
    """
    Every RAT fact of a device: (path, rat, fact).
    """
    for rat, fact in record["union"].items():
        yield f"union.{rat}", rat, fact
    for key, variant in record["variants"].items():
        for rat, fact in variant["bands"].items():
            yield f"variants.{key}.bands.{rat}", rat, fact
        for number, change in enumerate(variant["changes"]):
            for rat, fact in change["bands"].items():
                yield f"variants.{key}.changes[{number}].bands.{rat}", rat, fact


def source_lists(record: Record) -> Iterator[tuple[int, str, list[str]]]:
    """
    Every list of source ids in a record: (line, path, ids).
    """
    for path, _, fact in device_facts(record) if "variants" in record else ():
        yield fact["line"], path, fact["sources"]
        for _, ids in fact["claims"]:
            yield fact["line"], path, ids
    for key, variant in record.get("variants", {}).items():
        yield variant["line"], f"variants.{key}", variant["sources"]
    for number, conflict in enumerate(record.get("conflicts", ())):
        for _, ids in conflict["claims"]:
            yield record["line"], f"conflicts[{number}]", ids
    for rat, plan in record.get("plan", {}).items():
        for deployment in plan:
            yield deployment["line"], f"plan.{rat}", deployment["sources"]
    for kind in ("policies", "emergency", "hosts"):
        for item in record.get(kind, ()):
            yield item["line"], kind, item["sources"]
    for span in record.get("standalone") or ():
        yield record["line"], "standalone", span["sources"]


def changes_beside(stated: Record, changes: list[Record]) -> list[Record]:
    """
    Another variant's changes of firmware, but for the RATs that a variant states itself.
    """
    kept = [{**c, "bands": {rat: fact for rat, fact in c["bands"].items() if rat not in stated}} for c in changes]
    return [change for change in kept if change["bands"]]


def scope_sources(record: Record, layer: str) -> None:
    """
    Give a record's own sources ids that no other file has: `us/t-mobile#fierce-2015`. Shared ones keep theirs.
    """
    own = record["sources"]
    prefix = record["id"] if layer == "bands" else f"{layer}:{record['id']}"
    seen: set[int] = set()
    for _, _, ids in source_lists(record):
        if id(ids) not in seen:
            seen.add(id(ids))
            ids[:] = [f"{prefix}#{i}" if i in own else i for i in ids]
    record["sources"] = {f"{prefix}#{i}": source for i, source in own.items()}
