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
    for rat, whole in record.get("rats", {}).items():
        yield whole["line"], f"rats.{rat}", whole["sources"]
    for kind in ("policies", "emergency", "hosts"):
        for item in record.get(kind, ()):
            yield item["line"], kind, item["sources"]
    for span in record.get("standalone") or ():
        yield record["line"], "standalone", span["sources"]
    for number, statement in enumerate(record.get("statements", ())):
        yield statement["line"], f"statements[{number}]", statement["sources"]


def references(record: Record) -> Iterator[tuple[str, str]]:
    """
    What a record names outside of itself, as (`source`, `device` or `carrier`, id), some of it more than once. Rules
    about one record see that much of the world. Also the shared sources that its own ones would hide.
    """
    own = record["sources"]
    for source_id in own:
        yield "source", source_id.rpartition("#")[2]
    for _, _, ids in source_lists(record):
        for source_id in ids:
            if source_id not in own:
                yield "source", source_id
    for variant in record.get("variants", {}).values():
        for carrier in variant["volte_on"]:
            yield "carrier", carrier
    for policy in (*record.get("policies", ()), *record.get("emergency", ())):
        for device in (*policy["phones"].get("devices", ()), *policy["phones"].get("not_devices", ())):
            yield "device", device
    for hosting in record.get("hosts", ()):
        for network, _ in hosting["networks"]:
            yield "carrier", network
    for statement in record.get("statements", ()):
        for device in statement["phones"]["devices"]:
            yield "device", device
        for carrier in (statement["carrier"], statement["to"]):
            if "/" in carrier:  # else a seller's name, or nobody
                yield "carrier", carrier


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
