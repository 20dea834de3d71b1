"""
Layers on top of each other: imported facts, hand-made ones, the user's own. The higher one wins, fact by fact, and
what it overrules stays visible.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bandcheck.database.files.tree import Tree
from bandcheck.database.files.walk import changes_beside
from bandcheck.model.bands import BandSet

Record = dict[str, Any]


def merge_devices(trees: Sequence[Tree]) -> dict[str, Record]:
    """
    Devices of all layers by id, lowest layer first in `trees`. Facts carry their layer; `overruled` lists what lost.
    """
    merged: dict[str, Record] = {}
    for tree in trees:
        for device_id, record in tree.devices.items():
            upper = _mark(record, tree.layer)
            below = merged.get(device_id)
            merged[device_id] = upper if below is None else _device_over(upper, below)
    return merged


def merge_carriers(trees: Sequence[Tree]) -> dict[str, Record]:
    """
    Carriers of all layers by id. A RAT of the plan is one fact: its list is complete, so the higher one replaces
    the lower.
    """
    merged: dict[str, Record] = {}
    for tree in trees:
        for carrier_id, record in tree.carriers.items():
            upper: Record = {
                **record,
                "overruled": [],
                "plan": {rat: [{**d, "layer": tree.layer} for d in plan] for rat, plan in record["plan"].items()},
            }
            below = merged.get(carrier_id)
            merged[carrier_id] = upper if below is None else _carrier_over(upper, below)
    return merged


def _mark(record: Record, layer: str) -> Record:
    """
    The record with its layer on every fact of its variants.
    """
    variants = {}
    for key, variant in record["variants"].items():
        variants[key] = {**variant, "bands": {rat: {**fact, "layer": layer} for rat, fact in variant["bands"].items()}}
    union = {rat: {**fact, "layer": layer} for rat, fact in record["union"].items()}
    return {**record, "variants": variants, "union": union, "overruled": []}


def _device_over(upper: Record, below: Record) -> Record:
    """
    One device over another of the same id.
    """
    overruled = [*below["overruled"]]
    for rat, fact in below["union"].items():
        if rat in upper["union"] and _differ(upper["union"][rat], fact):
            overruled.append(_overruled("", rat, fact))
    variants = dict(upper["variants"])
    renamed = {}
    for key, lower in below["variants"].items():
        numbers = set(lower["models"])
        twin = next((k for k, v in variants.items() if k == key or numbers & set(v["models"])), None)
        if twin is None:
            variants[key] = lower
            continue
        renamed[key] = twin
        winner = variants[twin]
        lower = {**lower, "changes": changes_beside(winner["bands"], lower["changes"])}
        bands = dict(winner["bands"])
        for rat, fact in lower["bands"].items():
            if rat not in bands:
                bands[rat] = fact
            elif _differ(bands[rat], fact):
                overruled.append(_overruled(twin, rat, fact))
        variants[twin] = {**lower, **{k: v for k, v in winner.items() if v not in (None, [], "", {})}, "bands": bands}
    for key, variant in variants.items():
        target = variant["like"]
        if target not in variants and target in renamed:
            variants[key] = {**variant, "like": renamed[target] if renamed[target] != key else None}
    return {
        **below,
        **upper,
        "aliases": _joined(upper["aliases"], below["aliases"]),
        "codenames": _joined(upper["codenames"], below["codenames"]),
        "released": upper["released"] or below["released"],
        "sources": {**below["sources"], **upper["sources"]},
        "union": {**below["union"], **upper["union"]},
        "variants": variants,
        "conflicts": [*upper["conflicts"], *below["conflicts"]],
        "overruled": overruled,
    }


def _differ(fact: Record, other: Record) -> bool:
    return (fact["at_least"], fact["at_most"]) != (other["at_least"], other["at_most"])


def _overruled(variant: str, rat: str, fact: Record) -> Record:
    says = str(BandSet(fact["at_least"] if fact["at_most"] is None else fact["at_most"]))
    if fact["at_most"] is None:
        says = f"at least {says}" if fact["at_least"] else "unknown"
    return {"variant": variant, "rat": rat, "layer": fact["layer"], "says": says, "sources": fact["sources"]}


def _carrier_over(upper: Record, below: Record) -> Record:
    """
    One carrier over another of the same id.
    """
    overruled = [*below["overruled"]]
    for rat in upper["plan"]:
        for deployment in below["plan"].get(rat, ()):
            if not any(d["bands"] == deployment["bands"] for d in upper["plan"][rat]):
                says = str(BandSet(deployment["bands"]))
                overruled.append(
                    {
                        "variant": "",
                        "rat": rat,
                        "layer": deployment["layer"],
                        "says": says,
                        "sources": deployment["sources"],
                    }
                )
    return {
        **below,
        **upper,
        "aliases": _joined(upper["aliases"], below["aliases"]),
        "plmns": _joined(upper["plmns"], below["plmns"]),
        "sources": {**below["sources"], **upper["sources"]},
        "plan": {**below["plan"], **upper["plan"]},
        "standalone": below["standalone"] if upper["standalone"] is None else upper["standalone"],
        "policies": [*below["policies"], *upper["policies"]],
        "emergency": [*below["emergency"], *upper["emergency"]],
        "hosts": upper["hosts"] or below["hosts"],
        "notes": [*upper["notes"], *below["notes"]],
        "conflicts": [*upper["conflicts"], *below["conflicts"]],
        "overruled": overruled,
    }


def _joined(first: list[str], second: list[str]) -> list[str]:
    return list(dict.fromkeys([*first, *second]))
